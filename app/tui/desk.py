"""What the screens need from the rest: built once in a thread, then handed to the screen as one value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.core.events import AudioState, Emit
from app.core.types import Speaker, Translation, Turn

if TYPE_CHECKING:
    from app.content import Glossary, Library
    from app.desk.human_stop import Reason
    from app.routing import Router


class Interpreter(Protocol):
    """The live loop as the screens use it. Every call returns at once; what follows comes as events.

    Any call may raise SprachpultError, which the desk shows as one line.
    """

    hands_free: bool
    patient_language: str
    confirm_first: bool

    @property
    def level(self) -> float:
        """Root mean square of the last frame, 0…1."""

    def listen(self, speaker: Speaker) -> None: ...

    def stop_listening(self) -> None: ...

    def say_text(self, speaker: Speaker, text: str) -> Turn: ...

    def say_translation(self, speaker: Speaker, translation: Translation) -> Turn: ...

    def correct(self, turn: Turn, text: str) -> None: ...

    def confirm(self, turn: Turn) -> None: ...

    def override(self, turn: Turn, reason: "Reason") -> None: ...

    def dismiss(self, turn: Turn) -> None: ...

    def repeat(self, slow: bool = False) -> None: ...

    def stop_speaking(self) -> None: ...

    def take_back(self) -> Turn | None: ...

    def forget(self) -> None: ...

    def close(self) -> None: ...


class Support(Protocol):
    """Which installed model serves a language, by part; None where none does."""

    @property
    def listen(self) -> str | None: ...

    @property
    def translate_to(self) -> str | None: ...

    @property
    def translate_from(self) -> str | None: ...

    @property
    def speak(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ModelLine:
    """One part of a language: what runs."""

    part: str
    mark: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class FetchNews:
    """How far the fetching of models is; `share` 0…1."""

    running: bool
    text: str
    share: float
    failed: bool = False


class Models(Protocol):
    """The models on this machine, and a way to have some fetched beside the conversation."""

    @property
    def fetches(self) -> bool: ...

    def lines(self, code: str) -> list[ModelLine]: ...

    def fetch(self, code: str) -> bool: ...

    def news(self) -> FetchNews | None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything behind the screens."""

    interpreter: Interpreter
    phrasebooks: "Library"
    router: "Router"
    audio_state: AudioState
    """Whether this machine can record and play at all."""
    serves: Callable[[str], Support]
    glossary: "Glossary"
    read_anew: Callable[[str], "Desk"]
    """The same desk on content read again after a change, ready for the patient's language. Takes a second
    or two, so call it in a thread. Raises SprachpultError."""
    models: Models


Progress = Callable[[str, float], None]
"""What is being loaded, and how much of it is done (0…1)."""

Build = Callable[[Emit, Progress], Desk]
"""Makes the desk; runs in a thread of its own, raises SprachpultError."""
