"""Phrase browser: by topic, searched in both languages, slots filled in place, Enter speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from app.core.errors import SprachpultError
from app.core.languages import isolate, language
from app.tui import wording
from app.tui.desk import Desk
from app.tui.find import EXAMPLE, canonical, find
from app.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from app.content import Phrase

ALL = "*"
"""Id of the entry that stands for all topics."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A phrase with its slots filled, in canonical values."""

    phrase: str
    slots: Mapping[str, str]
    edit: bool = False
    """Its wording is to be changed instead of spoken."""


class PhraseDialog(Dialog[Chosen]):
    """Returns the phrase to be spoken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "nächste", id="phrase-down", tooltip="Nächster Satz"),
        Binding("up", "move(-1)", "vorige", id="phrase-up", tooltip="Voriger Satz"),
        Binding("f6", "topic", "Thema", id="phrase-topic", tooltip="Nächstes Thema"),
        Binding("f2", "edit", "ändern", id="phrase-edit", tooltip="Den Wortlaut in dieser Sprache ändern"),
        Binding("f4", "problems", "Lücken", id="phrase-problems", tooltip="Was in dieser Sprache fehlt"),
    ]
    AUTO_FOCUS = "#search"

    def __init__(self, desk: Desk, target: str, phrase: str | None = None, search: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._target = target
        self._wanted = phrase
        self._search = search
        self._phrase: Phrase | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="box -full") as box:
            box.border_title = f"Phrasen · {wording.language_label(self._target)}{self._gaps()}"
            box.border_subtitle = "↑↓ wählt · F6 Thema · Enter spricht · F2 ändert · Esc zurück"
            yield Input(
                self._search, placeholder="suchen, auf Deutsch oder in der Sprache", id="search", compact=True
            )
            with Horizontal(id="choice"):
                yield OptionList(id="topics", compact=True)
                yield OptionList(id="phrases", compact=True)
            with Vertical(id="preview"):
                yield Static(id="preview-german")
                yield Static(id="preview-foreign")
                yield Static(id="preview-note", classes="note")
                yield Horizontal(id="slots")

    def _gaps(self) -> str:
        count = len(self._desk.phrasebooks.problems([self._target]))
        return f" · ▲ {count} unbrauchbar (F4)" if count else ""

    def on_mount(self) -> None:
        topics = self.query_one("#topics", OptionList)
        topics.add_option(Option("Alle Themen", id=ALL))
        topics.add_options(
            Option(Content(topic.title), id=slug) for slug, topic in self._desk.phrasebooks.topics.items()
        )
        topics.highlighted = 0
        self.query_one("#preview-foreign").set_class(language(self._target).right_to_left, "-rtl")
        self._fill()

    # --- the list --------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input.id == "search":
            self._fill()
        else:
            self._preview()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_list.id == "topics":
            self._fill()
        else:
            self._show(self._desk.phrasebooks.phrases[event.option_id or ""])

    def action_move(self, step: int) -> None:
        phrases = self.query_one("#phrases", OptionList)
        phrases.action_cursor_down() if step > 0 else phrases.action_cursor_up()

    def action_edit(self) -> None:
        if self._phrase is not None:
            self.dismiss(Chosen(self._phrase.id, {}, edit=True))

    def action_problems(self) -> None:
        from app.tui.screens.problems import ProblemDialog

        self.app.push_screen(ProblemDialog(self._desk.phrasebooks, self._target))

    def action_topic(self) -> None:
        self.query_one("#topics", OptionList).action_cursor_down()

    def _fill(self) -> None:
        topics, phrases = self.query_one("#topics", OptionList), self.query_one("#phrases", OptionList)
        chosen = topics.highlighted_option
        topic = None if chosen is None or chosen.id == ALL else chosen.id
        text = self.query_one("#search", Input).value
        found = find(self._desk.phrasebooks, text, self._target, topic)
        phrases.clear_options()
        phrases.add_options(Option(self._row(phrase), id=phrase.id) for phrase in found)
        if not found:
            self._show(None)
            return
        ids = [phrase.id for phrase in found]
        phrases.highlighted = ids.index(self._wanted) if self._wanted in ids else 0

    def _row(self, phrase: "Phrase") -> Content:
        mark = "" if phrase.translation(self._target) else "  – ohne Übersetzung"
        who = "Patient: " if phrase.speaker == "patient" else ""
        return Content.assemble((who, "dim"), phrase.source, (mark, "dim"))

    # --- the phrase ------------------------------------------------------------------------------

    def _show(self, phrase: "Phrase | None") -> None:
        if phrase is not None and self._phrase is not None and phrase.id == self._phrase.id:
            return
        self._phrase = phrase
        form = self.query_one("#slots", Horizontal)
        form.remove_children()
        if phrase is not None:
            form.mount_all(
                Input(placeholder=f"{slot.name}: {EXAMPLE.get(slot.kind, '')}", name=slot.name, compact=True)
                for slot in phrase.slots
            )
        self._preview()

    def _preview(self) -> None:
        german, foreign, note = "Kein Satz gefunden", "", "anders suchen, oder zurück und frei sprechen"
        if self._phrase is not None:
            german, foreign, note = self._texts(self._phrase)
        self.query_one("#preview-german", Static).update(Content.styled(german, "bold"))
        self.query_one("#preview-foreign", Static).update(Content(isolate(foreign) if foreign else ""))
        self.query_one("#preview-note", Static).update(Content(note))

    def _texts(self, phrase: "Phrase") -> tuple[str, str, str]:
        """German, the patient's language, and a remark: filled as far as it goes."""
        translation = phrase.translation(self._target)
        if translation is None:
            return phrase.source, "", f"keine gültige Übersetzung: {language(self._target).name}"
        try:
            said = self._desk.router.say(phrase.id, self._values(phrase), self._target)
        except SprachpultError as error:
            return phrase.source, translation.text["other"], str(error) if phrase.slots else phrase.note
        return said.source, said.text, "   ".join(filter(None, (wording.origin_label(said), phrase.note)))

    def _values(self, phrase: "Phrase") -> dict[str, str]:
        fields = {field.name: field.value for field in self.query("#slots Input").results(Input)}
        return {slot.name: canonical(slot.kind, fields.get(slot.name, "")) for slot in phrase.slots}

    # --- speak -----------------------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_list.id == "phrases":
            self._speak()

    def on_input_submitted(self) -> None:
        self._speak()

    def _speak(self) -> None:
        """Speak the phrase, or go to the first slot that is still empty."""
        if self._phrase is None:
            return
        empty = [field for field in self.query("#slots Input").results(Input) if not field.value.strip()]
        if empty:
            empty[0].focus()
            return
        try:
            slots = self._values(self._phrase)
            self._desk.router.say(self._phrase.id, slots, self._target)
        except SprachpultError as error:
            self.query_one("#preview-note", Static).update(Content.styled(f"✖ {error}", "bold"))
            return
        self.dismiss(Chosen(self._phrase.id, slots))
