"""Numbers as words, per language. Pure.

Whole numbers come from num2words. Its decimals are used only for Russian and Hungarian: Turkish, Arabic,
Persian and Vietnamese lose a zero there (0.05 is read like 0.5), so elsewhere the digits after the point are
read one by one. Left out, because num2words has no such language or is wrong in it, and left to the voice:
bg, hr, bs, mk, el, sq, ka, zh, hi, ur, kmr, so, prs; sr (Latin words in Cyrillic text), vi (2027), am (from a
million on).

Known gap: numbers stand in the nominative, and Arabic ones in the form for masculine nouns; the value is
right all the same. One and two are put into the noun's gender by `agreement`.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words around digits; `point` is empty where num2words reads decimals well."""

    point: str
    minus: str


SPELLED = {
    "de": NumberWords("Komma", "minus"),
    "tr": NumberWords("virgül", "eksi"),
    "ar": NumberWords("فاصلة", "ناقص"),
    "uk": NumberWords("кома", "мінус"),
    "ru": NumberWords("", "минус"),
    "ro": NumberWords("virgulă", "minus"),
    "pl": NumberWords("przecinek", "minus"),
    "fa": NumberWords("ممیز", "منفی"),
    "en": NumberWords("point", "minus"),
    "fr": NumberWords("virgule", "moins"),
    "es": NumberWords("coma", "menos"),
    "it": NumberWords("virgola", "meno"),
    "pt": NumberWords("vírgula", "menos"),
    "hu": NumberWords("", "mínusz"),
}
"""Languages whose numbers are spelled out before they are spoken."""

_LONGEST = 12
"""Digits of the longest number that is read as one; beyond, digit by digit."""


def latin_digits(text: str) -> str:
    """The same text with every decimal digit of any script as 0…9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def whole(number: int, language: str) -> str:
    """A whole number ≥ 0 in words."""
    if len(str(number)) > _LONGEST:
        return one_by_one(str(number), language)
    return _cardinal(number, language)


def one_by_one(digits: str, language: str) -> str:
    """Every digit as a word of its own, as telephone numbers are read."""
    return " ".join(_cardinal(int(digit), language) for digit in digits)


def decimal(number: Decimal, language: str) -> str:
    """A number ≥ 0 in words, with as many places as it was written with."""
    integer, _, places = format(number, "f").partition(".")
    if not places:
        return whole(int(integer), language)
    if not SPELLED[language].point and 0 < len(places.rstrip("0")) <= 3:
        from num2words import num2words

        return str(num2words(Decimal(f"{integer}.{places.rstrip('0')}"), lang=language))
    point = SPELLED[language].point or {"ru": "запятая", "hu": "egész"}[language]
    return f"{whole(int(integer), language)} {point} {one_by_one(places, language)}"


def ordinal(number: int, language: str) -> str:
    """ "twelfth", in the base form of num2words."""
    from num2words import num2words

    return _apart(str(num2words(number, lang=language, to="ordinal")), language)


def year(number: int, language: str) -> str:
    """A year in words; English reads it in pairs."""
    if language != "en":
        return whole(number, language)
    from num2words import num2words

    return str(num2words(number, lang="en", to="year"))


@lru_cache(maxsize=4096)
def _cardinal(number: int, language: str) -> str:
    from num2words import num2words

    return _apart(str(num2words(number, lang=language)), language)


_TURKISH = (
    "bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan|yüz|bin"
    "|milyon|milyar"
)


def _apart(words: str, language: str) -> str:
    """Spacing as the language writes it, which is what its voice knows."""
    if language == "tr":
        return re.sub(rf"({_TURKISH})(?=(?:{_TURKISH}))", r"\1 ", words)
    # Arabic "and" belongs to the word after it.
    return words.replace(" و ", " و").strip() if language == "ar" else words
