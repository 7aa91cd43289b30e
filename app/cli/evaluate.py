"""`sprachpult eval`: how good the installed models are, on this machine."""

import platform
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from app.cli.output import Json, json_line, progress
from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE, language

if TYPE_CHECKING:
    from app.evaluation.cases import Cases
    from app.evaluation.measure import Progress, Result

Key = TypeVar("Key", bound=Hashable)
PARTS = ("recognise", "translate", "speak")
_WORDS = {
    "word_error_rate": "Wortfehler",
    "character_error_rate": "Zeichenfehler",
    "exact": "genau richtig",
    "answered": "beantwortet",
    "guard_green": "Prüfung grün",
    "guard_red": "Prüfung rot",
    "terms_rendered": "Fachwörter",
    "chrf": "chrF",
    "bleu": "BLEU",
    "real_time_factor": "Rechenzeit je Sekunde Ton",
    "seconds_per_sentence": "Sekunden je Satz",
    "seconds_to_first_sound": "Sekunden bis zum ersten Ton",
}
_PLAIN = {"chrf", "bleu", "real_time_factor", "seconds_per_sentence", "seconds_to_first_sound"}
"""Figures that are no shares."""


def evaluate(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Eigener Ordner mit aufnahmen.tsv (wav, language, text) und saetze.tsv."),
    ] = None,
    languages: Annotated[str, typer.Option("--languages", help="Sprachen, mit Komma getrennt.")] = "tr",
    parts: Annotated[str, typer.Option("--parts", help="recognise,translate,speak.")] = ",".join(PARTS),
    count: Annotated[int, typer.Option("--count", min=1, max=10_000, help="Sätze je Sprache.")] = 40,
    json: Json = False,
) -> None:
    """Misst Erkennung, Übersetzung und Stimmen der installierten Modelle und merkt sich das Ergebnis."""
    from app.cli.evaluate_cases import own_cases, phrase_cases
    from app.evaluation.store import save

    codes = [language(code.strip()).code for code in languages.split(",") if code.strip()]
    wanted = [part.strip() for part in parts.split(",")]
    unknown = [part for part in wanted if part not in PARTS]
    if unknown or not codes:
        raise UsageError(f"Unbekannter Teil „{', '.join(unknown)}“", f"erlaubt: {', '.join(PARTS)}")
    cases = phrase_cases(codes, count) if folder is None else own_cases(folder)
    with progress("messe") as report:
        results = [result for part in wanted for result in _MEASURES[part](cases, report)]
    for result in results:
        _show(result, cases.origin, json)
    if not results:
        raise UsageError(
            "Nichts zu messen: kein installiertes Modell passt zu diesen Sprachen", "sprachpult languages"
        )
    files = save(results, cases.origin, f"{platform.system()} {platform.machine()}, {_cores()} Kerne")
    if not json:
        print(f"\nGemerkt in {files[0].parent}")


def _recognise(cases: "Cases", report: "Progress") -> "Iterator[Result]":
    from app.cli.compose import engines
    from app.evaluation.measure import recognition

    for code in _order(recording.language for recording in cases.recordings):
        model = engines().serves(code).listen
        if model:
            chosen = [recording for recording in cases.recordings if recording.language == code]
            yield recognition(model, engines().recogniser(code), chosen, report)


def _translate(cases: "Cases", report: "Progress") -> "Iterator[Result]":
    from app.cli.compose import engines
    from app.cli.evaluate_terms import term_counts
    from app.evaluation.measure import translation
    from app.guard import check_pair

    for source, target in _order((pair.source_language, pair.target_language) for pair in cases.pairs):
        support = engines().serves(target if source == STAFF_LANGUAGE else source)
        model = support.translate_to if source == STAFF_LANGUAGE else support.translate_from
        if model:
            chosen = [
                pair
                for pair in cases.pairs
                if (pair.source_language, pair.target_language) == (source, target)
            ]
            translator = engines().translator(source, target)
            yield translation(model, translator, chosen, check_pair, term_counts, report)


def _speak(cases: "Cases", report: "Progress") -> "Iterator[Result]":
    from app.cli.compose import engines
    from app.evaluation.measure import speech

    texts = [(pair.target_language, pair.target) for pair in cases.pairs]
    for code in _order(code for code, _ in texts):
        model = engines().serves(code).speak
        if model:
            chosen = [text for spoken, text in texts if spoken == code]
            yield speech(model, engines().voice(code), code, chosen, report)


_MEASURES = {"recognise": _recognise, "translate": _translate, "speak": _speak}


def _order(keys: Iterable[Key]) -> list[Key]:
    return list(dict.fromkeys(keys))


def _show(result: "Result", origin: str, json: bool) -> None:
    if json:
        figures = {name: estimate.as_json() for name, estimate in result.figures.items()}
        json_line(
            {
                "part": result.part,
                "model": result.model,
                "language": result.language,
                "cases": result.cases,
                "origin": origin,
                "figures": figures,
            }
        )
        return
    print(f"{result.language}  {result.model}  ({result.cases} Sätze, {origin})")
    for name, estimate in result.figures.items():
        plain = name in _PLAIN
        value, low, high = (
            f"{number:.3g}" if plain else f"{number * 100:.1f} %"
            for number in (estimate.value, estimate.low, estimate.high)
        )
        print(f"    {_WORDS[name]:28} {value:>8}   ({low} bis {high})")


def _cores() -> int:
    import psutil

    return int(psutil.cpu_count() or 1)
