"""What is installed for the patient's language, what is missing, and fetching it beside the conversation."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import ProgressBar, Static

from app.tui import wording
from app.tui.desk import Models
from app.tui.screens.dialog import Dialog


class ModelDialog(Dialog[None]):
    """A look at the shelf; Enter has the missing models fetched. Closing the dialog does not stop that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "fetch", "holen", id="models-fetch", tooltip="Fehlende Modelle aus dem Netz holen")
    ]

    def __init__(self, models: Models, language: str) -> None:
        super().__init__()
        self._models, self._language = models, language

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -human") as box:
            box.border_title = f"Modelle · {wording.language_label(self._language)}"
            box.border_subtitle = (
                "Enter holt, was fehlt · Esc zurück" if self._models.fetches else "Esc zurück"
            )
            yield Static(self._shelf(), id="shelf")
            yield Static(Content(_HOW if self._models.fetches else _ELSEWHERE), classes="note sentence")
            yield Static(id="fetching", classes="sentence")
            yield ProgressBar(total=1.0, show_eta=False, id="fetched")

    def on_mount(self) -> None:
        self._tell()
        self.set_interval(0.5, self._tell)

    def action_fetch(self) -> None:
        self._models.fetch(self._language)
        self._tell()

    def _shelf(self) -> Content:
        rows = [
            Content.assemble(f"{line.mark} {line.part:<20}", (line.name, "bold"), f"  {line.detail}")
            for line in self._models.lines(self._language)
        ]
        return Content("\n").join(rows)

    def _tell(self) -> None:
        news = self._models.news()
        bar = self.query_one(ProgressBar)
        bar.display = news is not None and news.running
        if news is not None:
            bar.update(progress=news.share)
            sign = "✖ " if news.failed else ""
            self.query_one("#fetching", Static).update(Content(f"{sign}{news.text}"))


_HOW = (
    "Das Holen läuft in einem eigenen Prozess und stört das Gespräch nicht. Das Pult selbst bleibt ohne Netz."
)
_ELSEWHERE = "Holen: „sprachpult models pull“ in einem anderen Fenster."
