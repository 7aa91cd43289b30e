"""Compares what was said with what a phrase says: the same, near, or not."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.content.types import SlotKind
from app.routing.reading import Amount, Kind, Reading

Meant = Callable[[str, str], bool]
"""Could the first word be the second, misheard or misspelt?"""

_FEW = 2
"""Up to this many content words „sich“ decides what is meant („Legen Sie sich hin“, „Legen Sie das hin“)."""
_SOFT_IN_QUESTIONS = ("also", "maybe")
_SOFT_LOSS = 0.2
"""What a question loses that has such a word more or less: the one with the same words is preferred."""
_SEQUENCED = ("side", "daytime", "order", "negation", "quantity")


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase reading beside the reading of what was said."""

    same: bool
    """True if nothing at all differs that could change the meaning."""
    score: float
    """0…1, for the order of offers."""
    slots: Mapping[str, str]


def compare(said: Reading, phrase: Reading, weight: Callable[[str], float], meant: Meant) -> Match:
    """Compare two readings. `weight` tells how telling a stem is, `meant` which words may be misheard."""
    pairs = _align(said, phrase, meant)
    slots = _fill(said, phrase)
    differences = _differences(said, phrase)
    complete = not pairs.left_said and not pairs.left_phrase
    kind = bool(said.kinds & phrase.kinds) or (not said.marked and said.surface == phrase.surface)
    same = complete and slots is not None and not differences and kind
    if same and not phrase.content:
        same = Counter(said.light) == Counter(phrase.light) and bool(
            phrase.light or phrase.cues or phrase.amounts
        )
    score = _overlap(pairs, weight) - 0.05 * len(differences) - (0.08 if slots is None else 0)
    if not kind:
        score -= 0.07
    if same and said.cues.get("quantity", ()) != phrase.cues.get("quantity", ()):
        score -= _SOFT_LOSS
    return Match(same, max(0.0, min(1.0, score)), slots or {})


@dataclass(frozen=True, slots=True)
class _Pairs:
    both: tuple[str, ...]
    left_said: tuple[str, ...]
    left_phrase: tuple[str, ...]


def _align(said: Reading, phrase: Reading, meant: Meant) -> _Pairs:
    ours, theirs = Counter(said.content), Counter(phrase.content)
    both = list((ours & theirs).elements())
    left_said, left_phrase = list((ours - theirs).elements()), list((theirs - ours).elements())
    allowed = max(1, len(phrase.content) // 2)
    for stem in list(left_said)[: allowed + 1]:
        word = said.words.get(stem, stem)
        found = next((other for other in left_phrase if meant(word, phrase.words.get(other, other))), None)
        if found is not None and allowed > 0:
            allowed -= 1
            both.append(found)
            left_said.remove(stem)
            left_phrase.remove(found)
    return _Pairs(tuple(both), tuple(left_said), tuple(left_phrase))


def _differences(said: Reading, phrase: Reading) -> list[str]:
    found = []
    for name in said.cues.keys() | phrase.cues.keys():
        ours, theirs = _compared(name, said), _compared(name, phrase)
        if name == "owner":
            found += ["owner"] if ours and theirs and set(ours) != set(theirs) else []
        elif _free(name, said, phrase):
            continue
        elif ours != theirs:
            found += [name] * max(1, ((ours - theirs) + (theirs - ours)).total() // 2)
    if not found and _sequence_matters(phrase) and said.order != phrase.order:
        found.append("sequence")
    return found


def _compared(name: str, reading: Reading) -> Counter[str]:
    """The cue values that must be found in the other reading too."""
    values = Counter(reading.cues.get(name, ()))
    if name == "order" and "more" in reading.cues.get("quantity", ()):
        del values["since"]
    if name == "quantity" and reading.kinds == {Kind.QUESTION}:
        for soft in _SOFT_IN_QUESTIONS:
            del values[soft]
    return values


def _free(name: str, said: Reading, phrase: Reading) -> bool:
    """May the two differ in this class?"""
    if name == "self":
        return len(phrase.content) > _FEW
    return name == "person" and _both_you(said, phrase)


def _both_you(said: Reading, phrase: Reading) -> bool:
    """„Tut Ihnen der Kopf weh?“ and „Tut der Kopf weh?“ both ask the person addressed."""
    persons = {said.cues.get("person", ()), phrase.cues.get("person", ())}
    question = Kind.QUESTION in said.kinds & phrase.kinds
    yours = "yours" in said.cues.get("owner", ()) or "yours" in phrase.cues.get("owner", ())
    return persons == {(), ("you",)} and (question or yours)


def _sequence_matters(phrase: Reading) -> bool:
    if "only" in phrase.cues.get("quantity", ()):
        return True
    counts = [len(phrase.cues.get(name, ())) for name in _SEQUENCED]
    return max(counts) > 1 or (bool(phrase.cues.get("negation")) and sum(counts) > 2)


def _fill(said: Reading, phrase: Reading) -> dict[str, str] | None:
    """Values for the slots of the phrase; None if the amounts of the two differ."""
    ours = list(said.amounts)
    slots: dict[str, str] = {}
    wanted = [amount for amount in phrase.amounts if not amount.article or amount.slot]
    for amount in wanted:
        found = next((a for a in ours if _fits(a, amount)), None)
        if found is None:
            return None
        ours.remove(found)
        if amount.slot is not None:
            slots[amount.slot] = found.value
    articles = [amount for amount in phrase.amounts if amount.article and amount.slot is None]
    left = [a for a in ours if not a.article and not any(_fits(a, b) for b in articles)]
    return None if left else slots


def _fits(said: Amount, wanted: Amount) -> bool:
    if said.kind is not wanted.kind and not {said.kind, wanted.kind} <= {SlotKind.NUMBER}:
        return False
    if said.beside != wanted.beside and ((said.beside and wanted.beside) or said.article):
        return False
    return wanted.slot is not None or said.value == wanted.value


def _overlap(pairs: _Pairs, weight: Callable[[str], float]) -> float:
    shared = 2 * sum(map(weight, pairs.both))
    total = shared + sum(map(weight, pairs.left_said)) + sum(map(weight, pairs.left_phrase))
    return shared / total if total else 0.0
