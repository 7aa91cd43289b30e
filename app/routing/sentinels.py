"""Lets a sentence reader read phrase patterns: every slot is replaced by a value that nobody says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.content.types import Slot, SlotKind
from app.routing.reading import Amount, Reading

PLACE = "ortsplatzhalter"


@dataclass(frozen=True, slots=True)
class Filled:
    """A pattern with sentinels in place of its slots."""

    text: str
    slots: dict[tuple[SlotKind, str], str]
    """Kind and canonical sentinel value → slot name."""


def fill(pattern: str, slots: Sequence[Slot]) -> Filled:
    """Replace each slot by its sentinel."""
    names: dict[tuple[SlotKind, str], str] = {}
    for number, slot in enumerate(slots):
        said, value = _sentinel(slot.kind, number)
        gap = f"{{{slot.name}:{slot.kind}}}"
        if gap in pattern:
            pattern = pattern.replace(gap, said)
            names[slot.kind, value] = slot.name
            if slot.kind is SlotKind.NUMBER:
                names[SlotKind.QUANTITY, value] = slot.name
    return Filled(pattern, names)


def name_slots(reading: Reading, filled: Filled) -> Reading:
    """Turn the sentinels among the amounts of a reading into slots."""
    return replace(reading, amounts=tuple(_named(amount, filled) for amount in reading.amounts))


def _named(amount: Amount, filled: Filled) -> Amount:
    key = amount.value.split()[0] if amount.kind is SlotKind.QUANTITY else amount.value
    name = filled.slots.get((amount.kind, key))
    return amount if name is None else replace(amount, slot=name)


def _sentinel(kind: SlotKind, number: int) -> tuple[str, str]:
    match kind:
        case SlotKind.NUMBER:
            return f"{90_871 + number}", f"{90_871 + number}"
        case SlotKind.QUANTITY:
            return f"{90_871 + number} ml", f"{90_871 + number}"
        case SlotKind.TIME:
            return f"23:5{number}", f"23:5{number}"
        case SlotKind.DATE:
            return f"1{number}.11.2199", f"2199-11-1{number}"
        case _:
            return f"{PLACE}{'abcdefghij'[number]}", PLACE
