"""Fetch a human: what to do now, while the patient hears that somebody is coming."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from app.tui import wording
from app.tui.screens.dialog import Dialog

STEPS = (
    "Sprechen Sie bis dahin nur das Nötigste und zeigen Sie, was Sie meinen.",
    "Rufen Sie den Dolmetschdienst Ihres Amtes an, oder eine Kollegin, einen Kollegen mit dieser Sprache.",
    "Kinder und Angehörige dolmetschen nicht bei Diagnose, Einwilligung oder Gewalt.",
    "Bei Lebensgefahr: 112.",
)


class HumanDialog(Dialog[None]):
    """Says what to do; the sentence for the patient can be played again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,f12", "again", "noch einmal", id="human-again", tooltip="Den Satz noch einmal sprechen"
        )
    ]

    def __init__(self, language: str, tell: Callable[[], None]) -> None:
        super().__init__()
        self._language, self._tell = language, tell

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -human") as box:
            box.border_title = "Einen Menschen holen"
            yield Static(Content.styled(f"Gebraucht wird: {wording.language_label(self._language)}", "bold"))
            yield Static(
                Content("\n".join(f"{n}. {step}" for n, step in enumerate(STEPS, 1))), classes="steps"
            )
            yield Static(
                Content("♪ Der Patient hört jetzt, dass ein Mensch geholt wird."), classes="sentence"
            )
            keys = Content.assemble(
                ("Enter", "bold"), " Satz noch einmal   ", ("Esc", "bold"), " zurück zum Pult"
            )
            yield Static(keys, classes="keys")

    def action_again(self) -> None:
        self._tell()
