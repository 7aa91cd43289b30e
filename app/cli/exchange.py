"""What `phrases export|import` and `glossary export|import` have in common."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import json_line, progress
from app.core.errors import InputError, UsageError
from app.core.languages import STAFF_LANGUAGE, isolate, language

if TYPE_CHECKING:
    from app.content.exchange.difference import Change
    from app.content.exchange.entries import Stock
    from app.content.exchange.transfer import Plan

Target = Annotated[str, typer.Option("--language", help="Sprache der Übersetzung, z. B. tr.")]
GivenTarget = Annotated[
    str | None, typer.Option("--language", help="Sprache; nötig, wenn die Datei mehrere oder keine nennt.")
]
Out = Annotated[Path, typer.Option("--out", help="Datei, die geschrieben wird.")]
OnlyOpen = Annotated[
    bool, typer.Option("--open", help="Nur was noch nicht oder nicht mehr gültig übersetzt ist.")
]
Source = Annotated[Path, typer.Argument(metavar="DATEI", help="Datei vom Übersetzungsbüro.")]
Named = Annotated[str | None, typer.Option("--format", help="Format, sonst aus dem Inhalt erkannt.")]
Yes = Annotated[bool, typer.Option("--yes", help="Ohne Rückfrage übernehmen.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Nur zeigen, nichts übernehmen.")]

_SHOWN = 100
"""Entries listed per outcome; --json lists all."""
_WORDS = {
    "new": "neu",
    "changed": "geändert",
    "unchanged": "unverändert",
    "open": "noch offen",
    "stale": "veraltet",
    "refused": "abgelehnt",
    "unknown": "unbekannt",
}
_LISTED = ("new", "changed", "stale", "refused", "unknown")


def check_target(code: str) -> None:
    """Raises UsageError for an unknown language and for German."""
    language(code)
    if code == STAFF_LANGUAGE:
        raise UsageError("Deutsch ist die Ausgangssprache", "die Zielsprache angeben, z. B. --language tr")


def run_export(stock: "Stock", format_name: str, out: Path, only_open: bool, json: bool) -> None:
    from app.content.exchange.transfer import export

    count = export(stock, format_name, out, only_open=only_open)
    if json:
        json_line({"file": str(out), "format": format_name, "language": stock.language, "units": count})
    else:
        print(f"{out}: {count} Texte, {language(stock.language).name}")


def run_import(prepare: Callable[[Any], "Plan"], yes: bool, dry_run: bool, json: bool) -> None:
    """Show the difference, ask, apply. `prepare` takes the progress callback."""
    from app.content.exchange.transfer import apply

    with progress("lesen") as report:
        plan = prepare(report)
    _show(plan, json)
    written: Iterable[Path] = ()
    if not (dry_run or plan.empty):
        _confirm(yes, json)
        with progress("übernehmen") as report:
            written = apply(plan, report)
    _finish(plan, tuple(written), json)


def _confirm(yes: bool, json: bool) -> None:
    from app.cli.ask import confirm

    if yes:
        return
    if json:
        raise InputError("Nichts übernommen: die Zustimmung fehlt", "--yes oder --dry-run angeben")
    if not confirm("Übernehmen?"):
        raise InputError("Nichts übernommen", "die Datei ändern oder einzelne Sätze im Pult")


def _show(plan: "Plan", json: bool) -> None:
    if json:
        for change in plan.changes:
            json_line(_row(change))
        return
    for word in _LISTED:
        found = [change for change in plan.changes if change.outcome.value == word]
        for change in found[:_SHOWN]:
            _print(plan.path, change)
        if len(found) > _SHOWN:
            print(f"… und {len(found) - _SHOWN} weitere ({_WORDS[word]}); alle zeigt --json\n")
    kept = [change for change in plan.changes if change.outcome.value == "unchanged" and change.reason]
    for change in kept[:_SHOWN]:
        print(f"{change.id}: unverändert; {_line(change.reason)}")


def _row(change: "Change") -> dict[str, Any]:
    return {
        "change": change.outcome.value,
        "id": change.id,
        "source": change.german,
        "old": dict(change.old),
        "new": dict(change.new),
        "line": change.line,
        "reason": change.reason,
    }


def _line(text: str) -> str:
    from app.content.exchange.unit import shown

    return shown(text, 300)


def _print(path: Path, change: "Change") -> None:
    name = _line(change.id) or "ohne Kennung"
    print(f"{_WORDS[change.outcome.value]}  {name}  ({path.name}:{change.line or '?'})")
    print(f"  de   {_line(change.german)}")
    for form in dict.fromkeys([*change.old, *change.new]):
        old, new = change.old.get(form, ""), change.new.get(form, "")
        label = "" if form in ("other", "term") and len({*change.old, *change.new}) == 1 else f" [{form}]"
        if old != new and old:
            print(f"  alt {label} {isolate(_line(old))}")
        if old != new and new:
            print(f"  neu {label} {isolate(_line(new))}")
    if change.reason:
        print(f"  → {_line(change.reason)}")
    print()


def _finish(plan: "Plan", written: tuple[Path, ...], json: bool) -> None:
    counts = plan.counts
    remarks = [{"what": what, "line": line, "count": number} for what, line, number in plan.remarks]
    if json:
        json_line(
            {
                "event": "total",
                "format": plan.format.name,
                "language": plan.stock.language,
                **counts,
                "applied": bool(written),
                "files": [str(path) for path in written],
                "not_understood": remarks,
            }
        )
    else:
        for row in remarks:
            where = f" (zuerst Zeile {row['line']})" if row["line"] else ""
            print(f"nicht verstanden: {row['what']}, {row['count']}-mal{where}")
        print(
            f"{plan.format.title}, {language(plan.stock.language).name}: "
            + ", ".join(f"{counts[name]} {word}" for name, word in _WORDS.items())
        )
        check = f"sprachpult {plan.stock.kind} check --language {plan.stock.language}"
        done = f"Übernommen, als Entwurf: {len(written)} Dateien. Jetzt prüfen: {check}"
        print(done if written else "Nichts geschrieben.")
    if counts["refused"] or counts["stale"]:
        raise typer.Exit(1)
