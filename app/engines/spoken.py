"""Text as a voice should read it: dates, times, quantities, telephone numbers and numbers spelled out. Pure.

In languages outside `number_words.SPELLED` the voice reads the numbers; they get dates and units written out,
and digits as 0…9, because espeak-ng passes over those of other scripts in silence (۳ in Urdu and Kurmanji).
"""

import re
from decimal import Decimal
from functools import cache

from app.core.languages import language
from app.engines.agreement import agree
from app.engines.number_words import SPELLED, decimal, latin_digits, one_by_one, ordinal, whole
from app.engines.spoken_dates import german_ordinal, spell_dates, spell_times, write_dates

# CLDR name of a unit, and how it is written after a number.
_WRITTEN = {
    "mass-milligram": "mg мг ملغ مغ",
    "mass-microgram": "µg μg мкг",
    "mass-gram": "g г",
    "mass-kilogram": "kg кг كغم كغ",
    "volume-milliliter": "ml mL мл مل",
    "volume-deciliter": "dl",
    "volume-liter": "l л",
    "length-millimeter": "mm мм",
    "length-centimeter": "cm см",
    "length-meter": "m",
    "length-kilometer": "km",
    "temperature-celsius": "°C °С °م",
    "concentr-percent": "%",
}
_UNITS = {written: unit for unit, all_written in _WRITTEN.items() for written in all_written.split()}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_NUMBER = r"\d+(?:[.,٫٬\u00a0\u202f]\d+)*"
# "2027 г." is a year, not a weight.
_QUANTITY = re.compile(
    rf"(?<![\w.,])(?!(?:19|20)\d\d\s?г\.)(?P<sign>[-−+]?)(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})(?!\w)"
)
# Begins with + or 0, six digits or more with separators; or one of the short numbers that are called.
_TELEPHONE = re.compile(
    r"(?<![\w.,])(?:\+|0)\d(?:[\d ()/-]{3,}\d)(?![\w]|[.,]\d)|(?<![\w.,])(?:11[02]|116\s?117)(?![\w]|[.,]\d)"
)
_PLAIN = re.compile(rf"(?P<sign>(?<!\S)[-−](?=\d))?(?P<number>{_NUMBER})")
_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3})\.(?=\s+[^\W\d_])")
_LOWER_ORDINAL = re.compile(r"(?<![\w.,])(\d{1,3})\.(?=\s+[a-zçğıöşüáéíóúőű])")
_ENGLISH_ORDINAL = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b")
_FRENCH_ORDINAL = re.compile(r"\b(\d{1,3})(er|re|e|ème)\b")
_LONG = 6


def spoken(text: str, code: str) -> str:
    """The text with every number as words of the language, or as the language's voice can read it."""
    if not any(map(str.isdecimal, text)):
        return text
    text = latin_digits(text)
    for step in _SPELLING if code in SPELLED else _WRITING:
        text = step(text, code)
    return text


def _spell_quantities(text: str, code: str) -> str:
    return _QUANTITY.sub(lambda m: _quantity(m, code), text)


def _quantity(match: re.Match[str], code: str) -> str:
    """Number and unit; in words where the language is spelled out, else with the digits as they are."""
    try:
        number = _parse(match["number"], code)
    except ValueError:
        return match.group()
    if code not in SPELLED:
        return match["sign"] + _with_unit(match["number"], number, match["unit"], code)
    words = "ein" if code == "de" and match["number"] == "1" else decimal(number, code)
    sign = f"{SPELLED[code].minus} " if match["sign"] in {"-", "−"} else ""
    return sign + _with_unit(words, number, match["unit"], code)


def _with_unit(words: str, number: Decimal, unit: str, code: str) -> str:
    """The unit's name in the right plural with `words` as its number.

    Arabic one and two are part of the unit's own form, which then holds no number.
    """
    from babel.units import format_unit

    written = latin_digits(format_unit(number, _UNITS[unit], "long", locale=language(code).cldr))
    if _UNITS[unit] in written:
        # CLDR has no name for this unit in this language.
        return f"{words} {unit}"
    return re.sub(r"\d(?:[\d.,٫٬\u00a0\u202f]*\d)?", lambda _: words, written).replace("\u00a0", " ")


def _spell_telephones(text: str, code: str) -> str:
    return _TELEPHONE.sub(lambda m: one_by_one("".join(filter(str.isdecimal, m.group())), code), text)


def _spell_ordinals(text: str, code: str) -> str:
    if code == "de":
        return _ORDINAL.sub(lambda m: german_ordinal(int(m[1]), m.string[: m.start()]), text)
    if code in ("tr", "hu"):
        return _LOWER_ORDINAL.sub(lambda m: ordinal(int(m[1]), code), text)
    if code == "en":
        return _ENGLISH_ORDINAL.sub(lambda m: ordinal(int(m[1]), code), text)
    if code == "fr":
        first = {"er": "premier", "re": "première"}
        return _FRENCH_ORDINAL.sub(
            lambda m: first.get(m[2], ordinal(int(m[1]), code)) if m[1] == "1" else ordinal(int(m[1]), code),
            text,
        )
    return text


def _spell_rest(text: str, code: str) -> str:
    return _PLAIN.sub(lambda m: _plain(m, code), text)


def _plain(match: re.Match[str], code: str) -> str:
    sign = f"{SPELLED[code].minus} " if match["sign"] else ""
    before, after = match.string[: match.start()], match.string[match.end() :]
    words = _number(match["number"], (before, after), code)
    return f"{' ' if before[-1:].isalpha() else ''}{sign}{words}{' ' if after[:1].isalpha() else ''}"


def _number(written: str, around: tuple[str, str], code: str) -> str:
    if not written.isdecimal():
        return _several(written, code)
    if (written.startswith("0") and len(written) > 1) or (len(written) >= _LONG and int(written) % 1000):
        return one_by_one(written, code)
    return agree(whole(int(written), code), int(written), around, code)


def _several(written: str, code: str) -> str:
    """Digits with separators: one number, or several (a version, a list) where it cannot be one."""
    try:
        return decimal(_parse(written, code), code)
    except ValueError:
        return re.sub(r"\d+", lambda m: one_by_one(m.group(), code), written)


def _parse(written: str, code: str) -> Decimal:
    """The value, by the language's own use of point and comma. Raises ValueError if it is not one number."""
    point, group = _separators(code)
    if re.fullmatch(rf"\d{{1,3}}(?:[{re.escape(group)}\u00a0\u202f]\d{{3}})+", written):
        return Decimal(re.sub(r"\D", "", written))
    found = re.fullmatch(rf"(\d{{1,3}}(?:[{re.escape(group)}\u00a0\u202f]\d{{3}})+|\d+)[.,٫](\d+)", written)
    if written.isdecimal():
        return Decimal(written)
    if found is None:
        raise ValueError(f"{written} is not one number (decimal sign {point})")
    integer = re.sub(r"\D", "", found[1])
    return Decimal(f"{integer}.{found[2]}")


@cache
def _separators(code: str) -> tuple[str, str]:
    """Decimal sign and thousands sign of running text."""
    from babel import Locale

    symbols = Locale.parse(language(code).cldr).number_symbols
    table = symbols["latn"] if "latn" in symbols else next(iter(symbols.values()))
    return str(table["decimal"]), str(table["group"])


_SPELLING = (spell_dates, spell_times, _spell_quantities, _spell_telephones, _spell_ordinals, _spell_rest)
_WRITING = (write_dates, _spell_quantities)
