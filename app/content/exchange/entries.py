"""What we hold, one entry per phrase or concept in one language: made into units for a file."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.content.exchange.unit import AVOID, REASON, Claim, Trouble, Unit, fingerprint
from app.content.toml_edit import Value
from app.content.toml_file import TomlFile
from app.content.types import Signed, Status

Forms = Mapping[str, str]
"""Texts by form; never an empty one."""

_CLAIMS = {
    Status.DRAFT: Claim.DRAFT,
    Status.CHECKED: Claim.CHECKED,
    Status.APPROVED: Claim.APPROVED,
    Status.EXPIRED: Claim.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase or concept and what stands for it in one language."""

    id: str
    german: Forms
    """By form; `main` is always there and stands in for forms German does not have."""
    main: str
    """The form that every translation has: `other` or `term`."""
    source_hash: str
    path: Path
    """File of the translation, whether or not it exists."""
    wanted: tuple[str, ...]
    """Forms a translator is asked for."""
    forms: Forms = field(default_factory=dict)
    """The translation; empty if there is none."""
    status: Status = Status.DRAFT
    reviewer: str = ""
    date: str = ""
    expires: str = ""
    checked_by: str = ""
    checked_on: str = ""
    comment: str = ""
    stale: bool = False
    """Written for an earlier German wording."""
    by_text: bool = True
    """May a foreign file without our ids mean this entry by its German text?"""
    meta: Forms = field(default_factory=dict)
    """For the translator: kind, note, definition, …"""

    def source(self, form: str) -> str:
        return self.german.get(form, self.german[self.main])


@dataclass(frozen=True, slots=True)
class Stock:
    """All entries of one content root in one language, and how they are written."""

    kind: str
    root: Path
    language: str
    entries: Mapping[str, Entry]
    read_as: Mapping[Path, str | None]
    """Text of each translation file as it was read; None for a file that is not there."""
    trouble: Callable[[str, Forms], Trouble | None]
    """(id, forms) → why this cannot stand as translation; None if it can."""
    merge: Callable[[Forms, Forms], dict[str, str]]
    """(held, from a file that holds only a part) → both together."""
    fields: Callable[[Forms], tuple[dict[str, Value], Sequence[str]]]
    """Forms → TOML fields to set and to drop."""
    validate: Callable[[str], Callable[[TomlFile], object]]
    """Id → reads the entry from its file and raises ContentError."""


def parsed(texts: Mapping[Path, str | None]) -> dict[Path, TomlFile]:
    """The files that are there. Raises ContentError for a broken one."""
    return {path: TomlFile(path, text) for path, text in texts.items() if text is not None}


def held(found: Signed, forms: Forms, source_hash: str) -> dict[str, Any]:
    """The fields of an `Entry` that come from its translation; `source_hash` is that of the German of now."""
    return {
        "forms": forms,
        "status": found.status,
        "reviewer": found.reviewer,
        "date": _iso(found.date),
        "expires": _iso(found.expires),
        "checked_by": found.checked_by,
        "checked_on": _iso(found.checked_on),
        "comment": found.comment,
        "stale": found.source_hash != source_hash,
    }


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def units_of(entry: Entry) -> Iterator[Unit]:
    """One unit per form: those that are there and those a translator is asked for."""
    forms = list(dict.fromkeys([*entry.wanted, *(form for form in entry.forms if not _hidden(form))]))
    meta = _meta(entry, forms)
    for form in forms:
        target = entry.forms.get(form, "")
        reason = entry.forms.get(form.replace(AVOID, REASON), "") if form.startswith(AVOID) else ""
        yield Unit(
            id=entry.id,
            form=form,
            source=entry.source(form),
            target=target,
            claim=_CLAIMS[entry.status] if target and not entry.stale else Claim.OPEN,
            comment=entry.comment if form == entry.main else "",
            meta=meta | ({"reason": reason} if reason else {}),
        )


def _hidden(form: str) -> bool:
    """The reason against a term travels beside it, not as a text to translate."""
    return form.startswith(REASON)


def _meta(entry: Entry, forms: Sequence[str]) -> dict[str, str]:
    rows = {
        "status": entry.status.value if entry.forms and not entry.stale else Claim.OPEN.value,
        "reviewer": entry.reviewer,
        "date": entry.date,
        "expires": entry.expires,
        "checked_by": entry.checked_by,
        "checked_on": entry.checked_on,
        **entry.meta,
        "source_hash": entry.source_hash,
        "fingerprint": fingerprint(entry.forms) if entry.forms else "",
        "forms": " ".join(forms),
    }
    return {key: value for key, value in rows.items() if value}
