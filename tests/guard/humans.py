"""Figures of the topics for humans over the development set: `python -m tests.guard.humans [--list]`."""

import csv
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from app.content import Library, load_glossary, load_library
from app.core.languages import STAFF_LANGUAGE
from app.guard.humans import HumanTopics, human_topic

DATA = Path(__file__).parent.parent / "data" / "guard" / "humans.tsv"
NONE = "none"


@cache
def installed_topics() -> HumanTopics:
    return HumanTopics(load_glossary().stop_list)


@dataclass(slots=True)
class Figures:
    """What was found, by language."""

    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """`found` the topic, `other` topic, `missed`, `quiet` near miss, `alarm` on a near miss."""
    wrong: list[str] = field(default_factory=list)

    def share(self, language: str, *outcomes: str) -> float:
        """Part of the sentences on a topic with an outcome; `quiet` and `alarm`: part of the near misses."""
        row = self.counts[language]
        near = {"quiet", "alarm"}
        whole = near if set(outcomes) <= near else {"found", "other", "missed"}
        return sum(row[name] for name in outcomes) / max(1, sum(row[name] for name in whole))


def rows() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def measure(topics: HumanTopics) -> Figures:
    figures = Figures()
    for row in rows():
        found = human_topic(row["text"], row["language"], topics)
        outcome = _outcome(row["topic"], found.slug if found else NONE)
        figures.counts[row["language"]][outcome] += 1
        if outcome in ("missed", "alarm", "other"):
            cue = f"{found.slug}: „{found.cue}“" if found else "–"
            figures.wrong.append(f"{outcome:7}{row['language']:4}{row['text']}  [{row['topic']}] {cue}")
    return figures


def _outcome(wanted: str, found: str) -> str:
    if wanted == NONE:
        return "quiet" if found == NONE else "alarm"
    return "missed" if found == NONE else "found" if found == wanted else "other"


def phrases(topics: HumanTopics, library: Library, language: str) -> tuple[int, list[str]]:
    """How many prepared sentences there are in a language, and those that touch a topic."""
    texts = []
    for phrase in library.phrases.values():
        found = phrase if language == STAFF_LANGUAGE else phrase.translation(language)
        texts += list(found.text.values()) if found else []
    return len(texts), [text for text in texts if human_topic(text, language, topics)]


def main() -> None:
    topics_list, library = installed_topics(), load_library()
    figures = measure(topics_list)
    head = ("Sätze", "erkannt", "anderes", "verpasst", "Beinahe", "Fehlalarm", "Phrasen", "Treffer")
    print(f"{'':6}" + "".join(f"{name:>10}" for name in head))
    for language, row in figures.counts.items():
        topics, near = row["found"] + row["other"] + row["missed"], row["quiet"] + row["alarm"]
        count, hits = phrases(topics_list, library, language)
        cells = (topics, row["found"], row["other"], row["missed"], near, row["alarm"], count, len(hits))
        print(f"{language:6}" + "".join(f"{cell:10d}" for cell in cells))
    if "--list" in sys.argv:
        print("\n".join(figures.wrong))


if __name__ == "__main__":
    main()
