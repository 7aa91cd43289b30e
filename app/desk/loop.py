"""What the three threads of the loop share."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.events import Payload
from app.core.languages import STAFF_LANGUAGE
from app.core.types import Speaker
from app.desk.board import Board
from app.desk.human_stop import HumanStop
from app.desk.inbox import Pending
from app.desk.own_voice import OwnVoice
from app.desk.ports import Audio
from app.desk.tools import Tools
from app.desk.turns import Turns


@dataclass(slots=True)
class Choices:
    """What staff can switch while the loop runs; a turn keeps what held when it was translated."""

    patient_language: str
    confirm_first: bool
    speak_german: bool
    hands_free: bool = False

    def language(self, speaker: Speaker) -> str:
        return STAFF_LANGUAGE if speaker is Speaker.STAFF else self.patient_language

    def spoken_aloud(self, speaker: Speaker) -> bool:
        """True if the translation of what this speaker said is played, not just shown."""
        return speaker is Speaker.STAFF or self.speak_german


@dataclass(frozen=True, slots=True)
class Loop:
    """Built once by the interpreter."""

    tools: Tools
    audio: Audio | None
    choices: Choices
    turns: Turns
    board: Board
    pending: Pending
    own_voice: OwnVoice
    clock: Callable[[], float]
    report: Callable[[Payload], None]
    humans: HumanStop
