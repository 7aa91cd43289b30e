"""Numbers as digits and as words, read from tokens of a sentence."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from app.content.tokens import Token, fold

_GERMAN_COMPOUND = re.compile(
    r"(?:(?P<thousands>.*?)tausend)?(?:(?P<hundreds>.*?)hundert)?(?:und)?(?P<rest>.*)"
)


@dataclass(frozen=True, slots=True)
class Numerals:
    """Number words of a language."""

    words: Mapping[str, int] = field(default_factory=dict)
    joiners: frozenset[str] = frozenset()
    point: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files("app.content") / "numbers.toml").read_text("utf-8"))


@cache
def numerals(language: str) -> Numerals:
    """The number words of a language; those of languages without a table come from num2words, 0–100.

    A language that neither knows has digits only.
    """
    row = _table().get(language)
    if row is None:
        return Numerals(_from_library(language))
    words = {fold(word, language): value for word, value in row["words"].items()}
    joiners, point, bound = (frozenset(row.get(key, [])) for key in ("and", "point", "bound"))
    return Numerals(words, joiners, point, bound)


def _from_library(language: str) -> dict[str, int]:
    from num2words import num2words

    try:
        spelled = {str(num2words(value, lang=language)): value for value in range(101)}
    except NotImplementedError:
        return {}
    return {fold(word, language): value for word, value in spelled.items() if " " not in word}


def read_number(tokens: Sequence[Token], start: int, language: str) -> tuple[Decimal, int] | None:
    """The number that begins at `start` and the index after it; None if there is none or it is ambiguous."""
    token = tokens[start]
    if token.number:
        digits = parse_digits(token.word)
        return None if digits is None else (digits, start + 1)
    whole = _read_words(tokens, start, language)
    if whole is None:
        return None
    value, end = whole
    point = numerals(language).point
    if end + 1 < len(tokens) and tokens[end].word in point:
        decimals, after = _decimals(tokens, end + 1, language)
        if decimals:
            return Decimal(f"{value}.{decimals}"), after
    return Decimal(value), end


def parse_digits(text: str) -> Decimal | None:
    """Digits with at most one decimal sign; `1.000` could be a thousand or one: None."""
    if re.fullmatch(r"\d+", text):
        return Decimal(text)
    if re.fullmatch(r"\d+[.,]\d{1,2}", text):
        return Decimal(text.replace(",", "."))
    return None


def _decimals(tokens: Sequence[Token], start: int, language: str) -> tuple[str, int]:
    digits = ""
    end = start
    while end < len(tokens):
        value = single_word(tokens[end].word, language)
        if tokens[end].number and tokens[end].word.isdigit():
            digits += tokens[end].word
        elif value is not None and value < 100:
            digits += str(value)
        else:
            break
        end += 1
    return digits, end


def _read_words(tokens: Sequence[Token], start: int, language: str) -> tuple[int, int] | None:
    first = single_word(tokens[start].word, language)
    if first is None:
        return None
    total, end = first, start + 1
    joiners = numerals(language).joiners
    while end < len(tokens):
        skip = 1 if tokens[end].word in joiners and end + 1 < len(tokens) else 0
        following = _joined(tokens[end + skip].word, language, joiners)
        combined = None if following is None else _combine(total, following)
        if combined is None or language == "de":
            break
        total, end = combined, end + skip + 1
    return None if end == start + 1 and tokens[start].word in numerals(language).bound else (total, end)


def _joined(word: str, language: str, joiners: frozenset[str]) -> int | None:
    value = single_word(word, language)
    if value is None:
        for joiner in joiners:
            if word.startswith(joiner):
                value = single_word(word[len(joiner) :], language)
    return value


def _combine(total: int, following: int) -> int | None:
    """20 then 5, or Arabic 5 then 20, make 25; 3 then 100 make 300; 3 then 4 are two numbers."""
    if following == 100:
        return total * 100 if total < 10 else None
    if total >= 20 and total % 10 == 0 and following < (10 if total % 100 else 100):
        return total + following
    if total == 10 and following < 10:
        return total + following
    if 0 < total < 10 and following >= 10 and following % 10 == 0:
        return total + following
    return None


@lru_cache(maxsize=20_000)
def single_word(word: str, language: str) -> int | None:
    """The value of one number word; German and Turkish compounds are taken apart."""
    words = numerals(language).words
    if word in words:
        return words[word]
    if language == "de":
        return _german(word, words)
    return _turkish(word, words) if language == "tr" else None


def _turkish(word: str, words: Mapping[str, int]) -> int | None:
    """„ellibir“, as recognisers write it: a ten and a unit in one word."""
    for spelled, ten in words.items():
        unit = words.get(word.removeprefix(spelled)) if ten >= 10 and word.startswith(spelled) else None
        if unit is not None and 0 < unit < 10:
            return ten + unit
    return None


def _german(word: str, words: Mapping[str, int]) -> int | None:
    if "hundert" in word or "tausend" in word:
        return _german_large(word)
    unit_word, _, ten_word = word.partition("und")
    unit, ten = words.get(unit_word), words.get(ten_word)
    if unit is None or ten is None:
        return None
    return ten + unit if 0 < unit < 10 and ten >= 20 else None


def _german_large(word: str) -> int | None:
    parts = _GERMAN_COMPOUND.fullmatch(word)
    assert parts is not None
    total = 0
    for name, factor in (("thousands", 1000), ("hundreds", 100), ("rest", 1)):
        text = parts.group(name)
        if text is None or (text == "" and factor == 1):
            continue
        value = 1 if text == "" else single_word(text, "de")
        if value is None:
            return None
        total += value * factor
    return total
