"""Everything a sound server can do to the desk, while listening and while speaking.

Each fault must be shown within two seconds and be over soon after its cause is gone.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from app.desk.audio import AudioProcess
from tests.desk.audio.conftest import Ear, desk, sine, speech, until
from tests.desk.audio.pulse import Pulse

SHOWN_SECONDS = 2.0
RECOVERED_SECONDS = 10.0


@dataclass(frozen=True)
class Fault:
    """Something that happens to the sink `patient`, and how it ends."""

    strike: Callable[[Pulse], object]
    repair: Callable[[Pulse], object]
    words: str
    """Pattern of what must be said."""
    speech_lost: bool = True


def _replace(server: Pulse) -> None:
    server.remove("patient")


def _mute(server: Pulse, on: str) -> None:
    server.control("set-source-mute", "patient.monitor", on)
    server.control("set-sink-mute", "patient", on)


def _restart(server: Pulse) -> None:
    server.start("patient")


FAULTS = {
    "removed, another present": Fault(_replace, lambda s: s.add("patient"), "anderes Gerät|steht still"),
    "removed, none left": Fault(_replace, lambda s: s.add("patient"), "getrennt|nicht öffnen|steht still"),
    "muted": Fault(
        lambda s: _mute(s, "1"),
        lambda s: _mute(s, "0"),
        "stummgeschaltet|nur Stille",
        speech_lost=False,
    ),
    "suspended": Fault(
        lambda s: s.control("suspend-sink", "patient", "1"),
        lambda s: s.control("suspend-sink", "patient", "0"),
        "angehalten|steht still",
    ),
    "killed": Fault(lambda s: s.kill(), _restart, "getrennt|steht still|abgestürzt"),
    "frozen": Fault(lambda s: s.freeze(), lambda s: s.thaw(), "steht still|antwortet nicht"),
}


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest, server: Pulse) -> Fault:
    if request.param == "removed, another present":
        server.add("other")
    return FAULTS[request.param]


def _strike_and_repair(fault: Fault, server: Pulse, ear: Ear, device: str) -> None:
    fault.strike(server)
    struck = time.monotonic()
    shown, state = ear.wait(device, ok=False, since=struck - 0.5, said=fault.words)
    assert state.hint
    assert shown - struck < SHOWN_SECONDS
    fault.repair(server)
    repaired = time.monotonic()
    well, _ = ear.wait(device, ok=True, since=shown)
    print(f"shown after {shown - struck:.2f} s, well {well - repaired:.2f} s after the repair")
    assert well - repaired < RECOVERED_SECONDS


def test_while_listening(fault: Fault, server: Pulse) -> None:
    server.control("load-module", "module-sine", "sink=patient", "frequency=300")
    with desk() as (audio, ear):
        audio.open_microphone()
        until(lambda: audio.read(0.1) is not None)
        _strike_and_repair(fault, server, ear, "microphone")
        _drain(audio)
        assert audio.read(10) is not None, "the session goes on after recovery"


def test_while_speaking(fault: Fault, server: Pulse) -> None:
    with desk() as (audio, ear):
        audio.play(speech(sine(20)))
        until(lambda: audio.playing)
        begun = time.monotonic()
        until(lambda: time.monotonic() - begun > 0.5)
        _strike_and_repair(fault, server, ear, "loudspeaker")
        assert audio.playing is not fault.speech_lost
        said = " ".join(state.message for _, state in ear.states)
        assert ("nicht gesprochen" in said) is fault.speech_lost
        assert len(audio.unplayed) == fault.speech_lost
        audio.stop()
        audio.play(speech(sine(0.3)))
        assert audio.unplayed == ()
        until(lambda: not audio.playing)


BLIND = {
    "microphone muted": ("microphone", FAULTS["muted"], "nur Stille"),
    "microphone suspended": ("microphone", FAULTS["suspended"], "steht still"),
    "loudspeaker suspended": ("loudspeaker", FAULTS["suspended"], "steht still"),
}


@pytest.mark.parametrize("case", BLIND)
def test_where_the_sound_server_cannot_be_asked(
    case: str, server: Pulse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS: only what comes and goes through PortAudio tells."""
    device, fault, words = BLIND[case]
    server.control("load-module", "module-sine", "sink=patient", "frequency=300")
    monkeypatch.setenv("PULSE_SERVER", f"unix:{server.folder}/nobody")
    with desk() as (audio, ear):
        audio.open_microphone()
        audio.play(speech(sine(20)))
        until(lambda: audio.read(0.1) is not None)
        _strike_and_repair(replace(fault, words=words), server, ear, device)


def _drain(audio: AudioProcess) -> None:
    while audio.read(0) is not None:
        pass
