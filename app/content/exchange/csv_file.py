"""CSV as offices send it: UTF-8 with or without mark, UTF-16; semicolon, comma or tab."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from app.content.exchange.table import Columns, Row, rows_of, units_of
from app.content.exchange.unit import Header, Remarks, Unit
from app.content.exchange.xml_reading import Progress
from app.core.errors import InputError

_DELIMITERS = ";,\t"
_MAX_CELL, _MAX_LINE = 1 << 20, 4 << 20
"""Characters."""
# A spreadsheet takes such a cell for a formula; an apostrophe in front makes it text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_HINT = "erste Zeile mit Spalten wie id;form;de;tr, getrennt durch Semikolon, Komma oder Tabulator"


def write(path: Path, header: Header, units: Iterable[Unit]) -> None:
    """With byte order mark and semicolons, as German spreadsheets expect. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        for row in rows_of(header, units):
            out.writerow(guard(cell) for cell in row)


def guard(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def read(
    path: Path, remarks: Remarks, progress: Progress | None = None, language: str | None = None
) -> Iterator[tuple[Header, Unit]]:
    """One unit per row. Raises InputError with the line."""
    csv.field_size_limit(_MAX_CELL)
    try:
        size = path.stat().st_size
        with path.open(encoding=_encoding(path), newline="") as file:
            delimiter, columns = _layout(path, file, language)
            file.seek(0)
            rows = _rows(path, file, delimiter, len(columns.names), (size, progress))
            yield from units_of(columns, rows, remarks)
    except UnicodeError as error:
        raise InputError(
            f"{path}: weder UTF-8 noch UTF-16", "in Excel „CSV UTF-8“ als Dateityp wählen"
        ) from error
    except OSError as error:
        raise InputError(f"{path}: nicht lesbar ({error.strerror})", "Pfad und Rechte prüfen") from error


def _lines(path: Path, file: TextIO) -> Iterator[str]:
    """Lines as they are, never a gigantic one."""
    for number, line in enumerate(iter(lambda: file.readline(_MAX_LINE + 1), ""), 1):
        if len(line) > _MAX_LINE:
            raise InputError(f"{path}:{number}: die Zeile ist unmäßig lang", _HINT)
        yield line


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if start[1:2] == b"\0":
        return "utf-16-le"
    return "utf-16-be" if start[:1] == b"\0" else "utf-8-sig"


def _layout(path: Path, file: TextIO, language: str | None) -> tuple[str, Columns]:
    """The delimiter with which the first row names the columns that are needed."""
    for delimiter in _DELIMITERS:
        file.seek(0)
        try:
            cells = next(csv.reader(_lines(path, file), delimiter=delimiter, strict=True), [])
        except csv.Error:
            continue
        columns = Columns([unguard(cell) for cell in cells], language)
        if columns.complete:
            return delimiter, columns
    raise InputError(f"{path}:1: die erste Zeile nennt keine bekannten Spalten", _HINT)


def _rows(
    path: Path, file: TextIO, delimiter: str, width: int, report: tuple[int, Progress | None]
) -> Iterator[Row]:
    reader = csv.reader(_lines(path, file), delimiter=delimiter, strict=True)
    size, progress = report
    line, characters = 1, 0
    try:
        for number, cells in enumerate(reader):
            if number and cells:
                if len(cells) != width:
                    raise InputError(f"{path}:{line}: {len(cells)} Felder statt {width}", _HINT)
                yield line, [unguard(cell) for cell in cells]
            line = reader.line_num + 1
            characters += sum(map(len, cells))
            if progress is not None and number % 1000 == 0:
                progress("lesen", min(characters / (size or 1), 1.0))
    except csv.Error as error:
        raise InputError(
            f"{path}:{reader.line_num}: keine vollständige CSV-Zeile ({error})", _HINT
        ) from error
