"""What is read from the tokens of a text as a number or as a part of a date."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """A number (or a part of a date) read from tokens[start:end]."""

    kind: str
    values: tuple[str, ...]
    certain: bool
    start: int
    end: int
    digits: bool = False
    joined: bool = False
    fixed: bool = False
    """True where it belongs to a time of day and must not be added to its neighbours."""
