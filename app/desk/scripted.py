"""Prepared utterances in place of a microphone; the loudspeaker is real where there is one."""

import threading
import time
from collections import deque

import numpy as np

from app.core.types import Samples, Speech
from app.desk.ports import FRAME_SAMPLES, FRAME_SECONDS, Audio, EndOfSound, Frame

_TAIL_SECONDS = 1.5
"""Silence after each utterance, longer than any end-of-turn hold."""


class ScriptedAudio:
    """Fulfils `Audio`: each opening of the microphone delivers the next line that was `said`.

    With a loudspeaker, frames come at the pace of speech; without one, as fast as they are read.
    """

    def __init__(self, loudspeaker: Audio | None = None) -> None:
        self._loudspeaker = loudspeaker
        self._lines: deque[Samples] = deque()
        self._frames: deque[Samples] = deque()
        self._open = False
        self._position = 0
        self._begun = time.monotonic()
        self._closed = threading.Event()

    def say(self, samples: Samples) -> None:
        """Queue one line, 16 kHz mono, for the next opening of the microphone."""
        self._lines.append(samples)

    def clock(self) -> float:
        """Seconds of sound delivered so far."""
        return self._position * FRAME_SECONDS

    def open_microphone(self) -> None:
        self._open = True
        if not self._lines:
            return
        silence = np.zeros(round(_TAIL_SECONDS * 16_000), np.float32)
        line = np.concatenate([silence[: FRAME_SAMPLES * 10], self._lines.popleft(), silence])
        whole = line.size // FRAME_SAMPLES * FRAME_SAMPLES
        self._frames.extend(line[:whole].reshape(-1, FRAME_SAMPLES))
        self._begun = time.monotonic() - self._position * FRAME_SECONDS

    def close_microphone(self) -> None:
        self._open = False
        self._frames.clear()

    def read(self, timeout: float) -> Frame | None:
        if self._closed.is_set() or (self._open and not self._frames):
            raise EndOfSound
        if not self._frames:
            self._closed.wait(timeout)
            return None
        if self._loudspeaker is not None:
            wait = self._begun + (self._position + 1) * FRAME_SECONDS - time.monotonic()
            self._closed.wait(max(0.0, min(wait, timeout)))
            if wait > timeout:
                return None
        self._position += 1
        return Frame(self._frames.popleft(), (self._position - 1) * FRAME_SECONDS)

    def play(self, speech: Speech) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.play(speech)

    def stop(self) -> None:
        if self._loudspeaker is not None:
            self._loudspeaker.stop()

    @property
    def playing(self) -> bool:
        return self._loudspeaker is not None and self._loudspeaker.playing

    @property
    def unplayed(self) -> tuple[Speech, ...]:
        return () if self._loudspeaker is None else self._loudspeaker.unplayed

    @property
    def dropped(self) -> int:
        return 0

    def close(self) -> None:
        self._closed.set()
        if self._loudspeaker is not None:
            self._loudspeaker.close()
