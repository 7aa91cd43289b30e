"""Phrases, their translations and topics, as frozen values."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class SlotKind(StrEnum):
    """What a slot holds; the canonical value is a string, see `app.content.values`."""

    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    QUANTITY = "quantity"
    PLACE = "place"


class Status(StrEnum):
    """Life cycle of a translation."""

    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Slot:
    """A typed gap of a phrase."""

    name: str
    kind: SlotKind


@dataclass(frozen=True, slots=True)
class Topic:
    """A folder of phrases."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """How far a translation of a phrase or a term is, and who stands for it. It is written for the German of
    now: a stale one is never handed out."""

    language: str
    status: Status
    source_hash: str
    reviewer: str = ""
    date: datetime.date | None = None
    """Day on which the reviewer set the status."""
    expires: datetime.date | None = None
    """Last day of an approval; None: no end."""
    checked_by: str = ""
    """The native reader of an approved translation; `reviewer` is then who approved it."""
    checked_on: datetime.date | None = None
    comment: str = ""
    path: Path | None = field(default=None, compare=False)
    line: int | None = field(default=None, compare=False)

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
class PhraseTranslation(Signed):
    """A phrase in one language."""

    text: Mapping[str, str]
    """Pattern by CLDR plural category; a text without plural has only `other`."""
    alternatives: Mapping[str, str] = field(default_factory=dict)
    """Wordings by `female`, `male` (the speaker) or `informal`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A German sentence that is prepared in other languages."""

    id: str
    """`topic/slug`."""
    topic: str
    text: Mapping[str, str]
    """German pattern by CLDR plural category; a text without plural has only `other`."""
    speaker: str = "staff"
    kind: str = "information"
    answer: str = "none"
    risk: str = "green"
    slots: tuple[Slot, ...] = ()
    plural: str | None = None
    """Name of the slot that governs the plural form."""
    pictogram: str = ""
    note: str = ""
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Canonical sample values per slot."""
    source_hash: str = ""
    find_translation: Callable[[str, str], PhraseTranslation | None] = field(
        default=lambda _phrase, _language: None, repr=False, compare=False
    )

    @property
    def source(self) -> str:
        """The German pattern with bare slot names in braces, for people."""
        text = self.text["other"]
        for slot in self.slots:
            text = text.replace(f"{{{slot.name}:{slot.kind}}}", f"{{{slot.name}}}")
        return text

    def translation(self, language: str) -> PhraseTranslation | None:
        """The usable translation into a language; None if missing, stale or broken."""
        return self.find_translation(self.id, language)
