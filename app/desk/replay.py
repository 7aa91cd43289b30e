"""A sound file in place of microphone and loudspeaker, through exactly the loop that serves the desk."""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.core.errors import UsageError
from app.core.events import Emit
from app.core.languages import STAFF_LANGUAGE
from app.core.settings import Settings
from app.core.types import Samples, Speaker, Speech
from app.desk.interpreter import Interpreter
from app.desk.ports import FRAME_SAMPLES, FRAME_SECONDS, EndOfSound, Frame
from app.desk.sound_file import read_blocks
from app.desk.tools import Tools


class Replay:
    """Fulfils `Audio` from pieces of sound at 16 kHz, taken as they are needed.

    Frames come as fast as they are read, or (`realtime`) when a microphone would deliver them. A recording
    does not hear the loudspeaker, so `playing` is never true and nothing of it is gated away.
    """

    def __init__(self, pieces: Iterable[Samples], realtime: bool = False) -> None:
        self._frames = _frames(pieces)
        self._realtime = realtime
        self._position = 0
        self._open = False
        self._closed = threading.Event()
        self._next: Frame | None = next(self._frames, None)
        self.started = time.monotonic()
        """`time.monotonic` of the first sample; set when the microphone is opened for the first time."""
        self.played: list[Speech] = []
        self.played_at: list[float] = []
        """`time.monotonic` at which each piece was given to the loudspeaker."""

    def clock(self) -> float:
        """Position in the file, in seconds: the time that passes for whoever listens."""
        return self._position * FRAME_SECONDS

    def open_microphone(self) -> None:
        if self._position == 0:
            self.started = time.monotonic()
        self._open = True

    def close_microphone(self) -> None:
        self._open = False

    def read(self, timeout: float) -> Frame | None:
        if self._closed.is_set() or (self._open and self._next is None):
            raise EndOfSound
        if not self._open or not self._due(timeout):
            return None
        frame, self._next = self._next, next(self._frames, None)
        self._position += 1
        return frame

    def play(self, speech: Speech) -> None:
        self.played_at.append(time.monotonic())
        self.played.append(speech)

    def stop(self) -> None:
        """Nothing sounds: there is nothing to silence."""

    @property
    def playing(self) -> bool:
        return False

    @property
    def unplayed(self) -> tuple[Speech, ...]:
        return ()

    @property
    def dropped(self) -> int:
        return 0

    def close(self) -> None:
        self._closed.set()

    def _due(self, timeout: float) -> bool:
        """Wait until a microphone would have captured the last sample of the next frame."""
        if not self._realtime:
            return True
        wait = self.started + (self._position + 1) * FRAME_SECONDS - time.monotonic()
        self._closed.wait(max(0.0, min(wait, timeout)))
        return wait <= timeout


class FileReplay(Replay):
    """A sound file. Raises InputError if it cannot be read as sound."""

    def __init__(self, path: Path, realtime: bool = False) -> None:
        super().__init__(read_blocks(path), realtime)


def _frames(pieces: Iterable[Samples]) -> Iterator[Frame]:
    """Frames of 512 samples; the last is filled with silence."""
    rest = np.zeros(0, np.float32)
    number = 0
    for piece in pieces:
        rest = np.concatenate([rest, piece])
        whole = rest.size // FRAME_SAMPLES * FRAME_SAMPLES
        for samples in rest[:whole].reshape(-1, FRAME_SAMPLES):
            yield Frame(samples, number * FRAME_SECONDS)
            number += 1
        rest = rest[whole:]
    if rest.size:
        yield Frame(np.pad(rest, (0, FRAME_SAMPLES - rest.size)), number * FRAME_SECONDS)


def interpret_file(
    path: Path,
    tools: Tools,
    settings: Settings,
    languages: tuple[str, str],
    emit: Emit,
    realtime: bool = False,
) -> list[Speech]:
    """Interpret a recording of one speaker and return what was spoken, in order.

    `languages` is (source, target), one of them German. Without `realtime` the file is worked off as fast as
    the machine can, with the file's own time as clock, so that the events are the same on every machine.
    Raises UsageError for a pair without German, InputError for an unreadable file.
    """
    speaker, patient = _sides(*languages)
    replay = FileReplay(path, realtime)
    chosen = replace(settings, patient_language=patient, speak_german=True, hands_free=False)
    clock = time.monotonic if realtime else replay.clock
    with Interpreter(tools, replay, chosen, emit, clock=clock, lockstep=not realtime) as interpreter:
        interpreter.listen(speaker, many=True)
        interpreter.wait_idle()
    return replay.played


def _sides(source: str, target: str) -> tuple[Speaker, str]:
    if (source == STAFF_LANGUAGE) == (target == STAFF_LANGUAGE):
        message = f"Von „{source}“ nach „{target}“ geht nicht"
        raise UsageError(message, "eine der beiden Sprachen muss „de“ sein")
    return (Speaker.STAFF, target) if source == STAFF_LANGUAGE else (Speaker.PATIENT, source)
