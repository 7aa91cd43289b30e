"""What somebody asks to be printed."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """One document: a layout, its languages and what stands in it."""

    layout: str
    languages: tuple[str, ...]
    """Codes of the languages beside German, in the order of the pages."""
    topic: str = ""
    phrases: tuple[str, ...] = ()
    """Ids of the phrases to print; empty: the whole topic."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Canonical values by slot name; what is missing becomes a line to write on."""
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Values of single phrases by phrase id; they count before `slots`."""
    office: str = ""
    """Name of the office, as it stands at the head of a page."""
    logo: Path | None = None
    """Picture of the office: SVG, PNG or JPEG."""
    large: bool = False
    codes: bool = False
    """QR codes beside cards that hold the sentence itself, never a link."""
    day: datetime.date = field(default_factory=datetime.date.today)
    """Date on the page; also decides which approvals have ended."""

    def values(self, phrase: str) -> dict[str, str]:
        """The values of one phrase, by slot name."""
        return {**self.slots, **self.own.get(phrase, {})}
