"""Sentences for training and measuring: the phrasebooks with their slots filled, and sentences outside
them."""

import datetime
import random
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from babel import Locale
from babel.dates import format_date, format_time

SLOT = re.compile(r"\{(\w+):(\w+)\}")
NUMBERS = range(1, 32)
"""Numbers every number slot is trained on, beside its examples."""

OTHER_VALUES = 8
"""Further dates and times every phrase with such slots is trained on."""

Value: TypeAlias = int | str


@dataclass(frozen=True, slots=True)
class Pair:
    """One phrase with its slots filled, in every language that has it."""

    phrase: str
    texts: Mapping[str, str]
    example: bool
    """True for the values the phrasebook gives as examples, False for further numbers, dates and times."""
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The filled phrases and the sentences outside the phrasebooks, per language."""

    languages: tuple[str, ...]
    pairs: tuple[Pair, ...]
    others: Mapping[str, tuple[str, ...]]

    def known(self, language: str) -> frozenset[str]:
        """Every text of the phrasebooks in a language, with trained slot values."""
        return frozenset(t for p in self.pairs for t in spoken_texts(p, language))

    def examples(self) -> tuple[Pair, ...]:
        """Phrases with the values the phrasebooks give as examples."""
        return tuple(p for p in self.pairs if p.example)


def spoken_texts(pair: Pair, language: str) -> tuple[str, ...]:
    """What a speaker of a language may say for this phrase: its text and its alternatives."""
    if language not in pair.texts:
        return ()
    return (pair.texts[language], *pair.alternatives.get(language, ()))


def load_corpus(root: Path, topics: list[str], languages: tuple[str, ...], rng: random.Random) -> Corpus:
    """Read the phrasebooks of `topics` below `root`; the first language is the source of the others."""
    pairs: list[Pair] = []
    for topic in topics:
        source = _read(root / topic / "phrases.toml")
        translations = {lang: _read(root / topic / f"{lang}.toml") for lang in languages[1:]}
        for name, entry in source.items():
            if isinstance(entry, dict):
                rows = {languages[0]: entry} | {
                    lang: rows[name] for lang, rows in translations.items() if name in rows
                }
                pairs.extend(_filled(f"{topic}/{name}", rows, rng))
    others = tomllib.loads(Path(__file__).with_name("other_sentences.toml").read_text("utf-8"))
    return Corpus(languages, tuple(pairs), {lang: tuple(others[lang]) for lang in languages})


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def _filled(phrase: str, rows: dict[str, dict[str, Any]], rng: random.Random) -> Iterator[Pair]:
    source = next(iter(rows.values()))
    slots = dict(SLOT.findall(str(source["text"])))
    seen: set[tuple[Value, ...]] = set()
    for values, example in _values(slots, source.get("examples", {}), rng):
        if tuple(values.values()) in seen:
            continue
        seen.add(tuple(values.values()))
        governor = source.get("plural", next((s for s, kind in slots.items() if kind == "number"), None))
        texts = {lang: _fill(row["text"], values, governor, lang) for lang, row in rows.items()}
        alternatives = {
            lang: tuple(_fill(t, values, governor, lang) for t in row["alternatives"].values())
            for lang, row in rows.items()
            if row.get("alternatives")
        }
        yield Pair(phrase, texts, example, alternatives)


def _values(
    slots: dict[str, str], examples: dict[str, list[Value]], rng: random.Random
) -> Iterator[tuple[dict[str, Value], bool]]:
    if not slots:
        yield {}, True
        return
    for i in range(max(len(examples[name]) for name in slots)):
        yield {name: examples[name][i % len(examples[name])] for name in slots}, True
    for number in NUMBERS if "number" in slots.values() else range(OTHER_VALUES):
        yield {name: _further(kind, examples[name], number, rng) for name, kind in slots.items()}, False


def _further(kind: str, examples: list[Value], number: int, rng: random.Random) -> Value:
    if kind == "number":
        return number
    if kind == "date":
        year = int(str(examples[0])[:4])
        return (datetime.date(year, 1, 1) + datetime.timedelta(days=rng.randrange(365))).isoformat()
    if kind == "time":
        return f"{rng.randrange(7, 19):02d}:{rng.randrange(0, 60, 5):02d}"
    return rng.choice(examples)


def _fill(text: str | dict[str, str], values: dict[str, Value], governor: str | None, language: str) -> str:
    if isinstance(text, dict):
        category = _locale(language).plural_form(int(values[governor or ""]))
        text = text.get(category, text["other"])
    return SLOT.sub(lambda match: format_value(values[match[1]], match[2], language), text)


def format_value(value: Value, kind: str, language: str) -> str:
    """A slot's value as it is written in a language."""
    if kind == "date":
        return format_date(datetime.date.fromisoformat(str(value)), "long", locale=_locale(language))
    if kind == "time":
        return format_time(datetime.time.fromisoformat(str(value)), "HH:mm", locale=_locale(language))
    return str(value)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(language)


class Outside:
    """Draws sentences that are not in the phrasebooks: edited phrases, recombined ones, and other sentences.

    `odd` picks which half of the hand-written other sentences is drawn: the odd ones are kept for measuring.
    """

    def __init__(self, corpus: Corpus, language: str, odd: bool, avoid: frozenset[str] = frozenset()) -> None:
        self._known = corpus.known(language) | avoid
        self._phrases = sorted(corpus.known(language))
        self._others = [t for i, t in enumerate(corpus.others[language]) if i % 2 == odd]
        self._words = sorted({w for t in self._phrases for w in t.rstrip(".?!؟").split()})
        locale = _locale(language)
        names = [*locale.territories.values(), *locale.months["format"]["wide"].values()]
        names += [*locale.days["format"]["wide"].values(), *locale.languages.values()]
        self._names = sorted({n for n in names if n.replace(" ", "").isalpha() and len(n) < 25})

    def draw(self, rng: random.Random) -> str:
        """One sentence that is in no phrasebook and in no list to avoid."""
        makers = (self._edited, self._recombined, self._soup, self._other)
        while True:
            text = rng.choices(makers, (50, 25, 10, 15))[0](rng)
            if text and text not in self._known:
                return text

    def _edited(self, rng: random.Random) -> str:
        words, end = _split(rng.choice(self._phrases))
        for _ in range(rng.choice((1, 1, 2))):
            place = rng.randrange(len(words))
            action = rng.random()
            if action < 0.3 and len(words) > 1:
                del words[place]
            elif action < 0.6:
                words.insert(place, rng.choice(self._words))
            elif action < 0.9:
                words[place] = rng.choice(self._words)
            else:
                other = rng.randrange(len(words))
                words[place], words[other] = words[other], words[place]
        return " ".join(words) + end

    def _recombined(self, rng: random.Random) -> str:
        first, _ = _split(rng.choice(self._phrases))
        second, end = _split(rng.choice(self._phrases))
        cut = rng.randint(1, len(first))
        return " ".join(first[:cut] + second[rng.randrange(len(second)) :]) + end

    def _soup(self, rng: random.Random) -> str:
        words = rng.choices(self._names, k=rng.randint(1, 2)) + rng.choices(self._words, k=rng.randint(0, 4))
        rng.shuffle(words)
        return " ".join(words) + rng.choice((".", "?", ""))

    def _other(self, rng: random.Random) -> str:
        if rng.random() < 0.5:
            return rng.choice(self._others)
        words, end = _split(rng.choice(self._others))
        return " ".join(words[rng.randrange(len(words)) :][: rng.randint(1, 6)]) + end


def _split(text: str) -> tuple[list[str], str]:
    end = text[-1] if text[-1] in ".?!؟" else ""
    return text.removesuffix(end).split(), end
