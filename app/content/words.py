"""Small word lists around values: units, hours, articles that are also the number one."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from babel import units

from app.content.pattern import locale_of
from app.content.tokens import Token, fold, tokenise

UNITS: Mapping[str, str] = {
    "ml": "volume-milliliter",
    "l": "volume-liter",
    "µg": "mass-microgram",
    "mg": "mass-milligram",
    "g": "mass-gram",
    "kg": "mass-kilogram",
    "cm": "length-centimeter",
    "°C": "temperature-celsius",
}
"""Units of a quantity and their CLDR names; money has the unit `EUR`."""
_PLURAL_SAMPLES = (1, 2, 3, 11, 100, Decimal("1.5"))

ARTICLES: Mapping[str, frozenset[str]] = {
    "de": frozenset({"ein", "eine", "einen", "einem", "einer", "eines"}),
    "tr": frozenset({"bir"}),
    "ro": frozenset({"un", "o", "una", "unu"}),
    "es": frozenset({"un", "una", "uno"}),
    "it": frozenset({"un", "una", "uno"}),
    "fr": frozenset({"un", "une"}),
    "pt": frozenset({"um", "uma"}),
    "hu": frozenset({"egy"}),
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
def _unit_names(language: str) -> dict[tuple[str, ...], str]:
    """Names of units as folded words: those CLDR writes in the language, and what people say."""
    found: dict[tuple[str, ...], str] = {}
    for unit, name in UNITS.items():
        for length in ("short", "long", "narrow"):
            for number in _PLURAL_SAMPLES:
                text = units.format_unit(number, name, length, locale=locale_of(language))
                words = tuple(
                    token.word for token in tokenise(text, language) if not (token.number or token.mark)
                )
                if words and name not in text:
                    found[words] = unit
    spoken = {
        tuple(fold(word, language) for word in name.split()): unit
        for unit, spoken_names in _table()["units"].items()
        for name in spoken_names
    }
    return found | spoken


def unit_at(tokens: Sequence[Token], start: int, language: str) -> tuple[str, int] | None:
    """The unit whose name begins at `start` and the index after it, or None."""
    names = _unit_names(language)
    for length in (3, 2, 1):
        unit = names.get(tuple(token.word for token in tokens[start : start + length]))
        if unit is not None and start + length <= len(tokens):
            return unit, start + length
    return None


@cache
def clock_words(language: str) -> ClockWords:
    row = _table().get(language, {})
    return ClockWords(
        frozenset(fold(word, language) for word in row.get("before", [])),
        frozenset(fold(word, language) for word in row.get("after", [])),
        tuple(tuple(fold(word, language) for word in words) for words in row.get("half", [])),
        {fold(word, language): hour for word, hour in row.get("hours", {}).items()},
    )
