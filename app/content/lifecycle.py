"""Life cycle of translations and terms: draft → checked (native reader) → approved (physician) → expired.

This module alone sets a status other than draft, for a named person who has seen source and target.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.content.editing import SIGNATURE
from app.content.person import clean_name, name_problem
from app.content.prepared import (
    P,
    Prepared,
    folder_of,
    kind_of,
    read_target,
    refuse_changed_source,
    refuse_conflict,
    slug_of,
    source_path,
    translation_path,
)
from app.content.toml_edit import TomlDocument
from app.content.toml_file import TomlFile
from app.content.types import Signed, Status
from app.content.writing import write_files
from app.core.errors import ContentError, SprachpultError, UsageError
from app.core.languages import language as language_row

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


def check(
    root: Path, entry: P, language: str, signature: Signature, examine: Callable[[P, str], Sequence[str]]
) -> None:
    """A native reader has compared the translation with the German: it becomes `checked`.

    `examine` looks at the entry in the language and gives the reasons, in German, why nobody may sign it.
    Raises SigningError with the reason if it cannot be signed, ContentError if somebody changed the entry
    meanwhile, on either side.
    """
    _refuse(refusal(entry, language, Status.CHECKED, signature.day, examine))
    _sign(root, entry, language, Status.CHECKED, signature)


def approve(
    root: Path, entry: P, language: str, signature: Signature, examine: Callable[[P, str], Sequence[str]]
) -> None:
    """A physician approves a checked translation, or renews an approval. Like `check`."""
    _refuse(refusal(entry, language, Status.APPROVED, signature.day, examine))
    _sign(root, entry, language, Status.APPROVED, signature)


def refusal(
    entry: P, language: str, wanted: Status, day: datetime.date, examine: Callable[[P, str], Sequence[str]]
) -> SigningError | None:
    """Why a translation cannot become `wanted` (checked or approved); None if it can."""
    where = f"{entry.id} ({language_row(language).name})"
    kind = kind_of(entry)
    translation = entry.translation(language)
    if translation is None:
        chosen = f"--{kind.folder} {folder_of(entry)} --language {language}"
        return SigningError(
            f"{where}: es gibt keine gültige Übersetzung",
            f"„sprachpult {kind.command} check {chosen}“ sagt, warum",
        )
    status = translation.status_on(day)
    if status not in _BEFORE[wanted]:
        if status is Status.DRAFT:
            hint = "zuerst liest jemand mit dieser Muttersprache: --as checked"
            return SigningError(f"{where}: ist noch Entwurf", hint)
        return SigningError(f"{where}: ist schon {_WORDS[status]}", "nichts zu tun")
    if reasons := examine(entry, language):
        return SigningError(f"{where}: {'; '.join(reasons)}", f"Übersetzung berichtigen: {kind.command} edit")
    return None


def _refuse(reason: SigningError | None) -> None:
    if reason is not None:
        raise reason


def _sign(root: Path, entry: Prepared, language: str, wanted: Status, signature: Signature) -> None:
    path, slug = translation_path(root, entry, language), slug_of(entry)
    source = TomlDocument(source_path(root, entry))
    document = TomlDocument(path)
    # Both sides on disk are what the signer was shown.
    refuse_changed_source(entry, TomlFile(source.path, source.after))
    if slug not in document:
        raise ContentError(f"[{slug}] wurde inzwischen gelöscht", "neu laden", path=path)
    refuse_conflict(entry, language, TomlFile(path, document.after))
    fields = _signed_fields(entry.translation(language), wanted, signature)
    document.set(slug, fields, set(SIGNATURE) - fields.keys())
    read_target(TomlFile(path, document.after), language, entry)
    write_files({path: document.after}, {path: document.before, source.path: source.before})


def _signed_fields(
    before: Signed | None, wanted: Status, signature: Signature
) -> dict[str, str | datetime.date]:
    """What is written; an approval keeps the name of the native reader."""
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
