"""Times of day said by the quarter or by minutes before and after the hour, read as hour and minute."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.guard.readings import Reading
from app.guard.text import Token

HOUR, MINUTES, QUARTER = "H", "M", "Q"
"""Places in a form for a number of 1–24, of 5 to 25 by fives, and for quarters or a half after the hour."""
_MINUTES = frozenset({5, 10, 15, 20, 25})
_QUARTERS = {"0.25": 15, "0.75": 45, "+0.5": 30}


@dataclass(frozen=True, slots=True)
class ClockForm:
    """One way to say a time: „Q nach H“; `sense` says what becomes of the hour.

    `past`: minutes after the hour; `to`: minutes before it; `next`: minutes of the hour that it ends,
    «четверть десятого».
    """

    sense: str
    parts: tuple[str, ...]


def clock_times(
    readings: Sequence[Reading], cut: Sequence[Token], forms: Sequence[ClockForm]
) -> list[Reading]:
    """The readings, those of a time of day replaced by its hour, its minute and a `clock-time` beside."""
    if not forms or not readings:
        return list(readings)
    starts = {reading.start: reading for reading in readings if reading.kind == "number"}
    found: list[Reading] = []
    position = 0
    while position < len(cut):
        matches = (_match(form, position, cut, starts) for form in forms)
        best = max((match for match in matches if match), key=lambda match: match[-1].end, default=None)
        found += best or ()
        position = best[-1].end if best else position + 1
    taken = {index for time in found for index in range(time.start, time.end)}
    return [*found, *(reading for reading in readings if reading.start not in taken)]


def _match(
    form: ClockForm, start: int, cut: Sequence[Token], starts: Mapping[int, Reading]
) -> tuple[Reading, ...] | None:
    position, hour, minutes = start, 0, 0
    for part in form.parts:
        if position >= len(cut):
            return None
        if part in (HOUR, MINUTES, QUARTER):
            reading = starts.get(position)
            value = _value(part, reading)
            if reading is None or value is None:
                return None
            hour, minutes = (value, minutes) if part == HOUR else (hour, value)
            position = reading.end
        elif cut[position].text != part:
            return None
        elif not _opens_number(position, starts):
            position += 1
    hour, minutes = _time(form.sense, hour, minutes)
    return tuple(_readings(hour, minutes, start, position))


def _opens_number(position: int, starts: Mapping[int, Reading]) -> bool:
    """True for a word that a form of the following number holds, as Persian «ساعت نه»."""
    return position in starts and starts[position].end > position + 1


def _value(part: str, reading: Reading | None) -> int | None:
    value = reading.values[0] if reading else ""
    if part == QUARTER:
        return _QUARTERS.get(value)
    if not value.isdecimal() or len(value) > 2:
        return None
    number = int(value)
    return number if (1 <= number <= 24 if part == HOUR else number in _MINUTES) else None


def _time(sense: str, hour: int, minutes: int) -> tuple[int, int]:
    if sense == "past":
        return hour, minutes
    return hour - 1 or 12, minutes if sense == "next" else 60 - minutes


def _readings(hour: int, minutes: int, start: int, end: int) -> Iterator[Reading]:
    for value in (hour, minutes) if minutes else (hour,):
        yield Reading("number", (str(Decimal(value)),), True, start, end, fixed=True)
    yield Reading("clock-time", (f"{hour}:{minutes}",), True, start, end)
