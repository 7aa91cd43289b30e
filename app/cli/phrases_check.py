"""`sprachpult phrases check`: what is wrong with the phrasebooks by file and line; plain German too."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import Json, json_line, progress
from app.core.errors import UsageError
from app.core.languages import language

if TYPE_CHECKING:
    from app.content.checking import ContentFinding, Scope


def check(
    text: Annotated[
        str | None, typer.Argument(help="Nur mit --plain: dieser Text; „-“ liest die Standardeingabe.")
    ] = None,
    topics: Annotated[list[str] | None, typer.Option("--topic", help="Nur dieses Thema (mehrfach).")] = None,
    codes: Annotated[
        list[str] | None, typer.Option("--language", help="Nur diese Sprache (mehrfach).")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Stattdessen prüfen, ob das Deutsche einfach genug ist.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnungen zählen wie Fehler.")] = False,
    json: Json = False,
) -> None:
    """Prüft die Phrasen: Datei, Platzhalter, Zahlen, Verneinung, Schrift, Stand, Unterschrift."""
    for code in codes or ():
        language(code)
    if plain:
        from app.cli.plain import check_plain

        found = check_plain(text, topics)
    elif text is not None:
        raise UsageError("Ein Text lässt sich nur mit --plain prüfen", f'phrases check --plain "{text}"')
    else:
        found = _check(_scope(topics, codes))
    show_findings(found, json)
    if any(row.severity == "error" or strict for row in found):
        raise typer.Exit(1)


def _scope(topics: Sequence[str] | None, codes: Sequence[str] | None) -> "Scope":
    from app.content.checking import Scope

    return Scope(topics or None, codes or None)


def _check(scope: "Scope") -> "list[ContentFinding]":
    from app.content.checking import check_content, finding
    from app.content.glossaries import load_glossary
    from app.content.wording_check import check_wordings
    from app.content.writing import finish_interrupted
    from app.core.errors import ContentError
    from app.core.paths import phrasebook_root
    from app.guard.content_check import check_meaning, check_terms

    root = phrasebook_root()
    finish_interrupted(root)
    library, found = check_content(root, scope, datetime.date.today())
    unknown = [topic for topic in scope.topics or () if topic not in library.topics]
    if unknown and not any(row.path.parent.name in unknown for row in found):
        raise UsageError(f"Unbekanntes Thema „{unknown[0]}“", f"vorhanden: {', '.join(library.topics)}")
    found += check_wordings(library, scope)
    with progress("vergleiche mit dem Deutschen") as report:
        found += check_meaning(library, scope, lambda share: report("vergleiche mit dem Deutschen", share))
    try:
        found += check_terms(library, load_glossary(), scope)
    except ContentError as error:
        found.append(finding("broken", error))
    return sorted(found, key=lambda row: (row.severity, str(row.path), row.line or 0))


def show_findings(found: "Sequence[ContentFinding]", json: bool) -> None:
    """A line per finding, then counts by code and language."""
    summary = _summary(found)
    if json:
        for row in found:
            json_line(_row(row))
        json_line(summary)
        return
    for row in found:
        print(row if row.severity == "error" else f"{row}  [Warnung]")
    words = ("Fehler", summary["errors"]), ("Warnungen", summary["warnings"])
    print(", ".join(f"{count} {word}" for word, count in words))
    for title in ("codes", "languages"):
        if summary[title]:
            print("  " + ", ".join(f"{name} {count}" for name, count in summary[title].items()))


def _row(found: "ContentFinding") -> dict[str, Any]:
    row = asdict(found)
    return {"code": row.pop("code"), "severity": row.pop("severity"), "file": str(row.pop("path")), **row}


def _summary(found: "Sequence[ContentFinding]") -> dict[str, Any]:
    severities = Counter(row.severity for row in found)
    return {
        "code": "summary",
        "errors": severities["error"],
        "warnings": severities["warning"],
        "codes": dict(Counter(row.code for row in found).most_common()),
        "languages": dict(Counter(row.language or "–" for row in found).most_common()),
    }
