"""What threads and widgets tell the desk screen."""

from dataclasses import dataclass

from textual.message import Message

from app.core.errors import SprachpultError
from app.core.events import Event
from app.tui.desk import Desk


@dataclass
class Heard(Message):
    """The live loop reported something."""

    event: Event


@dataclass
class Loading(Message):
    """A part is being loaded; `share` is 0…1."""

    part: str
    share: float

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Loading)


@dataclass
class Ready(Message):
    """The desk is built."""

    desk: Desk


@dataclass
class BuildFailed(Message):
    """The desk could not be built."""

    error: SprachpultError


@dataclass
class QuickKey(Message):
    """The key of a quick reply was pressed."""

    key: str


@dataclass
class AnswerKey(Message):
    """The key of an answer of the patient was pressed."""

    key: str


@dataclass
class TypedOn(Message):
    """A character was typed that belongs into the typing line."""

    character: str


@dataclass
class NearKey(Message):
    """A near phrase was chosen, counted from 0."""

    index: int
