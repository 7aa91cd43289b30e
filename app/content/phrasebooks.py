"""All phrases of a folder: German is read at once, a translation when its language is first asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock

from app.content.reading import read_phrase, read_translation
from app.content.search import search
from app.content.toml_file import TomlFile, nearest
from app.content.types import Phrase, PhraseTranslation, Topic
from app.core.errors import ContentError
from app.core.languages import STAFF_LANGUAGE, languages
from app.core.paths import phrasebook_root

SOURCE_FILE = "phrases.toml"


class UnknownLanguageError(ContentError):
    """A file is named after no language of the table."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a translation that needs a person; `code` is broken, stale or missing."""

    code: str
    phrase: str
    language: str
    error: ContentError


@dataclass(frozen=True, slots=True)
class Library:
    """Topics by slug and phrases by id, in the order of the files."""

    root: Path
    topics: Mapping[str, Topic]
    phrases: Mapping[str, Phrase]
    languages: tuple[str, ...]
    """Codes of the languages that have at least one file, German first."""
    _books: "dict[str, _Book]" = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def translation(self, phrase: str, language: str) -> PhraseTranslation | None:
        return self._book(language).translation(phrase)

    def search(self, text: str, language: str = STAFF_LANGUAGE, topic: str | None = None) -> list[Phrase]:
        """Phrases with the words (or beginnings of words) of `text`, best first; all for an empty text."""
        phrases = [p for p in self.phrases.values() if topic is None or p.topic == topic]
        return search(phrases, text, language)

    def problems(self, chosen: Iterable[str] | None = None) -> tuple[Problem, ...]:
        """Broken, stale and missing translations of the given languages (all that have a file)."""
        codes = [code for code in self.languages if code != STAFF_LANGUAGE] if chosen is None else chosen
        return tuple(problem for code in codes for problem in self._book(code).problems())

    def _book(self, language: str) -> "_Book":
        with self._lock:
            if language not in self._books:
                self._books[language] = _Book(self, language)
            return self._books[language]


def load_library(root: Path | None = None) -> Library:
    """Read the German side of every topic below `root` (the installed phrasebooks).

    Raises ContentError for a German file that is wrong and for a file named after no known language. What is
    wrong inside a translation only makes that translation unusable and is listed by `Library.problems`.
    """
    library, errors = examine_library(root, patient=False)
    if errors:
        raise errors[0]
    return library


def examine_library(root: Path | None = None, *, patient: bool = True) -> tuple[Library, list[ContentError]]:
    """What can be read, and all that is wrong on the German side; only the first of it if not `patient`.

    Raises ContentError if there is no phrasebook at all.
    """
    root = phrasebook_root() if root is None else root
    folders = sorted(path.parent for path in root.glob(f"*/{SOURCE_FILE}"))
    if not folders:
        raise ContentError("keine Phrasen gefunden", f"Ordner mit {SOURCE_FILE} anlegen", path=root)
    topics: dict[str, Topic] = {}
    phrases: dict[str, Phrase] = {}
    codes, errors = languages_of(folders, SOURCE_FILE)
    library = Library(root, topics, phrases, codes)
    for folder in folders:
        if errors and not patient:
            break
        errors += _read_topic(library, folder, topics, phrases)
    return library, errors


def _read_topic(
    library: Library, folder: Path, topics: dict[str, Topic], phrases: dict[str, Phrase]
) -> list[ContentError]:
    try:
        file = TomlFile(folder / SOURCE_FILE)
        topics[folder.name] = _topic(file, folder.name)
    except ContentError as error:
        return [error]
    errors = []
    for slug in file.table:
        if slug != "title":
            try:
                phrase = read_phrase(file, folder.name, slug)
            except ContentError as error:
                errors.append(error)
                continue
            phrases[phrase.id] = replace(phrase, find_translation=library.translation)
    return errors


def _topic(file: TomlFile, slug: str) -> Topic:
    title = file.table.get("title")
    if not isinstance(title, str) or not title.strip():
        raise file.error(
            "der Titel des Themas fehlt", 'title = "…" in die erste Zeile schreiben', key="title"
        )
    return Topic(slug, title)


def languages_of(folders: list[Path], source_file: str) -> tuple[tuple[str, ...], list[ContentError]]:
    """Codes of the languages that have a file beside the German one, German first; files named after none."""
    known = languages()
    found: set[str] = set()
    errors: list[ContentError] = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        if path.name == source_file:
            continue
        if path.stem in known and path.stem != STAFF_LANGUAGE:
            found.add(path.stem)
            continue
        hint = nearest(path.stem, [code for code in known if code != STAFF_LANGUAGE])
        errors.append(UnknownLanguageError(f"„{path.stem}“ ist keine bekannte Sprache", hint, path=path))
    return tuple(code for code in known if code == STAFF_LANGUAGE or code in found), errors


class _Book:
    """What is known of one language: every file is parsed at once, an entry is checked when it is first asked
    for, because a consultation uses a handful of them."""

    def __init__(self, books: Library, language: str) -> None:
        self._phrases, self._language = books.phrases, language
        self._read: dict[str, PhraseTranslation | Problem | None] = {}
        self._files: dict[str, TomlFile] = {}
        self._broken: list[Problem] = []
        for topic in books.topics:
            path = books.root / topic / f"{language}.toml"
            try:
                if path.is_file():
                    self._files[topic] = TomlFile(path)
            except ContentError as error:
                self._broken.append(Problem("broken", topic, language, error))

    def translation(self, name: str) -> PhraseTranslation | None:
        """The usable translation of a phrase, by its id."""
        found = self._entry(name)
        return found if isinstance(found, PhraseTranslation) else None

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, file by file, what is missing last."""
        found = list(self._broken)
        for topic, file in self._files.items():
            entries = [self._entry(f"{topic}/{slug}") for slug in file.table]
            found += [entry for entry in entries if isinstance(entry, Problem)]
            found += self._missing(topic, file)
        return tuple(found)

    def _entry(self, name: str) -> PhraseTranslation | Problem | None:
        # Two threads may read the same entry; they read the same.
        if name not in self._read:
            topic, slug = name.split("/", 1)
            file = self._files.get(topic)
            there = file is not None and slug in file.table
            self._read[name] = self._check(file, name, slug) if file is not None and there else None
        return self._read[name]

    def _check(self, file: TomlFile, name: str, slug: str) -> PhraseTranslation | Problem:
        phrase = self._phrases.get(name)
        try:
            if phrase is None:
                topic = name[: -len(slug)]
                own = [known.split("/", 1)[1] for known in self._phrases if known.startswith(topic)]
                raise file.error(f"[{slug}] hat keinen deutschen Satz", nearest(slug, own), slug)
            found = read_translation(file, self._language, phrase, slug)
        except ContentError as error:
            return Problem("broken", name, self._language, error)
        if found.source_hash == phrase.source_hash:
            return found
        outdated = file.error(
            f"[{slug}] gehört zu einem früheren deutschen Wortlaut ({found.source_hash or 'ohne Prüfsumme'})",
            f"anpassen: sprachpult phrases edit {name} --language {self._language} "
            f'(danach source_hash = "{phrase.source_hash}")',
            slug,
            "source_hash",
        )
        return Problem("stale", name, self._language, outdated)

    def _missing(self, topic: str, file: TomlFile) -> list[Problem]:
        return [
            Problem("missing", name, self._language, file.error(f"[{slug}] fehlt", "Übersetzung ergänzen"))
            for name, slug in ((name, name.split("/", 1)[1]) for name in self._phrases)
            if name.startswith(f"{topic}/") and slug not in file.table
        ]
