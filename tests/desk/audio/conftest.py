"""A sound server per test, and a desk's ear for what the audio process says."""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
import pytest

from app.core.events import AudioState
from app.core.types import Samples, Speech, Turn
from app.desk.audio import AudioProcess
from tests.desk.audio.pulse import Pulse, absent, pulse

PATIENCE = 30
"""Seconds to wait for what must happen; long, for a loaded machine."""


def sound_server_or_skip() -> None:
    """Skip on a machine that has no sound server, but never where the checks are run for good."""
    if missing := absent():
        if os.environ.get("SPRACHPULT_TEST_SOUND") == "required":
            pytest.fail(f"sound tests are required here; missing: {missing}")
        pytest.skip(f"needs {missing}")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pulse]:
    """PulseAudio with one null sink at 48 kHz, the only sound that children of this test can find."""
    sound_server_or_skip()
    with pulse() as running:
        for name, value in running.environment().items():
            monkeypatch.setenv(name, value)
        yield running


@dataclass
class Ear:
    """Collects the states an audio process notifies, each with the time it came."""

    states: list[tuple[float, AudioState]] = field(default_factory=list)
    news: threading.Condition = field(default_factory=threading.Condition)

    def notify(self, state: AudioState) -> None:
        with self.news:
            self.states.append((time.monotonic(), state))
            self.news.notify_all()

    def wait(
        self, device: str, *, ok: bool, since: float = 0.0, said: str = ""
    ) -> tuple[float, AudioState]:
        """First state of this kind after `since` whose message has this pattern, waited for."""

        def found() -> tuple[float, AudioState] | None:
            return next(
                (
                    (moment, state) for moment, state in self.states
                    if moment > since and (state.device, state.ok) == (device, ok)
                    and re.search(said, state.message)
                ),
                None,
            )

        with self.news:
            assert self.news.wait_for(found, PATIENCE), f"no such state; got {self.states}"
            result = found()
        assert result
        return result


@contextmanager
def desk() -> Iterator[tuple[AudioProcess, Ear]]:
    """An audio process whose two devices have been reported well."""
    ear = Ear()
    with AudioProcess("Mikrofon", "Lautsprecher", ear.notify) as audio:
        ear.wait("microphone", ok=True)
        ear.wait("loudspeaker", ok=True)
        yield audio, ear


def sine(seconds: float, frequency: float = 1_000, rate: int = 22_050, level: float = 0.5) -> Samples:
    """A tone whose first and last sample are marked by full level."""
    wave = level * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)
    return wave.astype(np.float32)


def speech(samples: Samples, rate: int = 22_050, *, last: bool = True) -> Speech:
    return Speech(Turn(1), "tr", "ses", samples, rate, last)


def until(condition: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Wait for a condition that nothing announces; returns when it was seen."""
    end, tick = time.monotonic() + seconds, threading.Event()
    while not condition():
        assert time.monotonic() < end, "did not happen"
        tick.wait(0.01)
    return time.monotonic()


def heard(audio: AudioProcess, enough: Callable[[], bool]) -> tuple[Samples, float]:
    """All that the microphone delivers until `enough`, and the tail; with the first sample's time."""
    frames = []
    while not enough():
        if frame := audio.read(0.1):
            frames.append(frame)
    audio.close_microphone()
    while frame := audio.read(0):
        frames.append(frame)
    return np.concatenate([frame.samples for frame in frames]), frames[0].time
