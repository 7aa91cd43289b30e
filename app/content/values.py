"""Values in a sentence: numbers, quantities, clock times and dates, as digits or as words.

Canonical values are strings: number `3` or `1.5`; quantity `1.5 ml` (unit as in `app.content.words.UNITS`);
time `08:30`; date `2026-03-31`, without a year `--03-31` (the notation of ISO 8601 for a day of any year).
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.content import clock, days
from app.content.numbers import read_number, single_word
from app.content.tokens import Token, tokenise
from app.content.types import SlotKind
from app.content.words import ARTICLES, unit_at

_TIMES_SUFFIX = "mal"


@dataclass(frozen=True, slots=True)
class Value:
    """A value found in tokens `start` to `end` (exclusive)."""

    kind: SlotKind
    value: str
    start: int
    end: int
    article: bool = False
    """The word may be an article as well as the number one: „eine Tablette“."""


def parse_value(kind: SlotKind, text: str, language: str) -> str | None:
    """The canonical value if the whole text is one of this kind; None otherwise („übermorgen“ is no date)."""
    if kind is SlotKind.PLACE:
        return text.strip() or None
    if kind is SlotKind.DATE and _is_date(text.strip()):
        return text.strip()
    tokens = [token for token in tokenise(text, language) if not token.mark or token.word in ".,:"]
    while tokens and tokens[-1].mark:
        tokens.pop()
    found = [_read(kind, tokens, start, language) for start in _starts(kind, tokens)]
    for value in found:
        if value is not None and value.end == len(tokens):
            return value.value
    return None


def _is_date(text: str) -> bool:
    """Is the text a canonical date already?"""
    try:
        datetime.date.fromisoformat(text.replace("--", "2000-", 1) if text.startswith("--") else text)
    except ValueError:
        return False
    return True


def _starts(kind: SlotKind, tokens: Sequence[Token]) -> range:
    """A date or time may be said with a preposition in front."""
    return range(min(len(tokens), 3 if kind in (SlotKind.DATE, SlotKind.TIME) else 1))


def find_values(tokens: Sequence[Token], language: str) -> list[Value]:
    """All values from left to right, without overlap; date wins over time, quantity and number."""
    found: list[Value] = []
    position = 0
    while position < len(tokens):
        value = next(filter(None, (_read(kind, tokens, position, language) for kind in _ORDER)), None)
        if value is None:
            position += 1
        else:
            found.append(value)
            position = value.end
    return found


_ORDER = (SlotKind.DATE, SlotKind.TIME, SlotKind.QUANTITY, SlotKind.NUMBER)


def _read(kind: SlotKind, tokens: Sequence[Token], start: int, language: str) -> Value | None:
    match kind:
        case SlotKind.DATE:
            found = days.read_date(tokens, start, language)
        case SlotKind.TIME:
            found = clock.read_time(tokens, start, language)
        case SlotKind.QUANTITY:
            found = _read_quantity(tokens, start, language)
        case _:
            return _read_plain(tokens, start, language)
    return None if found is None else Value(kind, found[0], start, found[1])


def _read_quantity(tokens: Sequence[Token], start: int, language: str) -> tuple[str, int] | None:
    number = read_number(tokens, start, language)
    if number is None or number[1] >= len(tokens):
        return None
    unit = unit_at(tokens, number[1], language)
    return None if unit is None else (f"{plain(number[0])} {unit[0]}", unit[1])


def _read_plain(tokens: Sequence[Token], start: int, language: str) -> Value | None:
    word = tokens[start].word
    found = read_number(tokens, start, language)
    if found is not None:
        article = word in ARTICLES.get(language, ()) and found[1] == start + 1
        return Value(SlotKind.NUMBER, plain(found[0]), start, found[1], article)
    if language == "de" and word.endswith(_TIMES_SUFFIX) and word != _TIMES_SUFFIX:
        times = single_word(word.removesuffix(_TIMES_SUFFIX), language)
        if times is not None:
            return Value(SlotKind.NUMBER, str(times), start, start + 1)
    return None


def plain(number: Decimal) -> str:
    """`1.50` → `1.5`, never in exponents."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
