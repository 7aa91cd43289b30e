"""One row per text, for CSV and XLSX: columns, their names in foreign tables, rows to units and back."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.content.exchange.states import read_claim
from app.content.exchange.unit import Claim, Header, Remarks, Unit, split_name
from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE, languages

_SIGNED = ("status", "reviewer", "date", "expires", "checked_by", "checked_on", "note")
_TRACE = ("source_hash", "fingerprint", "forms")
_META = {
    "phrases": (*_SIGNED, "speaker", "kind", "answer", "risk", "pictogram", "plural", "examples", *_TRACE),
    "glossary": (*_SIGNED, "definition", "synonyms", "icd", "reason", *_TRACE),
}
"""Columns behind id, form, German, target and comment, by what the table holds."""
_ALL_META = tuple(dict.fromkeys(name for names in _META.values() for name in names))
_SYNONYMS = {
    "id": ("id", "kennung", "key", "schlüssel", "name", "nr", "context"),
    "form": ("form", "fassung"),
    "de": ("de", "de-de", "deutsch", "german", "source", "quelle", "quelltext", "ausgangstext", "original"),
    "target": ("target", "ziel", "zieltext", "übersetzung", "translation"),
    "comment": ("comment", "kommentar", "bemerkung", "note", "notes", "anmerkung"),
    "status": ("status", "stand", "state"),
}

Row = tuple[int, Sequence[str]]
"""Line in the file and cells."""


class Columns:
    """Which cell of a row holds what."""

    def __init__(self, header: Sequence[str], language: str | None) -> None:
        """Raises UsageError if the header names other languages than the one asked for."""
        self.names = [name.strip().strip("\ufeff").lower() for name in header]
        own = {"id", "form", "de", "source_hash"} <= set(self.names)
        self.where: dict[str, int] = {}
        for field, words in _SYNONYMS.items():
            for word in (field,) if own else words:
                if word in self.names and field not in self.where:
                    self.where[field] = self.names.index(word)
        self.language = ""
        self._target(language)
        if own:
            self.where.update({name: self.names.index(name) for name in _ALL_META if name in self.names})

    @property
    def complete(self) -> bool:
        return "target" in self.where and bool({"id", "de"} & self.where.keys())

    @property
    def foreign(self) -> list[str]:
        return [name for n, name in enumerate(self.names) if name and n not in self.where.values()]

    def _target(self, language: str | None) -> None:
        """The column of the target language: its code, its name, or a general word such as „Ziel“."""
        found = {code: n for n, name in enumerate(self.names) if (code := _code_of(name))}
        if language is None and len(found) > 1:
            raise UsageError(
                f"Die Tabelle enthält mehrere Sprachen: {', '.join(found)}", "eine mit --language wählen"
            )
        if language is not None and found and language not in found:
            raise UsageError(f"Die Tabelle enthält {', '.join(found)}, nicht {language}", "--language prüfen")
        chosen = language if language in found else next(iter(found), "")
        if chosen:
            self.where["target"], self.language = found[chosen], chosen


def _code_of(name: str) -> str:
    """The language a column is named after, except German; empty for any other column."""
    for row in languages().values():
        words = (row.code, row.name.lower(), row.autonym.lower(), f"{row.name} ({row.code})".lower())
        if row.code != STAFF_LANGUAGE and (name in words or re.fullmatch(rf"{row.code}[-_]\w+", name)):
            return row.code
    return ""


def rows_of(header: Header, units: Iterable[Unit]) -> Iterator[list[str]]:
    """The header row and one row per unit."""
    names = _META[header.kind]
    yield ["id", "form", "de", header.language, "comment", *names]
    for unit in units:
        meta = {"status": unit.claim.value, **unit.meta}
        yield [unit.id, unit.form, unit.source, unit.target, unit.comment, *(meta.get(n, "") for n in names)]


def units_of(columns: Columns, rows: Iterable[Row], remarks: Remarks) -> Iterator[tuple[Header, Unit]]:
    """One unit per row that is not empty."""
    for name in columns.foreign:
        remarks.add(f"Spalte „{name}“ nicht ausgewertet", 1)
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            yield Header("", columns.language, "de"), _unit(columns, line, cells, remarks)


def _unit(columns: Columns, line: int, cells: Sequence[str], remarks: Remarks) -> Unit:
    def cell(name: str) -> str:
        place = columns.where.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    entry, form = split_name(cell("id").strip())
    meta = {name: cell(name) for name in _ALL_META if cell(name)}
    target = cell("target")
    claim = read_claim(cell("status"), Claim.DRAFT if target.strip() else Claim.OPEN)
    if claim is None:
        remarks.add(f"unbekannter Stand „{cell('status')}“, als Entwurf gelesen", line)
    return Unit(
        id=entry,
        form=form or cell("form").strip(),
        source=cell("de"),
        target=target,
        claim=(claim or Claim.DRAFT) if target else Claim.OPEN,
        comment=cell("comment"),
        meta=meta,
        line=line,
    )
