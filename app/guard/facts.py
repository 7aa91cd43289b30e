"""What a sentence states that must survive translation: numbers, units, times, sides, negation …"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.guard.calendars import gregorian_days
from app.guard.lexicon import Match
from app.guard.numerals import compose, read_digits
from app.guard.readings import Reading
from app.guard.rules import Rules
from app.guard.text import Token, tokens

NEGATION_REACH = 6
"""Words between an obligation and the negation that turns it around."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one kind; `values` are its possible readings, in the guard's own names."""

    kind: str
    values: tuple[str, ...]
    certain: bool
    """False where the words may mean it but need not („eine“, «сначала»)."""
    span: tuple[int, int]
    """Characters of the text it was read from."""
    index: int
    clause: int

    @property
    def concept(self) -> str:
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of a text by kind, in the order of the text."""

    text: str
    tokens: Sequence[Token]
    kinds: Mapping[str, Sequence[Fact]] = field(default_factory=dict)
    rules: Rules | None = None

    def of(self, kind: str) -> Sequence[Fact]:
        return self.kinds.get(kind, ())

    def certain(self, kind: str) -> list[Fact]:
        return [fact for fact in self.of(kind) if fact.certain]


def extract(text: str, rules: Rules | None) -> Facts:
    """Facts of a text; without rules for its language only those written in digits."""
    cut = rules.tokens(text) if rules else tokens(text)
    matches = rules.lexicon.find(cut) if rules else []
    kinds: defaultdict[str, list[Fact]] = defaultdict(list)
    for match in matches:
        if match.entry.kind != "number":
            kinds[match.entry.kind].append(_fact(match, cut))
    words = [match for match in matches if match.entry.kind == "number"]
    for reading in compose(cut, read_digits(cut, kinds_at(kinds), rules), words, rules):
        kinds[reading.kind].append(_from_reading(reading, cut))
    _convert_calendar(kinds)
    kinds["period"] = [_softened(fact, kinds, cut) for fact in kinds["period"]]
    kinds["negation"] = [f for f in kinds["negation"] if not _in_time(f, kinds)]
    kinds["modality"] = _with_negation(kinds["modality"], kinds["negation"], rules)
    for facts in kinds.values():
        facts.sort(key=lambda fact: fact.index)
    return Facts(text, cut, {kind: facts for kind, facts in kinds.items() if facts}, rules)


def kinds_at(kinds: Mapping[str, Sequence[Fact]]) -> dict[int, set[str]]:
    """Which kinds of fact begin at which token; digits are read by what stands beside them."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for kind, facts in kinds.items():
        for fact in facts:
            found[fact.index].add(kind)
    return dict(found)


def _fact(match: Match, cut: Sequence[Token]) -> Fact:
    first, last = cut[match.start], cut[match.end - 1]
    entry = match.entry
    return Fact(entry.kind, entry.values, entry.certain, (first.start, last.end), match.start, first.clause)


def _from_reading(reading: Reading, cut: Sequence[Token]) -> Fact:
    first, last = cut[reading.start], cut[reading.end - 1]
    span = (first.start, last.end)
    return Fact(reading.kind, reading.values, reading.certain, span, reading.start, first.clause)


def _softened(period: Fact, kinds: Mapping[str, Sequence[Fact]], cut: Sequence[Token]) -> Fact:
    """A period that belongs to a date or a time of day («2019 року», „saat 9“) need not be translated."""
    if _in_time(period, kinds):
        return replace(period, certain=False)
    reach = 2 if period.concept == "day" else 1
    dated = any(abs(f.index - period.index) <= reach for kind in DATES for f in kinds.get(kind, ()))
    numbers = [f for f in kinds.get("number", ()) if 0 < period.index - f.index <= 2]
    dated = dated or any(_is_year(f.concept) and period.index - f.index == 1 for f in numbers)
    counted = any(not _is_year(f.concept) and ":" not in cut[f.index].text for f in numbers)
    clock = any(f.index == period.index for f in kinds.get("clock", ()))
    return replace(period, certain=False) if dated or (clock and not counted) else period


def _in_time(fact: Fact, kinds: Mapping[str, Sequence[Fact]]) -> bool:
    """True for the words of a time of day: «без десяти семь» negates nothing."""
    return any(time.span[0] <= fact.span[0] < time.span[1] for time in kinds.get("clock-time", ()))


DATES = ("month", "weekday", "relday", "jalali", "hijri")


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in ("19", "20", "13", "14")


def _convert_calendar(kinds: defaultdict[str, list[Fact]]) -> None:
    """Remember which Gregorian days a date of another calendar may be, so that it can be compared."""
    for calendar in ("jalali", "hijri"):
        for fact in kinds.get(calendar, []):
            numbers = sorted(kinds["number"], key=lambda n: abs(n.index - fact.index))[:2]
            values = gregorian_days(calendar, int(fact.concept), [n.concept for n in numbers])
            kinds["foreign-date"].append(replace(fact, kind="foreign-date", values=values or ("?",)))


def _with_negation(modals: Sequence[Fact], negations: Sequence[Fact], rules: Rules | None) -> list[Fact]:
    """Obligations as they stand after negation: „müssen … nicht“ becomes `exempt`."""
    result = []
    for modal in modals:
        reached = rules is not None and any(
            negation.certain
            and negation.concept != "hardly"
            and negation.clause == modal.clause
            and abs(negation.index - modal.index) <= NEGATION_REACH
            and not modal.span[0] <= negation.span[0] < modal.span[1]
            for negation in negations
        )
        turned = rules.negated.get(modal.concept) if rules and reached else None
        result.append(replace(modal, values=tuple(turned.split("|"))) if turned else modal)
    return result
