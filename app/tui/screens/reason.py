"""Why a sentence on a topic for humans is let through: a choice, never a text, so that nothing is kept."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from app.desk.human_stop import Reason
from app.tui.screens.dialog import Dialog


class ReasonDialog(Dialog[Reason]):
    """Returns the reason that staff chose."""

    AUTO_FOCUS = "OptionList"

    def __init__(self, why: str) -> None:
        super().__init__()
        self._why = why

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -small") as box:
            box.border_title = "Trotzdem maschinell übersetzen?"
            box.border_subtitle = "↑↓ wählt · Enter · Esc zurück"
            yield Static(Content(self._why))
            yield Static(Content("Der Grund wird gezählt, der Satz nicht gespeichert."), classes="note")
            yield OptionList(
                *(Option(Content(reason.label), id=reason.value) for reason in Reason), compact=True
            )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(Reason(event.option_id or ""))
