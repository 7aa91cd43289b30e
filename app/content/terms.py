"""Finds glossary terms in running text: longest match, inflected forms included."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeVar

from app.content.inflection import Inflection, Written, inflection
from app.core.languages import STAFF_LANGUAGE

_BETWEEN = "-‐‑–—'’/\u200c\u00ad"
"""What may stand between the words of one term besides spaces, and whatever stands there as it is listed."""
_WORDS = re.compile(r"\w+")
_LINKS = ("", "s", "n", "en", "es", "e", "er")
"""Letters between the parts of a German compound."""
_HEAD, _MODIFIER = 5, 3
"""Fewest letters of the two parts of a compound that are looked at."""
_CACHED_WORDS = 8192


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Found(Generic[Item]):
    """An item whose form stands at characters `start` to `end` (exclusive) of a text."""

    item: Item
    start: int
    end: int
    part: bool = False
    """True for the head of a compound."""


@dataclass(frozen=True, slots=True)
class _Form(Generic[Item]):
    """One way to write an item: numbers of its words."""

    item: Item
    words: tuple[int, ...]
    texts: tuple[str, ...]
    between: re.Pattern[str]
    order: int


@dataclass(frozen=True, slots=True)
class _Match(Generic[Item]):
    form: _Form[Item]
    start: int
    end: int
    exact: bool

    @property
    def rank(self) -> tuple[int, bool, int]:
        return (self.start - self.end, not self.exact, self.form.order)


class TermIndex(Generic[Item]):
    """All listed forms of a language. `find` costs a few dictionary look-ups per word of the text."""

    def __init__(self, language: str, forms: Iterable[tuple[Item, str]]) -> None:
        self._german = language == STAFF_LANGUAGE
        self._inflection: Inflection = inflection(language)
        self._numbers: dict[tuple[str, bool, bool], int] = {}
        self._stems: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
        self._starts: defaultdict[int, list[_Form[Item]]] = defaultdict(list)
        for order, (item, text) in enumerate(forms):
            self._add(item, text, order)
        self._candidates = lru_cache(_CACHED_WORDS)(self._look_up)

    def find(self, text: str) -> list[Found[Item]]:
        """Items from left to right without overlap, longer before shorter, listed before inflected."""
        words = self._inflection.words(text)
        found: list[Found[Item]] = []
        position = 0
        while position < len(words):
            best = min(self._at(text, words, position), key=lambda match: match.rank, default=None)
            if best is None:
                found += self._head(words[position]) if self._german else []
                position += 1
            else:
                found.append(_found(best, words))
                position = best.end
        return found

    def all(self, text: str) -> list[Found[Item]]:
        """Every match, also those inside longer ones."""
        words = self._inflection.words(text)
        return [
            _found(match, words)
            for position in range(len(words))
            for match in self._at(text, words, position)
        ]

    def _add(self, item: Item, text: str, order: int) -> None:
        words = self._inflection.words(text)
        if words:
            numbers = tuple(self._number(word.word, word is words[0], word is words[-1]) for word in words)
            texts = tuple(word.text for word in words)
            between = _between("".join(sorted(set(_WORDS.sub("", text)))))
            self._starts[numbers[0]].append(_Form(item, numbers, texts, between, order))

    def _number(self, word: str, first: bool, last: bool) -> int:
        key = (word, first, last)
        if key not in self._numbers:
            self._numbers[key] = number = len(self._numbers)
            for stem, whole in self._inflection.stems(word, first, last):
                self._stems[stem].append((number, whole))
        return self._numbers[key]

    def _look_up(self, word: str) -> dict[int, bool]:
        """Listed words that a folded word of a text may be, and whether it is written just so."""
        found: dict[int, bool] = {}
        for bare in self._inflection.bare(word):
            for cut in range(len(bare), 0, -1):
                for number, whole in self._stems.get(bare[:cut], ()):
                    exact = whole and cut == len(bare)
                    if exact or self._inflection.inflects(bare, cut, whole):
                        found[number] = found.get(number, False) or exact
        return found

    def _at(self, text: str, words: Sequence[Written], position: int) -> Iterator[_Match[Item]]:
        """Matches that begin with the word at `position`."""
        for number, exact in self._candidates(words[position].word).items():
            for form in self._starts.get(number, ()):
                match = self._extend(form, text, words, position, exact)
                if match is not None:
                    yield match

    def _extend(
        self, form: _Form[Item], text: str, words: Sequence[Written], position: int, exact: bool
    ) -> _Match[Item] | None:
        end = position + len(form.words)
        if end > len(words) or (self._german and not _cased_alike(form, words, position)):
            return None
        for place in range(position + 1, end):
            known = self._candidates(words[place].word).get(form.words[place - position])
            if known is None or not form.between.fullmatch(text, words[place - 1].end, words[place].start):
                return None
            exact = exact and known
        return _Match(form, position, end, exact)

    def _head(self, word: Written) -> list[Found[Item]]:
        """„Lungentuberkulose“ is a „Tuberkulose“: the end of a compound whose beginning is a term too."""
        whole = word.word
        for cut in range(_MODIFIER, len(whole) - _HEAD + 1):
            head, modifier = self._single(whole[cut:]), whole[:cut]
            if head is not None and any(
                modifier.endswith(link) and self._single(modifier.removesuffix(link)) is not None
                for link in _LINKS
            ):
                return [Found(head, word.start, word.end, part=True)]
        return []

    def _single(self, word: str) -> Item | None:
        if len(word) < _MODIFIER:
            return None
        for number in self._candidates(word):
            for form in self._starts.get(number, ()):
                if len(form.words) == 1:
                    return form.item
        return None


@cache
def _between(extra: str) -> re.Pattern[str]:
    return re.compile(rf"[\s{re.escape(_BETWEEN + extra)}]*")


def _found(match: _Match[Item], words: Sequence[Written]) -> Found[Item]:
    return Found(match.form.item, words[match.start].start, words[match.end - 1].end)


def _cased_alike(form: _Form[Item], words: Sequence[Written], position: int) -> bool:
    """German nouns and abbreviations keep their capitals, in a text that has any."""
    if not any(word.text[0].isupper() for word in words):
        return True
    for listed, word in zip(form.texts, words[position:], strict=False):
        if listed[0].isupper() and not word.text[0].isupper():
            return False
        if len(listed) > 1 and listed.isupper() and not word.text.isupper():
            return False
    return True
