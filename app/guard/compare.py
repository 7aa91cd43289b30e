"""Compares the facts of a sentence with those of its translation."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.core.types import Finding, Level
from app.guard.facts import Fact, Facts
from app.guard.rules import table

AMBER, RED = Level.AMBER, Level.RED


@dataclass(frozen=True, slots=True)
class Weights:
    """How bad it is when a concept was exchanged, is missing, or came up; None: not worth asking."""

    changed: Level
    missing: Level | None
    added: Level | None


KINDS = {
    "measure": Weights(RED, RED, AMBER),
    "form": Weights(RED, AMBER, None),
    "period": Weights(RED, AMBER, None),
    "month": Weights(RED, RED, RED),
    "weekday": Weights(RED, RED, AMBER),
    "relday": Weights(RED, AMBER, AMBER),
    "daypart": Weights(RED, AMBER, AMBER),
    "side": Weights(RED, AMBER, AMBER),
    "level": Weights(AMBER, None, None),
    "order": Weights(RED, None, None),
    "meal": Weights(RED, None, None),
    "body": Weights(AMBER, None, None),
    "bound": Weights(AMBER, None, None),
    "polar": Weights(AMBER, None, None),
    "answer": Weights(RED, None, None),
}
"""Red where a changed concept changes what the patient does or is given; the rest is asked."""


def compare(source: Facts, target: Facts, *, question: bool) -> list[Finding]:
    """Everything that differs between two sentences, most specific first."""
    findings = list(_numbers(source, target))
    if source.rules is None or target.rules is None:
        return findings
    for kind, weights in KINDS.items():
        if kind in source.kinds or kind in target.kinds:
            findings += _kind(kind, weights, source, target)
    findings += _negation(source, target, question)
    findings += _obligation(source, target)
    findings += _swapped(source, target)
    return findings


def label(kind: str, concept: str) -> str:
    """German word for a concept, as staff read it."""
    word = table("labels").get(kind, {}).get(concept, concept)
    return str(word).replace(".", ",") if kind == "number" else str(word)


def unmatched(source: Sequence[Fact], target: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Certain facts of each side without a counterpart; uncertain ones only serve as counterparts."""
    left = [fact for fact in source if fact.certain]
    right = [fact for fact in target if fact.certain]
    _pair_off(left, right)
    _pair_off(left, [fact for fact in target if not fact.certain])
    _pair_off(right, [fact for fact in source if not fact.certain])
    return left, right


def _pair_off(left: list[Fact], right: list[Fact]) -> None:
    for fact in list(left):
        partner = next((other for other in right if set(fact.values) & set(other.values)), None)
        if partner is not None:
            left.remove(fact)
            right.remove(partner)


def _numbers(source: Facts, target: Facts) -> Iterator[Finding]:
    for fact, ours, theirs in (
        *((fact, fact, None) for fact in source.of("ambiguous")),
        *((fact, None, fact) for fact in target.of("ambiguous")),
    ):
        message = f"„{fact.concept}“ lässt sich verschieden lesen: bitte nachfragen"
        yield _finding("number-ambiguous", message, AMBER, ours, theirs)
    missing, added = unmatched(source.of("number"), target.of("number"))
    _reconcile(missing, added, source, target)
    foreign = [*source.of("foreign-date"), *target.of("foreign-date")]
    if foreign:
        yield _foreign_date(source, target, foreign)
        return
    yield from _changes("number", missing, added, _number_level)


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
            return _finding("date-calendar", "Datum steht in einem anderen Kalender", AMBER)
    if source.of("foreign-date") and target.of("foreign-date"):
        return _finding("date-calendar", "Datum in einem anderen Kalender: bitte nachfragen", AMBER)
    return _finding("date-changed", "Datum in einem anderen Kalender passt nicht", RED)


def _changes(
    kind: str, missing: Sequence[Fact], added: Sequence[Fact], level_of: Callable[[Fact], Level | None]
) -> Iterator[Finding]:
    """Findings for facts without counterpart; one from each side makes „A wurde zu B“."""
    name = table("labels")["kind"].get(kind, kind)
    pairs = min(len(missing), len(added))
    for gone, come in zip(missing[:pairs], added[:pairs], strict=True):
        level = max((level_of(gone), level_of(come)), key=_rank)
        message = f"{name} „{label(kind, gone.concept)}“ wurde zu „{label(kind, come.concept)}“"
        if level is not None:
            yield _finding(f"{kind}-changed", message, level, gone, come)
    for fact in missing[pairs:]:
        if (level := level_of(fact)) is not None:
            message = f"{name} {label(kind, fact.concept)} fehlt in der Übersetzung"
            yield _finding(f"{kind}-missing", message, level, fact, None)
    for fact in added[pairs:]:
        if (level := level_of(fact)) is not None:
            message = f"{name} {label(kind, fact.concept)} steht nur in der Übersetzung"
            yield _finding(f"{kind}-added", message, level, None, fact)


def _rank(level: Level | None) -> int:
    return {None: 0, Level.GREEN: 0, Level.AMBER: 1, Level.RED: 2}[level]


def _kind(kind: str, weights: Weights, source: Facts, target: Facts) -> Iterator[Finding]:
    gone, come = source.certain(kind), target.certain(kind)
    _pair_off(gone, come)
    missing, added = unmatched(source.of(kind), target.of(kind))
    if gone and come and (missing or added):
        both = min(len(gone), len(come))
        yield from _changes(kind, gone[:both], come[:both], lambda _: weights.changed)
        return
    known = {value for fact in source.of(kind) for value in fact.values}
    present = {value for fact in target.of(kind) for value in fact.values}
    rivals = [fact for fact in target.of(kind) if known.isdisjoint(fact.values)]
    rivalled = [fact for fact in source.of(kind) if present.isdisjoint(fact.values)]
    opposite = {fact.concept for fact in (*missing, *added, *rivals, *rivalled)} == {"before", "after"}
    if kind == "order" and opposite and ((missing and rivals) or (added and rivalled)):
        yield from _changes(kind, (missing or rivalled)[:1], (added or rivals)[:1], lambda _: AMBER)
        return
    missing = _once([fact for fact in missing if present.isdisjoint(fact.values)])
    added = _once([fact for fact in added if known.isdisjoint(fact.values)])
    lost, new = weights.missing, weights.added
    yield from _changes(kind, missing, [], lambda fact: _counted(lost, fact, source, target))
    yield from _changes(kind, [], added, lambda fact: _counted(new, fact, target, source))


def _counted(level: Level | None, fact: Fact, facts: Facts, other: Facts) -> Level | None:
    """Units without a number („Wie viel Grad?“) are no dose and need not be there word for word.

    A part of the day beside a time of day says nothing new: „14 Uhr“, "2 in the afternoon".
    """
    if fact.kind == "daypart" and "clock" in other.kinds:
        return None
    if fact.kind not in ("measure", "form"):
        return level
    return level if any(abs(n.index - fact.index) <= UNIT_REACH for n in facts.certain("number")) else None


def _once(facts: Sequence[Fact]) -> list[Fact]:
    return list({fact.concept: fact for fact in reversed(facts)}.values())


def _negation(source: Facts, target: Facts, question: bool) -> Iterator[Finding]:
    (low, high), (other_low, other_high) = _negated(source), _negated(target)
    level = RED if question else AMBER
    if low and not other_high:
        cue = _cue(source)
        word = source.text[slice(*cue.span)]
        yield _finding("negation-missing", f"Verneinung „{word}“ fehlt in der Übersetzung", level, cue, None)
    elif other_low and not high:
        yield _finding("negation-added", "Verneinung steht nur in der Übersetzung", level, None, _cue(target))
    elif low > other_high or other_low > high:
        message = f"Verneinungen: {low} im Original, {other_low} in der Übersetzung"
        yield _finding("negation-count", message, AMBER)


def _negated(facts: Facts) -> tuple[int, int]:
    """Fewest and most negations a text may hold.

    Words that only repeat a negation («нічого», „nimic“) count where they stand alone, as an answer does.
    """
    own = facts.of("negation")
    concord = [fact for fact in own if fact.concept == "concord"]
    plain = [fact for fact in own if fact.concept != "concord"]
    low = sum(fact.certain for fact in plain)
    if concord and not low and sum(token.kind == "word" for token in facts.tokens) <= SHORT_ANSWER:
        return 1, len(own)
    repeated = any(fact.certain and fact.concept == "neg" for fact in plain)
    return low, len(plain) + (len(concord) if repeated else 0)


def _cue(facts: Facts) -> Fact:
    return next(fact for fact in facts.of("negation") if fact.certain)


SHORT_ANSWER = 3
_ACCEPTED = {
    "must": {"must", "should"},
    "should": {"should", "must", "may"},
    "may": {"may", "should"},
    "forbid": {"forbid"},
    "exempt": {"exempt"},
}
_REQUIRED = ("must", "forbid", "exempt")


def _obligation(source: Facts, target: Facts) -> Iterator[Finding]:
    """Every obligation of the source has one of its kind in the target, and no other came up."""
    own, other = source.of("modality"), target.of("modality")
    theirs = {value for fact in other for value in fact.values}
    ours = {value for fact in own for value in fact.values}
    for fact in _once(own):
        if {value for own_value in fact.values for value in _ACCEPTED[own_value]} & theirs:
            if fact.values == ("exempt",) and not any(f.values == ("exempt",) for f in other):
                message = "„nicht müssen“ kann in der Übersetzung auch „nicht dürfen“ heißen"
                yield _finding("obligation-ambiguous", message, AMBER, fact, None)
            continue
        rivals = [f for f in other if f.certain and not ours & set(f.values)]
        if rivals:
            yield _obligation_changed(fact, rivals[0])
        elif fact.certain and (
            fact.concept == "exempt" or (fact.concept == "forbid" and not target.of("negation"))
        ):
            word = label("modality", fact.concept)
            yield _finding("obligation-missing", f"„{word}“ fehlt in der Übersetzung", AMBER, fact, None)
    if not own:
        for fact in [f for f in other if f.certain and set(f.values) <= {"exempt", "forbid"}]:
            if fact.concept == "exempt" or not source.of("negation"):
                message = f"„{label('modality', fact.concept)}“ steht nur in der Übersetzung"
                yield _finding("obligation-added", message, AMBER, None, fact)


def _obligation_changed(gone: Fact, come: Fact) -> Finding:
    clear = len(gone.values) == len(come.values) == 1
    grave = clear and gone.concept in _REQUIRED and come.concept in _REQUIRED
    message = f"„{label('modality', gone.concept)}“ wurde zu „{label('modality', come.concept)}“"
    return _finding("obligation-changed", message, RED if grave else AMBER, gone, come)


UNIT_REACH = 2
TIE_REACH = 3
"""Words between a number and what it counts."""
_PARTNERS = (("number", ("period", "form", "measure")), ("number", ("daypart",)), ("side", ("body",)))


def _swapped(source: Facts, target: Facts) -> Iterator[Finding]:
    """The same facts, but tied to each other in another way: 2 morgens, 1 abends → 1 morgens, 2 abends."""
    for first, others in _PARTNERS:
        left, right = _ties(source, first, others), _ties(target, first, others)
        pairs, other_pairs = _concepts(left), _concepts(right)
        if len(left) > 1 and Counter(pairs) != Counter(other_pairs) and _same_ends(pairs, other_pairs):
            name = table("labels")["kind"][first]
            yield _finding(f"{first}-swapped", f"{name}: Zuordnung ist vertauscht", RED)
    yield from _recounted(_ties(source, *_PARTNERS[0]), _ties(target, *_PARTNERS[0]))


def _recounted(left: Sequence[tuple[Fact, Fact]], right: Sequence[tuple[Fact, Fact]]) -> Iterator[Finding]:
    """A number that now counts something else of the same kind, even if that word also stands elsewhere."""
    for number, unit in left:
        same = [other for fact, other in right if fact.concept == number.concept]
        alone = sum(fact.concept == number.concept for fact, _ in left) == len(same) == 1
        if alone and same[0].kind == unit.kind and not set(same[0].values) & set(unit.values):
            yield from _changes(unit.kind, [unit], [same[0]], lambda _: RED)


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


def _finding(
    code: str, message: str, level: Level, source: Fact | None = None, target: Fact | None = None
) -> Finding:
    return Finding(code, message, level, source.span if source else None, target.span if target else None)
