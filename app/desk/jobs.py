"""What is put into the inboxes of the interpret and the speak thread."""

from dataclasses import dataclass, field

from app.core.types import Level, Transcript, Translation, Turn, Utterance, Verdict


@dataclass(frozen=True, slots=True)
class Heard:
    """Something was said; `began` is the clock's time of its first sample."""

    turn: Turn
    utterance: Utterance = field(repr=False)
    began: float
    both_languages: bool = False
    """True in hands-free mode: speaker and language of the utterance are a first guess."""


@dataclass(frozen=True, slots=True)
class Said:
    """Typed or corrected words."""

    turn: Turn
    transcript: Transcript = field(repr=False)


@dataclass(frozen=True, slots=True)
class Back:
    """A doubtful or important translation that staff should see in German again."""

    turn: Turn
    translation: Translation = field(repr=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A phrase picked by hand, or a stopped sentence that staff let through: already translated."""

    turn: Turn
    transcript: Transcript = field(repr=False)
    translation: Translation = field(repr=False)
    verdict: Verdict = field(default_factory=lambda: Verdict(Level.GREEN))
    """Of the transcript alone."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Load what recognises a language before it is needed."""

    language: str
    turn: None = None


InterpretJob = Heard | Said | Chosen | Ready | Back


@dataclass(frozen=True, slots=True)
class Prepare:
    """Synthesise the beginning while it is not sure yet whether it will be played."""

    turn: Turn


@dataclass(frozen=True, slots=True)
class Perform:
    """Play a turn; void if anything was stopped since `generation`."""

    turn: Turn
    generation: int


@dataclass(frozen=True, slots=True)
class Again:
    """Play what was spoken last once more."""

    slow: bool
    generation: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Keep nothing of what was spoken until now."""


SpeakJob = Prepare | Perform | Again | Forget


def same_turn(new: InterpretJob, old: InterpretJob) -> bool:
    """A newer revision of a turn makes the waiting work on it void; a hint makes nothing void."""
    if isinstance(new, Back) or new.turn is None or old.turn is None:
        return False
    return new.turn.number == old.turn.number
