"""`sprachpult phrases approve`: a named person compares source and target, then signs. Nothing else signs."""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.ask import NoAnswer, confirm
from app.cli.ask import ask as prompt
from app.cli.output import Json, json_line
from app.core.errors import SprachpultError, UsageError
from app.core.languages import isolate, language

if TYPE_CHECKING:
    from app.content import Library, Phrase, PhraseTranslation
    from app.content.lifecycle import Signature

_DAY_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


def approve(
    phrase_id: Annotated[
        str | None, typer.Argument(metavar="PHRASE", help="Kennung, z. B. tb/husten-wochen.")
    ] = None,
    code: Annotated[str, typer.Option("--language", help="Sprache der Übersetzung.")] = "",
    topic: Annotated[
        str | None, typer.Option("--topic", help="Alle Phrasen eines Themas, eine nach der anderen.")
    ] = None,
    step: Annotated[
        str,
        typer.Option(
            "--as", help="checked: Muttersprache hat gelesen; approved: Ärztin oder Arzt gibt frei."
        ),
    ] = "approved",
    reviewer: Annotated[
        str, typer.Option("--reviewer", help="Vorname und Nachname der Person, die liest.")
    ] = "",
    expires: Annotated[
        str, typer.Option("--expires", help="Letzter Tag der Freigabe, z. B. 2027-12-31.")
    ] = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Nicht nachfragen; gilt nur für eine einzelne Phrase.")
    ] = False,
    json: Json = False,
) -> None:
    """Zeigt Deutsch und Übersetzung, dann unterschreibt eine Person mit Namen."""
    from app.content import load_library

    _refuse_wrong_usage(phrase_id, code, topic, step, yes, json)
    library = load_library()
    phrases = _chosen(library, phrase_id, topic)
    signature = _signature(reviewer, _day(expires), ask=not json)
    task = _Task(library, code, step, signature, json)
    for phrase in phrases:
        try:
            _one(task, phrase, ask=not yes, several=topic is not None)
        except NoAnswer:
            if topic is None:
                raise
            break
    if not json and topic is not None:
        print(f"{task.signed} unterschrieben, {task.refused} gehen nicht, {task.skipped} übersprungen")
    if task.refused and topic is None:
        raise typer.Exit(1)


@dataclass(slots=True)
class _Task:
    """One run of the command: what is signed as what, and how it went."""

    library: "Library"
    language: str
    step: str
    signature: "Signature"
    json: bool
    signed: int = 0
    refused: int = 0
    skipped: int = 0


def _refuse_wrong_usage(
    phrase_id: str | None, code: str, topic: str | None, step: str, yes: bool, json: bool
) -> None:
    if not code:
        raise UsageError("Es fehlt die Sprache", "--language tr")
    if language(code).code == "de":
        raise UsageError("Deutsch ist die Ausgangssprache", "--language tr")
    if (phrase_id is None) == (topic is None):
        raise UsageError("Eine Phrase oder ein Thema angeben", "phrases approve tb/fieber --language tr")
    if step not in ("checked", "approved"):
        raise UsageError(f"Unbekannter Schritt „{step}“", "--as checked oder --as approved")
    if topic is not None and (yes or json):
        raise UsageError("Ein ganzes Thema wird Satz für Satz gefragt", "ohne --yes und --json aufrufen")
    if json and not yes:
        raise UsageError("Mit --json kann nicht gefragt werden", "--yes ergänzen")


def _chosen(library: "Library", phrase_id: str | None, topic: str | None) -> "list[Phrase]":
    from app.cli.phrases import known_phrase

    if phrase_id is not None:
        return [known_phrase(library, phrase_id)]
    if topic not in library.topics:
        raise UsageError(f"Unbekanntes Thema „{topic}“", f"vorhanden: {', '.join(library.topics)}")
    return [phrase for phrase in library.phrases.values() if phrase.topic == topic]


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


def _one(task: _Task, phrase: "Phrase", *, ask: bool, several: bool) -> None:
    from app.content import Status
    from app.content.lifecycle import approve as set_approved
    from app.content.lifecycle import check as set_checked
    from app.content.lifecycle import refusal
    from app.guard.phrases import objections

    wanted, day = Status(task.step), task.signature.day
    refused: SprachpultError | None = refusal(phrase, task.language, wanted, day, objections)
    if not task.json and (refused is None or not several):
        _show(phrase, task.language, day)
    if refused is not None and phrase.translation(task.language) is None:
        refused = _unusable(task, phrase, refused)
    if refused is None and ask and not _confirmed(task, phrase):
        task.skipped += 1
        return
    if refused is None:
        sign = set_checked if wanted is Status.CHECKED else set_approved
        try:
            sign(task.library.root, phrase, task.language, task.signature, objections)
        except SprachpultError as error:
            refused = error
    if refused is not None and not several and not task.json:
        raise refused
    _report(task, phrase, refused)


def _unusable(task: _Task, phrase: "Phrase", refused: SprachpultError) -> SprachpultError:
    """Why a translation is none: stale, broken or missing, with file and line."""
    problems = task.library.problems([task.language])
    return next((problem.error for problem in problems if problem.phrase == phrase.id), refused)


def _confirmed(task: _Task, phrase: "Phrase") -> bool:
    deed = "gelesen und richtig" if task.step == "checked" else "freigeben"
    return confirm(f"{phrase.id}: {deed}? Es unterschreibt {task.signature.reviewer}")


def _report(task: _Task, phrase: "Phrase", refused: SprachpultError | None) -> None:
    task.refused += refused is not None
    task.signed += refused is None
    if task.json:
        json_line(_row(task, phrase, refused))
    elif refused is not None:
        print(f"  ⛔ {refused}")
    else:
        word = "geprüft" if task.step == "checked" else "freigegeben"
        print(f"  ✔ {word}: {task.signature.reviewer}, {task.signature.day:%d.%m.%Y}")


def _row(task: _Task, phrase: "Phrase", refused: SprachpultError | None) -> dict[str, Any]:
    end = task.signature.expires
    return {
        "phrase": phrase.id,
        "language": task.language,
        "done": refused is None,
        "status": task.step if refused is None else None,
        "reviewer": task.signature.reviewer,
        "date": task.signature.day.isoformat(),
        "expires": end.isoformat() if end else None,
        "message": refused.message if refused else None,
        "hint": refused.hint if refused else None,
    }


def _show(phrase: "Phrase", code: str, day: datetime.date) -> None:
    """Source and target side by side, in every form, with what the guard says."""
    translation = phrase.translation(code)
    print(f"\n{phrase.id}  ({phrase.kind}, {phrase.risk})")
    if phrase.note:
        print(f"  Notiz: {phrase.note}")
    if translation is None:
        print(f"  Deutsch    {phrase.source}")
        return
    _forms("Deutsch", phrase.text)
    _forms(language(code).name, translation.text)
    _forms("Fassung", translation.alternatives)
    if translation.comment:
        print(f"  Bemerkung: {translation.comment}")
    _stand(translation, day)
    _samples(phrase, code)


def _forms(title: str, texts: Any) -> None:
    for name, text in texts.items():
        label = title if len(texts) == 1 and title != "Fassung" else f"{title} ({name})"
        print(f"  {label:22}{isolate(text)}")


def _stand(translation: "PhraseTranslation", day: datetime.date) -> None:
    signed = f", {translation.reviewer}, {translation.date:%d.%m.%Y}" if translation.date else ""
    checked = f", gelesen von {translation.checked_by}" if translation.checked_by else ""
    print(f"  Stand: {translation.status_on(day).value}{signed}{checked}")


_WORDS = {"green": "✔ gleich", "amber": "▲ ansehen", "red": "⛔ anders"}


def _samples(phrase: "Phrase", code: str) -> None:
    from app.guard.phrases import renderings

    for sample in renderings(phrase, code):
        print(f"  {_WORDS[sample.verdict.level.value]:11}{sample.source if phrase.slots else ''}".rstrip())
        if phrase.slots or sample.form:
            print(f"{'':13}{isolate(sample.target)}")
        for finding in sample.verdict.findings:
            print(f"{'':13}{finding.message}")
