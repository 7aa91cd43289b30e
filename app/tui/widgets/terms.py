"""Explains the terms of the newest turn to staff: definition, and the word in the patient's language."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from app.core.languages import STAFF_LANGUAGE, isolate
from app.core.types import Origin

if TYPE_CHECKING:
    from app.content import Concept, Glossary


class TermPanel(VerticalScroll):
    """At the right of the conversation, on terminals that are wide enough."""

    can_focus = False
    explained: reactive[Content] = reactive(Content(""), always_update=True)

    def compose(self) -> ComposeResult:
        yield Static(id="terms")

    def on_mount(self) -> None:
        self.border_title = "Wörter"
        self.watch_explained(self.explained)

    def watch_explained(self, text: Content) -> None:
        if self.children:
            self.query_one("#terms", Static).update(text)


def explanation(glossary: "Glossary | None", german: str, language: str) -> Content:
    """All terms of a German sentence, each once; a line that says so if there are none."""
    if glossary is None:
        return Content.styled("Das Wörterverzeichnis lädt noch", "dim")
    found = {hit.concept.id: hit.concept for hit in glossary.terms_in(german, STAFF_LANGUAGE)}
    if not found:
        return Content.styled("keine Fachwörter im letzten Satz", "dim")
    return Content("\n\n").join([_explained(concept, language) for concept in found.values()])


def _explained(concept: "Concept", language: str) -> Content:
    text = Content.assemble((concept.term, "bold"), f"\n{concept.definition}")
    translation = concept.translation(language)
    if translation is not None:
        origin = Origin.APPROVED if translation.approved else Origin.DRAFT
        text += Content(f"\n{origin.mark} ") + Content.styled(isolate(translation.term), "bold")
        for avoid in translation.avoid:
            text += Content(f"\n✖ {isolate(avoid.term)}: {avoid.reason}")
    if concept.note:
        text += Content(f"\n▸ {concept.note}")
    return text
