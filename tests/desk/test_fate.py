"""What becomes of a translation, as a table."""

import pytest

from app.core.types import CheckedTranslation, Finding, Level, Origin, Speaker, Translation, Turn, Verdict
from app.desk.fate import Fate, fate, worst

GREEN, AMBER, RED = Level.GREEN, Level.AMBER, Level.RED


@pytest.mark.parametrize(
    ("level", "origin", "text", "aloud", "confirm", "expected"),
    [
        (GREEN, Origin.APPROVED, "Evet", True, False, Fate.SPEAK),
        (GREEN, Origin.MACHINE, "Evet", True, True, Fate.ASK),
        (AMBER, Origin.MACHINE, "Evet", True, False, Fate.ASK),
        (AMBER, Origin.MACHINE, "Evet", False, True, Fate.SHOWN),
        (GREEN, Origin.DRAFT, "Evet", False, False, Fate.SHOWN),
        (RED, Origin.MACHINE, "Evet", True, False, Fate.BLOCKED),
        (RED, Origin.MACHINE, "Evet", False, False, Fate.BLOCKED),
        (RED, Origin.NONE, "", True, False, Fate.BLOCKED),
        (GREEN, Origin.BLOCKED, "Evet", True, False, Fate.BLOCKED),
        (GREEN, Origin.NONE, "", True, False, Fate.FAILED),
        (GREEN, Origin.MACHINE, "  ", True, False, Fate.FAILED),
    ],
)
def test_fate(
    level: Level, origin: Origin, text: str, aloud: bool, confirm: bool, expected: Fate
) -> None:
    translation = Translation("Ja", text, "de", "tr", origin)
    checked = CheckedTranslation(Turn(1), Speaker.STAFF, translation, Verdict(level))
    assert fate(checked, aloud=aloud, confirm_first=confirm) is expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [([], GREEN), ([GREEN, AMBER], AMBER), ([RED, GREEN], RED), ([AMBER, AMBER], AMBER)],
)
def test_worst_keeps_every_finding(levels: list[Level], expected: Level) -> None:
    verdicts = [Verdict(level, (Finding(f"F{n}", "…", level),)) for n, level in enumerate(levels)]
    together = worst(*verdicts)
    assert together.level is expected
    assert [finding.code for finding in together.findings] == [f"F{n}" for n in range(len(levels))]
