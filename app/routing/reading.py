"""What a sentence says, in the form in which two sentences are compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.content.types import SlotKind


class Kind(StrEnum):
    """What a sentence does."""

    QUESTION = "question"
    INSTRUCTION = "instruction"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Amount:
    """A value of the sentence, or the gap where a pattern has a slot."""

    kind: SlotKind
    value: str
    beside: str = ""
    """Stem of the content word that follows: what is counted."""
    article: bool = False
    """The word may be a mere article („eine Tablette“)."""
    slot: str | None = None
    """Name of the slot if this is the gap of a pattern."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a sentence."""

    content: tuple[str, ...]
    """Stems or synonym groups of the words that carry the meaning, in order."""
    cues: Mapping[str, tuple[str, ...]]
    """Words of closed classes that must never differ, by class (negation, side, person …), in order."""
    amounts: tuple[Amount, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind)
    light: tuple[str, ...] = ()
    """Stems that carry little; compared only where there is no content."""
    order: tuple[str, ...] = ()
    """Cue values and amounts in the order in which they were said."""
    surface: str = ""
    """Folded words, for ranking."""
    marked: bool = True
    """False if the sentence came without a mark at its end, as from a recogniser that writes none."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Content stem → the word as it was said, for the comparison of misheard words."""
