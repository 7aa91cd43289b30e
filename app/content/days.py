"""Dates in a sentence: `3.3.2026`, `3. März`, „am dritten März“, „dritter dritter“, `3 березня`."""

import datetime
import re
from collections.abc import Mapping, Sequence
from functools import cache

from app.content.numbers import read_number, single_word
from app.content.pattern import locale_of
from app.content.tokens import Token, fold

Day = tuple[str, int]
"""Canonical date and the index after it."""

_DOTTED = re.compile(r"(\d{1,2})[.](\d{1,2})(?:[.](\d{4}))?")
_ORDINAL = re.compile(r"(.+?)(?:ste|te)[nrs]?")
_IRREGULAR = {"erste": 1, "dritte": 3, "siebte": 7, "achte": 8}
_YEAR_WORDS = frozenset({"р", "року", "г", "года"})
_LINKS: Mapping[str, frozenset[str]] = {
    "en": frozenset({"of", "th", "st", "nd", "rd"}),
    "es": frozenset({"de", "del"}),
    "pt": frozenset({"de"}),
}
"""Words between day, month and year."""
_MONTH_FIRST = frozenset({"en"})
"""Languages that may name the month first („January 5, 2026“)."""
_MONTH_SPEECH = {"jänner": 1, "feber": 2, "juno": 6, "julei": 7}


def read_date(tokens: Sequence[Token], start: int, language: str) -> Day | None:
    """The date that begins at `start`; None if there is none. Words such as „übermorgen“ are no date."""
    token = tokens[start]
    match = _DOTTED.fullmatch(token.word)
    if match is not None:
        return _dotted(tokens, start, match, language)
    month_first = _month(tokens, start, language) if language in _MONTH_FIRST else None
    first = month_first[1] if month_first else start
    day = _day_number(tokens, first, language) if first < len(tokens) else None
    if day is None or not 1 <= day[0] <= 31:
        return None
    month = month_first or _month(tokens, _after_links(tokens, day[1], language), language)
    if month is None:
        return None
    end = max(day[1], month[1])
    if month_first:
        end = _after_links(tokens, end, language)
        end += end < len(tokens) and tokens[end].word == ","
    year, after = _year(tokens, _after_links(tokens, end, language), language)
    return _date(day[0], month[0], year, max(day[1], month[1]) if year is None else after)


def _after_links(tokens: Sequence[Token], start: int, language: str) -> int:
    while start < len(tokens) and tokens[start].word in _LINKS.get(language, ()):
        start += 1
    return start


def _dotted(tokens: Sequence[Token], start: int, match: re.Match[str], language: str) -> Day | None:
    end = start + 1
    if match[3]:
        return _date(int(match[1]), int(match[2]), int(match[3]), end)
    if language != "de":
        return None
    dot = end < len(tokens) and tokens[end].word == "." and end + 1 < len(tokens)
    return _date(int(match[1]), int(match[2]), None, end + dot)


def _day_number(tokens: Sequence[Token], start: int, language: str) -> tuple[int, int] | None:
    """A day as number, with its point, or as a German ordinal."""
    if language == "de":
        ordinal = german_ordinal(tokens[start].word)
        if ordinal is not None:
            return ordinal, start + 1
        if not tokens[start].number:
            return None
    number = read_number(tokens, start, language)
    if number is None or number[0] != int(number[0]):
        return None
    end = number[1]
    return int(number[0]), end + (end < len(tokens) and tokens[end].word == ".")


def german_ordinal(word: str) -> int | None:
    """„dritten“ → 3, „einundzwanzigster“ → 21; None for any other word."""
    stem = word.rstrip("nrs") if word.endswith(("en", "er", "es")) else word
    if stem in _IRREGULAR:
        return _IRREGULAR[stem]
    match = _ORDINAL.fullmatch(word)
    return single_word(match[1], "de") if match else None


def _month(tokens: Sequence[Token], start: int, language: str) -> tuple[int, int] | None:
    if start >= len(tokens):
        return None
    word = tokens[start].word
    named = month_names(language).get(word)
    if named is not None:
        return named, start + 1
    ordinal = german_ordinal(word) if language == "de" else None
    return (ordinal, start + 1) if ordinal is not None and ordinal <= 12 else None


@cache
def month_names(language: str) -> dict[str, int]:
    """Month names of a language, as in a date and standing alone, folded."""
    names = locale_of(language).months
    found = {
        fold(name, language): number
        for context in ("format", "stand-alone")
        for number, name in names[context]["wide"].items()
    }
    return found | _MONTH_SPEECH if language == "de" else found


def _year(tokens: Sequence[Token], start: int, language: str) -> tuple[int | None, int]:
    number = read_number(tokens, start, language) if start < len(tokens) else None
    if number is not None and 1900 <= number[0] < 2200:
        end = number[1]
        if end < len(tokens) and tokens[end].word in _YEAR_WORDS:
            end += 1 + (end + 1 < len(tokens) - 1 and tokens[end + 1].word == ".")
        return int(number[0]), end
    return None, start


def _date(day: int, month: int, year: int | None, end: int) -> Day | None:
    try:
        found = datetime.date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return (f"--{found:%m-%d}" if year is None else found.isoformat()), end
