"""Cuts a stream of frames into utterances; pure: frames and probabilities in, segments out, no clock and no
thread.

A segment opens at the first frame that is surely speech and takes the 320 ms before it along, so that a soft
first syllable is not cut. At the first short pause it is handed out with `final=False`, so that work can
begin; if speech resumes, its revision grows and that work is void; if silence lasts as long as the hold, it
is handed out again with `final=True`, unchanged, so that the same revision always means the same sound.
"""

from collections import deque
from dataclasses import dataclass, field, replace
from math import ceil

import numpy as np

from app.core.types import Samples
from app.desk.ports import FRAME_SECONDS, Frame


def _frames(seconds: float) -> int:
    return max(1, ceil(round(seconds / FRAME_SECONDS, 6)))


def _loudness(frame: Frame) -> float:
    return float(np.sqrt(np.mean(np.square(frame.samples))))


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds are probabilities of the speech detector, lengths are seconds (rounded up to whole
    frames)."""

    speech_starts: float = 0.5
    speech_ends: float = 0.35
    """Below `speech_starts` (hysteresis), as in Silero's own iterator."""
    pre_roll: float = 0.32
    shortest: float = 0.16
    """Less speech than this is a click. Romanian „Da“ (yes), said briskly, is six frames: 250 ms, a usual
    value, loses half of them (espeak-ng voices, 140–200 words per minute)."""
    shortest_tail: float = 0.096
    """Least speech that counts when a stop cuts into it: the last word before a key press is short."""
    pause: float = 0.096
    """Silence after which work may begin; 60–100 ms are in use elsewhere."""
    decay: float = 0.256
    """Longest wait at a pause for a drawn-out vowel to die away, which the detector takes for silence."""
    faint: float = 0.1
    """A frame below this share of the loudest one (RMS, −20 dB) has died away."""
    audible: float = 0.0025
    """Loudness (RMS) that some frame of an utterance must reach: the detector lets near-silence through, and
    recognisers invent text for it (value of the Vexa project, issue 619)."""
    hold: float = 0.7
    longest: float = 28.0
    """Whisper hears 30 s at once."""
    most_parts: int = 4
    """Parts of one very long turn that are held back until its end; more are released early."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of speech; `number` grows with time, `revision` with every resumption after a pause."""

    number: int
    revision: int
    samples: Samples = field(repr=False, compare=False)
    start: float
    end: float
    final: bool


@dataclass(frozen=True, slots=True)
class Resumed:
    """Speech goes on after a pause: what was handed out for this number is incomplete."""

    number: int
    revision: int
    """The revision that counts from now on."""


SegmentEvent = Segment | Resumed


class Segmenter:
    """Feed frames in order with `push`; `flush` at a stop hands out what is open."""

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self._recent: deque[Frame] = deque(maxlen=_frames(self.rules.pre_roll))
        self._held: list[Segment] = []
        self._number = 0
        self._begin([], [])

    @property
    def in_speech(self) -> bool:
        """True from the first frame of an utterance to the end of its hold."""
        return self._open

    def push(self, frame: Frame, probability: float) -> list[SegmentEvent]:
        """Take the next frame; usually hands out nothing."""
        if not self._open:
            if probability >= self.rules.speech_starts:
                self._begin([*self._recent, frame], [0.0] * len(self._recent) + [probability], open_now=True)
            else:
                self._recent.append(frame)
            return []
        self._taken.append(frame)
        self._probabilities.append(probability)
        events = self._listen(probability, _loudness(frame))
        if self._silence >= _frames(self.rules.hold):
            return events + self._end(_frames(self.rules.shortest))
        if len(self._taken) >= _frames(self.rules.longest):
            return events + self._split()
        return events

    def flush(self) -> list[SegmentEvent]:
        """The source stops here: hand out what is open as final, and start afresh."""
        least = self.rules.shortest if self._silence else self.rules.shortest_tail
        events = self._end(_frames(least)) if self._open else []
        self._recent.clear()
        return events

    def _begin(self, frames: list[Frame], probabilities: list[float], *, open_now: bool = False) -> None:
        self._open = open_now
        self._taken = frames
        self._probabilities = probabilities
        self._speech = sum(p >= self.rules.speech_ends for p in probabilities)
        self._loudest = max(map(_loudness, frames), default=0.0)
        self._silence = 0
        self._quiet = 0
        self._revision = 0
        self._offered: Segment | None = None
        self._offered_frames = 0
        self._recent.clear()

    def _listen(self, probability: float, loudness: float) -> list[SegmentEvent]:
        self._loudest = max(self._loudest, loudness)
        pausing = self._silence > 0
        if probability >= (self.rules.speech_starts if pausing else self.rules.speech_ends):
            self._speech += 1
            self._silence = self._quiet = 0
            return self._withdraw()
        self._silence += 1
        if probability >= self.rules.speech_ends:
            # Perhaps a weak last syllable: the turn still runs out, but what was offered is not all of it.
            self._quiet = 0
            return self._withdraw()
        self._quiet += 1
        sounding = loudness > self.rules.faint * self._loudest
        pause = _frames(self.rules.decay if sounding else self.rules.pause)
        if self._enough(self._least()) and self._offered is None and self._quiet >= pause:
            self._offered = self._segment(self._taken, final=False)
            self._offered_frames = len(self._taken)
            return [self._offered]
        return []

    def _least(self) -> int:
        # After a split the rest of the sentence counts however short it is.
        return 1 if self._held else _frames(self.rules.shortest)

    def _enough(self, least: int) -> bool:
        return self._speech >= least and self._loudest >= self.rules.audible

    def _withdraw(self) -> list[SegmentEvent]:
        if self._offered is None:
            return []
        self._offered = None
        self._revision += 1
        return [Resumed(self._number, self._revision)]

    def _segment(self, frames: list[Frame], *, final: bool) -> Segment:
        samples = np.concatenate([frame.samples for frame in frames])
        end = frames[-1].time + FRAME_SECONDS
        return Segment(self._number, self._revision, samples, frames[0].time, end, final)

    def _end(self, least: int) -> list[SegmentEvent]:
        enough = self._enough(min(least, self._least()))
        events = self._release()
        rest = self._taken
        if self._offered is not None:
            events.append(replace(self._offered, final=True))
            rest = self._taken[self._offered_frames :]
        elif enough:
            events.append(self._segment(self._taken, final=True))
            rest = []
        self._number += bool(events)
        self._begin([], [])
        self._recent.extend(rest)
        return events

    def _release(self) -> list[SegmentEvent]:
        events: list[SegmentEvent] = [replace(part, final=True) for part in self._held]
        self._held.clear()
        return events

    def _split(self) -> list[SegmentEvent]:
        """Cut a very long turn where speech is least likely; its parts are released at its end, in order."""
        cut = self._quietest()
        events = self._withdraw()
        part = self._segment(self._taken[:cut], final=False)
        silence, quiet = self._silence, self._quiet
        self._number += 1
        self._begin(self._taken[cut:], self._probabilities[cut:], open_now=True)
        self._silence, self._quiet = min(silence, len(self._taken)), min(quiet, len(self._taken))
        if len(self._held) >= self.rules.most_parts:
            events += self._release()
        self._held.append(part)
        return [*events, part]

    def _quietest(self) -> int:
        """Index of the frame to cut at: the middle of the quietest quarter second of the later half."""
        width = min(8, len(self._taken) // 4 or 1)
        half = len(self._taken) // 2
        smooth = np.convolve(self._probabilities[half:], np.full(width, 1 / width), mode="valid")
        latest = smooth.size - 1 - int(np.argmin(smooth[::-1]))
        return half + latest + width // 2
