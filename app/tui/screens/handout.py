"""A sheet from the desk: what, how, in which languages; then it is saved, shown or printed."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Select, Static

from app.content import Library
from app.core.languages import language
from app.core.settings import load_settings
from app.core.types import Translation
from app.handout import Draft, Order, layouts, prepare
from app.handout.printing import print_sheet, show_sheet
from app.handout.saving import save
from app.tui import wording
from app.tui.screens.dialog import Dialog

TALK, LAYOUT = "*talk", "*layout"
"""Instead of a topic: the sentences of this conversation; the sentences that belong to the layout."""


PREVIEWED = 4
"""Pages that a preview in the terminal shows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What staff want made of an order."""

    order: Order
    path: Path
    show: bool = False
    print: bool = False


class HandoutDialog(Dialog[Wish]):
    """Returns what is to be built."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "wish('save')", "speichern", id="handout-save", tooltip="Als PDF speichern"),
        Binding("f5", "wish('show')", "ansehen", id="handout-show", tooltip="Speichern und ansehen"),
        Binding("f6", "wish('print')", "drucken", id="handout-print", tooltip="Auf dem Standarddrucker"),
    ]

    def __init__(self, books: Library, code: str, said: Sequence[Translation | None]) -> None:
        super().__init__()
        self._books, self._code = books, code
        taken = [t for t in said if t is not None and t.phrase is not None and t.target_language == code]
        self._said = {t.phrase: dict(t.slots) for t in taken if t.phrase is not None}

    def compose(self) -> ComposeResult:
        topics = [(topic.title, slug) for slug, topic in self._books.topics.items()]
        talk = [(f"Dieses Gespräch ({len(self._said)} Sätze)", TALK)] if self._said else []
        with Vertical(classes="box -human") as box:
            box.border_title = f"Drucken · {wording.language_label(self._code)}"
            box.border_subtitle = "Strg+S speichert · F5 zeigt · F6 druckt · Esc zurück"
            yield Static(Content("Was"), classes="note")
            own = ("Was zum Layout gehört (Karte, Zettel, Tafel)", LAYOUT)
            chosen = TALK if talk else LAYOUT
            yield Select([*talk, own, *topics], value=chosen, allow_blank=False, compact=True, id="what")
            yield Static(Content("Layout"), classes="note")
            found = [(layout.title, slug) for slug, layout in layouts().items()]
            start = "a4" if talk else "bilder"
            yield Select(found, value=start, allow_blank=False, compact=True, id="layout")
            yield Static(Content("Sprachen, mit Komma getrennt"), classes="note")
            yield Input(self._code, id="codes", compact=True, select_on_focus=False)
            yield Static(Content("Datei"), classes="note")
            file = Path.home() / f"sprachpult-{self._code}.pdf"
            yield Input(str(file), id="file", compact=True, select_on_focus=False)
            note = "Nur was Sie hier bauen, liegt danach auf dem Rechner."
            yield Static(Content(note), classes="note sentence")

    def on_input_submitted(self) -> None:
        self.action_wish("save")

    def action_wish(self, deed: str) -> None:
        what = str(self.query_one("#what", Select).value)
        codes = [code.strip() for code in self.query_one("#codes", Input).value.split(",")]
        order = Order(
            layout=str(self.query_one("#layout", Select).value),
            languages=tuple(code for code in codes if code),
            topic="" if what in (TALK, LAYOUT) else what,
            phrases=tuple(self._said) if what == TALK else (),
            own=self._said if what == TALK else {},
        )
        path = Path(self.query_one("#file", Input).value).expanduser()
        self.dismiss(Wish(order, path, show=deed == "show", print=deed == "print"))


def preview(books: Library, wish: Wish) -> list[bytes]:
    """The first pages as PNG; nothing is written. Raises SprachpultError."""
    return _draft(books, wish).pictures()[:PREVIEWED]


def _draft(books: Library, wish: Wish) -> Draft:
    for code in wish.order.languages:
        language(code)
    return prepare(books, replace(wish.order, office=load_settings().office))


def fulfil(books: Library, wish: Wish) -> str:
    """Build the sheet and do with it what was wished; gives one line for staff. Raises SprachpultError.

    What goes to the printer passes through a file that is deleted again.
    """

    content = _draft(books, wish).pdf()
    if wish.print:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sprachpult.pdf"
            save(path, content)
            return f"Gedruckt: {print_sheet(path)}"
    save(wish.path, content)
    if wish.show:
        show_sheet(wish.path)
    return f"Gespeichert: {wish.path}"
