"""Recall and false alarms on a sample; `python -m tests.guard.corruption FILE` writes all corruptions."""

import pytest

from app.core.errors import InputError
from app.core.types import Level
from app.guard.report import check_rows, figures
from tests.guard.corruption import KINDS, LANGUAGES, correct_pairs, corrupted

SAMPLE = 12
WANTED = {
    "numbers": 0.98, "units": 0.98, "dates": 0.98, "copied": 0.98, "sides": 0.95, "before-after": 0.95,
    "negation": 0.92, "obligation": 0.92,
}


@pytest.mark.parametrize("kind", KINDS)
def test_corruptions_are_flagged(kind: str) -> None:
    rows = [pair.row() for language in LANGUAGES for pair in corrupted(language, kind, SAMPLE)]
    counted = figures(check_rows(rows)).kinds[kind]
    assert all(tally.share(Level.AMBER, Level.RED) >= WANTED[kind] for tally in counted.values()), counted


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_translations_raise_few_alarms(language: str) -> None:
    pairs = correct_pairs(language)
    for rows in ([pair.row() for pair in pairs], [pair.reversed() for pair in pairs]):
        tally = figures(check_rows(rows)).correct[language]
        assert tally.share(Level.RED) <= 0.03
        assert tally.share(Level.AMBER) <= 0.10


def test_figures_are_a_table_for_people() -> None:
    rows = [
        {"from": "de", "to": "tr", "source": "3 Tage", "target": "4 gün", "kind": "numbers"},
        {"from": "de", "to": "tr", "source": "3 Tage", "target": "3 gün", "kind": "correct"},
    ]
    lines = figures(check_rows(rows)).lines()
    assert lines[1].split() == ["numbers", "100.0", "100.0", "Ziel", "≥", "98"]
    assert lines[2].split() == ["falsch", "rot", "0.0", "0.0"]


def test_a_table_without_kinds_gives_verdicts_but_no_figures() -> None:
    rows = [{"from": "de", "to": "tr", "source": "3 Tage", "target": "4 gün"}]
    assert [verdict.level for _, verdict in check_rows(rows)] == [Level.RED]
    assert figures(check_rows(rows)).lines() == []


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="Zeile 2: Spalte target"):
        list(check_rows([{"from": "de", "to": "tr", "source": "3 Tage"}]))
