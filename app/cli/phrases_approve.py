"""`sprachpult phrases approve`: German and translation of a phrase beside each other, to be signed."""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import approve as common
from app.cli.output import Json
from app.core.errors import UsageError
from app.core.languages import isolate, language

if TYPE_CHECKING:
    from app.content import Library, Phrase


def approve(
    phrase_id: Annotated[
        str | None, typer.Argument(metavar="PHRASE", help="Kennung, z. B. tb/husten-wochen.")
    ] = None,
    code: common.Target = "",
    topic: Annotated[
        str | None, typer.Option("--topic", help="Alle Phrasen eines Themas, eine nach der anderen.")
    ] = None,
    step: common.Step = "approved",
    reviewer: common.Reviewer = "",
    expires: common.Expires = "",
    yes: common.Yes = False,
    json: Json = False,
) -> None:
    """Zeigt Deutsch und Übersetzung, dann unterschreibt eine Person mit Namen."""
    from app.content import load_library
    from app.guard.phrases import objections

    order = common.Order(phrase_id, topic, code, step, yes, json)
    order.refuse_wrong_usage(
        "Eine Phrase oder ein Thema angeben",
        "phrases approve tb/fieber",
        "Ein ganzes Thema wird Satz für Satz gefragt",
    )
    library = load_library()
    chosen = _chosen(library, phrase_id, topic)
    shelf = common.Shelf(library.root, chosen, _show, objections, library.problems)
    common.run(shelf, order, reviewer, expires)


def _chosen(library: "Library", phrase_id: str | None, topic: str | None) -> "list[Phrase]":
    from app.cli.phrases import known_phrase

    if phrase_id is not None:
        return [known_phrase(library, phrase_id)]
    if topic not in library.topics:
        raise UsageError(f"Unbekanntes Thema „{topic}“", f"vorhanden: {', '.join(library.topics)}")
    return [phrase for phrase in library.phrases.values() if phrase.topic == topic]


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
    common.show_standing(translation, day)
    _samples(phrase, code)


def _forms(title: str, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        common.show_text(title if len(texts) == 1 and title != "Fassung" else f"{title} ({name})", text)


_WORDS = {"green": "✔ gleich", "amber": "▲ ansehen", "red": "⛔ anders"}


def _samples(phrase: "Phrase", code: str) -> None:
    from app.guard.phrases import renderings

    for sample in renderings(phrase, code):
        print(f"  {_WORDS[sample.verdict.level.value]:11}{sample.source if phrase.slots else ''}".rstrip())
        if phrase.slots or sample.form:
            print(f"{'':13}{isolate(sample.target)}")
        for finding in sample.verdict.findings:
            print(f"{'':13}{finding.message}")
