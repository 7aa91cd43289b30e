"""Search in phrases and glossaries: beginnings of words, in German or another language."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

from app.content.types import Phrase
from app.core.languages import STAFF_LANGUAGE

Item = TypeVar("Item")
_WORD = re.compile(r"\w+")


def search(phrases: Iterable[Phrase], text: str, language: str = STAFF_LANGUAGE) -> list[Phrase]:
    """Phrases in which every word of `text` begins a word, those matching whole words first."""
    return search_in(phrases, text, lambda phrase: _searched(phrase, language))


def search_in(items: Iterable[Item], text: str, searched: Callable[[Item], str]) -> list[Item]:
    """Items in whose searched text every word of `text` begins a word, whole words first, then short texts.

    All items for an empty text.
    """
    wanted = _words(text)
    if not wanted:
        return list(items)
    found = []
    for number, item in enumerate(items):
        words = _words(searched(item))
        if all(any(word.startswith(part) for word in words) for part in wanted):
            whole = sum(part in words for part in wanted)
            found.append((-whole, len(words), number, item))
    return [item for *_, item in sorted(found, key=lambda row: row[:3])]


def _searched(phrase: Phrase, language: str) -> str:
    if language == STAFF_LANGUAGE:
        return f"{phrase.source} {phrase.note}"
    translation = phrase.translation(language)
    return "" if translation is None else " ".join(translation.text.values())


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
