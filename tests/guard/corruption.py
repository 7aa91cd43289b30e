"""Seeded corruptions of draft translations: what the guard's recall and false alarms are measured on.

Sentences carry their own wrong readings, written by hand; phrases get another number. Nothing here uses the
guard's tables, so a word missing there shows up as a miss.
"""

import csv
import random
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.content import load_library, render

SENTENCES = Path(__file__).parent.parent / "data" / "guard" / "sentences.toml"
LANGUAGES = ("tr", "ar", "uk", "ro", "ru", "fa", "bg", "pl", "en", "fr")
KINDS = ("numbers", "units", "dates", "copied", "sides", "before-after", "negation", "obligation")
_MARK = re.compile(r"\[([a-z-]+):([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A German sentence, a translation, and what is wrong with it (`correct`: nothing)."""

    language: str
    kind: str
    source: str
    target: str

    def row(self) -> dict[str, str]:
        both = {"source": self.source, "target": self.target, "kind": self.kind}
        return {"from": "de", "to": self.language} | both

    def reversed(self) -> dict[str, str]:
        """The same pair as the patient's sentence and its German translation."""
        both = {"source": self.target, "target": self.source, "kind": self.kind}
        return {"from": self.language, "to": "de"} | both


def readings(marked: str, kind: str) -> Iterator[str]:
    """The text with one mark of a kind replaced by each of its wrong readings."""
    for chosen in _MARK.finditer(marked):
        if chosen[1] == kind:
            for wrong in chosen[2].split("|")[1:]:
                start, end = chosen.span()
                yield plain(marked[:start]) + wrong + plain(marked[end:])


def plain(marked: str) -> str:
    """The text with the right reading everywhere."""
    return _MARK.sub(lambda match: match[2].split("|")[0], marked)


def sentences() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = tomllib.loads(SENTENCES.read_text("utf-8"))["sentence"]
    return rows


def correct_pairs(language: str) -> list[Pair]:
    """Every sentence and every drafted phrase with its translation."""
    rows = [row for row in sentences() if "expected" not in row]
    pairs = [Pair(language, "correct", row["de"], plain(row[language])) for row in rows]
    return pairs + [pair for pair, _ in _phrases(language)]


def _phrases(language: str) -> Iterator[tuple[Pair, str]]:
    """Drafted phrases with sample slots, and the same translation with another number in it."""
    for phrase in load_library().phrases.values():
        if phrase.translation(language) is None:
            continue
        slots = {slot: str(values[0]) for slot, values in phrase.examples.items() if values}
        other = {slot: str(int(value) + 1) for slot, value in slots.items() if value.isdigit()}
        pair = Pair(language, "correct", render(phrase, "de", slots), render(phrase, language, slots))
        yield pair, render(phrase, language, slots | other) if other else ""


def corrupted(language: str, kind: str, count: int, seed: int = 4) -> list[Pair]:
    """`count` wrong translations of one kind; the wrong sentence stands alone or beside a right one."""
    chooser = random.Random(f"{seed} {language} {kind}")
    right = correct_pairs(language)
    wrong = list(_wrong(language, kind, right))
    pairs = list(dict.fromkeys(wrong))
    chooser.shuffle(pairs)
    while len(pairs) < count:
        pair, other = chooser.choice(wrong), chooser.choice(right)
        if kind == "copied":
            other = Pair(language, "copied", other.source, other.source)
        first, second = (pair, other) if chooser.random() < 0.5 else (other, pair)
        source, target = f"{first.source} {second.source}", f"{first.target} {second.target}"
        pairs.append(Pair(language, kind, source, target))
    return pairs[:count]


def _wrong(language: str, kind: str, right: list[Pair]) -> Iterator[Pair]:
    if kind == "copied":
        yield from (Pair(language, kind, p.source, p.source) for p in right if len(p.source.split()) > 1)
        return
    for row in sentences():
        for target in readings(row[language], kind):
            yield Pair(language, kind, row["de"], target)
    if kind == "numbers":
        yield from (Pair(language, kind, pair.source, wrong) for pair, wrong in _phrases(language) if wrong)


def main(path: Path, count: int = 200) -> None:
    """Write all corruptions and the right pairs as a table for `sprachpult check --tsv`."""
    rows = [pair.row() for language in LANGUAGES for pair in correct_pairs(language)]
    for language in LANGUAGES:
        rows += [pair.row() for kind in KINDS for pair in corrupted(language, kind, count)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
