"""Days of the Persian and the Islamic calendar as Gregorian days.

The Persian leap rule is the 33-year cycle, exact for 1244–1472 (1865–2094). The Islamic calendar is the
tabular civil one; the day seen in a country may differ by one, so neighbouring days count as well.
"""

from collections.abc import Sequence
from datetime import date, timedelta

_JALALI_OFFSET = -356_033
"""Day 0 of the 33-year reckoning, as Python counts days."""
_HIJRI_EPOCH = date(622, 7, 19).toordinal()
_PERSIAN_YEARS, _ISLAMIC_YEARS = range(1244, 1473), range(1300, 1601)


def gregorian_days(calendar: str, month: int, numbers: Sequence[str]) -> tuple[str, ...]:
    """Days `day/month/year` that a date may be; empty when day or year is missing.

    `numbers` are the numbers nearest to the month, day and year in either order.
    """
    whole = [int(n) for n in numbers if n.isdecimal() and len(n) <= 4]
    days, years = [n for n in whole if 1 <= n <= 31], [n for n in whole if n > 1000]
    if not days or not years:
        return ()
    day, year = days[0], years[0]
    if calendar == "jalali" and year in _PERSIAN_YEARS:
        return (_name(_jalali(year, month, day)),)
    if calendar == "hijri" and year in _ISLAMIC_YEARS:
        middle = _hijri(year, month, day)
        return tuple(_name(middle + timedelta(days=shift)) for shift in (0, -1, 1))
    return ()


def _name(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _jalali(year: int, month: int, day: int) -> date:
    shifted = year + 1595
    leaps = shifted // 33 * 8 + (shifted % 33 + 3) // 4
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(_JALALI_OFFSET + shifted * 365 + leaps + before + day)


def _hijri(year: int, month: int, day: int) -> date:
    before = 29 * (month - 1) + month // 2
    return date.fromordinal(_HIJRI_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + before + day - 1)
