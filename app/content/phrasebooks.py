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


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a translation that needs a person; `code` is broken, stale or missing."""

    code: str
    phrase: str
    language: str
    error: ContentError


@dataclass(frozen=True, slots=True)
class _Book:
    """What is known of one language: usable translations by phrase id, and what is wrong."""

    translations: Mapping[str, PhraseTranslation]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Topics by slug and phrases by id, in the order of the files."""

    root: Path
    topics: Mapping[str, Topic]
    phrases: Mapping[str, Phrase]
    languages: tuple[str, ...]
    """Codes of the languages that have at least one file, German first."""
    _books: dict[str, _Book] = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def translation(self, phrase: str, language: str) -> PhraseTranslation | None:
        return self._book(language).translations.get(phrase)

    def search(self, text: str, language: str = STAFF_LANGUAGE, topic: str | None = None) -> list[Phrase]:
        """Phrases with the words (or beginnings of words) of `text`, best first; all for an empty text."""
        phrases = [p for p in self.phrases.values() if topic is None or p.topic == topic]
        return search(phrases, text, language)

    def problems(self, chosen: Iterable[str] | None = None) -> tuple[Problem, ...]:
        """Broken, stale and missing translations of the given languages (all that have a file)."""
        codes = [code for code in self.languages if code != STAFF_LANGUAGE] if chosen is None else chosen
        return tuple(problem for code in codes for problem in self._book(code).problems)

    def _book(self, language: str) -> _Book:
        with self._lock:
            if language not in self._books:
                self._books[language] = _read_book(self, language)
            return self._books[language]


def load_library(root: Path | None = None) -> Library:
    """Read the German side of every topic below `root` (the installed phrasebooks).

    Raises ContentError for a German file that is wrong and for a file named after no known language. What is
    wrong inside a translation only makes that translation unusable and is listed by `Library.problems`.
    """
    root = phrasebook_root() if root is None else root
    folders = sorted(path.parent for path in root.glob(f"*/{SOURCE_FILE}"))
    if not folders:
        raise ContentError("keine Phrasen gefunden", f"Ordner mit {SOURCE_FILE} anlegen", path=root)
    topics: dict[str, Topic] = {}
    phrases: dict[str, Phrase] = {}
    library = Library(root, topics, phrases, _languages_of(folders))
    for folder in folders:
        file = TomlFile(folder / SOURCE_FILE)
        topics[folder.name] = _topic(file, folder.name)
        for slug in file.table:
            if slug != "title":
                phrase = read_phrase(file, folder.name, slug)
                phrases[phrase.id] = replace(phrase, find_translation=library.translation)
    return library


def _topic(file: TomlFile, slug: str) -> Topic:
    title = file.table.get("title")
    if not isinstance(title, str) or not title.strip():
        raise file.error(
            "der Titel des Themas fehlt", 'title = "…" in die erste Zeile schreiben', key="title"
        )
    return Topic(slug, title)


def _languages_of(folders: list[Path]) -> tuple[str, ...]:
    known = languages()
    found = set()
    for path in (path for folder in folders for path in sorted(folder.glob("*.toml"))):
        if path.name != SOURCE_FILE:
            if path.stem not in known or path.stem == STAFF_LANGUAGE:
                raise ContentError(
                    f"„{path.stem}“ ist keine bekannte Sprache", nearest(path.stem, list(known)), path=path
                )
            found.add(path.stem)
    return tuple(code for code in known if code == STAFF_LANGUAGE or code in found)


def _read_book(library: Library, language: str) -> _Book:
    translations: dict[str, PhraseTranslation] = {}
    problems: list[Problem] = []
    for topic in library.topics:
        path = library.root / topic / f"{language}.toml"
        if not path.is_file():
            continue
        try:
            file = TomlFile(path)
        except ContentError as error:
            problems.append(Problem("broken", topic, language, error))
            continue
        for slug in file.table:
            _read_entry(library, language, file, f"{topic}/{slug}", translations, problems)
        problems += _missing(library, language, topic, file)
    return _Book(translations, tuple(problems))


def _read_entry(
    library: Library,
    language: str,
    file: TomlFile,
    name: str,
    translations: dict[str, PhraseTranslation],
    problems: list[Problem],
) -> None:
    slug = name.split("/", 1)[1]
    phrase = library.phrases.get(name)
    try:
        if phrase is None:
            own = [
                known.split("/", 1)[1] for known in library.phrases if known.startswith(name[: -len(slug)])
            ]
            raise file.error(f"[{slug}] hat keinen deutschen Satz", nearest(slug, own), slug)
        found = read_translation(file, language, phrase, slug)
    except ContentError as error:
        problems.append(Problem("broken", name, language, error))
        return
    if found.source_hash == phrase.source_hash:
        translations[name] = found
        return
    outdated = file.error(
        f"[{slug}] gehört zu einem früheren deutschen Wortlaut ({found.source_hash or 'ohne Prüfsumme'})",
        f'Übersetzung prüfen, dann source_hash = "{phrase.source_hash}" setzen',
        slug,
        "source_hash",
    )
    problems.append(Problem("stale", name, language, outdated))


def _missing(library: Library, language: str, topic: str, file: TomlFile) -> list[Problem]:
    return [
        Problem(
            "missing", name, language, file.error(f"[{name.split('/', 1)[1]}] fehlt", "Übersetzung ergänzen")
        )
        for name, phrase in library.phrases.items()
        if phrase.topic == topic and name.split("/", 1)[1] not in file.table
    ]
