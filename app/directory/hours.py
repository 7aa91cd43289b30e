"""Opening hours as offices write them: „Mo-Fr 8:00-12:00, 13:00-16:00; Sa 9-12“, „rund um die Uhr“."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
ALWAYS = frozenset({"immer", "rund um die uhr", "24/7", "durchgehend"})
MIDNIGHT = 24 * 60

_DAY = r"(?:Mo|Di|Mi|Do|Fr|Sa|So)"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?"
_TOKEN = re.compile(
    rf"(?P<days>{_DAY}\b\.?(?:\s*(?:-|–|bis)\s*{_DAY}\b\.?)?|täglich)"
    rf"|(?P<times>{_CLOCK}\s*(?:-|–|bis)\s*{_CLOCK})|(?P<other>,|;|:|und\b|Uhr\b|\s+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end` in minutes after midnight of a weekday; an end before the start is tomorrow's."""

    day: int
    """0 is Monday, as in `datetime.weekday`."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hours:
    """When a service can be reached, in local time."""

    text: str
    """As the office wrote it."""
    spans: tuple[Span, ...] = ()
    always: bool = False

    def open_at(self, moment: datetime) -> bool:
        return self.always or any(start <= moment < end for start, end in self._around(moment))

    def opens_after(self, moment: datetime) -> datetime | None:
        """The next time it opens; None if it is always open or nothing is known."""
        return min((start for start, _ in self._around(moment) if start > moment), default=None)

    def _around(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Openings from yesterday on, for a week and a day."""
        today = datetime.combine(moment.date(), time())
        for ahead in range(-1, 9):
            day = today + timedelta(days=ahead)
            for span in self.spans:
                if span.day == day.weekday():
                    end = span.end if span.end > span.start else span.end + MIDNIGHT
                    yield day + timedelta(minutes=span.start), day + timedelta(minutes=end)


def parse_hours(text: str) -> Hours:
    """Read opening hours. Raises ValueError with a German message naming the part that cannot be read."""
    if " ".join(text.casefold().split()) in ALWAYS:
        return Hours(text, always=True)
    days: list[int] = []
    spans: list[Span] = []
    timed = True
    for kind, part in _tokens(text):
        if kind == "days":
            days, timed = ([] if timed else days) + _days(part), False
        elif not days:
            raise ValueError(f"vor „{part}“ fehlt der Wochentag")
        else:
            start, end = _range(part)
            spans += [Span(day, start, end) for day in days]
            timed = True
    if not timed or not spans:
        raise ValueError("die Uhrzeit fehlt")
    return Hours(text, tuple(spans))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ValueError(f"„{text[position:].strip()}“ ist nicht zu lesen")
        position = match.end()
        if match.lastgroup in ("days", "times"):
            yield match.lastgroup, match.group()


def _days(part: str) -> list[int]:
    if part.casefold() == "täglich":
        return list(range(7))
    named = [DAYS.index(day.capitalize()) for day in re.findall(_DAY, part, re.IGNORECASE)]
    first, last = named[0], named[-1]
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _range(part: str) -> tuple[int, int]:
    start, end = (_minutes(clock) for clock in re.findall(_CLOCK, part))
    if start == end:
        raise ValueError(f"„{part}“ hat keine Dauer")
    return start, end


def _minutes(clock: str) -> int:
    hour, _, minute = clock.replace(".", ":").partition(":")
    minutes = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or minutes > MIDNIGHT:
        raise ValueError(f"„{clock}“ ist keine Uhrzeit")
    return minutes
