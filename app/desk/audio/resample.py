"""From a device's rate to frames of 16 kHz, from a voice's rate to a device's, complete to both ends."""

import numpy as np
import soxr

from app.core.types import RECOGNITION_RATE, Samples
from app.desk.ports import FRAME_SAMPLES, FRAME_SECONDS


class Resampler:
    """Streaming change of rate; `finish` gives what the filter still holds and begins a new stream."""

    def __init__(self, source: int, target: int) -> None:
        self._source, self._target = source, target
        self._stream = self._fresh()

    def _fresh(self) -> soxr.ResampleStream:
        return soxr.ResampleStream(self._source, self._target, 1, dtype="float32", quality="HQ")

    def push(self, samples: Samples) -> Samples:
        return self._run(samples, last=False)

    def finish(self) -> Samples:
        rest = self._run(np.empty(0, np.float32), last=True)
        self._stream = self._fresh()
        return rest

    def _run(self, samples: Samples, *, last: bool) -> Samples:
        if self._source == self._target:
            return samples
        out: Samples = self._stream.resample_chunk(np.ascontiguousarray(samples, np.float32), last=last)
        return out


class Framer:
    """Blocks at a device's rate in, frames of 512 samples at 16 kHz out, each with its time.

    `start` is the time of the first sample in seconds; the clock of the frames counts samples from there.
    """

    def __init__(self, rate: int, start: float) -> None:
        self._resampler = Resampler(rate, RECOGNITION_RATE)
        self._held: Samples = np.empty(0, np.float32)
        self._time = start

    def push(self, samples: Samples) -> list[tuple[float, Samples]]:
        return self._cut(self._resampler.push(samples))

    def finish(self) -> list[tuple[float, Samples]]:
        """The tail; the last frame is filled up with zeros."""
        frames = self._cut(self._resampler.finish())
        if len(self._held):
            frames += self._cut(np.zeros(FRAME_SAMPLES - len(self._held), np.float32))
        return frames

    def _cut(self, samples: Samples) -> list[tuple[float, Samples]]:
        self._held = np.concatenate([self._held, samples])
        frames = []
        while len(self._held) >= FRAME_SAMPLES:
            frames.append((self._time, self._held[:FRAME_SAMPLES]))
            self._held = self._held[FRAME_SAMPLES:]
            self._time += FRAME_SECONDS
        return frames
