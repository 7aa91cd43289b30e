"""Compares how often two sentences negate.

A language may negate by a word ("not married"), an affix („unverheiratet“) or a word of its own ("single").
Words of such a pair of opposites are poles: where both sentences hold the same pair, the negative pole counts
as one negation, and a negated negative pole („nicht ungefährlich“) says the same as the positive one.
"""

from collections.abc import Sequence

from app.core.types import Finding, Level
from app.guard.difference import AMBER, RED, finding
from app.guard.facts import Fact, Facts

NEGATIVE = "non-"
"""Begins the concept of a negative pole."""
CONCORD = frozenset({"concord", "each"})
"""Words that only repeat a negation; of „each“ several may stand for as many: «ни …, ни …»."""
LITOTES_REACH = 5
"""Words between a negation and the negative pole that it turns around."""
CLAUSE_OPENING = 2
"""A comma and a conjunction before the first word of a clause."""
SHORT_ANSWER = 3
"""Words of an answer in which a repeated negation («нічого») stands alone."""


def compare_negation(source: Facts, target: Facts, *, question: bool) -> list[Finding]:
    """At most one finding: a negation is missing, came up, or is one of several that differ in number."""
    shared = {_pair(fact) for fact in _poles(source)} & {_pair(fact) for fact in _poles(target)}
    (low, high), (other_low, other_high) = (
        _counted(source, shared, question),
        _counted(target, shared, question),
    )
    level = RED if question else AMBER
    if low and not other_high:
        cue = _cue(source)
        word = source.text[slice(*cue.span)]
        message = f"Verneinung „{word}“ fehlt in der Übersetzung"
        return [finding("negation-missing", message, level, cue, None)]
    if other_low and not high:
        message = "Verneinung steht nur in der Übersetzung"
        return [finding("negation-added", message, level, None, _cue(target))]
    if low > other_high or other_low > high:
        message = f"Verneinungen: {low} im Original, {other_low} in der Übersetzung"
        return [finding("negation-count", message, AMBER)]
    return _turned(source, target, shared, level)


def _turned(source: Facts, target: Facts, shared: set[str], level: Level) -> list[Finding]:
    """Poles that each sentence holds once and that their clauses state in opposite senses.

    „Ungültig, weil … fehlt“: as many negations as in "valid because … is missing", but not at the same place.
    """
    for pair in sorted(shared - {"fasting"}):
        own = [fact for fact in source.of("pole") if _pair(fact) == pair]
        other = [fact for fact in target.of("pole") if _pair(fact) == pair]
        if len(own) != 1 or len(other) != 1:
            continue
        senses = {_sense(source, own[0]), _sense(target, other[0])}
        if senses == {True, False}:
            word = source.text[slice(*own[0].span)]
            message = f"„{word}“ hat in der Übersetzung den umgekehrten Sinn"
            return [finding("negation-turned", message, level, own[0], other[0])]
    return []


def _sense(facts: Facts, pole: Fact) -> bool | None:
    """True where a clause says the positive pole; None where its negations are not certain."""
    beside = [f for f in facts.of("negation") if f.clause == pole.clause and not _inside(f, pole)]
    if any(not fact.certain or fact.concept != "neg" for fact in beside):
        return None
    return (len(beside) % 2 == 1) == pole.concept.startswith(NEGATIVE)


def _poles(facts: Facts) -> list[Fact]:
    """Words that hold a negation inside, or its opposite; an empty stomach is one without any negation."""
    return [*facts.of("pole"), *(fact for fact in facts.of("meal") if fact.concept == "fasting")]


def _pair(fact: Fact) -> str:
    return fact.concept.removeprefix(NEGATIVE)


def _counted(facts: Facts, shared: set[str], question: bool) -> tuple[int, int]:
    """Fewest and most negations a text may hold, poles of the shared pairs counted as such."""
    poles = [fact for fact in _poles(facts) if _pair(fact) in shared]
    loose = [fact for fact in facts.of("negation") if not any(_inside(fact, pole) for pole in poles)]
    plain = [fact for fact in loose if fact.concept not in CONCORD]
    negative = [pole for pole in poles if pole.concept.startswith(NEGATIVE)]
    for pole in list(negative):
        turned = [f for f in plain if f.certain and f.clause == pole.clause and _near(f, pole)]
        if turned:
            plain.remove(min(turned, key=lambda fact: abs(fact.index - pole.index)))
            negative.remove(pole)
    low = sum(fact.certain for fact in plain) + len(negative)
    concord = [fact for fact in loose if fact.concept in CONCORD]
    if concord and not low and _short(facts):
        return 1, len(loose)
    alone = _elliptical(facts, concord, plain)
    if not low and alone and not question:
        low = 1
    repeated = any(fact.certain and fact.concept == "neg" for fact in plain)
    several = sum(fact.concept == "each" for fact in concord)
    return low, len(plain) + len(negative) + (several if repeated else len(alone))


def _inside(fact: Fact, pole: Fact) -> bool:
    return pole.span[0] <= fact.span[0] < pole.span[1]


def _near(negation: Fact, pole: Fact) -> bool:
    return negation.concept == "neg" and abs(negation.index - pole.index) <= LITOTES_REACH


def _short(facts: Facts) -> bool:
    return sum(token.kind == "word" for token in facts.tokens) <= SHORT_ANSWER


def _elliptical(facts: Facts, concord: Sequence[Fact], plain: Sequence[Fact]) -> list[Fact]:
    """Words that repeat a negation and open a later clause without one: „…, niciodată pe stomacul gol“.

    There they negate by themselves, as no verb follows that could.
    """
    negated = {0, *(fact.clause for fact in plain if fact.certain)}
    starts: dict[int, int] = {}
    for index, token in enumerate(facts.tokens):
        starts.setdefault(token.clause, index)
    opening = [fact for fact in concord if fact.index - starts[fact.clause] <= CLAUSE_OPENING]
    return list({fact.clause: fact for fact in opening if fact.clause not in negated}.values())


def _cue(facts: Facts) -> Fact:
    """The place to show: a certain negation, else a word that holds one."""
    own = facts.of("negation")
    certain = next((fact for fact in own if fact.certain and fact.concept not in CONCORD), None)
    poles = (fact for fact in facts.of("pole") if fact.concept.startswith(NEGATIVE))
    return certain or next(poles, None) or own[0]
