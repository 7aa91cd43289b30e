"""What is missing, stale or broken in one language, with file and line."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.content import Library
from app.tui import wording
from app.tui.screens.dialog import Dialog

MOST = 200
"""Lines that are shown; `sprachpult phrases check` lists all."""


class ProblemDialog(Dialog[None]):
    """A list to read; mending is done in the file or with `sprachpult phrases edit`."""

    def __init__(self, books: Library, language: str) -> None:
        super().__init__()
        self._books, self._language = books, language

    def compose(self) -> ComposeResult:
        found = self._books.problems([self._language])
        rows = [f"▲ {problem.error.message}" for problem in found[:MOST]]
        if len(found) > MOST:
            command = f"sprachpult phrases check --language {self._language}"
            rows.append(f"… und {len(found) - MOST} weitere: {command}")
        with Vertical(classes="box -full") as box:
            box.border_title = f"Unbrauchbare Phrasen · {wording.language_label(self._language)}"
            box.border_subtitle = "Esc zurück"
            with VerticalScroll():
                yield Static(Content("\n".join(rows) or "Nichts: alle Phrasen sind brauchbar."))
