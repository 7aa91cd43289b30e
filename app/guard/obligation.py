"""Compares what two sentences oblige, allow and forbid."""

from collections.abc import Iterator

from app.core.types import Finding
from app.guard.difference import AMBER, RED, finding, label, once
from app.guard.facts import Fact, Facts

_ACCEPTED = {
    "must": {"must", "should"},
    "should": {"should", "must", "may"},
    "may": {"may", "should"},
    "forbid": {"forbid"},
    "exempt": {"exempt"},
}
_REQUIRED = ("must", "forbid", "exempt")


def compare_obligation(source: Facts, target: Facts) -> Iterator[Finding]:
    """Every obligation of the source has one of its kind in the target, and no other came up."""
    own, other = source.of("modality"), target.of("modality")
    theirs = {value for fact in other for value in fact.values}
    ours = {value for fact in own for value in fact.values}
    for fact in once(own):
        if {value for own_value in fact.values for value in _ACCEPTED[own_value]} & theirs:
            if fact.values == ("exempt",) and not any(f.values == ("exempt",) for f in other):
                message = "„nicht müssen“ kann in der Übersetzung auch „nicht dürfen“ heißen"
                yield finding("obligation-ambiguous", message, AMBER, fact, None)
            continue
        rivals = [f for f in other if f.certain and not ours & set(f.values)]
        if rivals:
            yield _obligation_changed(fact, rivals[0])
        elif fact.certain and (
            fact.concept == "exempt" or (fact.concept == "forbid" and not target.of("negation"))
        ):
            word = label("modality", fact.concept)
            yield finding("obligation-missing", f"„{word}“ fehlt in der Übersetzung", AMBER, fact, None)
    if not own:
        for fact in [f for f in other if f.certain and set(f.values) <= {"exempt", "forbid"}]:
            if fact.concept == "exempt" or not source.of("negation"):
                message = f"„{label('modality', fact.concept)}“ steht nur in der Übersetzung"
                yield finding("obligation-added", message, AMBER, None, fact)


def _obligation_changed(gone: Fact, come: Fact) -> Finding:
    clear = len(gone.values) == len(come.values) == 1
    grave = clear and gone.concept in _REQUIRED and come.concept in _REQUIRED
    message = f"„{label('modality', gone.concept)}“ wurde zu „{label('modality', come.concept)}“"
    return finding("obligation-changed", message, RED if grave else AMBER, gone, come)
