"""One opening of the microphone."""

from dataclasses import dataclass, field
from time import monotonic

from app.core.protocols import SpeechDetector
from app.core.types import Speaker, Turn
from app.desk.segment import Segmenter


@dataclass(frozen=True, slots=True)
class Request:
    """To open the microphone for one speaker or (None) for both, for one turn or for many; or to close it."""

    opens: bool
    speaker: Speaker | None = None
    many: bool = False


@dataclass(slots=True)
class Session:
    """From opening the microphone to closing it."""

    request: Request
    detector: SpeechDetector
    segmenter: Segmenter
    turns: dict[int, Turn]
    """By number of the segment."""
    submitted: dict[int, int]
    """Revision of each segment that is being worked on already."""
    heard: bool = False
    now: float = 0.0
    """The source's clock."""
    arrived: float = field(default_factory=monotonic)
    """When the newest frame came, on the clock of this machine."""
    quiet_since: float | None = None
    deaf_until: float = float("-inf")
    draining: bool = False
