"""Which languages a file holds, and which of our entries its units belong to."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.content.exchange.entries import Stock
from app.content.exchange.unit import AVOID, VARIANT, Header, Unit, shown
from app.core.errors import InputError, UsageError
from app.core.languages import STAFF_LANGUAGE, language, languages

MAX_UNITS = 500_000
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo")


def language_of(tag: str) -> str | None:
    """Our code for a BCP 47 tag: `tr-TR` is `tr`, `fa-AF` is `prs`; None for what we do not hold or for a
    tag that leaves open which (`ku`) or names another script (`sr-Latn`)."""
    given = tag.lower().replace("_", "-")
    table = languages()
    exact = {row.cldr.lower().replace("_", "-"): row.code for row in table.values() if "_" in row.cldr}
    if given in exact:
        return exact[given]
    base, *rest = given.split("-")
    if base not in table or given in _TRADITIONAL:
        return None
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    return None if scripts and scripts[0] != table[base].script.lower() else base


@dataclass(slots=True)
class Sorted:
    """Units of a file by language tag; those without translation belong to every language."""

    by_tag: dict[str, list[Unit]] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, path: str, found: Iterable[tuple[Header, Unit]]) -> "Sorted":
        """Raises InputError for more than any project of ours could need."""
        made = cls()
        for number, (header, unit) in enumerate(found):
            if number == MAX_UNITS:
                raise InputError(f"{path}: mehr als {MAX_UNITS} Einträge", "in mehrere Dateien teilen")
            made.by_tag.setdefault(header.language, []).append(unit)
            made.kinds.add(header.kind)
            made.sources.add(header.source)
        return made

    def choose(self, path: str, wanted: str | None) -> tuple[str, list[Unit]]:
        """Our code of the language and its units. Raises InputError and UsageError."""
        if not self.by_tag:
            raise InputError(f"{path}: keine Übersetzungen gefunden", "die Datei hat keine Einträge")
        self._refuse_source(path)
        if wanted is not None:
            language(wanted)
            if wanted == STAFF_LANGUAGE:
                raise UsageError(
                    "Deutsch ist die Ausgangssprache", "die Zielsprache angeben, z. B. --language tr"
                )
        named = [tag for tag in self.by_tag if tag]
        codes = {tag: language_of(tag) for tag in named}
        chosen = wanted or self._only(path, codes)
        tags = [tag for tag in named if codes[tag] == chosen]
        if not tags and named:
            tags = self._unknown(path, codes, chosen)
        return chosen, [unit for tag in ("", *tags) for unit in self.by_tag.get(tag, [])]

    def _refuse_source(self, path: str) -> None:
        foreign = sorted(tag for tag in self.sources if tag and language_of(tag) != STAFF_LANGUAGE)
        if foreign and len(foreign) == len(self.sources):
            raise InputError(
                f"{path}: die Datei übersetzt aus „{shown(foreign[0])}“, nicht aus dem Deutschen",
                "sie gehört zu einem anderen Projekt",
            )

    @staticmethod
    def _only(path: str, codes: Mapping[str, str | None]) -> str:
        found = sorted({code for code in codes.values() if code and code != STAFF_LANGUAGE})
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(
                f"{path} enthält mehrere Sprachen: {', '.join(found)}", "eine mit --language wählen"
            )
        named = ", ".join(f"„{shown(tag)}“" for tag in codes) or "keine"
        raise UsageError(f"{path}: Zielsprache unklar (genannt: {named})", "mit --language angeben")

    @staticmethod
    def _unknown(path: str, codes: Mapping[str, str | None], chosen: str) -> list[str]:
        """A tag we cannot read may be the language that was asked for; a language we know is not."""
        unread = [tag for tag, code in codes.items() if code is None]
        if len(unread) == 1 and unread[0].lower().split("-")[0] not in languages():
            return unread
        found = ", ".join(sorted(code or shown(tag) for tag, code in codes.items()))
        raise InputError(f"{path}: enthält {found}, nicht {chosen}", "Datei oder --language prüfen")


def plain(text: str) -> str:
    """For comparison: NFC, white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class Index:
    """Finds the entry of a unit by its id, else by its German text."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._by_text: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entry in (entry for entry in stock.entries.values() if entry.by_text):
            for form, text in entry.german.items():
                self._by_text[plain(text)].append((entry.id, form))

    def find(self, unit: Unit) -> list[tuple[str, str]]:
        """Id and form; none if it is not ours, several if its German text fits several."""
        found = self._by_text.get(plain(unit.source), []) if unit.source else []
        if entry := self._stock.entries.get(unit.id):
            own = [form for name, form in found if name == unit.id]
            return [(unit.id, unit.form or (own[0] if own else entry.main))]
        by_name = {name: self._form(name, unit.form, form) for name, form in reversed(found)}
        return list(by_name.items())

    def _form(self, name: str, said: str, german: str) -> str:
        """The form the file says or German has, if a translation can have it; else the main form."""
        entry = self._stock.entries[name]
        numbered = said.partition(".")[0] in (VARIANT, AVOID)
        return next(
            (form for form in (said, german) if form in entry.wanted or (numbered and form)), entry.main
        )
