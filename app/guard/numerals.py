"""Numbers in digits of every script and in words, with the readings they allow."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from app.guard.clock import clock_times
from app.guard.lexicon import Match
from app.guard.readings import Reading
from app.guard.rules import Rules
from app.guard.text import GROUP, Token

_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})$")
_ISO_LIKE = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})$")
_DAY_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})$")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)$")
_FRACTION = re.compile(r"([1-3])/([2-9]|10)$")
_DATE_WORDS = frozenset({"am", "vom", "bis", "ab", "den", "zum", "seit", "dem"})
_HALF_HOUR = Decimal("0.5")
_WITH_ARTICLE = 3
"""Words of a half that is counted by itself: „und eine halbe“."""
_LONGEST_SUM = 12
"""Digits up to which number words are added up; longer ones are not spoken in a consultation."""


def canonical(digits: str) -> str:
    """„007,50“ and "7.5" have the same name."""
    whole, _, part = digits.partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _decimal_name(value: Decimal) -> str:
    return canonical(format(value, "f"))


def read_digits(cut: Sequence[Token], kinds: Mapping[int, set[str]], rules: Rules | None) -> list[Reading]:
    """Numbers, months and years of all tokens made of digits."""
    found: list[Reading] = []
    for index, token in enumerate(cut):
        if token.kind != "number":
            continue
        beside = kinds.get(index - 1, set()) | kinds.get(index + 1, set())
        for kind, values in _interpret(index, cut, "clock" in beside, rules):
            found.append(Reading(kind, values, True, index, index + 1, digits=True))
    return found


def _interpret(
    index: int, cut: Sequence[Token], clock: bool, rules: Rules | None
) -> Iterable[tuple[str, tuple[str, ...]]]:
    text = cut[index].text
    if match := _DATE.match(text):
        return _date(*match.groups(), slash="/" in text, rules=rules)
    if match := _ISO_LIKE.match(text):
        return _date(match[3], match[2], match[1], slash=False, rules=rules)
    if (match := _DAY_MONTH.match(text)) and not clock and _is_day(index, cut, match, rules):
        return [("number", (canonical(match[1]),)), ("month", (canonical(match[2]),))]
    if (match := _CLOCK.match(text)) and (clock or ":" in text):
        hour, minute = canonical(match[1]), canonical(match[2])
        return [("number", (hour,)), *([("number", (minute,))] if minute != "0" else [])]
    if match := _FRACTION.match(text):
        return [("number", (_decimal_name(round(Decimal(match[1]) / Decimal(match[2]), 2)),))]
    if "/" in text or ":" in text:
        return [reading for part in re.split("[/:]", text) for reading in _plain(part)]
    return _plain(text)


def _date(
    day: str, month: str, year: str, *, slash: bool, rules: Rules | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    first, second = int(day), int(month)
    if second > 12 >= first:
        first, second = second, first
    elif slash and rules is not None and rules.month_first and first <= 12 and first != second:
        yield "ambiguous", (f"{day}/{month}",)
    yield "number", (str(first),)
    yield ("month" if 1 <= second <= 12 else "number"), (str(second),)
    yield "number", (canonical(year), canonical("20" + year)) if len(year) == 2 else (canonical(year),)


def _is_day(index: int, cut: Sequence[Token], match: re.Match[str], rules: Rules | None) -> bool:
    """„am 3.5.“ is a day; „3.5“ elsewhere is a decimal number."""
    if not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
        return False
    dotted = index + 1 < len(cut) and cut[index + 1].text == "." and cut[index + 1].glued
    ends = index + 2 >= len(cut)
    padded = len(match[2]) == 2 and match[2][0] in "01"
    led = index > 0 and rules is not None and rules.language == "de" and cut[index - 1].text in _DATE_WORDS
    return led or padded or (dotted and not ends)


def _plain(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """A number with its separators: one reading, or two where „1.000“ may be a thousand or a one."""
    if GROUP in text:
        text = text.replace(GROUP, "")
    separators = [c for c in text if c in ".,"]
    if not separators:
        return [("number", (canonical(text),))]
    last = separators[-1]
    whole, _, part = text.rpartition(last)
    whole = whole.replace(".", "").replace(",", "")
    decimal = canonical(f"{whole}.{part}")
    if len(separators) > 1 and len(set(separators)) == 1:
        return [("number", (canonical(text.replace(last, "")),))]
    if len(separators) > 1 or len(part) != 3 or whole.strip("0") == "":
        return [("number", (decimal,))]
    return [("number", (canonical(whole + part), decimal)), ("ambiguous", (text,))]


def compose(
    cut: Sequence[Token], digits: Iterable[Reading], words: Iterable[Match], rules: Rules | None
) -> list[Reading]:
    """All readings in the order of the text, number words that belong together added up."""
    spelled = [
        Reading("number", m.entry.values, m.entry.certain, m.start, m.end, joined=m.joined) for m in words
    ]
    found: list[Reading] = []
    every = clock_times([*digits, *spelled], cut, rules.clock_forms if rules else ())
    for reading in sorted(every, key=lambda r: (r.start, r.end)):
        merged = _merge(found[-1], reading, cut, rules) if found else None
        if merged is not None:
            found[-1] = merged
        elif not reading.values[0].startswith("+"):
            found.append(reading)
        else:
            found.append(_and_a_half(found, reading))
    return found


def _and_a_half(found: list[Reading], half: Reading) -> Reading:
    """„o tabletă și jumătate“: the counted word stands between; without any number it is one and a half.

    „Anderthalb Tabletten … und eine halbe“: with its own article, or after a half, it is another half.
    """
    before = found[-1] if found and 0 < half.start - found[-1].end <= 1 else None
    if before is not None and before.kind == "number" and before.values[0].isdecimal():
        found.pop()
        return replace(before, values=(f"{before.values[0]}.5",), certain=True, end=half.end)
    after_half = bool(found) and found[-1].values[0].endswith(".5")
    own = after_half or half.end - half.start >= _WITH_ARTICLE
    return Reading("number", ("0.5" if own else "1.5",), True, half.start, half.end)


def _merge(left: Reading, right: Reading, cut: Sequence[Token], rules: Rules | None) -> Reading | None:
    if left.fixed or right.fixed:
        return None
    if left.kind != "number" or right.kind != "number" or len(left.values) > 1 or left.values[0][0] == "+":
        return None
    between = cut[left.end : right.start]
    if (hour := _half_hour(left, right, cut, rules)) is not None:
        return hour
    connected = right.joined or cut[right.start].text.startswith("و")
    if between:
        connected = len(between) == 1 and rules is not None and between[0].text in rules.connectors
        if not connected:
            return None
    value = _sum(left, right, connected, rules)
    if value is None:
        return None
    certain = left.certain or right.certain or right.values[0] != "1"
    return Reading("number", (value,), certain, left.start, right.end, digits=left.digits or right.digits)


def _half_hour(left: Reading, right: Reading, cut: Sequence[Token], rules: Rules | None) -> Reading | None:
    """„halb elf“ is half an hour before eleven, named 10.5; "half past two" is named 2.5."""
    words = {token.text for token in cut[left.start : right.start]}
    if rules is None or not 1 <= len(words) <= 2 or right.values[0] not in _HOURS:
        return None
    hour = int(right.values[0])
    if words <= rules.half_to:
        hour -= 1
    elif words != rules.half_past:
        return None
    return Reading("number", (f"{hour}.5",), True, left.start, right.end)


def _sum(left: Reading, right: Reading, connected: bool, rules: Rules | None) -> str | None:
    """Value of two number words in a row, or None where they are two numbers."""
    first, second = left.values[0], right.values[0]
    if len(first) > _LONGEST_SUM or len(second) > _LONGEST_SUM:
        return None
    if second.startswith("+"):
        half = Decimal(second[1:])
        return _decimal_name(Decimal(first) + half) if "." not in first else None
    if not first.replace(".", "").isdecimal() or not second.replace(".", "").isdecimal():
        return None
    a, b = Decimal(first), Decimal(second)
    if right.digits:
        return _decimal_name(a + b) if left.digits and b in _PARTS and "." not in first else None
    if b in _SCALES and not connected and (scaled := _scaled(a, b)) is not None:
        return _decimal_name(scaled)
    if left.digits or b != b.to_integral_value() or a != a.to_integral_value():
        return None
    return _decimal_name(a + b) if _adds(int(a), int(b), connected, rules) else None


_HOURS = frozenset(str(hour) for hour in range(1, 13))
_PARTS = frozenset({_HALF_HOUR, Decimal("0.25"), Decimal("0.75")})
_SCALES = frozenset({Decimal(100), Decimal(1000), Decimal(1_000_000)})


def _scaled(a: Decimal, b: Decimal) -> Decimal | None:
    """„cinci“ and „sute“ are 500, „mie cinci“ and „sute“ are 1500."""
    low = a % b
    return a - low + low * b if low > 0 and (a - low) % (b * 10) == 0 else None


def _adds(a: int, b: int, connected: bool, rules: Rules | None) -> bool:
    if a <= 0 or b <= 0:
        return False
    if a % 1000 == 0:
        return b < 1000
    if a % 100 == 0:
        return b < 100
    tens = a % 100
    if rules is not None and rules.unit_before_ten and connected:
        return 1 <= tens <= 9 and b % 10 == 0 and 20 <= b <= 90
    if rules is not None and rules.teens_after_tens and tens in (60, 80):
        return b <= 19
    return tens >= 10 and tens % 10 == 0 and b <= 9
