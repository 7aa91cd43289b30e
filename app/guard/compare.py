"""Compares the facts of a sentence with those of its translation."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.types import Finding, Level
from app.guard.difference import AMBER, RED, changes, once, pair_off, unmatched
from app.guard.facts import Fact, Facts
from app.guard.negation import compare_negation
from app.guard.obligation import compare_obligation
from app.guard.quantities import compare_numbers, compare_ties


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


UNIT_REACH = 2
"""Words between a unit and the number that makes it a dose."""


def compare(source: Facts, target: Facts, *, question: bool) -> list[Finding]:
    """Everything that differs between two sentences, most specific first."""
    findings = list(compare_numbers(source, target))
    if source.rules is None or target.rules is None:
        return findings
    for kind, weights in KINDS.items():
        if kind in source.kinds or kind in target.kinds:
            findings += _kind(kind, weights, source, target)
    findings += compare_negation(source, target, question=question)
    findings += compare_obligation(source, target)
    findings += compare_ties(source, target)
    return findings


def _kind(kind: str, weights: Weights, source: Facts, target: Facts) -> Iterator[Finding]:
    gone, come = source.certain(kind), target.certain(kind)
    pair_off(gone, come)
    missing, added = unmatched(source.of(kind), target.of(kind))
    if gone and come and (missing or added):
        both = min(len(gone), len(come))
        yield from changes(kind, gone[:both], come[:both], lambda _: weights.changed)
        return
    known = {value for fact in source.of(kind) for value in fact.values}
    present = {value for fact in target.of(kind) for value in fact.values}
    rivals = [fact for fact in target.of(kind) if known.isdisjoint(fact.values)]
    rivalled = [fact for fact in source.of(kind) if present.isdisjoint(fact.values)]
    opposite = {fact.concept for fact in (*missing, *added, *rivals, *rivalled)} == {"before", "after"}
    if kind == "order" and opposite and ((missing and rivals) or (added and rivalled)):
        yield from changes(kind, (missing or rivalled)[:1], (added or rivals)[:1], lambda _: AMBER)
        return
    missing = once([fact for fact in missing if present.isdisjoint(fact.values)])
    added = once([fact for fact in added if known.isdisjoint(fact.values)])
    lost, new = weights.missing, weights.added
    yield from changes(kind, missing, [], lambda fact: _counted(lost, fact, source, target))
    yield from changes(kind, [], added, lambda fact: _counted(new, fact, target, source))


def _counted(level: Level | None, fact: Fact, facts: Facts, other: Facts) -> Level | None:
    """Units without a number („Wie viel Grad?“) are no dose and need not be there word for word.

    A part of the day beside a time of day says nothing new: „14 Uhr“, "2 in the afternoon".
    """
    if fact.kind == "daypart" and "clock" in other.kinds:
        return None
    if fact.kind not in ("measure", "form"):
        return level
    return level if any(abs(n.index - fact.index) <= UNIT_REACH for n in facts.certain("number")) else None
