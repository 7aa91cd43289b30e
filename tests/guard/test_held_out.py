"""Sentences written without a look at the tables: what the guard must reach on them.

Each was measured once before anything was changed for it, and then tuned on. Flagged then, in per cent:
`held_out.tsv` negation 61, dates 95, false red 8; `held_out_second.tsv` (after tuning on the first) negation
65, dates 96, false red 11; `held_out_third.tsv` (after tuning on both) negation 75, all others at least 97,
false red 1. Those figures say how the guard generalises; the floors below only keep what was reached since.
"""

import csv
from pathlib import Path

import pytest

from app.core.types import Level
from app.guard.report import Tally, check_rows, figures

DATA = Path(__file__).parent.parent / "data" / "guard"
SETS = ("held_out", "held_out_second", "held_out_third")
FLOORS = {
    "numbers": 0.98,
    "units": 0.98,
    "dates": 0.98,
    "copied": 0.98,
    "sides": 0.95,
    "before-after": 0.95,
    "obligation": 0.92,
    "negation": 0.92,
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def share(tallies: list[Tally], *levels: Level) -> float:
    found = sum(tally.levels[level] for tally in tallies for level in levels)
    return found / sum(tally.total for tally in tallies)


@pytest.mark.parametrize("name", SETS)
def test_wrong_translations_are_flagged(name: str) -> None:
    kinds = figures(check_rows(row for row in rows(name) if row["expected"] == "wrong")).kinds
    found = {kind: share(list(row.values()), Level.AMBER, Level.RED) for kind, row in kinds.items()}
    assert not {kind: part for kind, part in found.items() if part < FLOORS.get(kind, 0.0)}
    assert {"numbers", "dates", "negation", "obligation", "copied"} <= set(found)


@pytest.mark.parametrize("name", SETS)
def test_right_translations_raise_few_alarms(name: str) -> None:
    right = [row for row in rows(name) if row["expected"] == "ok"]
    tallies = list(figures(check_rows(right)).correct.values())
    assert share(tallies, Level.RED) <= 0.03
    assert share(tallies, Level.AMBER) <= 0.10


@pytest.mark.parametrize("name", SETS)
def test_the_tables_say_what_is_expected(name: str) -> None:
    assert all((row["expected"] == "ok") == (row["kind"] == "correct") for row in rows(name))
    pairs = [tuple(row[key] for key in ("from", "to", "source", "target")) for row in rows(name)]
    assert len(pairs) == len(set(pairs))
