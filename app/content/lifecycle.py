"""Life cycle of a translation: draft → checked (native reader) → approved (physician) → expired.

This module alone sets a status other than draft, for a named person who has seen source and target.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content.editing import SIGNATURE, refuse_conflict, translation_path
from app.content.person import clean_name, name_problem
from app.content.phrasebooks import SOURCE_FILE
from app.content.reading import read_phrase, read_translation
from app.content.toml_edit import TomlDocument
from app.content.toml_file import TomlFile
from app.content.types import Phrase, Status
from app.content.writing import write_files
from app.core.errors import ContentError, SprachpultError, UsageError
from app.core.languages import language as language_row

Examine = Callable[[Phrase, str], Sequence[str]]
"""Looks at a phrase in a language and gives the reasons why nobody may sign it; none: it may be signed."""

_BEFORE = {
    Status.CHECKED: (Status.DRAFT, Status.EXPIRED),
    Status.APPROVED: (Status.CHECKED, Status.APPROVED, Status.EXPIRED),
}
"""What a translation must be before it can become `checked` or `approved`."""
_WORDS = {
    Status.DRAFT: "Entwurf",
    Status.CHECKED: "geprüft",
    Status.APPROVED: "freigegeben",
    Status.EXPIRED: "abgelaufen",
}


class SigningError(SprachpultError):
    """A translation cannot be signed as it is."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, on which day, and the last day it holds (None: no end)."""

    reviewer: str
    day: datetime.date
    expires: datetime.date | None = None

    def __post_init__(self) -> None:
        """Raises UsageError for a name that is no person's and for an end in the past."""
        if problem := name_problem(self.reviewer):
            raise UsageError(f"Ohne Namen keine Unterschrift: {problem}", '--reviewer "Vorname Nachname"')
        if self.expires is not None and self.expires <= self.day:
            raise UsageError(
                f"Das Ende {self.expires:%d.%m.%Y} liegt nicht nach heute", "--expires mit späterem Tag"
            )


def check(root: Path, phrase: Phrase, language: str, signature: Signature, examine: Examine) -> None:
    """A native reader has compared the translation with the German: it becomes `checked`.

    Raises SigningError with the reason if it cannot, ContentError if somebody changed it meanwhile.
    """
    _sign(root, phrase, language, Status.CHECKED, signature, examine)


def approve(root: Path, phrase: Phrase, language: str, signature: Signature, examine: Examine) -> None:
    """A physician approves a checked translation, or renews an approval. Raises like `check`."""
    _sign(root, phrase, language, Status.APPROVED, signature, examine)


def refusal(
    phrase: Phrase, language: str, wanted: Status, day: datetime.date, examine: Examine
) -> SigningError | None:
    """Why a translation cannot become `wanted` (checked or approved); None if it can."""
    where = f"{phrase.id} ({language_row(language).name})"
    translation = phrase.translation(language)
    if translation is None:
        return SigningError(
            f"{where}: es gibt keine gültige Übersetzung",
            f"„sprachpult phrases check --topic {phrase.topic} --language {language}“ sagt, warum",
        )
    status = translation.status_on(day)
    if status not in _BEFORE[wanted]:
        if status is Status.DRAFT:
            hint = "zuerst liest jemand mit dieser Muttersprache: --as checked"
            return SigningError(f"{where}: ist noch Entwurf", hint)
        return SigningError(f"{where}: ist schon {_WORDS[status]}", "nichts zu tun")
    if reasons := examine(phrase, language):
        return SigningError(f"{where}: {'; '.join(reasons)}", "Übersetzung berichtigen: phrases edit")
    return None


def _sign(
    root: Path, phrase: Phrase, language: str, wanted: Status, signature: Signature, examine: Examine
) -> None:
    if reason := refusal(phrase, language, wanted, signature.day, examine):
        raise reason
    path, slug = translation_path(root, phrase, language)
    source = TomlDocument(root / phrase.topic / SOURCE_FILE)
    document = TomlDocument(path)
    _still_as_seen(phrase, language, source, document)
    fields = _signed_fields(phrase, language, wanted, signature)
    document.set(slug, fields, set(SIGNATURE) - fields.keys())
    read_translation(TomlFile(path, document.after), language, phrase, slug)
    write_files({path: document.after}, {path: document.before, source.path: source.before})


def _signed_fields(
    phrase: Phrase, language: str, wanted: Status, signature: Signature
) -> dict[str, str | datetime.date]:
    """What is written; an approval keeps the name of the native reader."""
    before = phrase.translation(language)
    fields: dict[str, str | datetime.date | None] = {
        "status": wanted.value,
        "reviewer": clean_name(signature.reviewer),
        "date": signature.day,
        "expires": signature.expires,
    }
    if wanted is Status.APPROVED and before is not None:
        checked = before.status is Status.CHECKED
        fields["checked_by"] = before.reviewer if checked else before.checked_by
        fields["checked_on"] = before.date if checked else before.checked_on
    return {name: value for name, value in fields.items() if value}


def _still_as_seen(phrase: Phrase, language: str, source: TomlDocument, document: TomlDocument) -> None:
    """Both sides on disk are what the signer was shown. Raises ContentError."""
    slug = phrase.id.split("/", 1)[1]
    german = TomlFile(source.path, source.after)
    if slug not in source or read_phrase(german, phrase.topic, slug).source_hash != phrase.source_hash:
        raise german.error(f"[{slug}] wurde inzwischen geändert", "neu laden und noch einmal lesen", slug)
    if slug not in document:
        raise ContentError(f"[{slug}] wurde inzwischen gelöscht", "neu laden", path=document.path)
    refuse_conflict(phrase, language, TomlFile(document.path, document.after), slug)
