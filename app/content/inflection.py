"""How listed words may be written in running text: endings, clitics, changes of the stem."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from app.content.tokens import fold

_MARKS = "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u0963"
_JOINERS = "\u200c\u200d\u00ad"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_LETTERS = rf"[^\W\d_{_HAN}](?:[^\W\d_{_HAN}]|[{_MARKS}{_JOINERS}])*"
_WORD = re.compile(rf"[{_HAN}]|{_LETTERS}|\d+")
_WORD_JOINED = re.compile(rf"[{_HAN}]|{_LETTERS}(?:['’ʼ]{_LETTERS})*|\d+")
_UNSEEN = str.maketrans({**dict.fromkeys(_JOINERS), "’": "'", "ʼ": "'"})
_LONGEST = 60
"""Letters of a word that are looked at; what is longer is no word."""
_LONGEST_ENDING = 6
_SHORT_STEM, _SHORT_ENDING = 3, 2
_SHARED, _MOST = 4, 0.6
_VOWELS = "аеиоуыэюяіїєaeiouyąęóăâîöüıáéíőúűë"


@dataclass(frozen=True, slots=True)
class Written:
    """A word of a text: folded for comparison, and where it stands."""

    word: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Inflection:
    """What is known of one language; without a table only listed words are found."""

    language: str
    endings: re.Pattern[str] = field(default=re.compile(""))
    droppable: frozenset[str] = frozenset()
    """Endings that are taken off a listed word."""
    linked: frozenset[str] = frozenset()
    """The same for the second and later words of a term."""
    adjective: frozenset[str] = frozenset()
    """The same for words before the last one of a term."""
    two: frozenset[str] = frozenset()
    """What may follow a word of two letters."""
    shortest: int = _LONGEST
    shifts: Mapping[str, str] = field(default_factory=dict)
    fleeting: str = ""
    proclitics: tuple[str, ...] = ()
    article: str = ""
    harmony: tuple[str, ...] = ()
    """Groups of vowels, where endings follow the last vowel of the word."""
    joins: bool = False
    plain: bool = False

    def words(self, text: str) -> list[Written]:
        """Words and numbers in order; Chinese characters count one by one."""
        pattern = _WORD_JOINED if self.joins else _WORD
        return [
            Written(self.fold(match.group()), match.start(), match.end(), match.group())
            for match in pattern.finditer(text)
        ]

    def fold(self, word: str) -> str:
        return _folded(word, self.language, self.plain)

    def stems(self, word: str, first: bool = True, last: bool = True) -> Iterator[tuple[str, bool]]:
        """What a text may hold for a folded, listed word: beginnings, and whether each is a whole word.

        `first`, `last`: its place in the term; dictionaries give the first word without the article, and
        words before the last may be adjectives.
        """
        yield word, True
        bare = word if first else word.removeprefix(self.article)
        if bare != word and len(bare) >= 2:
            yield bare, True
        droppable = self.droppable if first or not self.linked else self.linked
        ending = self._ending(bare, droppable if last or not self.adjective else self.adjective)
        stem = bare.removesuffix(ending)
        if stem != bare:
            yield stem, False
        if len(stem) > self.shortest and stem[-1] in self.shifts:
            yield stem[:-1] + self.shifts[stem[-1]], False
        if len(stem) > _SHORT_STEM + 1 and stem[-2] in self.fleeting and stem[-1] not in _VOWELS:
            yield stem[:-2] + stem[-1], False

    def _ending(self, word: str, droppable: frozenset[str]) -> str:
        """The longest of these endings that leaves enough of the word."""
        lengths = range(min(_LONGEST_ENDING, len(word) - self.shortest), 0, -1)
        return next((word[-length:] for length in lengths if word[-length:] in droppable), "")

    def inflects(self, word: str, cut: int, whole: bool) -> bool:
        """May a word be its first `cut` letters, a word of its own or what was left of one, and endings?"""
        rest = len(word) - cut
        if cut == 2 and whole:
            return word[cut:] in self.two
        if cut < self.shortest:
            return False
        if cut <= _SHORT_STEM and not whole and not 0 < rest <= _SHORT_ENDING:
            return False
        return self.endings.fullmatch(word, cut) is not None

    def sound_alike(self, word: str, other: str) -> bool:
        """Do two words take the same endings as far as their last letters tell (vowel harmony included)?"""
        if (word[-1:] in _VOWELS) != (other[-1:] in _VOWELS):
            return False
        last, its = (next((c for c in reversed(text) if c in _VOWELS), "") for text in (word, other))
        return not self.harmony or any(last in group and its in group for group in self.harmony)

    def bare(self, word: str) -> Iterator[str]:
        """The folded word of a text, and what is left of it without proclitics."""
        word = word[:_LONGEST]
        yield word
        for proclitic in self.proclitics:
            rest = word.removeprefix(proclitic)
            # One letter in front of two is more often a root than a preposition.
            if rest != word and len(rest) >= (2 if len(proclitic) > 1 else 3):
                yield rest


@lru_cache(maxsize=16_384)
def _folded(word: str, language: str, plain: bool) -> str:
    word = fold(word.translate(_UNSEEN), language)
    if plain:
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return word


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("app.content") / "inflection.toml").read_text("utf-8"))


@cache
def inflection(language: str) -> Inflection:
    row = _table().get(language)
    if row is None:
        return Inflection(language)
    row = _table()[row["same_as"]] if "same_as" in row else row
    plain = row.get("plain", False)
    slots = [[_folded(ending, language, plain) for ending in slot] for slot in row["endings"]]
    harmony = tuple(row.get("harmony", ()))
    vowels = "".join(harmony) or _VOWELS
    patterns = ("|".join(_ending(ending, vowels) for ending in slot) for slot in slots)
    pattern = "".join(f"(?:{alternatives})?" for alternatives in patterns)
    return Inflection(
        language,
        endings=re.compile(pattern),
        droppable=frozenset(slots[0] if row.get("drop") is True else row.get("drop", ())),
        linked=frozenset(row.get("linked", ())),
        adjective=frozenset(row.get("adjective", ())),
        two=frozenset(row.get("two", ())),
        shortest=row["shortest"],
        shifts=row.get("shifts", {}),
        fleeting=row.get("fleeting", ""),
        proclitics=tuple(row.get("proclitics", ())),
        article=row.get("article", ""),
        harmony=harmony,
        joins=row.get("joins", False),
        plain=plain,
    )


def _ending(ending: str, vowels: str) -> str:
    after = {"+": f"(?<=[{vowels}])", "-": f"(?<![{vowels}])"}.get(ending[0], "")
    return after + re.escape(ending.lstrip("+-"))


def related(word: str, listed: str) -> bool:
    """May a folded word be formed from the stem of a listed one? Four letters, most of it, are the same."""
    return word == listed or shared_letters(word, listed) >= max(_SHARED, _MOST * len(listed))


def shared_letters(word: str, other: str) -> int:
    """How many letters two words have in common from the beginning."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(word), len(other)))
