"""Help: keys, and what the marks mean; made from the bindings themselves."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.core.types import Level, Origin
from app.tui import wording
from app.tui.commands import DECISION_BINDINGS, MORE, QUICK_REPLIES, SAFETY, TALK
from app.tui.screens.dialog import Dialog

FIRST_STEPS = (
    "F2 drücken, Deutsch sprechen, Pause machen: die andere Seite hört die Übersetzung.",
    "F3 drücken, dann antwortet der Patient. Oder unten tippen und Enter drücken.",
    "Ein kurzer Satz nach dem anderen. Esc hält sofort an, F12 holt einen Menschen.",
)
MEANING = {
    Origin.APPROVED: "von einem Menschen geprüft und unterschrieben",
    Origin.DRAFT: "vorbereiteter Satz, noch nicht unterschrieben",
    Origin.MACHINE: "von der Maschine übersetzt",
    Origin.BLOCKED: "wird nicht gesprochen",
}
LEVELS = {
    Level.GREEN: "Zahlen, Daten und Verneinung stimmen überein",
    Level.AMBER: "etwas stimmt vielleicht nicht: Sie entscheiden",
    Level.RED: "etwas stimmt nicht: wird nie gesprochen",
}


class HelpDialog(Dialog[None]):
    """One page; Esc closes it."""

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            box.border_title = "Hilfe"
            box.border_subtitle = "Pfeiltasten blättern · Esc schließt"
            with VerticalScroll():
                yield Static(help_text())


def help_text() -> Content:
    """The whole page."""
    quick = [Content.assemble((f"{key:>4}  ", "bold"), f"„{label}“") for key, label, _ in QUICK_REPLIES]
    parts = [
        *(Content(step) for step in FIRST_STEPS),
        _head("Sprechen"), *map(_key, TALK),
        _head("Immer"), *map(_key, SAFETY),
        _head("Außerdem"), *map(_key, MORE),
        _head("Schnelle Antworten, solange nichts getippt ist"), *quick,
        _head("Wenn das Pult fragt"), *map(_key, DECISION_BINDINGS),
        _head("Zeichen"),
        *(Content(f"{o.mark} {o.word}: {text}") for o, text in MEANING.items()),
        *(Content(f"{wording.VERDICT[level]}: {text}") for level, text in LEVELS.items()),
    ]  # fmt: skip
    return Content("\n").join(parts)


def _head(text: str) -> Content:
    return Content.styled(f"\n{text}", "bold $accent")


def _key(binding: Binding) -> Content:
    key = binding.key_display or binding.key
    return Content.assemble((f"{key:>4}  ", "bold"), f"{binding.description}: ", (binding.tooltip, "dim"))
