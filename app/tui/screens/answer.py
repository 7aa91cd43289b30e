"""What the patient answered: a value that is typed, or a part of the body from the list."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from app.content import Concept, Glossary
from app.core.errors import SprachpultError
from app.core.languages import isolate
from app.core.types import Translation
from app.tui import answers, wording
from app.tui.screens.dialog import Dialog

BODY = "koerper"
"""Glossary domain of the parts of the body."""


class ValueDialog(Dialog[Translation]):
    """A number, a date or a duration; both languages are shown before it is taken."""

    AUTO_FOCUS = "Input"

    def __init__(self, kind: str, language: str) -> None:
        super().__init__()
        self._kind, self._language = kind, language

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -small") as box:
            box.border_title = f"Antwort des Patienten: {answers.TITLE[self._kind]}"
            box.border_subtitle = "Enter übernimmt · Esc zurück"
            yield Input(placeholder=f"zum Beispiel {answers.EXAMPLE[self._kind]}", compact=True)
            yield Static(id="both", classes="sentence")

    def on_input_changed(self, event: Input.Changed) -> None:
        found = self._read(event.value)
        text = f"{found.text}   {isolate(found.source)}" if isinstance(found, Translation) else ""
        self.query_one("#both", Static).update(Content.styled(text, "bold"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        found = self._read(event.value)
        if isinstance(found, Translation):
            self.dismiss(found)
        else:
            self.query_one("#both", Static).update(Content(f"✖ {found}"))

    def _read(self, typed: str) -> Translation | str:
        try:
            return answers.value_answer(self._kind, typed, self._language)
        except SprachpultError as error:
            return str(error)


class BodyDialog(Dialog[Translation]):
    """Parts of the body in both languages, so that the patient can point at the word too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "nächster", id="body-down", tooltip="Nächster Körperteil"),
        Binding("up", "move(-1)", "voriger", id="body-up", tooltip="Voriger Körperteil"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, glossary: Glossary, language: str) -> None:
        super().__init__()
        self._language = language
        found = (concept for concept in glossary.terms if concept.domain == BODY)
        self._concepts = {concept.id: concept for concept in found if concept.translation(language)}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            box.border_title = f"Körperteil · {wording.language_label(self._language)}"
            box.border_subtitle = "tippen sucht · ↑↓ wählt · Enter übernimmt · Esc zurück"
            yield Input(placeholder="suchen, auf Deutsch oder in der Sprache", compact=True)
            yield OptionList(id="body", compact=True)
            yield Static(id="note", classes="note")

    def on_mount(self) -> None:
        self._fill("")
        if not self._concepts:
            note = "In dieser Sprache gibt es noch keine Wörter für Körperteile: bitte zeigen lassen."
            self.query_one("#note", Static).update(Content(note))

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(answers.term_answer(self._concepts[event.option_id or ""], self._language))

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()

    def _fill(self, text: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        wanted = text.strip().casefold()
        options.add_options(
            Option(self._row(concept), id=name)
            for name, concept in self._concepts.items()
            if wanted in concept.term.casefold() or wanted in self._term(concept).casefold()
        )
        options.highlighted = 0 if options.option_count else None

    def _row(self, concept: Concept) -> Content:
        return Content.assemble((f"{concept.term:<24}", "bold"), isolate(self._term(concept)))

    def _term(self, concept: Concept) -> str:
        found = concept.translation(self._language)
        return found.term if found else ""
