"""`sprachpult translate` and `sprachpult check`: sentences in, one JSON line each out."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.output import Json, json_line, progress
from app.cli.table import read_table
from app.core.errors import InputError, UsageError
from app.core.languages import isolate, language
from app.core.types import Level, Origin, Translation, Verdict

STANDARD_INPUT = "-"
LONGEST_TEXT = 10_000
"""Characters accepted in one sentence; a page of print holds about 3,000."""

From = Annotated[str, typer.Option("--from", help="Sprache des Satzes, z. B. de.")]
To = Annotated[str, typer.Option("--to", help="Sprache der Übersetzung, z. B. tr.")]


def translate(
    text: Annotated[str, typer.Argument(help="Satz; „-“ liest einen Satz je Zeile von der Standardeingabe.")],
    source: From = "de",
    target: To = "tr",
    route_only: Annotated[
        bool, typer.Option("--route-only", help="Nur vorbereitete Phrasen, keine maschinelle Übersetzung.")
    ] = False,
    json: Json = False,
) -> None:
    """Übersetzt Sätze: vorbereitete Phrase zuerst, Maschine danach, beides geprüft."""
    from app.cli.compose import translation_service

    for code in (source, target):
        language(code)
    service = translation_service()
    for sentence in _sentences(text):
        translation = service.translate(sentence, source, target, route_only=route_only)
        translation, verdict = _judged(translation, route_only)
        row = translation_row(translation, verdict)
        if json:
            json_line(row)
        else:
            _show(translation, row)


def _judged(translation: Translation, route_only: bool) -> tuple[Translation, Verdict]:
    """The guard's answer; what belongs to a human interpreter is blocked, and nothing else is said about it.

    `route_only` shows what the phrasebook has: there the topic is only pointed out.
    """
    from app.cli.compose import checked, human_finding
    from app.guard.humans import stopped
    from app.guard.verdict import verdict_of

    finding = human_finding(translation)
    if finding is not None and finding.level is Level.RED and not route_only:
        return stopped(translation), verdict_of([finding])
    verdict = checked(translation)
    if finding is None or (route_only and translation.origin is not Origin.NONE):
        return translation, verdict
    return translation, verdict_of([*verdict.findings, finding])


def _sentences(text: str) -> Iterator[str]:
    lines: Iterable[str] = sys.stdin if text == STANDARD_INPUT else [text]
    for number, line in enumerate(lines, 1):
        sentence = line.strip()
        if len(sentence) > LONGEST_TEXT:
            message = f"Zeile {number}: Satz mit {len(sentence)} Zeichen, erlaubt sind {LONGEST_TEXT}"
            raise InputError(message, "in einzelne Sätze teilen")
        if not sentence and text != STANDARD_INPUT:
            raise InputError("Kein Satz angegeben", 'sprachpult translate "Haben Sie Fieber?" --to tr')
        yield sentence


def _show(translation: Translation, row: dict[str, Any]) -> None:
    origin = translation.origin
    print(f"{origin.mark} {origin.word}: {isolate(translation.text) if translation.text else '–'}")
    for near in translation.near:
        print(f"  ähnlich: {near.phrase_source}  [{near.phrase}]")
    for finding in row["findings"]:
        print(f"  {finding['message']}")


def translation_row(translation: Translation, verdict: Verdict) -> dict[str, Any]:
    """The line that `translate --json` prints; the keys are a contract."""
    return {
        "source": translation.source,
        "text": translation.text,
        "from": translation.source_language,
        "to": translation.target_language,
        "origin": translation.origin.value,
        "phrase": translation.phrase,
        "phrase_source": translation.phrase_source,
        "slots": dict(translation.slots),
        "near": [
            {"phrase": near.phrase, "phrase_source": near.phrase_source, "score": round(near.score, 3)}
            for near in translation.near
        ],
        "terms": list(translation.terms),
        **verdict_row(verdict),
    }


def verdict_row(verdict: Verdict) -> dict[str, Any]:
    findings = [{"code": finding.code, "message": finding.message} for finding in verdict.findings]
    return {"verdict": verdict.level.value, "findings": findings}


def check(
    sentence: Annotated[str | None, typer.Argument(metavar="SOURCE", help="Ausgangssatz.")] = None,
    translated: Annotated[str | None, typer.Argument(metavar="TARGET", help="Seine Übersetzung.")] = None,
    source: From = "de",
    target: To = "tr",
    tsv: Annotated[
        Path | None, typer.Option("--tsv", help="Tabelle mit den Spalten from, to, source, target.")
    ] = None,
    terms: Annotated[bool, typer.Option("--terms", help="Auch nach den Fachwörtern des Glossars.")] = False,
    json: Json = False,
) -> None:
    """Vergleicht eine Übersetzung mit ihrem Ausgangssatz: Zahlen, Verneinung, Seiten, Einheiten …"""
    if tsv is not None:
        _check_table(tsv, terms, json)
        return
    if sentence is None or translated is None:
        raise UsageError(
            "Es fehlt ein Satz", 'sprachpult check "Nicht heute." "Bugün değil." --from de --to tr'
        )
    from app.cli.compose import glossary
    from app.guard import check_pair

    for code in (source, target):
        language(code)
    known = glossary() if terms else None
    columns = {"from": source, "to": target, "source": sentence, "target": translated}
    row = columns | verdict_row(check_pair(sentence, translated, source, target, known))
    if json:
        json_line(row)
    else:
        _show_verdict(row)


def _check_table(path: Path, terms: bool, json: bool) -> None:
    from app.cli.compose import glossary
    from app.guard.report import COLUMNS, check_rows, figures

    table = list(read_table(path, COLUMNS))
    for number, columns in enumerate(table, 2):
        for name in ("from", "to"):
            _known(columns[name], path, number)
    checked = []
    with progress("prüfe") as report:
        for pair, verdict in check_rows(table, glossary() if terms else None):
            checked.append((pair, verdict))
            report(f"prüfe, Satz {len(checked)}", len(checked) / len(table))
            if json:
                json_line({**pair, **verdict_row(verdict)})
    if not json:
        for pair, verdict in checked:
            print(f"{verdict.level.value:6}{pair['source']} | {isolate(pair['target'])}")
        print("\n".join(figures(checked).lines()))


def _known(code: str, path: Path, line: int) -> None:
    try:
        language(code)
    except UsageError as error:
        raise InputError(f"{path}:{line}: {error.message}", error.hint) from error


def _show_verdict(row: dict[str, Any]) -> None:
    words = {"green": "✔ gleich", "amber": "▲ nachfragen", "red": "⛔ nicht sprechen"}
    print(words[row["verdict"]])
    for finding in row["findings"]:
        print(f"  {finding['message']}")
