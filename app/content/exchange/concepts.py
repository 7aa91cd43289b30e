"""Concepts of the glossaries for an exchange: forms are `term`, `variant.1`, `avoid.1`, `reason.1`."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.content.exchange.entries import Entry, Forms, Stock, held, parsed
from app.content.exchange.unit import AVOID, REASON, TERM, VARIANT, Trouble
from app.content.glossaries import Glossary
from app.content.glossary_reading import read_term
from app.content.glossary_types import Concept
from app.content.toml_edit import Value
from app.content.toml_file import TomlFile
from app.content.writing import read_text
from app.core.errors import ContentError


def concept_stock(glossary: Glossary, language: str, domain: str | None = None) -> Stock:
    """All concepts, those of stop-lists too, or the concepts of one domain.

    Raises ContentError if a file of the language is broken.
    """
    chosen = [concept for concept in glossary.concepts.values() if domain in (None, concept.domain)]
    terms = {concept.id for concept in glossary.terms}
    paths = {name: glossary.root / name / f"{language}.toml" for name in {item.domain for item in chosen}}
    texts = {path: read_text(path) for path in paths.values()}
    files = parsed(texts)
    entries = {
        concept.id: replace(
            _entry(concept, language, paths[concept.domain], files.get(paths[concept.domain])),
            by_text=concept.id in terms,
        )
        for concept in chosen
    }
    return Stock(
        kind="glossary",
        root=glossary.root,
        language=language,
        entries=entries,
        read_as=texts,
        trouble=_trouble,
        merge=_merge,
        fields=_fields,
        validate=lambda name: lambda file: read_term(file, language, name.split("/", 1)[1]),
    )


def _entry(concept: Concept, language: str, path: Path, file: TomlFile | None) -> Entry:
    return Entry(
        id=concept.id,
        german={TERM: concept.term},
        main=TERM,
        source_hash=concept.source_hash,
        path=path,
        wanted=(TERM,),
        meta={
            "definition": concept.definition,
            "synonyms": " | ".join(concept.synonyms),
            "icd": concept.icd,
            "note": concept.note,
        },
        **_held(concept, language, file),
    )


def _held(concept: Concept, language: str, file: TomlFile | None) -> dict[str, Any]:
    slug = concept.id.split("/", 1)[1]
    if file is None or slug not in file.table:
        return {}
    try:
        found = read_term(file, language, slug)
    except ContentError:
        # Shown by „glossary check“; for translators it counts as not translated.
        return {}
    avoid = [(word.term, word.reason) for word in found.avoid]
    return held(found, _forms(found.term, list(found.variants), avoid), concept.source_hash)


def _forms(term: str, variants: list[str], avoid: list[tuple[str, str]]) -> dict[str, str]:
    forms = {TERM: term} if term else {}
    forms |= {f"{VARIANT}.{n}": word for n, word in enumerate(variants, 1)}
    for number, (word, reason) in enumerate(avoid, 1):
        forms[f"{AVOID}.{number}"] = word
        if reason:
            forms[f"{REASON}.{number}"] = reason
    return forms


def _variants(forms: Forms) -> list[str]:
    return [forms[name] for name in _numbered(forms, VARIANT)]


def _avoided(forms: Forms) -> list[tuple[str, str]]:
    return [(forms[n], forms.get(n.replace(AVOID, REASON), "")) for n in _numbered(forms, AVOID)]


def _numbered(forms: Forms, name: str) -> list[str]:
    found = [form for form in forms if form.partition(".")[0] == name]
    return sorted(found, key=lambda form: int(form.partition(".")[2] or 0))


def _merge(held: Forms, found: Forms) -> dict[str, str]:
    """A file that shows only a part takes nothing away."""
    term = found.get(TERM, held.get(TERM, ""))
    # What is held stays even if it is the term again: a stop-list looks for its variants only.
    variants = dict.fromkeys((*_variants(held), *(word for word in _variants(found) if word != term)))
    avoid = {word: reason for word, reason in (*_avoided(found), *_avoided(held)) if word != term}
    return _forms(term, list(variants), list(avoid.items()))


def _trouble(_name: str, forms: Forms) -> Trouble | None:
    if TERM not in forms:
        return Trouble("", "die Benennung selbst („term“) fehlt")
    for form in forms:
        if form.partition(".")[0] not in (TERM, VARIANT, AVOID, REASON):
            return Trouble(form, f"„{form}“ ist keine Form eines Fachworts")
    if unclear := [word for word, reason in _avoided(forms) if not reason]:
        return Trouble("", f"zu vermeiden „{unclear[0]}“, aber ohne Grund")
    return None


def _fields(forms: Mapping[str, str]) -> tuple[dict[str, Value], tuple[str, ...]]:
    variants, avoid = _variants(forms), _avoided(forms)
    fields: dict[str, Value] = {"term": forms[TERM]}
    if variants:
        fields["variants"] = variants
    if avoid:
        fields["avoid"] = [{"term": word, "reason": reason} for word, reason in avoid]
    return fields, tuple(name for name in ("variants", "avoid") if name not in fields)
