"""The loudspeaker inside an audio child: pieces of speech become one gapless stream."""

import time
from collections import deque
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import numpy as np

from app.core.types import Samples
from app.desk.audio.choose import Device
from app.desk.audio.line import Line, Tell, in_background
from app.desk.audio.resample import Resampler
from app.desk.audio.wire import Command, Job, Play, Played, Stop

LONGEST_DELAY_SECONDS = 3.0
"""A device that claims to sound later than this does not know its own clock."""


@dataclass(slots=True)
class _Piece:
    number: int
    samples: Samples
    at: int = 0


class Playback(Line):
    """Plays zeros while nothing is queued: a device that fell asleep would swallow the first syllable."""

    def __init__(self, sounddevice: Any, device: Device, job: Job, tell: Tell) -> None:
        self._pieces: deque[_Piece] = deque()
        self._played: SimpleQueue[Played] = SimpleQueue()
        self._resampler: tuple[int, Resampler] | None = None
        self._sounds_until = 0.0
        super().__init__(sounddevice, device, job, tell)
        in_background(self._report, "played")

    @property
    def _kind(self) -> Any:
        return self._sound.OutputStream

    @property
    def idle(self) -> bool:
        return not self._pieces and time.monotonic() > self._sounds_until

    def obey(self, command: Command) -> None:
        match command:
            case Play():
                self._pieces.append(_Piece(command.piece, self._at_own_rate(command)))
                self.start()
            case Stop():
                self._silence()

    def _silence(self) -> None:
        if not self.idle:
            self.halt()
            self._pieces.clear()
            self._resampler, self._sounds_until = None, 0.0
            self.start()

    def _at_own_rate(self, command: Play) -> Samples:
        """Resampled across the pieces of a sentence, so that no seam is heard."""
        samples = np.frombuffer(command.pcm, np.float32)
        head = np.empty(0, np.float32)
        if self._resampler and self._resampler[0] != command.rate:
            head, self._resampler = self._resampler[1].finish(), None
        _, resampler = self._resampler = self._resampler or (command.rate, Resampler(command.rate, self.rate))
        parts = [head, resampler.push(samples)]
        if command.last:
            parts.append(resampler.finish())
            self._resampler = None
        return np.concatenate(parts)

    def _callback(self, block: Any, frames: int, times: Any, status: Any) -> None:
        now = time.monotonic()
        self._called_at = now
        self._lost += bool(status.output_underflow)
        filled = 0
        while filled < frames and self._pieces:
            piece = self._pieces[0]
            part = piece.samples[piece.at : piece.at + frames - filled]
            block[filled : filled + len(part)] = part[:, None]
            filled += len(part)
            piece.at += len(part)
            if piece.at < len(piece.samples):
                continue
            self._pieces.popleft()
            self._sounds_until = now + self._delay(times) + filled / self.rate
            self._played.put(Played(piece.number, self._sounds_until))
        block[filled:] = 0

    def _delay(self, times: Any) -> float:
        delay: float = times.outputBufferDacTime - times.currentTime
        return delay if 0 < delay < LONGEST_DELAY_SECONDS else float(self._stream.latency)

    def _report(self) -> None:
        while True:
            self._tell(self._played.get())
