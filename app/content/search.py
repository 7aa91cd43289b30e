"""Search in phrases for the phrase browser: beginnings of words, in German or another language."""

import re
import unicodedata
from collections.abc import Iterable

from app.content.types import Phrase
from app.core.languages import STAFF_LANGUAGE

_WORD = re.compile(r"\w+")


def search(phrases: Iterable[Phrase], text: str, language: str = STAFF_LANGUAGE) -> list[Phrase]:
    """Phrases in which every word of `text` begins a word, those matching whole words first."""
    wanted = _words(text)
    if not wanted:
        return list(phrases)
    found = []
    for number, phrase in enumerate(phrases):
        words = _words(_searched(phrase, language))
        if all(any(word.startswith(part) for word in words) for part in wanted):
            whole = sum(part in words for part in wanted)
            found.append((-whole, len(words), number, phrase))
    return [phrase for *_, phrase in sorted(found, key=lambda row: row[:3])]


def _searched(phrase: Phrase, language: str) -> str:
    if language == STAFF_LANGUAGE:
        return f"{phrase.source} {phrase.note}"
    translation = phrase.translation(language)
    return "" if translation is None else " ".join(translation.text.values())


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))
