"""Is a word a word of the language? What is one was not misheard for another."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from spellchecker import SpellChecker

_DICTIONARIES = frozenset({"de", "ar", "en", "es", "fr", "it", "pt", "ru", "fa"})


class Knows(Protocol):
    """What a reader knows by itself."""

    @property
    def known(self) -> frozenset[str]: ...


@cache
def _dictionary(language: str) -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language=language)


def word_check(language: str, reader: Knows) -> Callable[[str], bool]:
    """A test for words: those of the reader, then a dictionary where there is one (loaded when needed)."""
    own = reader.known

    def known(word: str) -> bool:
        if word in own:
            return True
        return language in _DICTIONARIES and word in _dictionary(language)

    return known
