"""Dates and times of day as words. Pure; month names come from Babel."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from app.core.languages import language
from app.engines.number_words import latin_digits, ordinal, whole, year

_NUMERIC = re.compile(r"(?<![\d.:/-])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\d/-])")
_ISO = re.compile(r"(?<![\d.:/-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_CLOCK = re.compile(r"(?<![\d.,:])(\d{1,2}):(\d{2})(?![\d:])(\s*Uhr\b)?")
_ONE_O_CLOCK = re.compile(r"(?<![\w.,:-])1\s+Uhr\b")
_GERMAN_CLOCK = re.compile(r"(?<![\d.,:])(\d{1,2})\.(\d{2})(\s*Uhr\b)")

# After these the German ordinal ends in -en; after an article in -e; elsewhere in -er.
_DATIVE = re.compile(
    r"\b(?:am|vom|zum|beim|im|dem|den|des|ab|seit|bis|zur|der zweiten|einem)\s+\Z", re.IGNORECASE
)
_ARTICLE = re.compile(r"\b(?:der|die|das|eine|jede|diese|dieser|dieses)\s+\Z", re.IGNORECASE)


def spell_dates(text: str, code: str) -> str:
    """Numeric and written dates in words; what is no date of the calendar is left alone."""
    return _written_date(code).sub(lambda m: _spelled(m, code), write_dates(text, code))


def write_dates(text: str, code: str) -> str:
    """Numeric dates with the name of the month, still in digits."""
    text = _NUMERIC.sub(lambda m: _written(m, m[4], m[3], m[1], code), text)
    return _ISO.sub(lambda m: _written(m, m[1], m[2], m[3], code), text)


def spell_times(text: str, code: str) -> str:
    """Times of day in words."""
    if code == "de":
        text = _GERMAN_CLOCK.sub(lambda m: _clock(m, code), text)
        text = _ONE_O_CLOCK.sub(_ONE_HOUR[code], text)
    return _CLOCK.sub(lambda m: _clock(m, code), text)


def german_ordinal(number: int, before: str) -> str:
    """ "zwölfter", "zwölfte" or "zwölften", by what stands before it."""
    stem = ordinal(number, "de")
    if _DATIVE.search(before):
        return f"{stem}n"
    return stem if _ARTICLE.search(before) else f"{stem}r"


def _written(match: re.Match[str], years: str, month: str, day: str, code: str) -> str:
    from babel.dates import format_date

    try:
        when = date(int(years), int(month), int(day))
    except ValueError:
        return match.group()
    locale = "en_GB" if code == "en" else language(code).cldr
    written = latin_digits(format_date(when, "long", locale=locale))
    return re.sub(r"[\u00a0\u202f]", " ", written)


@cache
def _written_date(code: str) -> re.Pattern[str]:
    """Day, month name, perhaps the year: "12. März 2027", "12 de marzo de 2027", "12 марта 2027 г."."""
    from babel import Locale

    months = Locale.parse(language(code).cldr).months["format"]["wide"].values()
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return re.compile(
        rf"(?<![\d.,:])(?P<day>\d{{1,2}})(?P<dot>\.?)(?P<of>\s+(?:de\s+)?)(?P<month>{names})\b"
        rf"(?:(?P<gap>,?\s+(?:de\s+)?)(?P<year>\d{{4}})(?![\d.,]\d|\d)(?P<word>\s*[гр]\.)?)?",
        re.IGNORECASE,
    )


def _spelled(match: re.Match[str], code: str) -> str:
    day = _DAYS.get(code, whole)(int(match["day"]), code)
    if code == "de":
        day = german_ordinal(int(match["day"]), match.string[: match.start()])
    of = " of " if code == "en" else match["of"]
    head = f"{day}{of}{match['month']}"
    if not match["year"]:
        return head
    spelled = _YEARS.get(code, year)(int(match["year"]), code)
    return f"{head}{match['gap']}{spelled}"


def _clock(match: re.Match[str], code: str) -> str:
    hours, minutes = int(match[1]), int(match[2])
    if hours > 24 or minutes > 59:
        return match.group()
    if code in _HOUR_WORDS:
        rest = f" {whole(minutes, code)}" if minutes else ""
        return (_ONE_HOUR[code] if hours == 1 else f"{whole(hours, code)} {_HOUR_WORDS[code]}") + rest
    zero = whole(0, code)
    rest = f"{zero} {whole(minutes, code)}" if minutes < 10 else whole(minutes, code)
    return f"{whole(hours, code)} {rest}"


_HOUR_WORDS = {"de": "Uhr", "fr": "heures"}
_ONE_HOUR = {"de": "ein Uhr", "fr": "une heure"}


def _first_is_special(word: str) -> Callable[[int, str], str]:
    return lambda day, code: word if day == 1 else whole(day, code)


def _russian_day(day: int, _code: str) -> str:
    from num2words import num2words

    return str(num2words(day, lang="ru", to="ordinal", gender="n"))


def _russian_year(number: int, _code: str) -> str:
    from num2words import num2words

    return f"{num2words(number, lang='ru', to='ordinal', case='g')} года"


def _ukrainian(number: int, hard: str, soft: str) -> str:
    words = ordinal(number, "uk")
    return f"{words[:-2]}{soft}" if words.endswith("ій") else f"{words[:-2]}{hard}"


def _polish_day(day: int, _code: str) -> str:
    return " ".join(
        f"{word[:-1]}{'iego' if word.endswith('i') else 'ego'}" for word in ordinal(day, "pl").split()
    )


_DAYS: dict[str, Callable[[int, str], str]] = {
    "en": lambda day, code: f"the {ordinal(day, code)}",
    "fr": _first_is_special("premier"),
    "it": _first_is_special("primo"),
    "ro": _first_is_special("întâi"),
    "ru": _russian_day,
    "uk": lambda day, _code: _ukrainian(day, "е", "є"),
    "pl": _polish_day,
}
_YEARS: dict[str, Callable[[int, str], str]] = {
    "ru": _russian_year,
    "uk": lambda number, _code: f"{_ukrainian(number, 'ого', 'ього')} року",
}
