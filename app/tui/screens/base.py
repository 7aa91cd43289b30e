"""What every part of the desk screen rests on: its state, the live loop, and how refusals are shown."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from textual.reactive import reactive
from textual.screen import Screen

from app.core.errors import SprachpultError
from app.core.settings import Settings
from app.core.types import Speaker
from app.tui import state
from app.tui.desk import Desk, Interpreter
from app.tui.state import Conversation, Notice


class DeskBase(Screen[None]):
    """State of the desk; shown and changed by what is built on it."""

    conversation: reactive[Conversation] = reactive(Conversation())
    hands_free: reactive[bool] = reactive(False)
    confirm_first: reactive[bool] = reactive(False)
    patient_language: reactive[str] = reactive("")
    explains: reactive[bool] = reactive(False)
    """Terms of the newest turn are explained at the side."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.set_reactive(DeskBase.patient_language, settings.patient_language)
        self.set_reactive(DeskBase.hands_free, settings.hands_free)
        self.set_reactive(DeskBase.confirm_first, settings.confirm_first)

    def say_phrase(self, phrase: str, slots: Mapping[str, str]) -> None:
        """Speak a prepared sentence to the patient."""
        with self._refusals():
            translation = self._built().router.say(phrase, slots, self.patient_language)
            self._live.say_translation(Speaker.STAFF, translation)

    def _notice(self, kind: str, text: str, hint: str = "") -> None:
        self.conversation = state.noticed(self.conversation, Notice(kind, text, hint))

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """What the live loop refuses is shown as one line."""
        try:
            yield
        except SprachpultError as error:
            self._notice("error", error.message, error.hint)

    @property
    def _live(self) -> Interpreter:
        """The live loop. Raises SprachpultError while it is being built."""
        return self._built().interpreter

    def _built(self) -> Desk:
        if self.desk is None:
            raise SprachpultError(
                "Das Pult lädt noch seine Modelle", "gleich noch einmal; Getipptes bleibt stehen"
            )
        return self.desk

    def _beside(self, job: Callable[[], object], done: Callable[[object], None]) -> None:
        """Do something slow in a thread; `done` gets its result, a refusal is shown."""

        def run() -> None:
            try:
                result = job()
            except SprachpultError as error:
                self.app.call_from_thread(self._notice, "error", error.message, error.hint)
            else:
                self.app.call_from_thread(done, result)

        self.run_worker(run, thread=True, exclusive=True, group="beside", exit_on_error=False)
