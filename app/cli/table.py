"""Reads tab-separated tables with a header; every complaint names file and line."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.core.errors import InputError


def read_table(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """Rows of a TSV file by column name; `columns` must be there, others are carried along.

    Raises InputError for a file that is missing, not UTF-8, or whose rows do not fit the header.
    """
    hint = f"UTF-8, durch Tabulator getrennt, mit den Spalten {', '.join(columns)}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(path, csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), columns, hint)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: kein UTF-8 ({error.reason})", hint) from error
    except OSError as error:
        raise InputError(f"{path}: nicht lesbar ({error.strerror})", "Pfad prüfen") from error


def _rows(
    path: Path, lines: Iterator[list[str]], columns: Sequence[str], hint: str
) -> Iterator[dict[str, str]]:
    header = next(lines, [])
    missing = [column for column in columns if column not in header]
    if missing:
        raise InputError(f"{path}:1: es fehlt die Spalte {', '.join(missing)}", hint)
    for number, cells in enumerate(lines, 2):
        if len(cells) != len(header):
            raise InputError(f"{path}:{number}: {len(cells)} Felder statt {len(header)}", hint)
        yield dict(zip(header, cells, strict=True))
