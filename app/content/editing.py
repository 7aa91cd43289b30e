"""Drafts: every change to content except its life cycle. What is written here is a draft, whatever it was.

An `Edition` collects changes to one content root and saves them whole or not at all; the functions below it
are one change each.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.content.phrasebooks import SOURCE_FILE, load_library
from app.content.prepared import Prepared, read_target, refuse_conflict, slug_of, translation_path
from app.content.reading import read_phrase
from app.content.toml_edit import TomlDocument, Value
from app.content.toml_file import TomlFile, nearest
from app.content.types import Phrase, Status
from app.content.writing import ChangedError, write_files
from app.core.errors import ContentError, InputError, UsageError
from app.core.languages import STAFF_LANGUAGE
from app.core.languages import language as language_row

Text = str | Mapping[str, str]
"""A sentence, or a sentence per CLDR plural category."""
SIGNATURE = ("reviewer", "date", "expires", "checked_by", "checked_on")
"""What a person's signature consists of beside the status; any edit removes it."""
_SLUG_WORDS = 4
_ATTEMPTS = 10
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Edition:
    """Changes to the files of one content root (phrasebooks or glossaries), written by `save`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._documents: dict[Path, TomlDocument] = {}
        self._validations: list[tuple[Path, Callable[[TomlFile], object]]] = []

    def document(self, path: Path) -> TomlDocument:
        """The file with the changes so far. Raises ContentError for a broken one."""
        if path not in self._documents:
            self._documents[path] = TomlDocument(path)
        return self._documents[path]

    def set_draft(
        self,
        path: Path,
        slug: str,
        fields: Mapping[str, Value],
        drop: Sequence[str] = (),
        validate: Callable[[TomlFile], object] | None = None,
    ) -> None:
        """Set fields of a translation or term, `source_hash` among them. It becomes a draft: status and
        signature cannot be given.

        `validate` reads the entry from the file as it will be and raises ContentError.
        """
        self._refuse_signature(fields)
        rest = {name: value for name, value in fields.items() if name != "source_hash"}
        written = {**rest, "status": Status.DRAFT.value, "source_hash": fields["source_hash"]}
        self.document(path).set(slug, written, {*drop, *SIGNATURE})
        if validate is not None:
            self._validations.append((path, validate))

    def set_source(
        self, path: Path, slug: str, fields: Mapping[str, Value], validate: Callable[[TomlFile], object]
    ) -> None:
        """Set fields of a German entry; these have no status."""
        self._refuse_signature(fields)
        self.document(path).set(slug, fields)
        self._validations.append((path, validate))

    def changes(self) -> dict[Path, tuple[str | None, str]]:
        """Text before (None: new file) and after, of the files that differ."""
        texts = {path: (document.before, document.after) for path, document in self._documents.items()}
        return {path: pair for path, pair in texts.items() if pair[0] != pair[1]}

    def save(self) -> tuple[Path, ...]:
        """Check and write everything; returns the files written. After a ContentError nothing has changed."""
        files: dict[Path, TomlFile] = {}
        for path, validate in self._validations:
            if path not in files:
                files[path] = TomlFile(path, self._documents[path].after)
            validate(files[path])
        changed = self.changes()
        read_as = {path: document.before for path, document in self._documents.items()}
        write_files({path: after for path, (_, after) in changed.items()}, read_as)
        return tuple(changed)

    @staticmethod
    def _refuse_signature(fields: Mapping[str, Value]) -> None:
        if wrong := {"status", *SIGNATURE} & fields.keys():
            raise ValueError(f"only app.content.lifecycle sets {sorted(wrong)}")


def set_translation(
    root: Path,
    phrase: Phrase,
    language: str,
    text: Text,
    *,
    alternatives: Mapping[str, str] | None = None,
    comment: str | None = None,
) -> None:
    """Write a translation as a draft of the German wording in `phrase`.

    `alternatives` and `comment` stay as they are if None, and go if empty. Raises ContentError if the slots
    are wrong, if the file is broken, and if somebody changed the entry since `phrase` was loaded.
    """

    def change(edition: Edition) -> None:
        draft_translation(edition, phrase, language, text, alternatives=alternatives, comment=comment)

    save_change(root, change)


def save_change(root: Path, change: Callable[[Edition], None]) -> None:
    """Save one change, again if somebody changed another entry of the file in the same moment."""
    for attempt in range(_ATTEMPTS):
        edition = Edition(root)
        change(edition)
        try:
            edition.save()
            return
        except ChangedError:
            if attempt + 1 == _ATTEMPTS:
                raise


def draft_translation(
    edition: Edition,
    phrase: Phrase,
    language: str,
    text: Text,
    *,
    alternatives: Mapping[str, str] | None = None,
    comment: str | None = None,
) -> None:
    """`set_translation` as one of several changes."""
    fields: dict[str, Value | None] = {
        "text": _wording(text),
        "alternatives": clean(alternatives) if alternatives else alternatives,
        "comment": clean(comment) if comment else comment,
    }
    put_draft(edition, phrase, language, fields)


def put_draft(edition: Edition, entry: Prepared, language: str, fields: Mapping[str, Value | None]) -> None:
    """Fields of a translation or a term as a draft; None leaves a field as it is, an empty one goes.

    Raises ContentError if somebody changed the entry since `entry` was loaded, UsageError for German.
    """
    if language_row(language).code == STAFF_LANGUAGE:
        raise UsageError("Deutsch ist die Ausgangssprache", "die anderen Sprachen sind Übersetzungen")
    path, slug = translation_path(edition.root, entry, language), slug_of(entry)
    document = edition.document(path)
    if document.before is not None and slug in document:
        refuse_conflict(entry, language, TomlFile(path, document.after))
    edition.set_draft(
        path,
        slug,
        {name: value for name, value in fields.items() if value} | {"source_hash": entry.source_hash},
        [name for name, value in fields.items() if value is not None and not value],
        lambda file: read_target(file, language, entry),
    )


def written(root: Path, phrase: Phrase, language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Text by plural category and alternatives as they stand in the file, be they stale or wrong.

    Both are empty if there is no entry. Raises ContentError for a broken file.
    """
    entry = TomlDocument(translation_path(root, phrase, language)).entry(slug_of(phrase))
    text, alternatives = entry.get("text", {}), entry.get("alternatives", {})
    texts = {"other": text} if isinstance(text, str) else dict(text)
    return texts, dict(alternatives) if isinstance(alternatives, dict) else {}


def add_phrase(
    root: Path,
    topic: str,
    german: str,
    *,
    speaker: str = "staff",
    kind: str = "information",
    translations: Mapping[str, Text] | None = None,
) -> str:
    """Add a German sentence to a topic, with drafts in other languages; returns its new id.

    Raises UsageError for an unknown topic, ContentError for a sentence that is already there.
    """
    library = load_library(root)
    if topic not in library.topics:
        raise UsageError(f"Unbekanntes Thema „{topic}“", nearest(topic, list(library.topics)))
    text = clean(german)
    for known in library.phrases.values():
        if text in known.text.values():
            raise ContentError(f"„{text}“ gibt es schon", f"dort ändern: {known.id}")
    slug = _slug(
        str(text), [phrase.split("/", 1)[1] for phrase in library.phrases if phrase.startswith(f"{topic}/")]
    )
    edition = Edition(root)
    path = root / topic / SOURCE_FILE
    fields: dict[str, Value] = {"text": text, "speaker": speaker, "kind": kind}
    edition.set_source(path, slug, fields, lambda file: read_phrase(file, topic, slug))
    phrase = read_phrase(TomlFile(path, edition.document(path).after), topic, slug)
    for code, translated in (translations or {}).items():
        draft_translation(edition, phrase, code, translated)
    edition.save()
    return phrase.id


def set_source(root: Path, phrase_id: str, text: Text, *, seen: Phrase | None = None) -> None:
    """Change a German sentence. Its translations become stale, because their hash no longer fits.

    `seen` is the phrase the person was shown. Raises UsageError for an unknown id, ContentError for wrong
    slots and if the sentence is no longer the one seen.
    """
    phrase = load_library(root).phrases.get(phrase_id)
    if phrase is None:
        raise UsageError(
            f"Unbekannte Phrase „{phrase_id}“", "„sprachpult phrases search WORT“ findet Kennungen"
        )
    slug = phrase_id.split("/", 1)[1]
    path = root / phrase.topic / SOURCE_FILE
    if seen is not None and seen.source_hash != phrase.source_hash:
        raise TomlFile(path).error(f"[{slug}] wurde inzwischen geändert", "neu laden", slug)
    edition = Edition(root)
    edition.set_source(
        path, slug, {"text": _wording(text)}, lambda file: read_phrase(file, phrase.topic, slug)
    )
    edition.save()


def _wording(text: Text) -> Text:
    """A cleaned text; a table of `other` alone is a plain text."""
    cleaned = clean(text)
    return cleaned["other"] if not isinstance(cleaned, str) and set(cleaned) == {"other"} else cleaned


def clean(text: Text) -> Text:
    """NFC, without spaces at the ends. Raises InputError for an empty text and for control characters."""
    if not isinstance(text, str):
        return {category: str(clean(value)) for category, value in text.items()}
    cleaned = unicodedata.normalize("NFC", text).strip()
    if not cleaned:
        raise InputError("Der Text ist leer", "einen Satz angeben")
    if any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in cleaned):
        raise InputError("Der Text hat einen Zeilenumbruch oder ein Steuerzeichen", "in eine Zeile schreiben")
    return cleaned


def _slug(text: str, taken: Sequence[str]) -> str:
    """A short ASCII name from the first long words of a sentence, with a number if it is taken."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_UMLAUTS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))
    longest = [word for word in words if len(word) > 3][:_SLUG_WORDS] or words[:_SLUG_WORDS] or ["satz"]
    name = "-".join(longest)
    number = 2
    while (slug := name if number == 2 and name not in taken else f"{name}-{number}") in taken:
        number += 1
    return slug
