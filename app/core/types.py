"""The values that travel through one turn; design: every stage takes one plain value and yields plain values.

Sound is 32-bit float, mono, in −1…1. Times are seconds on the clock of the sound source unless a name says
otherwise. Languages are codes of `app.core.languages`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound, shape (n,), values −1…1."""

RECOGNITION_RATE = 16_000
"""Samples per second that voice activity and recognition work on (fixed by Whisper and Silero)."""


class Speaker(StrEnum):
    """Who speaks in a turn; the other side hears the translation."""

    STAFF = "staff"
    PATIENT = "patient"

    @property
    def other(self) -> "Speaker":
        return Speaker.PATIENT if self is Speaker.STAFF else Speaker.STAFF


class Origin(StrEnum):
    """Where a translation comes from, in the order of trust."""

    APPROVED = "approved"
    DRAFT = "draft"
    MACHINE = "machine"
    BLOCKED = "blocked"
    NONE = "none"

    @property
    def mark(self) -> str:
        """Symbol shown beside the word, so that colour never carries meaning alone."""
        return {"approved": "✔", "draft": "◐", "machine": "⚙", "blocked": "⛔", "none": "–"}[self.value]

    @property
    def word(self) -> str:
        """German word shown to staff."""
        return {
            "approved": "freigegeben",
            "draft": "Entwurf",
            "machine": "maschinell",
            "blocked": "gesperrt",
            "none": "keine Übersetzung",
        }[self.value]


class Level(StrEnum):
    """Outcome of the guard: green is spoken, amber is asked, red is never spoken."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Stage(StrEnum):
    """Parts of the way of a turn, as named in failures and on the desk."""

    LISTEN = "listen"
    RECOGNISE = "recognise"
    TRANSLATE = "translate"
    CHECK = "check"
    SPEAK = "speak"


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """Identity of a turn; work of an older revision is dropped."""

    number: int
    revision: int = 0

    def revised(self) -> "Turn":
        return Turn(self.number, self.revision + 1)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker said until a pause: 16 kHz samples and where they lie on the source's clock."""

    turn: Turn
    speaker: Speaker
    language: str
    samples: Samples = field(repr=False, compare=False)
    start: float
    end: float
    final: bool = True
    """False while the end of the turn is not sure: work may start, nothing may be played."""


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word; `probability` is the recogniser's own, uncalibrated."""

    text: str
    start: float
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, in the speaker's language; recognised, typed or chosen."""

    turn: Turn
    speaker: Speaker
    language: str
    text: str
    confidence: float = 1.0
    """exp(mean log-probability per token) of the recogniser, 0…1; 1 for typed text."""
    words: tuple[Word, ...] = ()
    no_speech: float = 0.0
    """The recogniser's probability that there was no speech, 0…1."""
    known_threshold: float | None = None
    """Confidence below which this recogniser's text counts as not understood; None if never measured."""
    typed: bool = False
    seconds: float = 0.0
    """Length of the sound it was recognised from, pauses at both ends included; 0 if not known."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate of a translation engine; `score` is the mean log-probability per target token (≤ 0)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class NearPhrase:
    """A prepared phrase that resembles what was said; `score` 0…1."""

    phrase: str
    phrase_source: str
    score: float


@dataclass(frozen=True, slots=True)
class Translation:
    """A sentence and its translation with where it comes from."""

    source: str
    text: str
    source_language: str
    target_language: str
    origin: Origin
    phrase: str | None = None
    """Phrase id, `topic/slug`, where a prepared phrase was taken."""
    phrase_source: str | None = None
    """German pattern of that phrase, with its slots in braces."""
    slots: Mapping[str, str] = field(default_factory=dict)
    near: tuple[NearPhrase, ...] = ()
    terms: tuple[str, ...] = ()
    score: float | None = None
    """Mean log-probability per token of a machine translation; None for phrases."""
    alternatives: tuple[str, ...] = ()
    """Further hypotheses of a machine translation, best first, for the guard's n-best check."""
    risk: str = "green"
    """Risk class of the content (green, amber, red), from the phrase where there is one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference the guard saw; `message` is plain German."""

    code: str
    message: str
    level: Level
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The guard's answer for a pair: the worst level of its findings."""

    level: Level
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedTranslation:
    """A translation with its verdict, as one event of a turn."""

    turn: Turn
    speaker: Speaker
    translation: Translation
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Speech:
    """Synthesised sound of one sentence or part of one."""

    turn: Turn
    language: str
    text: str
    samples: Samples = field(repr=False, compare=False)
    rate: int
    last: bool = True
    """True on the last piece of what is spoken for this turn."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something failed and the desk goes on; shown within two seconds."""

    turn: Turn | None
    stage: Stage
    message: str
    hint: str = ""
