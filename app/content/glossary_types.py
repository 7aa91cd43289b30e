"""Concepts of the glossaries and their terms in other languages, as frozen values."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.content.types import Status


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
class TermTranslation:
    """A concept in one language, written for the German term and definition of now (never a stale one)."""

    language: str
    term: str
    """Dictionary form as it stands inside a sentence."""
    status: Status
    source_hash: str
    variants: tuple[str, ...] = ()
    """Other accepted words, and inflected stems that differ."""
    avoid: tuple[Avoid, ...] = ()
    reviewer: str = ""
    date: datetime.date | None = None
    expires: datetime.date | None = None
    comment: str = ""
    path: Path | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every word that is right, the preferred one first."""
        return (self.term, *self.variants)

    def approved_on(self, day: datetime.date) -> bool:
        """True if a named person approved it, with a date, and the approval has not ended on `day`."""
        signed = self.status is Status.APPROVED and bool(self.reviewer) and self.date is not None
        return signed and (self.expires is None or day <= self.expires)

    @property
    def approved(self) -> bool:
        return self.approved_on(datetime.date.today())

    def status_on(self, day: datetime.date) -> Status:
        """The status with its end taken into account: what has run out on `day` is expired."""
        ended = self.expires is not None and self.expires < day and self.status is not Status.DRAFT
        return Status.EXPIRED if ended else self.status


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
