"""What staff are shown about the terms of a sentence: definition, the patient's word, words to avoid."""

from dataclasses import dataclass

from app.content.glossaries import Glossary
from app.content.glossary_types import Avoid, Concept, TermTranslation
from app.core.types import Origin


@dataclass(frozen=True, slots=True)
class TermCard:
    """A term of a sentence with its counterpart; `text` stands at characters `start` to `end`."""

    concept: Concept
    text: str
    start: int
    end: int
    part: bool
    """True if only the head of a German compound is the term."""
    term: str
    """Preferred word in the other language, empty if there is none."""
    origin: Origin
    """Of that word: approved, draft, or none."""
    variants: tuple[str, ...] = ()
    avoid: tuple[Avoid, ...] = ()


def term_cards(glossary: Glossary, text: str, language: str, patient_language: str) -> tuple[TermCard, ...]:
    """A card per concept in a text of either side, in the order of the text.

    The card always explains in German and gives the patient's word, whoever spoke.
    """
    cards: dict[str, TermCard] = {}
    for hit in glossary.terms_in(text, language):
        found = hit.concept.translation(patient_language)
        cards.setdefault(
            hit.concept.id,
            TermCard(
                concept=hit.concept,
                text=hit.text,
                start=hit.start,
                end=hit.end,
                part=hit.part,
                term=found.term if found else "",
                origin=_origin(found),
                variants=found.variants if found else (),
                avoid=found.avoid if found else (),
            ),
        )
    return tuple(cards.values())


def _origin(found: TermTranslation | None) -> Origin:
    if found is None:
        return Origin.NONE
    return Origin.APPROVED if found.approved else Origin.DRAFT
