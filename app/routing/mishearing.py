"""Could one word be another, misheard or misspelt? A real word never stands for one that sounds different."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

_GERMAN_SOUNDS = (
    ("ß", "ss"),
    ("ph", "f"),
    ("th", "t"),
    ("dt", "t"),
    ("ck", "k"),
    ("tz", "z"),
    ("ts", "z"),
    ("pf", "f"),
    ("ie", "i"),
    ("ih", "i"),
    ("äu", "oi"),
    ("eu", "oi"),
    ("ai", "ei"),
    ("ä", "e"),
    ("v", "f"),
    ("y", "i"),
    ("ah", "a"),
    ("eh", "e"),
    ("oh", "o"),
    ("uh", "u"),
)
_GERMAN_ENDINGS = (("er", "a"), ("d", "t"), ("b", "p"), ("g", "k"))
_DOUBLE = re.compile(r"(.)\1")
_SHORTEST = 5
"""Shorter words are never taken for a misheard other word."""
_LONG = 9
"""From this length on, two letters may be wrong."""
_ENDING = 3
"""Letters at the end that carry person, case or tense and must be right (outside German)."""


class Mishearing:
    """Judges pairs of words of one language; `known` tells whether a word is a word of it."""

    def __init__(self, language: str, known: Callable[[str], bool]) -> None:
        self._language, self._known = language, known

    def meant(self, said: str, word: str) -> bool:
        """Could `said` stand for `word`?"""
        if sound(said, self._language) == sound(word, self._language):
            return True
        limit = 1 if len(word) < _LONG else 2
        if min(len(said), len(word)) < _SHORTEST or abs(len(said) - len(word)) > limit:
            return False
        if DamerauLevenshtein.distance(said, word, score_cutoff=limit) > limit:
            return False
        return (self._language == "de" or self._same_form(said, word)) and not self._known(said)

    def _same_form(self, said: str, word: str) -> bool:
        """Are the parts that carry person, tense and negation the same?"""
        if said[-_ENDING:] != word[-_ENDING:] or said[:1] != word[:1]:
            return False
        # Turkish negates by an m inside the word („emziriyorum“, „emzirmiyorum“).
        return self._language != "tr" or said.count("m") == word.count("m")


@lru_cache(maxsize=50_000)
def sound(word: str, language: str) -> str:
    """One spelling for what sounds or is typed the same („Fiber“, „Fieber“; „şişti“, „sisti“)."""
    if language == "de":
        return _german_sound(word)
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    plain = plain.replace("ı", "i").replace("ґ", "г").replace("'", "")
    return plain[:-1] + "ه" if plain.endswith("ة") else plain


def _german_sound(word: str) -> str:
    for written, heard in _GERMAN_SOUNDS:
        word = word.replace(written, heard)
    word = _DOUBLE.sub(r"\1", word)
    for written, heard in _GERMAN_ENDINGS:
        if word.endswith(written):
            return word.removesuffix(written) + heard
    return word
