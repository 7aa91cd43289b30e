"""`sprachpult phrases …`: look at and search the phrasebooks."""

import datetime
from difflib import get_close_matches
from typing import Annotated, Any

import typer

from app.cli.output import Json, json_line
from app.cli.status import standing
from app.core.errors import UsageError
from app.core.languages import isolate, language

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_phrases(
    topic: Annotated[str | None, typer.Option("--topic", help="Nur dieses Thema.")] = None, json: Json = False
) -> None:
    """Zeigt alle Phrasen, nach Thema."""
    from app.content import load_library

    library = load_library()
    if topic is not None and topic not in library.topics:
        raise UsageError(f"Unbekanntes Thema „{topic}“", f"vorhanden: {', '.join(library.topics)}")
    _show([phrase for phrase in library.phrases.values() if topic in (None, phrase.topic)], json)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="Gesuchte Wörter.")],
    code: Annotated[str, typer.Option("--language", help="Sprache der Suche.")] = "de",
    json: Json = False,
) -> None:
    """Sucht Phrasen auf Deutsch oder in der Sprache der Patientin."""
    from app.content import load_library

    language(code)
    found = load_library().search(text, language=code)
    _show(found, json)
    if not found and not json:
        print(f"Keine Phrase zu „{text}“.")


@app.command()
def show(
    phrase_id: Annotated[str, typer.Argument(metavar="PHRASE", help="Kennung, z. B. tb/husten-wochen.")],
    json: Json = False,
) -> None:
    """Zeigt eine Phrase mit allen Übersetzungen und ihrem Stand."""
    from app.content import load_library

    library = load_library()
    phrase = known_phrase(library, phrase_id)
    today = datetime.date.today()
    texts = {code: phrase.translation(code) for code in library.languages}
    row = _row(phrase) | {
        "translations": {code: _translation(entry, today) for code, entry in texts.items() if entry}
    }
    if json:
        json_line(row)
        return
    print(f"{phrase.id}  ({phrase.kind}, {phrase.risk})\nde  {phrase.source}")
    for code, entry in texts.items():
        if entry:
            print(f"{code:4}{isolate(entry.text['other'])}  {entry.status_on(today).value}")


def known_phrase(library: Any, phrase_id: str) -> Any:
    """The phrase with an id. Raises UsageError naming near ids."""
    if phrase_id in library.phrases:
        return library.phrases[phrase_id]
    near = get_close_matches(phrase_id, list(library.phrases), n=3, cutoff=0.6)
    hint = (
        f"gemeint vielleicht: {', '.join(near)}"
        if near
        else "„sprachpult phrases search WORT“ findet Kennungen"
    )
    raise UsageError(f"Unbekannte Phrase „{phrase_id}“", hint)


def _translation(entry: Any, day: datetime.date) -> dict[str, Any]:
    return {"text": dict(entry.text), **standing(entry, day), "alternatives": dict(entry.alternatives)}


def _show(found: list[Any], json: bool) -> None:
    for phrase in found:
        if json:
            json_line(_row(phrase))
        else:
            print(f"{phrase.id:34}{phrase.source}")


def _row(phrase: Any) -> dict[str, Any]:
    return {
        "phrase": phrase.id,
        "topic": phrase.topic,
        "text": phrase.source,
        "speaker": phrase.speaker,
        "kind": phrase.kind,
        "answer": phrase.answer,
        "risk": phrase.risk,
        "slots": {slot.name: slot.kind.value for slot in phrase.slots},
    }
