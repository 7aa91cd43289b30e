"""Looking for devices, the tone self-test, and a machine without PortAudio."""

import sys
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import AudioError
from app.core.events import AudioState
from app.desk.audio import AudioProcess, available, devices, self_test
from app.desk.audio.selftest import verdict
from tests.desk.audio.conftest import Ear, sine, speech
from tests.desk.audio.pulse import Pulse

WELL = AudioState("microphone", True)


@pytest.mark.usefixtures("server")
def test_devices_are_listed_the_default_first() -> None:
    found = devices()
    assert found.microphones[0] == "default"
    assert {"Probe-Mikrofon", "Probe-Lautsprecher"} <= set(found.loudspeakers)
    assert available().ok


def test_a_frozen_server_is_said(server: Pulse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.desk.audio.lookup.LOOK_SECONDS", 2.0)
    server.freeze()
    state = available()
    assert not state.ok
    assert "antwortet nicht" in state.message
    with pytest.raises(AudioError, match="antwortet nicht"):
        devices()


def test_self_test_hears_its_tone(server: Pulse) -> None:
    result = self_test("Mikrofon", "Lautsprecher")
    assert result.ok, result
    assert result.heard
    assert result.heard.hertz == pytest.approx(1_000, rel=0.005)


def test_self_test_names_a_muted_microphone(server: Pulse) -> None:
    server.control("set-source-mute", "patient.monitor", "1")
    result = self_test("Mikrofon", "Lautsprecher")
    assert not result.ok
    assert "stumm" in result.message
    assert result.hint


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("names", "said"), [(("nix", ""), "Mikrofon „nix“"), (("", "nix"), "Lautsprecher „nix“")]
)
def test_self_test_names_a_missing_device(names: tuple[str, str], said: str) -> None:
    result = self_test(*names)
    assert not result.ok
    assert said in result.message


@pytest.mark.parametrize(
    ("hertz", "noise", "ok", "said"),
    [
        (1_000, 0.001, True, "gehört"),
        (1_088, 0.001, False, "Tonhöhe"),
        (919, 0.001, False, "Tonhöhe"),
        (333, 0.001, False, "Tonhöhe"),
        (100, 0.001, True, "nicht zu hören"),
        (0, 0.1, True, "nicht zu hören"),
        (0, 0.0, False, "nur Stille"),
    ],
)
def test_what_a_recording_says(hertz: float, noise: float, ok: bool, said: str) -> None:
    recording = sine(1.0, hertz, 16_000, 0.05)
    recording += np.random.default_rng(3).normal(0, noise, len(recording)).astype(np.float32)
    result = verdict(recording, WELL)
    assert (result.ok, said in result.message) == (ok, True), result


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PortAudio comes inside the sounddevice wheel")
def test_without_portaudio_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blind = "import ctypes.util\nctypes.util.find_library = lambda name: None\n"
    (tmp_path / "sitecustomize.py").write_text(blind)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    state = available()
    assert not state.ok
    assert "PortAudio fehlt" in state.message
    assert "libportaudio2" in state.hint
    with pytest.raises(AudioError, match="PortAudio fehlt"):
        devices()
    ear = Ear()
    with AudioProcess("", "", ear.notify) as audio:
        for device in ("microphone", "loudspeaker"):
            assert "PortAudio fehlt" in ear.wait(device, ok=False)[1].message
        audio.open_microphone()
        assert audio.read(0.1) is None
        audio.play(speech(sine(0.1)))
        assert not audio.playing
        assert len(audio.unplayed) == 1
        audio.close_microphone()
