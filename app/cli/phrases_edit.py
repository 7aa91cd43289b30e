"""`sprachpult phrases edit` and `add`: drafts, from the command line or in the person's own editor."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.editor import VARIANTS, edit_until_saved, page, parse_forms
from app.cli.output import Json, json_line
from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE, language

if TYPE_CHECKING:
    from app.content import Library, Phrase


def edit(
    phrase_id: Annotated[str, typer.Argument(metavar="PHRASE", help="Kennung, z. B. tb/husten-wochen.")],
    code: Annotated[str, typer.Option("--language", help="Sprache; „de“ ändert den deutschen Satz.")],
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--text", help="Neuer Wortlaut, bei Mehrzahl je Form „one: …“; ohne öffnet sich ein Editor."
        ),
    ] = None,
    comment: Annotated[str | None, typer.Option("--comment", help="Bemerkung für die, die prüfen.")] = None,
    json: Json = False,
) -> None:
    """Ändert eine Übersetzung oder den deutschen Satz. Was geändert ist, ist wieder Entwurf."""
    from app.cli.phrases import known_phrase
    from app.content import load_library

    library = load_library()
    phrase = known_phrase(library, phrase_id)
    # Asked for before an editor opens: what somebody else changes meanwhile is a conflict, not overwritten.
    fits = language(code).code == STAFF_LANGUAGE or phrase.translation(code) is not None
    task = _Task(library, phrase, code, _written(library, phrase, code), fits, comment, json)
    if texts is not None:
        _save(task, _given(task.before, texts))
    elif not edit_until_saved(
        page(phrase, code, task.before), lambda text: _save(task, parse_forms(text) or task.before)
    ):
        _say(task, {"done": False}, "Nichts geändert.")


@dataclass(frozen=True, slots=True)
class _Task:
    """What is edited, and how it stood before."""

    books: "Library"
    phrase: "Phrase"
    language: str
    before: dict[str, str]
    fits: bool
    """False where there is no usable translation: then saving the same text confirms it."""
    comment: str | None
    json: bool


def _save(task: _Task, new: dict[str, str]) -> None:
    from app.content.editing import set_translation

    if new == task.before and task.fits and task.comment is None:
        _say(task, {"done": False}, "Nichts geändert.")
    elif task.language == STAFF_LANGUAGE:
        _save_german(task, new)
    else:
        alternatives = {form: text for form, text in new.items() if form in VARIANTS}
        forms = {form: text for form, text in new.items() if form not in VARIANTS}
        set_translation(
            task.books.root,
            task.phrase,
            task.language,
            forms,
            alternatives=alternatives,
            comment=task.comment,
        )
        _say(task, {"done": True, "status": "draft"}, "Gespeichert als Entwurf.")


def _save_german(task: _Task, new: dict[str, str]) -> None:
    from app.content.editing import set_source

    if task.comment is not None:
        raise UsageError("Deutsche Sätze haben keine Bemerkung", "--comment weglassen")
    stale = [code for code in task.books.languages if task.phrase.translation(code) is not None]
    set_source(task.books.root, task.phrase.id, new, seen=task.phrase)
    message = f"Gespeichert. {len(stale)} Übersetzungen passen nicht mehr und werden nicht benutzt"
    hint = f", bis jemand sie ändert: {', '.join(stale)}" if stale else ""
    _say(task, {"done": True, "stale": stale}, f"{message}{hint}.")


def add(
    topic: Annotated[str, typer.Argument(metavar="THEMA", help="Thema, z. B. tb.")],
    german: Annotated[str, typer.Argument(metavar="SATZ", help="Der deutsche Satz.")],
    speaker: Annotated[str, typer.Option("--speaker", help="staff oder patient.")] = "staff",
    kind: Annotated[
        str, typer.Option("--kind", help="question, instruction, information oder answer.")
    ] = "information",
    code: Annotated[str, typer.Option("--language", help="Sprache einer Übersetzung.")] = "",
    text: Annotated[str, typer.Option("--text", help="Diese Übersetzung, als Entwurf.")] = "",
    json: Json = False,
) -> None:
    """Legt einen Satz als Entwurf an."""
    from app.content.editing import add_phrase
    from app.core.paths import phrasebook_root

    if bool(code) != bool(text):
        raise UsageError("Zu einer Übersetzung gehören --language und --text", "beide angeben oder keines")
    translations = {language(code).code: text} if code else {}
    name = add_phrase(phrasebook_root(), topic, german, speaker=speaker, kind=kind, translations=translations)
    if json:
        json_line({"phrase": name, "done": True, "status": "draft"})
    else:
        print(f"Angelegt: {name}")


def _written(library: "Library", phrase: "Phrase", code: str) -> dict[str, str]:
    from app.content.editing import written

    if code == STAFF_LANGUAGE:
        return dict(phrase.text)
    texts, alternatives = written(library.root, phrase, code)
    return texts | alternatives


def _given(before: dict[str, str], texts: list[str]) -> dict[str, str]:
    new = parse_forms("\n".join(texts))
    if not new:
        raise UsageError("Der Text ist leer", '--text "…"')
    if missing := before.keys() - new.keys():
        hint = 'jede Form angeben: --text "one: …" --text "other: …"'
        raise UsageError(f"Es fehlen die Formen {', '.join(sorted(missing))}", hint)
    return new


def _say(task: _Task, row: dict[str, Any], message: str) -> None:
    if task.json:
        json_line({"phrase": task.phrase.id, "language": task.language, **row})
    else:
        print(f"{task.phrase.id} ({language(task.language).name}): {message}")
