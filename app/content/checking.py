"""Finds what is wrong in a phrasebook without understanding it; the guard adds what differs in meaning."""

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.content.person import name_problem
from app.content.phrasebooks import SOURCE_FILE, Library, Problem, UnknownLanguageError, examine_library
from app.content.reading import SignatureError, SlotError
from app.content.text_form import form_problems
from app.content.toml_file import TomlFile
from app.content.types import Phrase, PhraseTranslation, Signed, Status
from app.core.errors import ContentError
from app.core.languages import STAFF_LANGUAGE

LONGEST_SENTENCE = 160
"""Characters; about ten seconds of speech and two lines in large print. The drafts reach 110."""
MOST_WORDS = 20
"""Words of a sentence; plain language asks for fewer, see `app.content.plain_language`."""
ERROR, WARNING = "error", "warning"
_WARNINGS = frozenset({"missing", "same-translation"})


@dataclass(frozen=True, slots=True)
class ContentFinding:
    """One thing a person should look at; `message` says what, `hint` what to do, both German."""

    code: str
    severity: str
    """`error` or `warning`."""
    path: Path
    line: int | None
    message: str
    hint: str = ""
    phrase: str = ""
    language: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {self.message} → {self.hint}" if self.hint else f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What is checked: these topics and languages, or all if None."""

    topics: Collection[str] | None = None
    languages: Collection[str] | None = None

    def has(self, topic: str, language: str) -> bool:
        asked = language == STAFF_LANGUAGE or self.languages is None or language in self.languages
        return asked and (self.topics is None or topic in self.topics)


def check_content(root: Path, scope: Scope, day: datetime.date) -> tuple[Library, list[ContentFinding]]:
    """The phrases that are usable, and everything that is wrong with the files.

    Raises ContentError if there is no phrasebook below `root`.
    """
    library, errors = examine_library(root)
    findings = [_of_error(error) for error in errors]
    findings += [_of_problem(problem) for problem in library.problems(scope.languages)]
    findings += _whole_files_missing(library, scope)
    findings += _duplicates(library)
    for code in library.languages:
        for topic in library.topics:
            findings += _of_file(library, topic, code, day)
    chosen = [f for f in findings if scope.has(_topic_of(f), f.language or _language_of(f))]
    return library, sorted(chosen, key=lambda f: (str(f.path), f.line or 0))


def finding(code: str, error: ContentError, phrase: str = "", language: str = "") -> ContentFinding:
    """A ContentError as a finding."""
    severity = WARNING if code in _WARNINGS else ERROR
    path = error.path or Path()
    return ContentFinding(code, severity, path, error.line, error.what, error.hint, phrase, language)


def _of_error(error: ContentError) -> ContentFinding:
    code = "unknown-language" if isinstance(error, UnknownLanguageError) else _code(error, "broken")
    return finding(code, error)


def _of_problem(problem: Problem) -> ContentFinding:
    name = problem.phrase if "/" in problem.phrase else ""
    return finding(_code(problem.error, problem.code), problem.error, name, problem.language)


def _code(error: ContentError, otherwise: str) -> str:
    if isinstance(error, SlotError):
        return "slot-mismatch"
    if isinstance(error, SignatureError):
        return "unsigned"
    return "duplicate-id" if "steht zweimal" in error.what else otherwise


def _topic_of(found: ContentFinding) -> str:
    return found.path.parent.name


def _language_of(found: ContentFinding) -> str:
    return STAFF_LANGUAGE if found.path.name == SOURCE_FILE else found.path.stem


def _whole_files_missing(library: Library, scope: Scope) -> Iterator[ContentFinding]:
    codes = {*library.languages, *(scope.languages or ())} - {STAFF_LANGUAGE}
    for topic in library.topics:
        for code in sorted(codes):
            path = library.root / topic / f"{code}.toml"
            if not path.exists():
                count = sum(phrase.topic == topic for phrase in library.phrases.values())
                error = ContentError(
                    f"fehlt, {count} Sätze ohne Übersetzung", "Übersetzung beginnen", path=path
                )
                yield finding("missing", error, language=code)


def _duplicates(library: Library) -> Iterator[ContentFinding]:
    for code in library.languages:
        known: dict[str, Phrase] = {}
        for phrase in library.phrases.values():
            translation = None if code == STAFF_LANGUAGE else phrase.translation(code)
            texts = phrase.text if code == STAFF_LANGUAGE else translation.text if translation else {}
            first = known.setdefault(texts.get("other", phrase.id), phrase)
            if first is not phrase:
                yield _duplicate(library, code, first, phrase, translation)


def _duplicate(
    library: Library, code: str, first: Phrase, phrase: Phrase, translation: PhraseTranslation | None
) -> ContentFinding:
    slug = phrase.id.split("/", 1)[1]
    if translation is None:
        file = TomlFile(library.root / phrase.topic / SOURCE_FILE)
        error = file.error(f"[{slug}] ist derselbe Satz wie {first.id}", "einen von beiden streichen", slug)
        return finding("duplicate-source", error, phrase.id, code)
    error = ContentError(
        f"[{slug}] lautet wie {first.id} („{first.source}“)",
        "prüfen, ob eine der beiden Übersetzungen falsch ist",
        path=translation.path,
        line=translation.line,
    )
    return finding("same-translation", error, phrase.id, code)


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One entry of a file, in a language."""

    file: TomlFile
    slug: str
    topic: str
    language: str

    def finding(self, code: str, message: str, hint: str, key: str) -> ContentFinding:
        error = self.file.error(f"[{self.slug}] {message}", hint, self.slug, key)
        return finding(code, error, f"{self.topic}/{self.slug}", self.language)


def _of_file(library: Library, topic: str, code: str, day: datetime.date) -> Iterator[ContentFinding]:
    path = library.root / topic / (SOURCE_FILE if code == STAFF_LANGUAGE else f"{code}.toml")
    if not path.is_file():
        return
    try:
        file = TomlFile(path)
    except ContentError:
        return
    for slug, table in file.table.items():
        if isinstance(table, dict):
            entry = FileEntry(file, slug, topic, code)
            yield from _texts(entry, table)
            phrase = library.phrases.get(f"{topic}/{slug}")
            translation = phrase.translation(code) if phrase else None
            if translation is not None:
                yield from signature(entry, translation, day, "phrases")


def _texts(entry: FileEntry, table: Mapping[str, Any]) -> Iterator[ContentFinding]:
    for key, value in table.items():
        for text in _strings(value):
            for problem, message in form_problems(text):
                yield entry.finding(problem, f"„{key}“ {message}", "Text neu eintippen", key)
        longest = max(_strings(value), key=len, default="") if key in ("text", "alternatives") else ""
        if len(longest) > LONGEST_SENTENCE or len(longest.split()) > MOST_WORDS:
            message = f"ist zu lang: {len(longest.split())} Wörter, {len(longest)} Zeichen"
            yield entry.finding("too-long", message, "in zwei Sätze teilen", key)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def signature(
    entry: FileEntry, translation: Signed, day: datetime.date, command: str
) -> Iterator[ContentFinding]:
    """An approval that has run out, and a status that no named person stands for.

    `command` is the group of commands that signs it, `phrases` or `glossary`.
    """
    if translation.status_on(day) is Status.EXPIRED:
        until = f" am {translation.expires:%d.%m.%Y}" if translation.expires else ""
        hint = f"noch einmal lesen und unterschreiben: sprachpult {command} approve"
        yield entry.finding("expired", f"ist abgelaufen{until}", hint, "expires")
    if translation.status is Status.DRAFT:
        return
    problem = name_problem(translation.reviewer)
    if problem is None and translation.date is not None and translation.date > day:
        problem = f"das Datum {translation.date:%d.%m.%Y} liegt in der Zukunft"
    if problem is not None:
        hint = f'status = "draft" setzen; unterschrieben wird mit „sprachpult {command} approve“'
        yield entry.finding("unsigned", f"Unterschrift: {problem}", hint, "reviewer")
