"""Counts how the development set is routed: `python -m tests.routing.figures [--list]`."""

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.content import load_library
from app.core.types import Origin, Translation
from app.routing.router import Router

DATA = Path(__file__).parent.parent / "data" / "routing"


@dataclass(slots=True)
class Figures:
    """How often each kind of sentence had each outcome, and the sentences that went wrong."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    wrong: list[str] = field(default_factory=list)

    def share(self, kind: str, *outcomes: str) -> float:
        row = self.counts[kind]
        return sum(row[outcome] for outcome in outcomes) / max(1, row.total())


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def outcome(found: Translation, phrase: str) -> str:
    """`taken`, `offered` (first three), `missed`, or `wrong` if another phrase was taken."""
    if found.phrase is not None:
        return "taken" if found.phrase == phrase else "wrong"
    return "offered" if any(near.phrase == phrase for near in found.near) else "missed"


def measure(router: Router) -> Figures:
    """Route the whole development set, German to Turkish and the patients' languages to German.

    The further German sets were written after the rules, for phrases that the earlier ones do not use: the
    third before the further wordings of the phrasebooks, the fourth by someone who knew neither, the fifth
    after the last change. Sentences that a wording has word by word are taken out of all of them, so the
    sets show the harder part of what is said.
    """
    figures = Figures()
    for row in rows("german.tsv"):
        _count(
            figures, row["kind"], row["phrase"], row["sentence"], router.route(row["sentence"], "de", "tr")
        )
    for name in ("second", "third", "fourth", "fifth"):
        for row in rows(f"german_{name}.tsv"):
            found = router.route(row["sentence"], "de", "tr")
            _count(figures, f"{name} {row['kind']}", row["phrase"], row["sentence"], found)
    for row in rows("near_misses.tsv"):
        _count(figures, "any near-miss", "", row["sentence"], router.route(row["sentence"], "de", "tr"))
    for name, prefix in (("patients", ""), ("patients_second", "second "), ("patients_third", "third ")):
        for row in rows(f"{name}.tsv"):
            found = router.route(row["sentence"], row["language"], "de")
            kind = f"{prefix}{row['language']} {row['kind']}"
            _count(figures, kind, row["phrase"], row["sentence"], found)
    for row in rows("outside.tsv"):
        target = "tr" if row["language"] == "de" else "de"
        found = router.route(row["sentence"], row["language"], target)
        result = "none" if found.origin is Origin.NONE else "taken"
        figures.counts["outside"][result] += 1
        if result == "taken":
            figures.wrong.append(f"outside\t{row['sentence']}\t{found.phrase}")
    return figures


def _count(figures: Figures, kind: str, phrase: str, sentence: str, found: Translation) -> None:
    result = outcome(found, phrase)
    if kind.endswith("near-miss"):
        result = (
            "taken" if found.phrase is not None and found.phrase == (phrase or found.phrase) else "not taken"
        )
    figures.counts[kind][result] += 1
    good = result in ("taken", "offered", "not taken") and (result == "taken") != kind.endswith("near-miss")
    if not good or result == "offered":
        near = ", ".join(f"{row.phrase} {row.score:.2f}" for row in found.near)
        if result != "not taken":
            figures.wrong.append(f"{kind}\t{result}\t{phrase}\t{sentence}\t{found.phrase or ''}\t{near}")


def main() -> None:
    figures = measure(Router(load_library()))
    for kind, row in figures.counts.items():
        total = row.total()
        parts = "  ".join(f"{name} {count} ({count / total:.1%})" for name, count in row.most_common())
        print(f"{kind:22} {total:4}  {parts}")
    if "--list" in sys.argv:
        print(*figures.wrong, sep="\n")


if __name__ == "__main__":
    main()
