"""A question with yes or no."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from app.tui.screens.dialog import Dialog


class Question(Dialog[bool]):
    """Asks before something is lost; True when agreed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "agree", "ja", id="question-agree", tooltip="Zustimmen")
    ]

    def __init__(self, title: str, text: str, deed: str) -> None:
        super().__init__()
        self._title, self._text, self._deed = title, text, deed

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -small") as box:
            box.border_title = self._title
            yield Static(Content(self._text))
            keys = Content.assemble(("Enter", "bold"), f" {self._deed}   ", ("Esc", "bold"), " zurück")
            yield Static(keys, classes="keys")

    def action_agree(self) -> None:
        self.dismiss(True)
