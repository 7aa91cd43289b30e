"""Reads phrase patterns such as `Warten Sie {minuten:number} Minuten.`"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from babel import Locale

from app.content.types import Slot, SlotKind
from app.core.languages import language as language_row

SLOT = re.compile(r"\{([a-z][a-z0-9_]*):([a-z]+)\}")
_BRACE = re.compile(r"[{}]")
_KINDS = [kind.value for kind in SlotKind]


class PatternError(ValueError):
    """The text between braces is not a slot; the message is German."""


def slots_of(pattern: str) -> tuple[Slot, ...]:
    """The slots in order of appearance. Raises PatternError."""
    found = []
    for name, kind in SLOT.findall(pattern):
        if kind not in _KINDS:
            raise PatternError(f"unbekannte Art „{kind}“ des Platzhalters „{name}“")
        found.append(Slot(name, SlotKind(kind)))
    if _BRACE.search(SLOT.sub("", pattern)):
        raise PatternError("geschweifte Klammer ohne gültigen Platzhalter {name:art}")
    return tuple(found)


def slot_difference(
    wanted: Sequence[Slot], found: Sequence[Slot], optional: str | None = None
) -> tuple[list[Slot], list[Slot]]:
    """What a translation lacks and what it has too many of; a slot named `optional` may be left out."""
    missing = [slot for slot in wanted if slot not in found and slot.name != optional]
    foreign = [slot for n, slot in enumerate(found) if slot not in wanted or slot in found[:n]]
    return missing, foreign


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    return Locale.parse(language_row(language).cldr)


@lru_cache(maxsize=64)
def plural_numbers(language: str) -> Mapping[str, int | None]:
    """CLDR plural categories, each with its only number, or None if it serves several.

    Arabic `two` serves 2 alone, so a text may spell it out; Ukrainian `one` serves 21 too and needs digits.
    """
    locale = locale_of(language)
    members: dict[str, list[int]] = {}
    for number in range(200):
        members.setdefault(locale.plural_form(number), []).append(number)
    for category in (*locale.plural_form.tags, "other"):
        members.setdefault(category, [])
    return {category: numbers[0] if len(numbers) == 1 else None for category, numbers in members.items()}
