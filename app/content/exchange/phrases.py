"""Phrases for an exchange: forms are plural categories and alternative wordings."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from app.content.exchange.entries import Entry, Forms, Stock, held, parsed
from app.content.exchange.unit import OTHER, Trouble
from app.content.pattern import PatternError, locale_of, plural_numbers, slot_difference, slots_of
from app.content.phrasebooks import Library
from app.content.reading import ALTERNATIVES, read_translation
from app.content.toml_edit import Value
from app.content.toml_file import TomlFile
from app.content.types import Phrase
from app.content.writing import read_text
from app.core.errors import ContentError

_NUMBERS = range(200)


def phrase_stock(library: Library, language: str, topic: str | None = None) -> Stock:
    """All phrases, or those of one topic. Raises ContentError if a file of the language is broken."""
    chosen = [phrase for phrase in library.phrases.values() if topic in (None, phrase.topic)]
    paths = {name: library.root / name / f"{language}.toml" for name in {item.topic for item in chosen}}
    texts = {path: read_text(path) for path in paths.values()}
    files = parsed(texts)
    entries = {
        phrase.id: _entry(phrase, language, paths[phrase.topic], files.get(paths[phrase.topic]))
        for phrase in chosen
    }
    return Stock(
        kind="phrases",
        root=library.root,
        language=language,
        entries=entries,
        read_as=texts,
        trouble=lambda name, forms: _trouble(library.phrases[name], language, forms),
        merge=lambda held, found: {**held, **found},
        fields=lambda forms: _fields(forms, language),
        validate=lambda name: (
            lambda file: read_translation(file, language, library.phrases[name], name.split("/", 1)[1])
        ),
    )


def _entry(phrase: Phrase, language: str, path: Path, file: TomlFile | None) -> Entry:
    held = _held(phrase, language, file)
    plural = len(phrase.text) > 1 or sum(form not in ALTERNATIVES for form in held.get("forms", ())) > 1
    return Entry(
        id=phrase.id,
        german=phrase.text,
        main=OTHER,
        source_hash=phrase.source_hash,
        path=path,
        wanted=categories(language) if plural else (OTHER,),
        meta=_meta(phrase),
        **held,
    )


@cache
def categories(language: str) -> tuple[str, ...]:
    """CLDR plural categories that whole numbers of everyday use fall into, and `other`, in CLDR's order."""
    used = {locale_of(language).plural_form(number) for number in _NUMBERS} | {OTHER}
    return tuple(name for name in ("zero", "one", "two", "few", "many", OTHER) if name in used)


def _held(phrase: Phrase, language: str, file: TomlFile | None) -> dict[str, Any]:
    slug = phrase.id.split("/", 1)[1]
    if file is None or slug not in file.table:
        return {}
    try:
        found = read_translation(file, language, phrase, slug)
    except ContentError:
        # Shown by „phrases check“; for translators it counts as not translated.
        return {}
    return held(found, {**found.text, **found.alternatives}, phrase.source_hash)


def _meta(phrase: Phrase) -> dict[str, str]:
    examples = "; ".join(f"{name}: {', '.join(values)}" for name, values in phrase.examples.items())
    return {
        "note": phrase.note,
        "speaker": phrase.speaker,
        "kind": phrase.kind,
        "answer": phrase.answer,
        "risk": phrase.risk,
        "pictogram": phrase.pictogram,
        "plural": phrase.plural or "",
        "examples": examples,
    }


def _trouble(phrase: Phrase, language: str, forms: Forms) -> Trouble | None:
    if OTHER not in forms:
        return Trouble("", "die Form „other“ fehlt")
    single = plural_numbers(language)
    plural = [form for form in forms if form not in ALTERNATIVES]
    for form, pattern in forms.items():
        if form not in single and form not in ALTERNATIVES:
            return Trouble(form, f"„{form}“ ist keine Form dieser Sprache")
        spelled = len(plural) > 1 and form in plural and single[form] is not None
        if problem := _slot_trouble(phrase, pattern, phrase.plural if spelled else None):
            return Trouble(form, f"Form „{form}“: {problem}")
    if len(plural) > 1 and phrase.plural is None:
        return Trouble("", "Mehrzahlformen, aber der deutsche Satz hat keine Zahl, die sie bestimmt")
    return None


def _slot_trouble(phrase: Phrase, pattern: str, optional: str | None) -> str:
    try:
        missing, foreign = slot_difference(phrase.slots, slots_of(pattern), optional)
    except PatternError as error:
        return str(error)
    names = " ".join(f"{{{slot.name}:{slot.kind}}}" for slot in missing or foreign)
    if missing:
        return f"der Platzhalter {names} fehlt"
    return f"der Platzhalter {names} ist zu viel oder steht im Deutschen nicht" if foreign else ""


def _fields(forms: Mapping[str, str], language: str) -> tuple[dict[str, Value], tuple[str, ...]]:
    text = {name: forms[name] for name in (*categories(language), *forms) if name in forms}
    alternatives = {name: text.pop(name) for name in ALTERNATIVES if name in text}
    fields: dict[str, Value] = {"text": text if len(text) > 1 else text[OTHER]}
    if alternatives:
        return fields | {"alternatives": alternatives}, ()
    return fields, ("alternatives",)
