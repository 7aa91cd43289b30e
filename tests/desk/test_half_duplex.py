"""The loop on a real sound server whose microphone hears its loudspeaker: the desk never hears itself."""

import os
import subprocess
import time
from collections.abc import Iterator

import numpy as np
import pytest
import soxr

from app.core.events import Activity, Status, TurnEnded
from app.core.settings import Settings
from app.core.types import RECOGNITION_RATE, Samples, Speaker, Transcript, Utterance
from app.desk.audio import AudioProcess
from app.desk.interpreter import Interpreter
from app.engines.espeak import Espeak
from tests.desk.audio.conftest import PATIENCE, Ear, sound_server_or_skip
from tests.desk.audio.pulse import Pulse, pulse
from tests.desk.parts import Events
from tests.desk.test_replay import Silero

SENTENCE = "Üç haftadan uzun süredir öksürüyor musunuz?"


class Voice:
    """espeak-ng, one sentence at a time."""

    def __init__(self) -> None:
        self.rate = Espeak().rate

    def synthesise(self, text: str, speed: float = 1.0) -> Iterator[Samples]:
        yield Espeak().synthesise(text, "tr")[0]


class Listener:
    """A recogniser for which everything is the same answer."""

    def transcribe(self, utterance: Utterance, hotwords: object = ()) -> Transcript:
        return Transcript(utterance.turn, utterance.speaker, utterance.language, "Evet")


class Engines(Silero):
    def __init__(self) -> None:
        super().__init__()
        self.listener, self.speaker = Listener(), Voice()

    def recogniser(self, language: str) -> Listener:
        return self.listener

    def voice(self, language: str) -> Voice:
        return self.speaker


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    sound_server_or_skip()
    with pulse() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


def say_in_the_room(server: Pulse) -> None:
    """Somebody else than the desk speaks: another program plays to the sink that the microphone hears."""
    sound = soxr.resample(Espeak().synthesise(SENTENCE, "tr")[0], Espeak().rate, 48_000)
    subprocess.run(
        ["pacat", "--playback", "--device=patient", "--format=float32le", "--rate=48000", "--channels=1"],
        input=np.asarray(sound, np.float32).tobytes(),
        env=os.environ | server.environment(), timeout=PATIENCE, check=True,
    )


def test_the_desk_hears_others_but_not_itself(server: Pulse) -> None:
    engines, events, ear = Engines(), Events(), Ear()
    audio = AudioProcess("Mikrofon", "Lautsprecher", ear.notify)
    with Interpreter(engines.tools(), audio, Settings(), events) as loop:
        ear.wait("microphone", ok=True)
        ear.wait("loudspeaker", ok=True)
        loop.listen(Speaker.PATIENT, many=True)
        events.wait(lambda p: isinstance(p, Status) and p.activity is Activity.LISTENING)
        loop.say_text(Speaker.STAFF, SENTENCE)
        events.wait(lambda p: isinstance(p, TurnEnded) and p.outcome == "spoken")
        silent = time.monotonic()
        say_in_the_room(server)
        events.wait(lambda p: isinstance(p, TurnEnded) and p.outcome == "shown")
        heard = [payload for payload in events.payloads() if isinstance(payload, Utterance)]
        assert max(utterance.samples.size for utterance in heard) > 1.5 * RECOGNITION_RATE
        # What the desk itself said began seconds before it fell silent.
        assert min(utterance.start for utterance in heard) > silent - 0.5
        loop.stop_listening()
        assert loop.wait_idle(PATIENCE)
