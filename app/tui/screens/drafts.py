"""A wording is written down: a phrase in the patient's language, or a new phrase from the conversation.

What is saved is a draft, whoever writes it; signing it is another job.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Select, Static

from app.content import Phrase, Topic
from app.core.languages import isolate
from app.tui import wording
from app.tui.screens.dialog import Dialog

_EDIT_NOTE = (
    "Platzhalter in geschweiften Klammern müssen bleiben. Eine Freigabe geht durch die Änderung verloren."
)


@dataclass(frozen=True, slots=True)
class Edited:
    """New texts of a phrase by plural category."""

    phrase: Phrase
    texts: Mapping[str, str]


class EditDialog(Dialog[Edited]):
    """The texts of one phrase in one language, German above."""

    AUTO_FOCUS = "Input"

    def __init__(self, phrase: Phrase, language: str, texts: Mapping[str, str]) -> None:
        super().__init__()
        self._phrase, self._language = phrase, language
        self._texts = dict(texts) or {"other": ""}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -human") as box:
            box.border_title = f"Ändern · {wording.language_label(self._language)}"
            box.border_subtitle = "Enter speichert als Entwurf · Esc zurück"
            yield Static(Content.styled(self._phrase.text["other"], "bold"))
            for category, text in self._texts.items():
                if len(self._texts) > 1:
                    yield Static(Content(f"Form „{category}“"), classes="note")
                yield Input(
                    text,
                    name=category,
                    placeholder="Wortlaut in dieser Sprache",
                    compact=True,
                    select_on_focus=False,
                )
            yield Static(Content(_EDIT_NOTE), classes="note sentence")
            yield Static(id="wrong")

    def on_input_submitted(self) -> None:
        fields = list(self.query(Input))
        if any(not field.value.strip() for field in fields):
            self.query_one("#wrong", Static).update(Content("✖ Es fehlt noch ein Wortlaut"))
            return
        self.dismiss(Edited(self._phrase, {field.name or "other": field.value.strip() for field in fields}))


@dataclass(frozen=True, slots=True)
class Noted:
    """A new phrase; the other side may be empty."""

    topic: str
    german: str
    foreign: str


class NoteDialog(Dialog[Noted]):
    """Keeps the last sentence as a draft of a phrase, in a topic."""

    AUTO_FOCUS = "#note-german"

    def __init__(self, topics: Mapping[str, Topic], german: str, foreign: str, language: str) -> None:
        super().__init__()
        self._topics, self._german, self._foreign, self._language = topics, german, foreign, language

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -human") as box:
            box.border_title = "Als neue Phrase merken"
            box.border_subtitle = "Tab wechselt · Enter speichert als Entwurf · Esc zurück"
            yield Select(
                [(topic.title, slug) for slug, topic in self._topics.items()],
                value=next(iter(self._topics)),
                allow_blank=False,
                compact=True,
            )
            yield Static(Content("Deutsch, ohne Namen und ohne Angaben zur Person"), classes="note")
            yield Input(self._german, id="note-german", compact=True, select_on_focus=False)
            yield Static(
                Content(f"{isolate(wording.language_label(self._language))}; leer: später"), classes="note"
            )
            yield Input(self._foreign, id="note-foreign", compact=True, select_on_focus=False)
            yield Static(id="wrong")

    def on_input_submitted(self) -> None:
        german, foreign = (
            self.query_one(f"#note-{side}", Input).value.strip() for side in ("german", "foreign")
        )
        if not german:
            self.query_one("#wrong", Static).update(Content("✖ Der deutsche Satz fehlt"))
            return
        self.dismiss(Noted(str(self.query_one(Select).value), german, foreign))
