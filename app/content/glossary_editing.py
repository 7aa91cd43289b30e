"""Drafts of terms and changes of German concepts, one change each, like `app.content.editing` for phrases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content.editing import Edition, clean, put_draft, save_change
from app.content.glossary_reading import read_concept
from app.content.glossary_types import Avoid, Concept
from app.content.prepared import refuse_changed_source, slug_of, source_path, translation_path
from app.content.toml_edit import Value
from app.content.toml_file import TomlFile


@dataclass(frozen=True, slots=True)
class Wording:
    """What a concept is called in one language."""

    term: str = ""
    variants: tuple[str, ...] = ()
    avoid: tuple[Avoid, ...] = ()


@dataclass(frozen=True, slots=True)
class GermanWording:
    """What a concept is called in German, and what it means."""

    term: str
    definition: str
    synonyms: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()


def written(root: Path, concept: Concept, language: str) -> Wording:
    """What stands in the file, be it stale or wrong; empty if there is no entry. Raises ContentError."""
    path = translation_path(root, concept, language)
    entry = TomlFile(path).table.get(slug_of(concept)) if path.is_file() else None
    table: Mapping[str, object] = entry if isinstance(entry, dict) else {}
    term, variants, avoid = (table.get(name) for name in ("term", "variants", "avoid"))
    rows = [row for row in avoid if isinstance(row, dict)] if isinstance(avoid, list) else []
    return Wording(
        term if isinstance(term, str) else "",
        tuple(word for word in variants if isinstance(word, str)) if isinstance(variants, list) else (),
        tuple(Avoid(str(row.get("term", "")), str(row.get("reason", ""))) for row in rows),
    )


def german(concept: Concept) -> GermanWording:
    """The German side of a concept, as far as it can be changed here."""
    return GermanWording(concept.term, concept.definition, concept.synonyms, concept.inflections)


def set_term(
    root: Path, concept: Concept, language: str, wording: Wording, *, comment: str | None = None
) -> None:
    """Write a term as a draft for the German in `concept`.

    `comment` stays as it is if None, and goes if empty. Raises InputError for an empty word, ContentError if
    the file is broken and if somebody changed the entry since `concept` was loaded.
    """
    # A variant may be the term again: the term of a stop-list is a heading, only its variants are looked for.
    fields: dict[str, Value | None] = {
        "term": _word(wording.term),
        "variants": _words(wording.variants),
        "avoid": [{"term": _word(row.term), "reason": _word(row.reason)} for row in wording.avoid],
        "comment": clean(comment) if comment else comment,
    }
    save_change(root, lambda edition: put_draft(edition, concept, language, fields))


def set_concept(root: Path, concept: Concept, wording: GermanWording) -> None:
    """Change the German of a concept. If the term or its definition differ, the terms become stale.

    Raises InputError for an empty word, ContentError if it is no longer the concept the person was shown.
    """
    path, slug = source_path(root, concept), slug_of(concept)
    new = {
        "term": _word(wording.term),
        "definition": _word(wording.definition),
        "synonyms": _words(wording.synonyms),
        "inflections": _words(wording.inflections),
    }
    fields: dict[str, Value] = {
        name: value for name, value in new.items() if value != _plain(getattr(concept, name))
    }

    def change(edition: Edition) -> None:
        refuse_changed_source(concept, TomlFile(path, edition.document(path).after))
        edition.set_source(
            path,
            slug,
            fields,
            lambda file: read_concept(file, concept.domain, slug, concept.find_translation),
        )

    save_change(root, change)


def _plain(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def _word(text: str) -> str:
    return str(clean(text))


def _words(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(_word(text) for text in texts))
