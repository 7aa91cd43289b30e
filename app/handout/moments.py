"""Dates and times as a page shows them: in digits, in words, and as what a clock is drawn from."""

import datetime
from collections.abc import Mapping
from typing import Any

from babel import dates

from app.content.pattern import locale_of
from app.core.languages import STAFF_LANGUAGE


def moments(slots: Mapping[str, str], code: str) -> dict[str, dict[str, Any]]:
    """The values of an order that are a day or a time of day, by slot name.

    `german` and `text` are the words; a day has also day, month and year, a time hour and minute.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, value in slots.items():
        day, time = _day(value), _time(value)
        if day is not None:
            words = {"german": _words(day, STAFF_LANGUAGE), "text": _words(day, code)}
            found[name] = words | {"day": day.day, "month": day.month, "year": day.year}
            found[name]["short"] = dates.format_date(day, "LLL", locale=locale_of(STAFF_LANGUAGE))
        elif time is not None:
            words = {"german": _clock(time, STAFF_LANGUAGE), "text": _clock(time, code)}
            found[name] = words | {"hour": time.hour, "minute": time.minute}
    return found


def _day(value: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _time(value: str) -> datetime.time | None:
    try:
        return datetime.time.fromisoformat(value) if ":" in value else None
    except ValueError:
        return None


def _words(day: datetime.date, code: str) -> str:
    return str(dates.format_date(day, "full", locale=locale_of(code)))


def _clock(time: datetime.time, code: str) -> str:
    """24 hours everywhere: staff and patient look at the same digits."""
    return str(dates.format_time(time, "HH:mm", locale=locale_of(code)))
