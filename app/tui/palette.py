"""The command palette: everything that keys can do, quick replies and languages, by name."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from app.core.languages import STAFF_LANGUAGE, languages
from app.tui.commands import DECISION_BINDINGS, DESK_BINDINGS, QUICK_REPLIES
from app.tui.wording import language_label

if TYPE_CHECKING:
    from app.tui.screens.desk import DeskScreen


def system_commands(screen: "DeskScreen") -> Iterator[SystemCommand]:
    """Commands of the desk, those of an open decision first."""
    bindings = [*DECISION_BINDINGS, *DESK_BINDINGS] if screen.conversation.decision else DESK_BINDINGS
    for binding in bindings:
        if binding.id != "palette":
            action = binding.action.removeprefix("screen.")
            yield SystemCommand(
                f"{binding.description} ({binding.key_display})",
                binding.tooltip,
                partial(screen.run_action, action),
            )
    for key, label, phrase in QUICK_REPLIES:
        yield SystemCommand(
            f"Antwort: {label} ({key})", "Schnelle Antwort sprechen", partial(screen.say_phrase, phrase, {})
        )
    for row in languages().values():
        if row.code != STAFF_LANGUAGE:
            yield SystemCommand(
                f"Sprache: {language_label(row.code)}", row.note or "Sprache des Patienten",
                partial(setattr, screen, "patient_language", row.code),
            )  # fmt: skip
