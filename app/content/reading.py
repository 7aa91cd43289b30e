"""Turns TOML entries into phrases and translations; every complaint is a ContentError with file and line."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from app.content.pattern import PatternError, plural_numbers, slot_difference, slots_of
from app.content.source_hash import source_hash
from app.content.toml_file import TomlFile, nearest
from app.content.types import Phrase, PhraseTranslation, Slot, SlotKind, Status
from app.content.values import parse_value
from app.core.errors import ContentError

CHOICES: Mapping[str, tuple[str, ...]] = {
    "speaker": ("staff", "patient"),
    "kind": ("question", "instruction", "information", "answer"),
    "answer": ("yes-no", "number", "date", "body", "duration", "open", "none"),
    "risk": ("green", "amber", "red"),
}
_PHRASE_KEYS = ["text", *CHOICES, "pictogram", "note", "examples", "plural"]
SIGNED_KEYS = ("status", "reviewer", "date", "expires", "checked_by", "checked_on", "source_hash", "comment")
"""Fields of every translation, of a phrase or a term."""
_TRANSLATION_KEYS = ["text", "alternatives", *SIGNED_KEYS]
ALTERNATIVES = ["female", "male", "informal"]
_SIGNED = {Status.CHECKED.value: "geprüft", Status.APPROVED.value: "freigegeben"}
_STATUSES = [status.value for status in Status]


class SlotError(ContentError):
    """A translation has other slots than its German sentence."""


class SignatureError(ContentError):
    """A status that only a named person can give stands there without one."""


class Entry:
    """One table of a file, with checks that name it."""

    def __init__(self, file: TomlFile, slug: str, allowed: list[str]) -> None:
        self.file, self.slug = file, slug
        table = file.table[slug]
        if not isinstance(table, dict):
            raise file.error(f"„{slug}“ ist kein Eintrag", f"als Tabelle [{slug}] schreiben", key=slug)
        self.table: dict[str, Any] = table
        for key in table:
            if key not in allowed:
                raise self.error(f"unbekanntes Feld „{key}“", nearest(key, allowed), key)

    def error(self, message: str, hint: str, key: str | None = None) -> Exception:
        return self.file.error(f"[{self.slug}] {message}", hint, self.slug, key)

    def string(self, key: str, default: str = "") -> str:
        value = self.table.get(key, default)
        if not isinstance(value, str):
            raise self.error(f"„{key}“ muss ein Text sein", f'{key} = "…" schreiben', key)
        return value

    def choice(self, key: str, default: str) -> str:
        value = self.string(key, default)
        if value not in CHOICES[key]:
            raise self.error(
                f"„{key}“ hat den unbekannten Wert „{value}“", nearest(value, list(CHOICES[key])), key
            )
        return value

    def day(self, key: str) -> datetime.date | None:
        value = self.table.get(key)
        if value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.error(f"„{key}“ ist kein Datum", f"{key} = 2026-03-31 schreiben", key) from None

    def signed(self, language: str, command: str) -> dict[str, Any]:
        """The fields of `Signed`; `command` is the group whose `approve` signs: `phrases` or `glossary`."""
        return {
            "language": language,
            "status": self._status(command),
            "source_hash": self.string("source_hash"),
            "reviewer": self.string("reviewer"),
            "date": self.day("date"),
            "expires": self.day("expires"),
            "checked_by": self.string("checked_by"),
            "checked_on": self.day("checked_on"),
            "comment": self.string("comment"),
            "path": self.file.path,
            "line": self.file.line(self.slug),
        }

    def _status(self, command: str) -> Status:
        status = self.string("status", "draft")
        if status not in _STATUSES:
            raise self.error(f"unbekannter Status „{status}“", nearest(status, _STATUSES), "status")
        if status in _SIGNED and not (self.table.get("reviewer") and self.table.get("date")):
            raise SignatureError(
                f"[{self.slug}] {_SIGNED[status]} ohne Name oder Datum",
                f'status = "draft" setzen; unterschrieben wird mit „sprachpult {command} approve“',
                path=self.file.path,
                line=self.file.line(self.slug, "status"),
            )
        return Status(status)

    def texts(self, language: str) -> dict[str, str]:
        """The text by plural category; a plain text stands under `other`."""
        raw = self.table.get("text")
        table = {"other": raw} if isinstance(raw, str) else raw
        if not isinstance(table, dict) or not all(isinstance(t, str) and t.strip() for t in table.values()):
            raise self.error("„text“ fehlt oder ist leer", 'text = "…" schreiben', "text")
        known = list(plural_numbers(language))
        for category in table:
            if category not in known:
                raise self.error(
                    f"„{category}“ ist keine Mehrzahlform dieser Sprache", nearest(category, known), "text"
                )
        if "other" not in table:
            raise self.error("der Mehrzahlform „other“ fehlt der Text", 'other = "…" ergänzen', "text")
        return table

    def slots(self, pattern: str, key: str = "text") -> tuple[Slot, ...]:
        try:
            return slots_of(pattern)
        except PatternError as error:
            kinds = ", ".join(kind.value for kind in SlotKind)
            raise self.error(str(error), f"erlaubte Arten: {kinds}", key) from None


def read_phrase(file: TomlFile, topic: str, slug: str) -> Phrase:
    """A German entry of phrases.toml. Raises ContentError."""
    entry = Entry(file, slug, _PHRASE_KEYS)
    text = entry.texts("de")
    slots = entry.slots(text["other"])
    if len({slot.name for slot in slots}) != len(slots):
        raise entry.error(
            "ein Platzhalter kommt zweimal vor", "jedem Platzhalter einen eigenen Namen geben", "text"
        )
    for category, pattern in text.items():
        _same_slots(entry, slots, pattern, f"Mehrzahlform „{category}“")
    return Phrase(
        id=f"{topic}/{slug}",
        topic=topic,
        text=text,
        slots=slots,
        plural=_plural(entry, text, slots),
        speaker=entry.choice("speaker", "staff"),
        kind=entry.choice("kind", "information"),
        answer=entry.choice("answer", "none"),
        risk=entry.choice("risk", "green"),
        pictogram=entry.string("pictogram"),
        note=entry.string("note"),
        examples=_examples(entry, slots),
        source_hash=source_hash(entry.table["text"]),
    )


def read_translation(file: TomlFile, language: str, phrase: Phrase, slug: str) -> PhraseTranslation:
    """An entry of a language file. Raises ContentError; a stale one is read like any other."""
    entry = Entry(file, slug, _TRANSLATION_KEYS)
    text = entry.texts(language)
    single = plural_numbers(language)
    for category, pattern in text.items():
        spelled = phrase.plural if len(text) > 1 and single[category] is not None else None
        _same_slots(entry, phrase.slots, pattern, f"„{language}“ ({category})", optional=spelled)
    return PhraseTranslation(
        text=text, alternatives=_alternatives(entry, phrase), **entry.signed(language, "phrases")
    )


def _same_slots(
    entry: Entry,
    wanted: tuple[Slot, ...],
    pattern: str,
    where: str,
    optional: str | None = None,
    key: str = "text",
) -> None:
    missing, foreign = slot_difference(wanted, entry.slots(pattern, key), optional)
    if missing:
        raise _slot_error(entry, f"in {where} fehlt der Platzhalter", missing, key)
    if foreign:
        message = f"in {where} steht ein anderer Platzhalter als im Deutschen:"
        raise _slot_error(entry, message, foreign, key)


def _slot_error(entry: Entry, message: str, slots: Sequence[Slot], key: str) -> ContentError:
    names = ", ".join(f"{{{slot.name}:{slot.kind}}}" for slot in slots)
    return SlotError(
        f"[{entry.slug}] {message} {names}",
        "Platzhalter wie im Deutschen einsetzen",
        path=entry.file.path,
        line=entry.file.line(entry.slug, key),
    )


def _plural(entry: Entry, text: Mapping[str, str], slots: tuple[Slot, ...]) -> str | None:
    names = [slot.name for slot in slots if slot.kind is SlotKind.NUMBER]
    chosen = entry.string("plural")
    if chosen:
        if chosen not in names:
            raise entry.error(
                f"„plural“ nennt „{chosen}“, das kein Platzhalter für eine Zahl ist",
                nearest(chosen, names),
                "plural",
            )
        return chosen
    if len(names) != 1 and len(text) > 1:
        raise entry.error(
            "welche Zahl die Mehrzahl bestimmt, ist nicht eindeutig", 'plural = "name" ergänzen', "text"
        )
    return names[0] if len(names) == 1 else None


def _examples(entry: Entry, slots: tuple[Slot, ...]) -> dict[str, tuple[str, ...]]:
    raw = entry.table.get("examples", {})
    names = [slot.name for slot in slots]
    if not isinstance(raw, dict) or not all(isinstance(values, list) for values in raw.values()):
        raise entry.error(
            "„examples“ ist keine Tabelle von Listen", "examples = { name = [2, 3] } schreiben", "examples"
        )
    for name in raw:
        if name not in names:
            raise entry.error(
                f"„examples“ nennt den unbekannten Platzhalter „{name}“", nearest(name, names), "examples"
            )
    kinds = {slot.name: slot.kind for slot in slots}
    return {
        name: tuple(_example(entry, kinds[name], str(value)) for value in values)
        for name, values in raw.items()
    }


def _example(entry: Entry, kind: SlotKind, text: str) -> str:
    value = parse_value(kind, text, "de")
    if value is None:
        raise entry.error(f"„{text}“ ist kein Wert der Art {kind}", "Beispielwert berichtigen", "examples")
    return value


def _alternatives(entry: Entry, phrase: Phrase) -> dict[str, str]:
    raw = entry.table.get("alternatives", {})
    if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
        raise entry.error(
            "„alternatives“ ist keine Tabelle von Texten",
            'alternatives = { female = "…" } schreiben',
            "alternatives",
        )
    for name, pattern in raw.items():
        if name not in ALTERNATIVES:
            raise entry.error(f"unbekannte Fassung „{name}“", nearest(name, ALTERNATIVES), "alternatives")
        _same_slots(entry, phrase.slots, pattern, f"Fassung „{name}“", key="alternatives")
    return dict(raw)
