"""Everything a template needs to know, as plain data."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from app.content.phrasebooks import Library
from app.content.types import Status
from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE, Language, language, languages
from app.handout.body import body_terms
from app.handout.fonts import families, printable
from app.handout.furniture import DRAFT, POINT, SHARED, notes
from app.handout.layouts import Layout
from app.handout.moments import moments
from app.handout.order import Order
from app.handout.pictures import logo, pictogram, qr_code
from app.handout.selection import Entry, Selection

_OWN_WORDS = "Nr. Deutsch Stand · EGF Nicht auf diesem Blatt Seite von Version 0123456789 abcdef ✂ × ☐ : ,"
"""What templates write themselves."""
_SHOWN_STATUS = (Status.DRAFT, Status.CHECKED, Status.APPROVED)


def page(library: Library, order: Order, layout: Layout, selections: Iterable[Selection]) -> dict[str, Any]:
    """The data of a document. Raises FontError if a character has no font on this computer, InputError for
    a logo that cannot be used."""
    sections = [_section(library, order, selection) for selection in selections]
    data: dict[str, Any] = {
        "title": title(library, order, layout),
        "office": order.office,
        "date": f"{order.day:%d.%m.%Y}",
        "large": order.large,
        "paper": layout.paper,
        "options": dict(layout.options),
        "logo": logo(order.logo),
        "languages": [section["language"]["tag"] for section in sections],
        "german": _language(language(STAFF_LANGUAGE)),
        "sections": sections,
        "every": [],
    }
    if layout.template == "pointing":
        data["every"] = every_language(library)
    data["version"] = digest(data)[:8]
    _set_fonts(data)
    return data


def every_language(library: Library) -> list[dict[str, Any]]:
    """All languages of the table with the request to point, where it is translated."""
    rows = []
    for row in languages().values():
        if row.code != STAFF_LANGUAGE:
            told = notes(library, row.code, (POINT,))[POINT]["text"]
            rows.append({"language": _language(row), "text": told})
    return rows


def title(library: Library, order: Order, layout: Layout) -> str:
    if not order.topic and set(order.phrases) == set(layout.phrases):
        return layout.title.split(":")[0]
    topics = {name.split("/")[0] for name in order.phrases} or {order.topic}
    return ", ".join(library.topics[slug].title for slug in sorted(topics))


def digest(data: object) -> str:
    """SHA-256 of plain data; the same words give the same version on every computer."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _section(library: Library, order: Order, selection: Selection) -> dict[str, Any]:
    row = language(selection.language)
    if not selection.entries:
        reasons = ", ".join(sorted({omission.reason for omission in selection.omissions}))
        raise UsageError(
            f"Auf {row.name} ist nichts zu drucken: {len(selection.omissions)} Sätze sind {reasons}",
            "andere Sprache oder anderes Thema wählen",
        )
    entries = selection.entries
    return {
        "language": _language(row),
        "entries": [_row(entry, order) for entry in entries],
        "statuses": [status for status in _SHOWN_STATUS if any(entry.status is status for entry in entries)],
        "signatures": list(dict.fromkeys(_signature(entry) for entry in entries if entry.signature)),
        "omitted": [f"{omission.phrase.source} ({omission.reason})" for omission in selection.omissions],
        "notes": notes(library, row.code, (DRAFT, *SHARED)),
        "when": moments(order.slots, row.code),
        "body": body_terms(row.code),
    }


def _language(row: Language) -> dict[str, Any]:
    code, _, region = row.cldr.replace("_Cyrl", "").replace("_Latn", "").partition("_")
    return {
        "code": row.code,
        "tag": row.code,
        "region": region if len(region) == 2 and code != row.code else None,
        "name": row.name,
        "autonym": row.autonym,
        "rtl": row.right_to_left,
        "script": row.script,
    }


def _row(entry: Entry, order: Order) -> dict[str, Any]:
    return {
        "number": entry.number,
        "german": entry.german,
        "text": entry.text,
        "status": entry.status.value,
        "answer": entry.phrase.answer,
        "speaker": entry.phrase.speaker,
        "id": entry.phrase.id,
        "picture": pictogram(entry.phrase.pictogram),
        "slots": [slot.name for slot in entry.phrase.slots],
        "code": qr_code(entry.text) if order.codes else None,
    }


def _signature(entry: Entry) -> str:
    word = "Freigegeben" if entry.status is Status.APPROVED else "Geprüft"
    return f"{word}: {entry.signature}"


def _set_fonts(data: dict[str, Any]) -> None:
    """Choose the fonts that have every character of the page."""
    german = printable("".join(_texts(data)))
    for section in data["sections"]:
        row = section["language"]
        own = printable("".join(_target_texts(section)))
        row["fonts"] = list(families(row["code"], own))
        german = german | printable(row["name"])
    for every in data["every"]:
        row = every["language"]
        row["fonts"] = list(families(row["code"], printable(row["autonym"] + (every["text"] or ""))))
        german = german | printable(row["name"])
    data["german"]["fonts"] = list(families(STAFF_LANGUAGE, german))


def _target_texts(section: dict[str, Any]) -> Iterator[str]:
    yield section["language"]["autonym"]
    yield from (entry["text"] for entry in section["entries"])
    yield from (note["text"] or "" for note in section["notes"].values())
    yield from (moment["text"] for moment in section["when"].values())
    yield from (term["text"] for term in section["body"])


def _texts(data: dict[str, Any]) -> Iterator[str]:
    yield from (_OWN_WORDS, data["title"])
    yield from (data["office"], data["date"])
    for section in data["sections"]:
        yield from (entry["german"] for entry in section["entries"])
        yield from (note["german"] or "" for note in section["notes"].values())
        yield from section["omitted"]
        yield from section["signatures"]
        yield from (moment["german"] for moment in section["when"].values())
        yield from (term["german"] for term in section["body"])
