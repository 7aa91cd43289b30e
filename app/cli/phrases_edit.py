"""`sprachpult phrases edit` and `add`: drafts, from the command line or in the person's own editor."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.editor import VARIANTS, edit_forms, parse_forms
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
    from app.content.editing import set_translation

    library = load_library()
    phrase = known_phrase(library, phrase_id)
    before = _written(library, phrase, language(code).code)
    new = _new_texts(phrase, code, before, texts)
    fits = code == STAFF_LANGUAGE or phrase.translation(code) is not None
    if new is None or (new == before and fits and comment is None):
        _say(json, phrase, code, {"done": False}, "Nichts geändert.")
    elif code == STAFF_LANGUAGE:
        _edit_german(library, phrase, new, comment, json)
    else:
        alternatives = {form: text for form, text in new.items() if form in VARIANTS}
        forms = {form: text for form, text in new.items() if form not in VARIANTS}
        set_translation(library.root, phrase, code, forms, alternatives=alternatives, comment=comment)
        _say(json, phrase, code, {"done": True, "status": "draft"}, "Gespeichert als Entwurf.")


def _edit_german(
    library: "Library", phrase: "Phrase", new: dict[str, str], comment: str | None, json: bool
) -> None:
    from app.content.editing import set_source

    if comment is not None:
        raise UsageError("Deutsche Sätze haben keine Bemerkung", "--comment weglassen")
    stale = [other for other in library.languages if phrase.translation(other) is not None]
    set_source(library.root, phrase.id, new)
    message = f"Gespeichert. {len(stale)} Übersetzungen passen nicht mehr und werden nicht benutzt"
    hint = f", bis jemand sie ändert: {', '.join(stale)}" if stale else ""
    _say(json, phrase, STAFF_LANGUAGE, {"done": True, "stale": stale}, f"{message}{hint}.")


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


def _new_texts(
    phrase: "Phrase", code: str, before: dict[str, str], texts: list[str] | None
) -> dict[str, str] | None:
    if texts is None:
        return edit_forms(phrase, code, before)
    new = parse_forms("\n".join(texts))
    if not new:
        raise UsageError("Der Text ist leer", '--text "…"')
    if missing := before.keys() - new.keys():
        hint = 'jede Form angeben: --text "one: …" --text "other: …"'
        raise UsageError(f"Es fehlen die Formen {', '.join(sorted(missing))}", hint)
    return new


def _say(json: bool, phrase: "Phrase", code: str, row: dict[str, Any], message: str) -> None:
    if json:
        json_line({"phrase": phrase.id, "language": code, **row})
    else:
        print(f"{phrase.id} ({language(code).name}): {message}")
