"""`sprachpult phrases status`: how far the translations are, by language and topic."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import Json, json_line
from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE, language

if TYPE_CHECKING:
    from app.content import Library

COLUMNS = {
    "approved": "frei", "checked": "geprüft", "draft": "Entwurf", "expired": "abgelaufen",
    "stale": "veraltet", "broken": "kaputt", "missing": "fehlt",
}  # fmt: skip
"""What can be with a translation, in the order of trust, with its German heading."""


def status(
    topic: Annotated[str | None, typer.Option("--topic", help="Nur dieses Thema.")] = None,
    code: Annotated[str, typer.Option("--language", help="Nur diese Sprache, nach Themen.")] = "",
    json: Json = False,
) -> None:
    """Zählt, wie weit die Übersetzungen sind: Entwurf, geprüft, freigegeben, veraltet."""
    from app.content import load_library

    library = load_library()
    if topic is not None and topic not in library.topics:
        raise UsageError(f"Unbekanntes Thema „{topic}“", f"vorhanden: {', '.join(library.topics)}")
    codes = [language(code).code] if code else [c for c in library.languages if c != STAFF_LANGUAGE]
    rows = list(_rows(library, [topic] if topic else list(library.topics), codes))
    if json:
        for row in rows:
            json_line(row)
        return
    by = "topic" if code else "language"
    _table(by, rows)


def _rows(library: "Library", topics: list[str], codes: list[str]) -> Iterator[dict[str, Any]]:
    today = datetime.date.today()
    for code in codes:
        problems = {problem.phrase: problem.code for problem in library.problems([code])}
        counts = {topic: Counter[str]() for topic in topics}
        for phrase in library.phrases.values():
            if phrase.topic in counts:
                found = phrase.translation(code)
                word = found.status_on(today).value if found else problems.get(phrase.id, "missing")
                counts[phrase.topic][word] += 1
        for topic, count in counts.items():
            yield {"topic": topic, "language": code, "sentences": count.total()} | {
                name: count[name] for name in COLUMNS
            }


def _table(by: str, rows: list[dict[str, Any]]) -> None:
    print(f"{'':20}{'Sätze':>8}" + "".join(f"{title:>12}" for title in COLUMNS.values()))
    for name in dict.fromkeys(row[by] for row in rows):
        same = [row for row in rows if row[by] == name]
        title = language(name).name if by == "language" else name
        print(_line(title, same))
    if len(rows) > 1:
        print(_line("zusammen", rows))


def _line(title: str, rows: list[dict[str, Any]]) -> str:
    numbers = (sum(row[name] for row in rows) for name in COLUMNS)
    total = sum(row["sentences"] for row in rows)
    return f"{title:20}{total:>8}" + "".join(f"{number or '–':>12}" for number in numbers)
