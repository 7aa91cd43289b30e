"""What phrases and concepts have in common: a German entry and one per language, in files side by side."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.content import glossaries, phrasebooks
from app.content.glossary_reading import read_concept, read_term
from app.content.glossary_types import Concept, TermTranslation
from app.content.reading import read_phrase, read_translation
from app.content.toml_file import TomlFile
from app.content.types import Phrase, PhraseTranslation
from app.core.errors import ContentError

Prepared = Phrase | Concept
P = TypeVar("P", Phrase, Concept)
"""One of the two, the same wherever it stands in a signature."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What commands, options and files call one of the two."""

    command: str
    entry: str
    folder: str
    source_file: str


PHRASES = Kind("phrases", "phrase", "topic", phrasebooks.SOURCE_FILE)
CONCEPTS = Kind("glossary", "concept", "domain", glossaries.SOURCE_FILE)


def kind_of(entry: Prepared) -> Kind:
    return PHRASES if isinstance(entry, Phrase) else CONCEPTS


def folder_of(entry: Prepared) -> str:
    """The topic or the domain."""
    return entry.id.split("/", 1)[0]


def slug_of(entry: Prepared) -> str:
    """Name of the entry in its files."""
    return entry.id.split("/", 1)[1]


def source_path(root: Path, entry: Prepared) -> Path:
    return root / folder_of(entry) / kind_of(entry).source_file


def translation_path(root: Path, entry: Prepared, language: str) -> Path:
    return root / folder_of(entry) / f"{language}.toml"


def read_target(file: TomlFile, language: str, entry: Prepared) -> PhraseTranslation | TermTranslation:
    """The entry in a language from its file. Raises ContentError; a stale one is read like any other."""
    if isinstance(entry, Phrase):
        return read_translation(file, language, entry, slug_of(entry))
    return read_term(file, language, slug_of(entry))


def refuse_changed_source(entry: Prepared, file: TomlFile) -> None:
    """Raises ContentError unless the German in `file` is what `entry` says, notes and synonyms included."""
    slug = slug_of(entry)
    if slug not in file.table or _source(file, entry) != entry:
        hint = "neu laden und noch einmal lesen"
        raise file.error(f"[{slug}] wurde inzwischen geändert", hint, slug)


def refuse_conflict(entry: Prepared, language: str, file: TomlFile) -> None:
    """Raises ContentError unless the entry in `file` is the one that `entry` was loaded with."""
    try:
        there: PhraseTranslation | TermTranslation | None = read_target(file, language, entry)
    except ContentError:
        there = None
    if there is not None and there.source_hash != entry.source_hash:
        there = None
    if there != entry.translation(language):
        hint = "neu laden und die Änderung wiederholen"
        raise file.error(f"[{slug_of(entry)}] wurde inzwischen geändert", hint, slug_of(entry))


def _source(file: TomlFile, entry: Prepared) -> Prepared:
    if isinstance(entry, Phrase):
        return read_phrase(file, entry.topic, slug_of(entry))
    return read_concept(file, entry.domain, slug_of(entry), entry.find_translation)
