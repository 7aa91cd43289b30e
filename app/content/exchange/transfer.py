"""Export and import of a content root as a whole: the two doors of this package."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.content.editing import Edition
from app.content.exchange import csv_file, xlsx_file
from app.content.exchange.difference import Change, Outcome, compare, count
from app.content.exchange.entries import Stock, units_of
from app.content.exchange.formats import Format, choose, detect, write_file
from app.content.exchange.matching import Sorted
from app.content.exchange.unit import Header, Remarks, Unit, shown
from app.content.exchange.xml_reading import Progress
from app.core.errors import ContentError, InputError, UsageError

MakeStock = Callable[[str], Stock]
"""Language code → what we hold in it."""
_TITLES = {"phrases": "Sätze", "glossary": "Fachwörter"}
_APPLIED = (Outcome.NEW, Outcome.CHANGED)


@dataclass(frozen=True, slots=True)
class Plan:
    """An import that has been read and compared, but not applied."""

    path: Path
    format: Format
    stock: Stock
    changes: tuple[Change, ...]
    remarks: Remarks

    @property
    def counts(self) -> dict[str, int]:
        return count(self.changes)

    @property
    def empty(self) -> bool:
        return not any(change.outcome in _APPLIED for change in self.changes)


def export(stock: Stock, format_name: str, path: Path, *, only_open: bool = False) -> int:
    """Write all entries to a file, or only those without a valid translation; returns the number of texts.

    Raises UsageError for a format that does not fit, InputError if the file cannot be written.
    """
    entry = choose(format_name, stock.kind)
    # The words of stop-lists are no terms: they go to a translator only if that domain alone is chosen.
    usual = [e for e in stock.entries.values() if e.by_text] or list(stock.entries.values())
    chosen = [e for e in usual if not only_open or e.stale or not e.forms]
    if not chosen:
        raise UsageError("Es gibt nichts auszugeben", "alles ist übersetzt, oder das Thema ist leer")
    header = Header(stock.kind, stock.language)
    return write_file(entry, path, header, (unit for e in chosen for unit in units_of(e)))


def prepare(
    path: Path,
    make_stock: MakeStock,
    kind: str,
    *,
    language: str | None = None,
    format_name: str | None = None,
    progress: Progress | None = None,
) -> Plan:
    """Read a file and compare it with what we hold.

    Raises InputError (with line) for a file that is broken, hostile or not ours, UsageError if the language
    or format given does not fit, ContentError if our own files are broken.
    """
    entry = detect(path)
    if format_name is not None and choose(format_name, kind).read is not entry.read:
        raise UsageError(f"{path} ist {entry.title}, nicht {format_name}", "--format weglassen")
    if kind not in entry.kinds:
        raise InputError(f"{path}: {entry.title} enthält Fachwörter", "„sprachpult glossary import“ nehmen")
    remarks = Remarks()
    found = Sorted.of(str(path), _read(entry, path, remarks, progress, language))
    _refuse_other_kind(path, found, kind)
    code, units = found.choose(str(path), language)
    stock = make_stock(code)
    changes = tuple(compare(stock, units))
    _refuse_foreign(path, changes, kind)
    return Plan(path, entry, stock, changes, remarks)


def apply(plan: Plan, progress: Progress | None = None) -> tuple[Path, ...]:
    """Write everything that is new or changed, as drafts, whole or not at all; returns the files written.

    Raises ContentError if somebody else changed one of the files meanwhile or it cannot be written.
    """
    edition = Edition(plan.stock.root)
    chosen = [change for change in plan.changes if change.outcome in _APPLIED]
    for number, change in enumerate(chosen):
        entry = plan.stock.entries[change.id]
        fields, drop = plan.stock.fields(change.new)
        if change.comment:
            fields["comment"] = change.comment
        elif change.comment is not None:
            drop = (*drop, "comment")
        slug = change.id.split("/", 1)[1]
        edition.set_draft(
            entry.path,
            slug,
            fields | {"source_hash": entry.source_hash},
            drop,
            plan.stock.validate(change.id),
        )
        if progress is not None:
            progress("übernehmen", number / len(chosen))
    for path in edition.changes():
        if edition.document(path).before != plan.stock.read_as[path]:
            raise ContentError("wurde inzwischen geändert", "die Datei noch einmal importieren", path=path)
    return edition.save()


def _read(
    entry: Format, path: Path, remarks: Remarks, progress: Progress | None, language: str | None
) -> Iterator[tuple[Header, Unit]]:
    """Tables say only by their columns which language they hold."""
    if entry.name == "csv":
        return csv_file.read(path, remarks, progress, language)
    if entry.name == "xlsx":
        return xlsx_file.read(path, remarks, progress, language)
    return entry.read(path, remarks, progress)


def _refuse_other_kind(path: Path, found: Sorted, kind: str) -> None:
    other = next(name for name in _TITLES if name != kind)
    if found.kinds == {other}:
        raise InputError(
            f"{path}: enthält {_TITLES[other]}, nicht {_TITLES[kind]}", f"„sprachpult {other} import“ nehmen"
        )


def _refuse_foreign(path: Path, changes: tuple[Change, ...], kind: str) -> None:
    if changes and all(change.outcome is Outcome.UNKNOWN for change in changes):
        first = changes[0]
        sample = f"„{shown(first.german or first.id)}“"
        raise InputError(
            f"{path}:{first.line or 1}: keiner der {len(changes)} Einträge ist einer unserer {_TITLES[kind]} "
            f"(erster: {sample})",
            "die Datei gehört zu einem anderen Projekt",
        )
