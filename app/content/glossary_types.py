"""Concepts of the glossaries and their terms in other languages, as frozen values."""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.content.types import Signed


@dataclass(frozen=True, slots=True)
class Domain:
    """A folder of concepts."""

    slug: str
    title: str
    fetch_human: bool = False
    """True for a stop-list: its concepts are topics that call for a human interpreter, not terms."""


@dataclass(frozen=True, slots=True)
class Avoid:
    """A word that must not stand for the concept: a false friend or an insult."""

    term: str
    reason: str
    """German."""


@dataclass(frozen=True, slots=True)
class TermTranslation(Signed):
    """A concept in one language."""

    term: str
    """Dictionary form as it stands inside a sentence."""
    variants: tuple[str, ...] = ()
    """Other accepted words, and inflected stems that differ."""
    avoid: tuple[Avoid, ...] = ()

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every word that is right, the preferred one first."""
        return (self.term, *self.variants)


@dataclass(frozen=True, slots=True)
class Concept:
    """What a German term stands for."""

    id: str
    """`domain/slug`."""
    domain: str
    term: str
    definition: str
    """Plain German, one or two sentences."""
    source_hash: str
    synonyms: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()
    """Further German forms of the term and its synonyms."""
    icd: str = ""
    """ICD-10-GM code or range."""
    note: str = ""
    find_translation: Callable[[str, str], TermTranslation | None] = field(
        default=lambda _concept, _language: None, repr=False, compare=False
    )

    @property
    def forms(self) -> tuple[str, ...]:
        """Every German form that is written down, the term first."""
        return (self.term, *self.synonyms, *self.inflections)

    def translation(self, language: str) -> TermTranslation | None:
        """The usable term in a language; None if missing, stale or broken."""
        return self.find_translation(self.id, language)


@dataclass(frozen=True, slots=True)
class TermHit:
    """A concept found in a text, at characters `start` to `end` (exclusive)."""

    concept: Concept
    start: int
    end: int
    text: str
    """As it stands in the text."""
    part: bool = False
    """True for the head of a compound: related, but its translation need not stand in another language."""
    preferred: bool = True
    """False where a synonym or variant stands, or a listed form of one."""
