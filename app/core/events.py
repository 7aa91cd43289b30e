"""What the live loop tells the world: one `emit(event)` serves desk, command line and tests."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.core.types import CheckedTranslation, Failure, Speaker, Speech, Transcript, Turn, Utterance


class Activity(StrEnum):
    """What the machine is doing, as shown at the top of the desk."""

    IDLE = "idle"
    LISTENING = "listening"
    RECOGNISING = "recognising"
    TRANSLATING = "translating"
    CHECKING = "checking"
    WAITING = "waiting"
    """For a decision of staff: amber or confirm-first."""
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class Status:
    """State of the loop; sent when it changes."""

    activity: Activity
    speaker: Speaker | None = None
    """Whose microphone is open, or who is being translated; None when nobody."""
    dropped: int = 0
    """Frames or utterances dropped so far because the machine fell behind."""


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """A turn is over: spoken, answered by staff, cancelled or empty."""

    turn: Turn
    outcome: str
    """`spoken`, `shown`, `blocked`, `cancelled`, `nothing-heard`, `own-voice`, `failed`."""


@dataclass(frozen=True, slots=True)
class AudioState:
    """Health of microphone and loudspeaker."""

    device: str
    """`microphone` or `loudspeaker`; `sound` for all of it."""
    ok: bool
    message: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class BackTranslation:
    """What the reverse model makes of a translation: a hint for staff, which releases nothing."""

    turn: Turn
    text: str
    """German."""


Payload = (
    Utterance
    | Transcript
    | CheckedTranslation
    | BackTranslation
    | Speech
    | Failure
    | Status
    | TurnEnded
    | AudioState
)


@dataclass(frozen=True, slots=True)
class Event:
    """A payload and when it happened, in seconds of `time.monotonic`."""

    time: float
    payload: Payload


Emit = Callable[[Event], None]
