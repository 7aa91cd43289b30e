"""Small word lists around values: units, hours, articles that are also the number one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from app.content.tokens import fold

ARTICLES: Mapping[str, frozenset[str]] = {
    "de": frozenset({"ein", "eine", "einen", "einem", "einer", "eines"}),
    "tr": frozenset({"bir"}),
    "ro": frozenset({"un", "o", "una", "unu"}),
    "es": frozenset({"un", "una", "uno"}), "it": frozenset({"un", "una", "uno"}),
    "fr": frozenset({"un", "une"}), "pt": frozenset({"um", "uma"}), "hu": frozenset({"egy"}),
}


@dataclass(frozen=True, slots=True)
class ClockWords:
    """Words that make a number an hour."""

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    half: tuple[tuple[str, ...], ...] = ()
    hours: Mapping[str, int] = field(default_factory=dict)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("app.content") / "times.toml").read_text("utf-8"))


@cache
def _units() -> dict[str, str]:
    return {word: unit for unit, words in _table()["units"].items() for word in words}


def unit_of(word: str) -> str | None:
    """The unit a word names, or None."""
    return _units().get(word)


@cache
def clock_words(language: str) -> ClockWords:
    row = _table().get(language, {})
    return ClockWords(
        frozenset(fold(word, language) for word in row.get("before", [])),
        frozenset(fold(word, language) for word in row.get("after", [])),
        tuple(tuple(fold(word, language) for word in words) for words in row.get("half", [])),
        {fold(word, language): hour for word, hour in row.get("hours", {}).items()},
    )
