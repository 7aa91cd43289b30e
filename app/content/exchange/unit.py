"""What every exchange format carries: one German text and its translation, with what we hold beside them.

An entry (a phrase, a concept) travels as several units of the same id: one per plural category, alternative
wording, accepted or avoided term. Formats know units only.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from app.core.errors import InputError

OTHER, TERM, VARIANT, AVOID, REASON = "other", "term", "variant", "avoid", "reason"
"""Forms of a phrase are plural categories and `female`, `male`, `informal`; of a concept `term`, `variant.1`,
`avoid.1`."""
MAX_REMARKS = 100
"""Different remarks kept of one file."""
_NAME = re.compile(r"([^#\s]+/[^#\s]+)#([a-z]+(?:\.\d+)?)")
_TOKEN = re.compile(r"([\w-]+)\.([\w-]+)\.([a-z]+(?:\.\d+)?)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def shown(text: str, limit: int = 80) -> str:
    """Text of a foreign file for a message: on one line, no control characters, cut after `limit`."""
    line = _CONTROL.sub("�", " ".join(text.split()))
    return line if len(line) <= limit else f"{line[:limit]}…"


class Trouble(NamedTuple):
    """Why something cannot be used, and in which form (empty: in none in particular)."""

    form: str
    reason: str
    """German."""


class Claim(StrEnum):
    """How far a file says the work has come. What is taken over from it, `difference` decides."""

    OPEN = "open"
    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Unit:
    """One text with its translation, as it stands in a file."""

    id: str
    """`topic/slug`; whatever a foreign file has; empty if it has nothing."""
    form: str
    """Empty if the file does not say."""
    source: str
    """German pattern, slots as `{name:kind}`."""
    target: str = ""
    """Empty: not translated."""
    claim: Claim = Claim.OPEN
    comment: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    """What a translator should know and what makes the journey lossless: kind, note, source_hash, …"""
    line: int | None = None
    trouble: str = ""
    """Why the unit cannot be used, German; empty if it can."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself."""

    kind: str
    """`phrases` or `glossary` in files of ours, whatever name of the original a foreign file has."""
    language: str
    """BCP 47 tag of the target language; empty if the file does not say."""
    source: str = "de"
    """BCP 47 tag of the source language; empty if the file does not say."""


@dataclass(slots=True)
class Remarks:
    """What a reader did not understand or left behind: first line and count, in order of appearance."""

    found: dict[str, tuple[int | None, int]] = field(default_factory=dict)

    def add(self, what: str, line: int | None = None) -> None:
        what = shown(what, 160)
        if len(self.found) >= MAX_REMARKS and what not in self.found:
            what = "anderes"
        first, count = self.found.get(what, (line, 0))
        self.found[what] = (first, count + 1)

    def __iter__(self) -> Iterator[tuple[str, int | None, int]]:
        return ((what, line, count) for what, (line, count) in self.found.items())


def unit_name(unit: Unit) -> str:
    """`tb/husten-wochen#other`: the name of a unit for people and files."""
    return f"{unit.id}#{unit.form}"


def unit_token(unit: Unit) -> str:
    """The same as XML name token: `tb.husten-wochen.other`."""
    return f"{unit.id.replace('/', '.')}.{unit.form}"


def split_name(*names: str | None) -> tuple[str, str]:
    """Id and form from the first of the names that is one of ours; else the first name and no form."""
    given = [name for name in names if name]
    for name in given:
        if match := _NAME.fullmatch(name):
            return match[1], match[2]
        if match := _TOKEN.fullmatch(name):
            return f"{match[1]}/{match[2]}", match[3]
    return (given[0] if given else ""), ""


def fingerprint(forms: Mapping[str, str]) -> str:
    """8 hex digits over an entry's wording: a check or an approval holds for exactly this wording."""
    text = "\n".join(f"{form}\t{forms[form]}" for form in sorted(forms))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def forbidden_character(text: str) -> str | None:
    """The first character that no XML file may hold (control characters, lone surrogates), as `U+0007`."""
    found = _FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def writable(units: Iterable[Unit]) -> Iterator[Unit]:
    """The units as they are. Raises InputError naming the first one that holds a control character."""
    for unit in units:
        for text in (unit.source, unit.target, unit.comment, *unit.meta.values()):
            if bad := forbidden_character(text):
                raise InputError(
                    f"{unit_name(unit)}: das Steuerzeichen {bad} lässt sich nicht weitergeben",
                    "im Text entfernen",
                )
        yield unit
