"""Further ways to say a prepared sentence: `<topic>/wordings/<lang>.toml`, slug → list of sentences.

They help to recognise what was said and are never spoken or printed, so they need no approval; the router
still compares number, negation, side and the rest with the wording it found.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.content.pattern import PatternError, slot_difference, slots_of
from app.content.phrasebooks import Library, Problem
from app.content.toml_file import TomlFile, nearest
from app.content.types import Phrase
from app.core.errors import ContentError

FOLDER = "wordings"


@dataclass(frozen=True, slots=True)
class Wordings:
    """Patterns by phrase id, and what could not be used."""

    texts: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


def read_wordings(books: Library, language: str) -> Wordings:
    """All wordings of a language; an entry that is wrong is left out and reported."""
    texts: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for topic in books.topics:
        path = books.root / topic / FOLDER / f"{language}.toml"
        if not path.is_file():
            continue
        try:
            file = TomlFile(path)
        except ContentError as error:
            problems.append(Problem("broken", topic, language, error))
            continue
        for slug in file.table:
            try:
                texts[f"{topic}/{slug}"] = _entry(file, slug, books.phrases.get(f"{topic}/{slug}"), books)
            except ContentError as error:
                problems.append(Problem("broken", f"{topic}/{slug}", language, error))
    return Wordings(texts, tuple(problems))


def _entry(file: TomlFile, slug: str, phrase: Phrase | None, books: Library) -> tuple[str, ...]:
    if phrase is None:
        hint = nearest(slug, [known.split("/", 1)[1] for known in books.phrases])
        raise file.error(f"„{slug}“ hat keinen deutschen Satz", hint, key=slug)
    found = file.table[slug]
    if not isinstance(found, list) or not all(isinstance(text, str) and text.strip() for text in found):
        raise file.error(f"„{slug}“ ist keine Liste von Sätzen", f'{slug} = ["…", "…"] schreiben', key=slug)
    for text in found:
        try:
            missing, foreign = slot_difference(phrase.slots, slots_of(text))
        except PatternError as error:
            raise file.error(f"„{slug}“: {error}", "Platzhalter wie im Deutschen", key=slug) from None
        if missing or foreign:
            names = ", ".join(f"{{{slot.name}:{slot.kind}}}" for slot in (*missing, *foreign))
            message = f"„{slug}“: {names} passt nicht zu „{text}“"
            raise file.error(message, "Platzhalter wie im Deutschen", key=slug)
    return tuple(found)
