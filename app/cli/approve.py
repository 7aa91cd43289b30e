"""What `phrases approve` and `glossary approve` share: a named person compares both sides, then signs.

Nothing else in the program signs.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import typer

from app.cli.ask import NoAnswer, confirm
from app.cli.ask import ask as prompt
from app.cli.output import json_line
from app.core.errors import SprachpultError, UsageError
from app.core.languages import isolate, language

if TYPE_CHECKING:
    from app.content import Concept, Phrase, Problem
    from app.content.lifecycle import Signature
    from app.content.types import Signed

P = TypeVar("P", "Phrase", "Concept")

Target = Annotated[str, typer.Option("--language", help="Sprache der Übersetzung.")]
Step = Annotated[
    str,
    typer.Option("--as", help="checked: Muttersprache hat gelesen; approved: Ärztin oder Arzt gibt frei."),
]
Reviewer = Annotated[str, typer.Option("--reviewer", help="Vorname und Nachname der Person, die liest.")]
Expires = Annotated[str, typer.Option("--expires", help="Letzter Tag der Freigabe, z. B. 2027-12-31.")]
Yes = Annotated[bool, typer.Option("--yes", help="Nicht nachfragen; gilt nur für einen einzelnen Eintrag.")]

LABEL = 22
"""Columns before what is shown of each side."""
_DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: one entry or a whole folder, a language, and how it is to be signed."""

    name: str | None
    folder: str | None
    language: str
    step: str
    yes: bool
    json: bool

    def refuse_wrong_usage(self, choose: str, example: str, whole: str) -> None:
        """Raises UsageError. `choose` says what to name, as in `example`; `whole` how a folder is asked."""
        if not self.language:
            raise UsageError("Es fehlt die Sprache", "--language tr")
        if language(self.language).code == "de":
            raise UsageError("Deutsch ist die Ausgangssprache", "--language tr")
        if (self.name is None) == (self.folder is None):
            raise UsageError(choose, f"{example} --language tr")
        if self.step not in ("checked", "approved"):
            raise UsageError(f"Unbekannter Schritt „{self.step}“", "--as checked oder --as approved")
        if self.folder is not None and (self.yes or self.json):
            raise UsageError(whole, "ohne --yes und --json aufrufen")
        if self.json and not self.yes:
            raise UsageError("Mit --json kann nicht gefragt werden", "--yes ergänzen")


@dataclass(frozen=True, slots=True)
class Shelf(Generic[P]):
    """Phrases or concepts to sign, how they are shown, and what speaks against them."""

    root: Path
    entries: Sequence[P]
    show: Callable[[P, str, datetime.date], None]
    """(entry, language, today): both sides, with everything a person has to see."""
    objections: Callable[[P, str], Sequence[str]]
    problems: Callable[[Iterable[str]], "Sequence[Problem]"]
    """Languages → what is stale, broken or missing."""


@dataclass(slots=True)
class _Task(Generic[P]):
    """One run of a command, and how it went."""

    shelf: Shelf[P]
    order: Order
    signature: "Signature"
    signed: int = 0
    refused: int = 0
    skipped: int = 0


def run(shelf: Shelf[P], order: Order, reviewer: str, expires: str) -> None:
    """Show, ask and sign, one entry after the other. Raises SprachpultError if a single one is refused."""
    task = _Task(shelf, order, _signature(reviewer, _day(expires), ask=not order.json))
    for entry in shelf.entries:
        try:
            _one(task, entry)
        except NoAnswer:
            if order.folder is None:
                raise
            break
    if order.folder is not None:
        print(f"{task.signed} unterschrieben, {task.refused} gehen nicht, {task.skipped} übersprungen")
    elif task.refused:
        raise typer.Exit(1)


def _day(text: str) -> datetime.date | None:
    for layout in _DAY_FORMATS if text else ():
        try:
            return datetime.datetime.strptime(text, layout).date()
        except ValueError:
            continue
    if text:
        raise UsageError(f"„{text}“ ist kein Datum", "--expires 2027-12-31")
    return None


def _signature(reviewer: str, expires: datetime.date | None, *, ask: bool) -> "Signature":
    from app.content.lifecycle import Signature

    if not reviewer.strip() and ask:
        reviewer = prompt("Wer unterschreibt? Vorname und Nachname")
    return Signature(reviewer, datetime.date.today(), expires)


def _one(task: _Task[P], entry: P) -> None:
    from app.content import Status
    from app.content.lifecycle import refusal

    shelf, order, day = task.shelf, task.order, task.signature.day
    several = order.folder is not None
    refused: SprachpultError | None = refusal(
        entry, order.language, Status(order.step), day, shelf.objections
    )
    if not order.json and (refused is None or not several):
        shelf.show(entry, order.language, day)
    if refused is not None and entry.translation(order.language) is None:
        refused = _unusable(task, entry.id, refused)
    if refused is None and not order.yes and not _confirmed(task, entry.id):
        task.skipped += 1
        return
    refused = refused or _sign(task, entry)
    if refused is not None and not several and not order.json:
        raise refused
    _report(task, entry, refused)


def _sign(task: _Task[P], entry: P) -> SprachpultError | None:
    from app.content.lifecycle import approve, check

    sign = check if task.order.step == "checked" else approve
    try:
        sign(task.shelf.root, entry, task.order.language, task.signature, task.shelf.objections)
    except SprachpultError as error:
        return error
    return None


def _unusable(task: _Task[P], name: str, refused: SprachpultError) -> SprachpultError:
    """Why a translation is none: stale, broken or missing, with file and line."""
    problems = task.shelf.problems([task.order.language])
    return next((problem.error for problem in problems if problem.phrase == name), refused)


def _confirmed(task: _Task[P], name: str) -> bool:
    deed = "gelesen und richtig" if task.order.step == "checked" else "freigeben"
    return confirm(f"{name}: {deed}? Es unterschreibt {task.signature.reviewer}")


def _report(task: _Task[P], entry: P, refused: SprachpultError | None) -> None:
    task.refused += refused is not None
    task.signed += refused is None
    if task.order.json:
        json_line(_row(task, entry, refused))
    elif refused is not None:
        print(f"  ⛔ {refused}")
    else:
        word = "geprüft" if task.order.step == "checked" else "freigegeben"
        print(f"  ✔ {word}: {task.signature.reviewer}, {task.signature.day:%d.%m.%Y}")


def _row(task: _Task[P], entry: P, refused: SprachpultError | None) -> dict[str, Any]:
    from app.content.prepared import kind_of

    end = task.signature.expires
    return {
        kind_of(entry).entry: entry.id,
        "language": task.order.language,
        "done": refused is None,
        "status": task.order.step if refused is None else None,
        "reviewer": task.signature.reviewer,
        "date": task.signature.day.isoformat(),
        "expires": end.isoformat() if end else None,
        "message": refused.message if refused else None,
        "hint": refused.hint if refused else None,
    }


def show_standing(translation: "Signed", day: datetime.date) -> None:
    """Comment and status, with the people who signed."""
    if translation.comment:
        print(f"  Bemerkung: {translation.comment}")
    signed = f", {translation.reviewer}, {translation.date:%d.%m.%Y}" if translation.date else ""
    checked = f", gelesen von {translation.checked_by}" if translation.checked_by else ""
    print(f"  Stand: {translation.status_on(day).value}{signed}{checked}")


def show_text(label: str, text: str) -> None:
    print(f"  {label:{LABEL}}{isolate(text)}")
