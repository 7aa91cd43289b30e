"""Patterns with example values, as a person would say them."""

from collections.abc import Mapping, Sequence

from app.content.render import format_value
from app.content.types import Slot


def filled(pattern: str, slots: Sequence[Slot], examples: Mapping[str, Sequence[str]], language: str) -> str:
    """The pattern with the first example of every slot, written for the language."""
    for slot in slots:
        value = examples[slot.name][0]
        said = format_value(slot.kind, value, language)
        pattern = pattern.replace(f"{{{slot.name}:{slot.kind}}}", said)
    return pattern
