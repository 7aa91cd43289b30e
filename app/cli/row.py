"""One finding of `doctor`, and its printing."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from app.cli.output import json_line

FINE, WARNING, MISSING = "fine", "warning", "missing"
_MARKS = {FINE: "✔ gut", WARNING: "▲ Achtung", MISSING: "✘ fehlt"}


@dataclass(frozen=True, slots=True)
class Row:
    """`state` is fine, warning (works with limits) or missing."""

    check: str
    state: str
    detail: str
    hint: str = ""


def print_rows(rows: Iterable[Row], json: bool) -> None:
    for row in rows:
        if json:
            json_line(asdict(row))
            continue
        print(f"{_MARKS[row.state]:10} {row.check:16} {row.detail}")
        if row.hint:
            print(f"{'':28}→ {row.hint}")
