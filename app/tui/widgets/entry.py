"""The typing line: a sentence for the other side, or a correction of what was recognised."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from app.core.types import Speaker
from app.tui import wording
from app.tui.commands import QUICK_REPLIES
from app.tui.line import Line
from app.tui.messages import AnswerKey, QuickKey

MAX_CHARACTERS = 1000
"""Longer texts are to be split by whoever types: one turn is one or a few sentences."""


class SayInput(Input):
    """A text line; while it is empty the digits are quick replies and the patient's answers."""

    answer_keys: frozenset[str] = frozenset()

    def on_key(self, event: events.Key) -> None:
        if self.value or event.character is None:
            return
        if event.character in {key for key, _, _ in QUICK_REPLIES}:
            self._take(event, QuickKey(event.character))
        elif event.character in self.answer_keys:
            self._take(event, AnswerKey(event.character))

    def _take(self, event: events.Key, message: Message) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(message)


class Entry(Horizontal):
    """Who types, and the line itself."""

    typist: reactive[Speaker] = reactive(Speaker.STAFF)
    editing: reactive[Line | None] = reactive(None)
    """The turn whose text is being corrected."""

    def compose(self) -> ComposeResult:
        yield Static(id="typist")
        yield SayInput(id="say", compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        self.watch_typist()

    @property
    def line(self) -> SayInput:
        return self.query_one(SayInput)

    def watch_typist(self) -> None:
        if self.children:
            self.query_one("#typist", Static).update(Content.assemble((self._label(), "bold"), " › "))
            self.line.placeholder = self._placeholder()

    def watch_editing(self, before: Line | None, after: Line | None) -> None:
        self.set_class(after is not None, "-editing")
        if after is not None:
            self.line.value = after.said
            self.line.cursor_position = len(after.said)
        elif before is not None:
            self.line.value = ""
        self.watch_typist()

    def _label(self) -> str:
        return "Ändern" if self.editing else wording.SPEAKER[self.typist]

    def _placeholder(self) -> str:
        if self.typist is Speaker.PATIENT:
            return "in der Sprache des Patienten tippen, Enter übersetzt"
        return "Deutsch tippen, Enter spricht"
