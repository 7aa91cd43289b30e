"""What `phrases status` and `glossary status` have in common: how many translations stand where."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from app.cli.output import json_line
from app.core.languages import STAFF_LANGUAGE, language

if TYPE_CHECKING:
    from app.content import Glossary, Library
    from app.content.types import Signed

COLUMNS = {
    "approved": "frei", "checked": "geprüft", "draft": "Entwurf", "expired": "abgelaufen",
    "stale": "veraltet", "broken": "kaputt", "missing": "fehlt",
}  # fmt: skip
"""What can be with a translation, in the order of trust, with its German heading."""

Counts = tuple[str, str, Counter[str]]
"""Folder, language, entries by column."""


def standing(translation: "Signed", day: datetime.date) -> dict[str, Any]:
    """How far a translation is and who stands for it, for JSON; days in ISO 8601."""
    return {
        "status": translation.status_on(day).value,
        "reviewer": translation.reviewer,
        "date": translation.date and translation.date.isoformat(),
        "expires": translation.expires and translation.expires.isoformat(),
        "checked_by": translation.checked_by,
        "comment": translation.comment,
    }


def chosen_languages(books: "Library | Glossary", code: str) -> list[str]:
    """The one asked for, or all that have a file. Raises UsageError for an unknown code."""
    return [language(code).code] if code else [c for c in books.languages if c != STAFF_LANGUAGE]


def counted(books: "Library | Glossary", folders: Sequence[str], codes: Iterable[str]) -> Iterator[Counts]:
    """Every entry of the folders, once per language; today is the day that tells what has expired."""
    from app.content import Library
    from app.content.prepared import folder_of

    today = datetime.date.today()
    entries = books.phrases.values() if isinstance(books, Library) else books.concepts.values()
    for code in codes:
        problems = {problem.phrase: problem.code for problem in books.problems([code])}
        counts = {folder: Counter[str]() for folder in folders}
        for entry in entries:
            folder = folder_of(entry)
            if folder in counts:
                found = entry.translation(code)
                # A file that cannot be read is one problem, named after the folder.
                wrong = problems.get(entry.id) or problems.get(folder) or "missing"
                counts[folder][found.status_on(today).value if found else wrong] += 1
        for folder, count in counts.items():
            yield folder, code, count


def show(rows: Sequence[Counts], folder: str, unit: tuple[str, str], by_language: bool, json: bool) -> None:
    """JSON lines, or a table by language or by folder. `unit` names what is counted: JSON key and heading."""
    if json:
        for name, code, count in rows:
            json_line({folder: name, "language": code, unit[0]: count.total()} | _columns(count))
        return
    print(f"{'':20}{unit[1]:>8}" + "".join(f"{title:>12}" for title in COLUMNS.values()))
    together: dict[str, Counter[str]] = {}
    for name, code, count in rows:
        together.setdefault(language(code).name if by_language else name, Counter()).update(count)
    for title, count in together.items():
        print(_line(title, count))
    if len(rows) > 1:
        print(_line("zusammen", sum(together.values(), Counter())))


def _columns(count: Counter[str]) -> dict[str, Any]:
    return {name: count[name] for name in COLUMNS}


def _line(title: str, count: Counter[str]) -> str:
    numbers = "".join(f"{number or '–':>12}" for number in _columns(count).values())
    return f"{title:20}{count.total():>8}{numbers}"
