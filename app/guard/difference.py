"""Findings about facts of one side that have no counterpart on the other."""

from collections.abc import Callable, Iterator, Sequence

from app.core.types import Finding, Level
from app.guard.facts import Fact
from app.guard.rules import table

AMBER, RED = Level.AMBER, Level.RED


def label(kind: str, concept: str) -> str:
    """German word for a concept, as staff read it."""
    word = table("labels").get(kind, {}).get(concept, concept)
    return str(word).replace(".", ",") if kind == "number" else str(word)


def unmatched(source: Sequence[Fact], target: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Certain facts of each side without a counterpart; uncertain ones only serve as counterparts."""
    left = [fact for fact in source if fact.certain]
    right = [fact for fact in target if fact.certain]
    pair_off(left, right)
    pair_off(left, [fact for fact in target if not fact.certain])
    pair_off(right, [fact for fact in source if not fact.certain])
    return left, right


def pair_off(left: list[Fact], right: list[Fact]) -> None:
    for fact in list(left):
        partner = next((other for other in right if set(fact.values) & set(other.values)), None)
        if partner is not None:
            left.remove(fact)
            right.remove(partner)


def changes(
    kind: str, missing: Sequence[Fact], added: Sequence[Fact], level_of: Callable[[Fact], Level | None]
) -> Iterator[Finding]:
    """Findings for facts without counterpart; one from each side makes „A wurde zu B“."""
    name = table("labels")["kind"].get(kind, kind)
    pairs = min(len(missing), len(added))
    for gone, come in zip(missing[:pairs], added[:pairs], strict=True):
        level = max((level_of(gone), level_of(come)), key=_rank)
        message = f"{name} „{label(kind, gone.concept)}“ wurde zu „{label(kind, come.concept)}“"
        if level is not None:
            yield finding(f"{kind}-changed", message, level, gone, come)
    for fact in missing[pairs:]:
        if (level := level_of(fact)) is not None:
            message = f"{name} {label(kind, fact.concept)} fehlt in der Übersetzung"
            yield finding(f"{kind}-missing", message, level, fact, None)
    for fact in added[pairs:]:
        if (level := level_of(fact)) is not None:
            message = f"{name} {label(kind, fact.concept)} steht nur in der Übersetzung"
            yield finding(f"{kind}-added", message, level, None, fact)


def _rank(level: Level | None) -> int:
    return {None: 0, Level.GREEN: 0, Level.AMBER: 1, Level.RED: 2}[level]


def finding(
    code: str, message: str, level: Level, source: Fact | None = None, target: Fact | None = None
) -> Finding:
    return Finding(code, message, level, source.span if source else None, target.span if target else None)


def once(facts: Sequence[Fact]) -> list[Fact]:
    return list({fact.concept: fact for fact in reversed(facts)}.values())
