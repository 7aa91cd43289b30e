"""Who acts and who is meant in a German sentence."""

import itertools
from collections.abc import Sequence

from app.routing.clause import Clause
from app.routing.german_words import german_words
from app.routing.reading import Kind

_SINGULAR_VERBS = frozenset(
    {"ist", "hat", "wird", "muss", "darf", "kann", "soll", "will", "war", "hatte", "tut"}
)


def add_persons(clause: Clause, cues: dict[str, list[str]]) -> None:
    """Who acts and who is meant; a dative that adds nothing („Ihnen“, „mir“) is left out."""
    said = set(clause.words)
    persons = set(cues.pop("person", []))
    if said & {"sie", "ihnen"}:
        persons.add("she" if _third_person(clause.words) else "you")
    if clause.kind is Kind.INSTRUCTION and "thou" not in persons and not said & {"wir", "ich"}:
        persons.add("you")
    acting = "we" if "wir" in said else "i" if "ich" in said else None
    if acting is not None:
        persons.discard("you")
    elif "you" in persons and not said & {"mich"}:
        persons -= {"i", "we"}
    if persons:
        cues["person"] = sorted(persons)
    if "sie" in said and "you" in persons and acting is None and _singular(clause.words):
        cues["agent"] = ["other"]


def _singular(words: Sequence[str]) -> bool:
    """Is the finite verb singular, so that „Sie“ is not the one who acts („Eine Frau untersucht Sie“)?"""
    forms = german_words()
    return any(
        word in _SINGULAR_VERBS
        or (word.endswith("t") and forms.verb(word) is not None and not forms.participle(word))
        for word in words
    )


def _third_person(words: Sequence[str]) -> bool:
    return any(
        {first, second} & {"sie"} and {first, second} & _SINGULAR_VERBS
        for first, second in itertools.pairwise(words)
    ) and not {"ihnen"} & set(words)
