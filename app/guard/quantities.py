"""Compares the numbers of two sentences, and what each number belongs to."""

from collections import Counter
from collections.abc import Iterator, Sequence

from app.core.types import Finding, Level
from app.guard.difference import AMBER, RED, changes, finding, unmatched
from app.guard.facts import Fact, Facts
from app.guard.rules import table


def compare_numbers(source: Facts, target: Facts) -> Iterator[Finding]:
    for fact, ours, theirs in (
        *((fact, fact, None) for fact in source.of("ambiguous")),
        *((fact, None, fact) for fact in target.of("ambiguous")),
    ):
        message = f"„{fact.concept}“ lässt sich verschieden lesen: bitte nachfragen"
        yield finding("number-ambiguous", message, AMBER, ours, theirs)
    missing, added = unmatched(source.of("number"), target.of("number"))
    _reconcile(missing, added, source, target)
    foreign = [*source.of("foreign-date"), *target.of("foreign-date")]
    if foreign:
        yield _foreign_date(source, target, foreign)
        return
    yield from changes("number", missing, added, _number_level)


def _number_level(fact: Fact) -> Level:
    """A missing „1“ may hide in an article or a singular: ask. Any other number is never spoken."""
    return AMBER if fact.concept == "1" else RED


def _reconcile(missing: list[Fact], added: list[Fact], source: Facts, target: Facts) -> None:
    """Times said in another way are no difference: 10:30 and „halb elf“, 14 Uhr and "2 pm"."""
    for left, right, other in ((missing, added, target), (added, missing, source)):
        for fact in [f for f in right if f.concept.endswith(".5")]:
            hour = _first(left, fact.concept.removesuffix(".5"))
            half = _first([f for f in left if f is not hour], "30")
            if hour is not None and half is not None:
                right.remove(fact)
                left.remove(hour)
                left.remove(half)
        late = {"noon", "afternoon", "evening", "night"} & {f.concept for f in other.of("daypart")}
        for fact in [f for f in left if late and f.concept.isdecimal() and len(f.concept) == 2]:
            twelve = _first(right, str(int(fact.concept) - 12))
            if twelve is not None:
                left.remove(fact)
                right.remove(twelve)


def _first(facts: Sequence[Fact], value: str) -> Fact | None:
    return next((fact for fact in facts if value in fact.values), None)


def _foreign_date(source: Facts, target: Facts, foreign: Sequence[Fact]) -> Finding:
    own, other = (source, foreign[0]) if target.of("foreign-date") else (target, foreign[0])
    days = {fact.concept for fact in own.of("number")}
    months = {fact.concept for fact in own.of("month")}
    for value in other.values:
        day, _, rest = value.partition("/")
        month, _, year = rest.partition("/")
        if day in days and month in months and year in days:
            return finding("date-calendar", "Datum steht in einem anderen Kalender", AMBER)
    if source.of("foreign-date") and target.of("foreign-date"):
        return finding("date-calendar", "Datum in einem anderen Kalender: bitte nachfragen", AMBER)
    return finding("date-changed", "Datum in einem anderen Kalender passt nicht", RED)


TIE_REACH = 3
"""Words between a number and what it counts."""
_PARTNERS = (("number", ("period", "form", "measure")), ("number", ("daypart",)), ("side", ("body",)))


def compare_ties(source: Facts, target: Facts) -> Iterator[Finding]:
    """The same facts, but tied to each other in another way: 2 morgens, 1 abends → 1 morgens, 2 abends."""
    for first, others in _PARTNERS:
        left, right = _ties(source, first, others), _ties(target, first, others)
        pairs, other_pairs = _concepts(left), _concepts(right)
        if len(left) > 1 and Counter(pairs) != Counter(other_pairs) and _same_ends(pairs, other_pairs):
            name = table("labels")["kind"][first]
            yield finding(f"{first}-swapped", f"{name}: Zuordnung ist vertauscht", RED)
    yield from _recounted(_ties(source, *_PARTNERS[0]), _ties(target, *_PARTNERS[0]))


def _recounted(left: Sequence[tuple[Fact, Fact]], right: Sequence[tuple[Fact, Fact]]) -> Iterator[Finding]:
    """A number that now counts something else of the same kind, even if that word also stands elsewhere."""
    for number, unit in left:
        same = [other for fact, other in right if fact.concept == number.concept]
        alone = sum(fact.concept == number.concept for fact, _ in left) == len(same) == 1
        if alone and same[0].kind == unit.kind and not set(same[0].values) & set(unit.values):
            yield from changes(unit.kind, [unit], [same[0]], lambda _: RED)


def _concepts(ties: Sequence[tuple[Fact, Fact]]) -> list[tuple[str, str]]:
    return [(first.concept, other.concept) for first, other in ties]


def _same_ends(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> bool:
    return all(Counter(tie[end] for tie in left) == Counter(tie[end] for tie in right) for end in (0, 1))


def _ties(facts: Facts, first: str, others: Sequence[str]) -> list[tuple[Fact, Fact]]:
    """Each certain fact with the nearest one of the other kinds in its clause, the following one first."""
    partners = [fact for kind in others for fact in facts.certain(kind)]
    ties = []
    for fact in facts.certain(first):
        near = [p for p in partners if p.clause == fact.clause and abs(p.index - fact.index) <= TIE_REACH]
        if near:
            ties.append((fact, min(near, key=lambda p: (abs(p.index - fact.index), p.index < fact.index))))
    return ties
