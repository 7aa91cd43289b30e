"""Clock times in a sentence: `14:30`, „acht Uhr dreißig“, „halb neun“, „saat sekiz buçuk“."""

import re
from collections.abc import Sequence

from app.content.numbers import read_number
from app.content.tokens import Token
from app.content.words import clock_words

Time = tuple[str, int]
"""Canonical time and the index after it."""

_DIGITS = re.compile(r"(\d{1,2}):(\d{2})")
_GERMAN_DIGITS = re.compile(r"(\d{1,2})[.:](\d{2})")
_MINUTES = frozenset({5, 10, 20, 25})
_AFTERNOON = frozenset({"nachmittags", "abends"})
_MORNING = frozenset({"morgens", "vormittags", "früh"})
_AFTER_A_TIME = frozenset(
    {"wieder", "da", "hier", "in", "im", "bei", "beim", "ins", "zum", "zur", "und", "zu"}
)
"""Words that do not turn the number before them into an amount of something."""


def read_time(tokens: Sequence[Token], start: int, language: str) -> Time | None:
    """The time that begins at `start`; None if there is none or it could be a plain number."""
    if language == "de":
        return _german(tokens, start)
    if match := _DIGITS.fullmatch(tokens[start].word):
        return _time(int(match[1]), int(match[2]), start + 1)
    return _with_hour_word(tokens, start, language)


def _german(tokens: Sequence[Token], start: int) -> Time | None:
    found = _clock_digits(tokens, start) or _half_or_quarter(tokens, start) or _spoken_minutes(tokens, start)
    found = found or _hour(tokens, start)
    return None if found is None else _with_part_of_day(tokens, found)


def _clock_digits(tokens: Sequence[Token], start: int) -> Time | None:
    match = _GERMAN_DIGITS.fullmatch(tokens[start].word)
    if match is None:
        return None
    said = _word(tokens, start + 1) == "uhr"
    if ":" not in tokens[start].word and not said:
        return None
    return _time(int(match[1]), int(match[2]), start + 1 + said)


def _half_or_quarter(tokens: Sequence[Token], start: int) -> Time | None:
    word, following = tokens[start].word, _word(tokens, start + 1)
    if word == "um" and following in ("halb", "viertel", "dreiviertel"):
        return _half_or_quarter(tokens, start + 1)
    if word == "halb":
        return _before_hour(tokens, start + 1, 30)
    if word == "dreiviertel":
        return _before_hour(tokens, start + 1, 15)
    if word == "viertel" and following in ("vor", "nach"):
        return _relative(tokens, start + 2, 15, following)
    return None


def _spoken_minutes(tokens: Sequence[Token], start: int) -> Time | None:
    """„zehn vor acht“, „fünf Minuten nach halb neun“."""
    number = read_number(tokens, start, "de")
    if number is None or number[0] != int(number[0]) or not 0 < number[0] < 30:
        return None
    said = _word(tokens, number[1]) in ("minuten", "minute")
    side = _word(tokens, number[1] + said)
    if side not in ("vor", "nach") or not (said or int(number[0]) in _MINUTES):
        return None
    return _relative(tokens, number[1] + said + 1, int(number[0]), side)


def _relative(tokens: Sequence[Token], start: int, minutes: int, side: str) -> Time | None:
    sign = 1 if side == "nach" else -1
    if _word(tokens, start) == "halb":
        return _before_hour(tokens, start + 1, 30 - sign * minutes)
    return _before_hour(tokens, start, -sign * minutes)


def _before_hour(tokens: Sequence[Token], start: int, minutes: int) -> Time | None:
    """The time `minutes` before the hour that stands at `start` (negative: after it)."""
    if start >= len(tokens):
        return None
    number = read_number(tokens, start, "de")
    if number is None or not 0 < number[0] <= 24 or number[0] != int(number[0]):
        return None
    end = number[1] + (_word(tokens, number[1]) == "uhr")
    total = (int(number[0]) * 60 - minutes) % 1440
    return _time(total // 60, total % 60, end)


def _hour(tokens: Sequence[Token], start: int) -> Time | None:
    number = read_number(tokens, start, "de")
    if number is None or number[0] != int(number[0]):
        return None
    hour, end = int(number[0]), number[1]
    if _word(tokens, end) != "uhr":
        return _time(hour, 0, end) if _word(tokens, start - 1) == "um" and _ends_here(tokens, end) else None
    minute = read_number(tokens, end + 1, "de") if end + 1 < len(tokens) else None
    if minute is not None and 0 <= minute[0] < 60 and _ends_here(tokens, minute[1]):
        return _time(hour, int(minute[0]), minute[1])
    return _time(hour, 0, end + 1)


def _with_part_of_day(tokens: Sequence[Token], found: Time) -> Time:
    text, end = found
    hour, word = int(text[:2]), _word(tokens, end)
    if word in _AFTERNOON and hour < 12:
        return f"{hour + 12:02d}{text[2:]}", end + 1
    if word in _MORNING or (word in _AFTERNOON and hour >= 12):
        return text, end + 1
    return found


def _with_hour_word(tokens: Sequence[Token], start: int, language: str) -> Time | None:
    words = clock_words(language)
    named = tokens[start].word in words.before
    position = start + named
    if position >= len(tokens):
        return None
    if named and (match := _DIGITS.fullmatch(tokens[position].word)):
        return _time(int(match[1]), int(match[2]), position + 1)
    ordinal = words.hours.get(tokens[position].word)
    number = None if ordinal is not None else read_number(tokens, position, language)
    if number is not None and number[0] == int(number[0]):
        hour, end = int(number[0]), number[1]
    elif ordinal is not None:
        hour, end = ordinal, position + 1
    else:
        return None
    after = _word(tokens, end) in words.after
    if not (named or after):
        return None
    end += after
    for half in words.half:
        if tuple(_word(tokens, end + n) for n in range(len(half))) == half:
            return _time(hour, 30, end + len(half))
    return _time(hour, 0, end)


def _ends_here(tokens: Sequence[Token], end: int) -> bool:
    word = _word(tokens, end)
    if not word or tokens[end].mark:
        return True
    infinitive = word.endswith("en") and tokens[end].text.islower()
    return infinitive or word in _AFTER_A_TIME or word in _AFTERNOON or word in _MORNING


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _time(hour: int, minute: int, end: int) -> Time | None:
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        return None
    return f"{hour % 24:02d}:{minute:02d}", end
