"""Turns TOML entries into concepts and terms; every complaint is a ContentError with file and line."""

from collections.abc import Callable

from app.content.glossary_types import Avoid, Concept, Domain, TermTranslation
from app.content.reading import SIGNED_KEYS, Entry
from app.content.source_hash import source_hash
from app.content.toml_file import TomlFile
from app.core.errors import ContentError

DOMAIN_KEYS = ("title", "fetch_human")
_CONCEPT_KEYS = ["term", "synonyms", "inflections", "definition", "icd", "note"]
_TERM_KEYS = ["term", "variants", "avoid", *SIGNED_KEYS]


def concept_hash(term: str, definition: str) -> str:
    """What ties a term in another language to the German term and definition it was written for."""
    return source_hash({"definition": definition, "term": term})


def read_domain(file: TomlFile, slug: str) -> Domain:
    """Title and kind of a domain, from the head of its concepts.toml. Raises ContentError."""
    title, fetch_human = file.table.get("title"), file.table.get("fetch_human", False)
    if not isinstance(title, str) or not title.strip():
        raise ContentError(
            "der Titel des Fachgebiets fehlt",
            'title = "…" in die erste Zeile schreiben',
            path=file.path,
            line=file.line(key="title") or 1,
        )
    if not isinstance(fetch_human, bool):
        raise file.error("„fetch_human“ ist weder true noch false", "true oder false", key="fetch_human")
    return Domain(slug, title, fetch_human)


def read_concept(
    file: TomlFile, domain: str, slug: str, find: Callable[[str, str], TermTranslation | None]
) -> Concept:
    """A German entry of concepts.toml; `find` gives its terms in other languages. Raises ContentError."""
    entry = Entry(file, slug, _CONCEPT_KEYS)
    term, definition = _required(entry, "term"), _required(entry, "definition")
    return Concept(
        id=f"{domain}/{slug}",
        domain=domain,
        term=term,
        definition=definition,
        source_hash=concept_hash(term, definition),
        synonyms=_strings(entry, "synonyms"),
        inflections=_strings(entry, "inflections"),
        icd=entry.string("icd"),
        note=entry.string("note"),
        find_translation=find,
    )


def read_term(file: TomlFile, language: str, slug: str) -> TermTranslation:
    """An entry of a language file. Raises ContentError; a stale one is read like any other."""
    entry = Entry(file, slug, _TERM_KEYS)
    return TermTranslation(
        term=_required(entry, "term"),
        variants=_strings(entry, "variants"),
        avoid=_avoid(entry),
        **entry.signed(language, "glossary"),
    )


def _required(entry: Entry, key: str) -> str:
    text = entry.string(key)
    if not text.strip():
        raise entry.error(f"„{key}“ fehlt oder ist leer", f'{key} = "…" schreiben', key)
    return text


def _strings(entry: Entry, key: str) -> tuple[str, ...]:
    raw = entry.table.get(key, [])
    if not isinstance(raw, list) or not all(isinstance(text, str) and text.strip() for text in raw):
        raise entry.error(f"„{key}“ ist keine Liste von Texten", f'{key} = ["…", "…"] schreiben', key)
    return tuple(raw)


def _avoid(entry: Entry) -> tuple[Avoid, ...]:
    raw = entry.table.get("avoid", [])
    rows = raw if isinstance(raw, list) else [raw]
    for row in rows:
        complete = isinstance(row, dict) and set(row) == {"term", "reason"}
        if not complete or not all(isinstance(text, str) and text.strip() for text in row.values()):
            raise entry.error(
                "„avoid“ nennt nicht je ein Wort mit Grund",
                'avoid = [{ term = "…", reason = "…" }] schreiben',
                "avoid",
            )
    return tuple(Avoid(row["term"], row["reason"]) for row in rows)
