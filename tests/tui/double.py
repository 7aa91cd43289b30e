"""A recording stand-in for the live loop: says what it was asked, and lets a test emit events."""

import threading
import time
from dataclasses import dataclass, field

from app.core.events import Emit, Event, Payload
from app.core.types import Speaker, Translation, Turn
from app.desk.human_stop import Reason
from app.tui.desk import FetchNews, ModelLine


@dataclass
class RecordingInterpreter:
    """Fulfils the Interpreter Protocol of the desk."""

    emit: Emit
    hands_free: bool = False
    patient_language: str = ""
    confirm_first: bool = False
    level: float = 0.0
    calls: list[tuple[object, ...]] = field(default_factory=list)
    refusal: Exception | None = None
    closed: threading.Event = field(default_factory=threading.Event)
    last_turn: Turn | None = None
    number: int = 0

    def _record(self, *call: object) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.calls.append(call)

    def send(self, payload: Payload) -> None:
        self.emit(Event(time.monotonic(), payload))

    def listen(self, speaker: Speaker) -> None:
        self._record("listen", speaker)

    def stop_listening(self) -> None:
        self._record("stop_listening")

    def _next(self) -> Turn:
        self.number += 1
        return Turn(self.number)

    def say_text(self, speaker: Speaker, text: str) -> Turn:
        self._record("say_text", speaker, text)
        return self._next()

    def say_translation(self, speaker: Speaker, translation: Translation) -> Turn:
        self._record("say_translation", speaker, translation)
        return self._next()

    def correct(self, turn: Turn, text: str) -> None:
        self._record("correct", turn, text)

    def confirm(self, turn: Turn) -> None:
        self._record("confirm", turn)

    def override(self, turn: Turn, reason: Reason) -> None:
        self._record("override", turn, reason)

    def dismiss(self, turn: Turn) -> None:
        self._record("dismiss", turn)

    def repeat(self, slow: bool = False) -> None:
        self._record("repeat", slow)

    def stop_speaking(self) -> None:
        self._record("stop_speaking")

    def take_back(self) -> Turn | None:
        self._record("take_back")
        return self.last_turn

    def forget(self) -> None:
        self._record("forget")

    def close(self) -> None:
        self.closed.set()


@dataclass
class RecordingShelf:
    """Fulfils Models: two lines, and a fetch that a test moves on."""

    fetches: bool = True
    asked: list[str] = field(default_factory=list)
    told: FetchNews | None = None

    def lines(self, code: str) -> list[ModelLine]:
        return [ModelLine("hören", "✔", "demo", "nur Beispielsätze"), ModelLine("sprechen", "–", "fehlt", "")]

    def fetch(self, code: str) -> bool:
        self.asked.append(code)
        self.told = FetchNews(True, "Modelle: 3 von 9 MB", 0.33)
        return True

    def news(self) -> FetchNews | None:
        return self.told
