"""Figures over a table of pairs: what was flagged by kind and language, and what was flagged wrongly."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.content.glossaries import Glossary
from app.core.errors import InputError
from app.core.types import Level, Verdict
from app.guard.verdict import check_pair

COLUMNS = ("from", "to", "source", "target")
CORRECT_KINDS = frozenset({"", "correct", "ok", "korrekt", "none", "clean", "original"})
"""Values of the column `kind` that mark a correct translation; without the column none is known."""
TARGETS = {
    "numbers": 0.98,
    "number": 0.98,
    "units": 0.98,
    "unit": 0.98,
    "dates": 0.98,
    "date": 0.98,
    "copy": 0.98,
    "copied": 0.98,
    "side": 0.95,
    "sides": 0.95,
    "order": 0.95,
    "before-after": 0.95,
    "negation": 0.92,
    "obligation": 0.92,
}
"""Share flagged that is wanted, by usual names of kinds."""


@dataclass(slots=True)
class Tally:
    """Verdicts counted for one kind in one language."""

    levels: Counter[Level] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.levels.total()

    def share(self, *levels: Level) -> float:
        """Part of the pairs with one of these verdicts, 0…1."""
        return sum(self.levels[level] for level in levels) / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Recall by kind and language, and false alarms on correct pairs by language."""

    kinds: Mapping[str, Mapping[str, Tally]]
    correct: Mapping[str, Tally]

    def lines(self) -> list[str]:
        """A table for people, in German; shares in per cent."""
        languages = sorted({lang for row in self.kinds.values() for lang in row} | set(self.correct))
        if not languages:
            return []
        head = f"{'Erkannt (gelb oder rot), %':<28}" + "".join(f"{lang:>7}" for lang in languages) + "   alle"
        lines = [head]
        for kind, row in sorted(self.kinds.items()):
            cells = [_percent(row.get(lang), Level.AMBER, Level.RED) for lang in languages]
            cells.append(_percent(_sum(row), Level.AMBER, Level.RED))
            lines.append(f"{kind:<28}" + "".join(cells) + _goal(kind))
        for name, level in (("falsch rot", Level.RED), ("falsch gelb", Level.AMBER)):
            if self.correct:
                cells = [_percent(self.correct.get(lang), level) for lang in languages]
                lines.append(f"{name:<28}" + "".join(cells) + _percent(_sum(self.correct), level))
        return lines


def _goal(kind: str) -> str:
    return f"   Ziel ≥ {TARGETS[kind] * 100:.0f}" if kind in TARGETS else ""


def _percent(tally: Tally | None, *levels: Level) -> str:
    return f"{tally.share(*levels) * 100:>7.1f}" if tally and tally.total else f"{'–':>7}"


def _sum(row: Mapping[str, Tally]) -> Tally:
    total: Counter[Level] = Counter()
    for tally in row.values():
        total.update(tally.levels)
    return Tally(total)


def check_rows(
    rows: Iterable[Mapping[str, str]], glossary: Glossary | None = None
) -> Iterator[tuple[Mapping[str, str], Verdict]]:
    """Check each row, with a glossary its terms too; other columns are carried through.

    Raises InputError for a row that lacks a column.
    """
    for number, row in enumerate(rows, start=2):
        if any(row.get(column) is None for column in COLUMNS):
            missing = ", ".join(column for column in COLUMNS if row.get(column) is None)
            hint = f"Kopfzeile braucht: {', '.join(COLUMNS)}"
            raise InputError(f"Zeile {number}: Spalte {missing} fehlt", hint)
        yield row, check_pair(row["source"], row["target"], row["from"], row["to"], glossary)


def figures(checked: Iterable[tuple[Mapping[str, str], Verdict]]) -> Figures:
    """Count the verdicts of checked rows by their column `kind` and by the language that is not German."""
    kinds: defaultdict[str, defaultdict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    correct: defaultdict[str, Tally] = defaultdict(Tally)
    for row, verdict in checked:
        if "kind" not in row:
            continue
        language = row["to"] if row["from"] == "de" else row["from"]
        kind = (row["kind"] or "").strip().casefold()
        tally = correct[language] if kind in CORRECT_KINDS else kinds[kind][language]
        tally.levels[verdict.level] += 1
    return Figures({kind: dict(row) for kind, row in kinds.items()}, dict(correct))
