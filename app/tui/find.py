"""Search for the phrase browser, and what is typed into a slot; pure."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE

if TYPE_CHECKING:
    from app.content import Library, Phrase

_WORD = re.compile(r"\w{4,}")
_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?")


def find(library: "Library", text: str, language: str, topic: str | None) -> list["Phrase"]:
    """Phrases that hold all words of `text` in German or in `language`; else those with most of them."""
    exact = _both(library, text, language, topic)
    if exact or not text.strip():
        return exact
    hits: Counter[str] = Counter()
    for word in _WORD.findall(text):
        hits.update(phrase.id for phrase in _both(library, word, language, topic))
    return [library.phrases[phrase] for phrase, _ in hits.most_common()]


def _both(library: "Library", text: str, language: str, topic: str | None) -> list["Phrase"]:
    found = library.search(text, STAFF_LANGUAGE, topic)
    if text.strip():
        found = found + library.search(text, language, topic)
    return list({phrase.id: phrase for phrase in found}.values())


def canonical(kind: str, typed: str) -> str:
    """A slot's value as the phrasebook wants it, from how it is typed in German.

    `3,5` → `3.5`, `12.5.2026` → `2026-05-12`, `9 Uhr` → `09:00`. Raises UsageError with an example.
    """
    typed = typed.strip()
    if kind == "date" and (date := _DATE.fullmatch(typed)):
        return f"{date[3]}-{int(date[2]):02}-{int(date[1]):02}"
    if kind == "time" and (time := _TIME.fullmatch(typed)):
        return f"{int(time[1]):02}:{time[2] or '00'}"
    if kind in ("number", "quantity"):
        typed = typed.replace(",", ".")
    if not typed:
        raise UsageError("Ein Wert fehlt", f"zum Beispiel {EXAMPLE.get(kind, 'ein Wort')}")
    return typed


EXAMPLE = {"number": "3", "quantity": "500 mg", "date": "12.5.2026", "time": "9:30", "place": "Zimmer 4"}
