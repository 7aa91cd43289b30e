"""Finds what is wrong in the glossaries, by file and line."""

import datetime
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from app.content.checking import ERROR, WARNING, ContentFinding, FileEntry, Scope, finding, signature
from app.content.glossaries import SOURCE_FILE, Glossary, examine_glossary
from app.content.glossary_types import Concept, TermTranslation
from app.content.phrasebooks import UnknownLanguageError
from app.content.text_form import form_problems
from app.content.tokens import fold
from app.content.toml_file import TomlFile
from app.core.errors import ContentError
from app.core.languages import STAFF_LANGUAGE, language

_SCRIPTS = {
    "Latn": ("LATIN",),
    "Cyrl": ("CYRILLIC",),
    "Arab": ("ARABIC",),
    "Ethi": ("ETHIOPIC",),
    "Geor": ("GEORGIAN",),
    "Grek": ("GREEK",),
    "Hans": ("CJK",),
    "Deva": ("DEVANAGARI",),
}
"""First words of the Unicode names of letters by ISO 15924 code."""
_PARTS = re.compile(r"[\s\-‑–]+")
_BOTH_SCRIPTS = frozenset({"sr"})
"""Written in Cyrillic and in Latin letters."""


def check_glossary(root: Path, scope: Scope, day: datetime.date) -> tuple[Glossary, list[ContentFinding]]:
    """What is usable, and everything that is wrong with the files; a topic of `scope` is a domain here."""
    glossary, errors = examine_glossary(root)
    findings = [
        finding("unknown-language" if isinstance(e, UnknownLanguageError) else _code(e), e) for e in errors
    ]
    for problem in glossary.problems(scope.languages):
        name = problem.phrase if "/" in problem.phrase else ""
        findings.append(finding(_code(problem.error, problem.code), problem.error, name, problem.language))
    findings += _whole_files_missing(glossary, scope)
    findings += _same_german(glossary)
    for code in glossary.languages:
        for domain in glossary.domains:
            findings += _of_file(glossary, domain, code, day)
        if code != STAFF_LANGUAGE:
            findings += _same_translation(glossary, code)
    chosen = [f for f in findings if scope.has(f.path.parent.name, f.language or _language_of(f))]
    return glossary, sorted(chosen, key=lambda f: (f.severity, str(f.path), f.line or 0))


def _code(error: ContentError, otherwise: str = "broken") -> str:
    return "duplicate-id" if "steht zweimal" in error.what else otherwise


def _language_of(found: ContentFinding) -> str:
    return STAFF_LANGUAGE if found.path.name == SOURCE_FILE else found.path.stem


def _whole_files_missing(glossary: Glossary, scope: Scope) -> Iterator[ContentFinding]:
    for domain in glossary.domains:
        for code in sorted({*glossary.languages, *(scope.languages or ())} - {STAFF_LANGUAGE}):
            path = glossary.root / domain / f"{code}.toml"
            if not path.exists():
                count = sum(concept.domain == domain for concept in glossary.concepts.values())
                message = f"fehlt, {count} Begriffe ohne Übersetzung"
                yield finding(
                    "missing", ContentError(message, "Übersetzung beginnen", path=path), language=code
                )


def _same_german(glossary: Glossary) -> Iterator[ContentFinding]:
    """A German word that stands for two concepts: only the first would ever be found."""
    known: dict[str, Concept] = {}
    files: dict[str, TomlFile] = {}
    for concept in glossary.terms:
        for form in dict.fromkeys(concept.forms):
            first = known.setdefault(fold(form, STAFF_LANGUAGE), concept)
            if first is concept:
                continue
            path = glossary.root / concept.domain / SOURCE_FILE
            file = files.setdefault(concept.domain, TomlFile(path))
            slug = concept.id.split("/", 1)[1]
            both = form == concept.term and form == first.term
            message = f"[{slug}] „{form}“ steht auch für {first.id}"
            error = file.error(message, "einem der beiden Begriffe lassen", slug)
            yield ContentFinding(
                "duplicate-term" if both else "same-term", ERROR if both else WARNING, path, error.line,
                error.what, error.hint, concept.id, STAFF_LANGUAGE,
            )  # fmt: skip


def _same_translation(glossary: Glossary, code: str) -> Iterator[ContentFinding]:
    known: defaultdict[str, list[Concept]] = defaultdict(list)
    for concept in glossary.terms:
        term = concept.translation(code)
        if term is not None:
            known[fold(term.term, code)].append(concept)
    for first, *others in known.values():
        for concept in others:
            term = concept.translation(code)
            slug = concept.id.split("/", 1)[1]
            message = f"[{slug}] hat dasselbe Wort wie {first.id} („{first.term}“)"
            if term is not None and term.path is not None:
                yield ContentFinding(
                    "same-translation", WARNING, term.path, term.line, message,
                    "prüfen, ob sich die Begriffe in dieser Sprache unterscheiden lassen", concept.id, code,
                )  # fmt: skip


def _of_file(glossary: Glossary, domain: str, code: str, day: datetime.date) -> Iterator[ContentFinding]:
    path = glossary.root / domain / (SOURCE_FILE if code == STAFF_LANGUAGE else f"{code}.toml")
    try:
        file = TomlFile(path)
    except (ContentError, FileNotFoundError):
        # Named already, among the problems or the missing files.
        return
    for slug, table in file.table.items():
        if not isinstance(table, dict):
            continue
        entry = FileEntry(file, slug, domain, code)
        yield from _characters(entry, table)
        concept = glossary.concepts.get(f"{domain}/{slug}")
        term = concept.translation(code) if concept else None
        if concept is not None and term is not None:
            yield from signature(entry, term, day, "glossary")
            yield from _words(entry, concept, term)


def objections(concept: Concept, language: str) -> list[str]:
    """Why nobody may sign a term, in German: wrong script or characters, a word both right and to avoid."""
    term = concept.translation(language)
    if term is None or term.path is None:
        return []
    file = TomlFile(term.path)
    entry = FileEntry(file, concept.id.split("/", 1)[1], concept.domain, language)
    table = file.table.get(entry.slug, {})
    found = [*_characters(entry, table), *_words(entry, concept, term)]
    return list(dict.fromkeys(row.message.removeprefix(f"[{entry.slug}] ") for row in found))


def _characters(entry: FileEntry, table: Mapping[str, object]) -> Iterator[ContentFinding]:
    for key, value in table.items():
        for text in _strings(value):
            for problem, message in form_problems(text):
                yield entry.finding(problem, f"„{key}“ {message}", "Text neu eintippen", key)


def _words(entry: FileEntry, concept: Concept, term: TermTranslation) -> Iterator[ContentFinding]:
    row = language(term.language)
    for word in (*term.accepted, *(avoid.term for avoid in term.avoid)):
        # Names of German offices stay German in every script.
        if word not in concept.forms and not _in_script(word, row.script, row.code):
            message = f"„{word}“ ist nicht in der Schrift für {row.name}"
            yield entry.finding("script-wrong", message, "in der Schrift dieser Sprache schreiben", "term")
    accepted = {fold(word, term.language) for word in term.accepted}
    for avoid in term.avoid:
        if fold(avoid.term, term.language) in accepted:
            message = f"„{avoid.term}“ gilt als richtig und soll zugleich vermieden werden"
            yield entry.finding("avoid-accepted", message, "an einer Stelle streichen", "avoid")


def _in_script(word: str, script: str, code: str) -> bool:
    """Is most of it in the language's script? Abbreviations (HIV) may keep Latin letters everywhere."""
    wanted = (*_SCRIPTS.get(script, ()), *(("LATIN", "CYRILLIC") if code in _BOTH_SCRIPTS else ()))
    own = " ".join(part for part in _PARTS.split(word) if not (part.isascii() and part.upper() == part))
    letters = [character for character in own if character.isalpha()]
    right = sum(unicodedata.name(letter, "").startswith(wanted) for letter in letters) if wanted else 0
    return not wanted or not letters or 2 * right > len(letters)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
