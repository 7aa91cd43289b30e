"""Plain language for `phrases check --plain`: the German of the phrasebooks, or a text of one's own."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.content import Library, Phrase, load_library
from app.content.checking import ERROR, WARNING, ContentFinding
from app.content.pattern import SLOT
from app.content.phrasebooks import SOURCE_FILE
from app.content.plain_language import Obstacle, obstacles
from app.content.toml_file import TomlFile
from app.core.errors import InputError, UsageError
from app.core.languages import STAFF_LANGUAGE

STANDARD_INPUT = "-"
LONGEST_TEXT = 100_000
"""Characters; a page of print holds about 3,000."""
_SAMPLE = "3"
"""What stands for a slot: one word."""


def check_plain(text: str | None, topics: Sequence[str] | None) -> list[ContentFinding]:
    """Obstacles in `text` (errors), or in the German of the phrasebooks (warnings) if it is None.

    Raises InputError for an empty or endless text, UsageError for an unknown topic.
    """
    if text is not None:
        return list(_of_text(text))
    library = load_library()
    if unknown := [topic for topic in topics or () if topic not in library.topics]:
        raise UsageError(f"Unbekanntes Thema „{unknown[0]}“", f"vorhanden: {', '.join(library.topics)}")
    return [row for topic in topics or library.topics for row in _of_topic(library, topic)]


def _of_text(text: str) -> Iterator[ContentFinding]:
    whole = sys.stdin.read(LONGEST_TEXT + 1) if text == STANDARD_INPUT else text
    if not whole.strip():
        raise InputError("Kein Text angegeben", 'sprachpult phrases check --plain "Der Text."')
    if len(whole) > LONGEST_TEXT:
        raise InputError(f"Der Text hat mehr als {LONGEST_TEXT} Zeichen", "in Teilen prüfen")
    for found in obstacles(whole):
        line = whole.count("\n", 0, found.start) + 1
        yield _finding(found, ERROR, Path("Text"), line, found.message)


def _of_topic(library: Library, topic: str) -> Iterator[ContentFinding]:
    file = TomlFile(library.root / topic / SOURCE_FILE)
    for phrase in library.phrases.values():
        if phrase.topic == topic:
            slug = phrase.id.split("/", 1)[1]
            line = file.line(slug, "text")
            for found in _distinct(phrase):
                yield _finding(found, WARNING, file.path, line, f"[{slug}] {found.message}", phrase.id)


def _distinct(phrase: Phrase) -> Iterable[Obstacle]:
    """What stands in any of the plural forms, once."""
    texts = (SLOT.sub(_SAMPLE, pattern) for pattern in phrase.text.values())
    return {(found.code, found.message): found for text in texts for found in obstacles(text)}.values()


def _finding(
    found: Obstacle, severity: str, path: Path, line: int | None, message: str, phrase: str = ""
) -> ContentFinding:
    return ContentFinding(found.code, severity, path, line, message, found.hint, phrase, STAFF_LANGUAGE)
