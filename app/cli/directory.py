"""`sprachpult directory …`: the office's interpreters and other services."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import Json, json_line
from app.core.languages import language, languages

if TYPE_CHECKING:
    from app.directory import Service

app = typer.Typer(no_args_is_help=True)

REACHABLE = {True: "● jetzt erreichbar", False: "○ jetzt geschlossen", None: "– Zeiten nicht angegeben"}

File = Annotated[Path | None, typer.Option("--file", help="Andere Liste statt der des Amtes.")]


@app.command("list")
def list_services(
    code: Annotated[str | None, typer.Option("--language", help="Nur wer in dieser Sprache hilft.")] = None,
    file: File = None,
    json: Json = False,
) -> None:
    """Zeigt, wer helfen kann, und wer davon jetzt erreichbar ist."""
    from app.directory import load_services, serving

    if code is not None:
        language(code)
    now = datetime.now()
    for service in serving(load_services(file), code):
        row = service_row(service, now)
        if json:
            json_line(row)
        else:
            _show(row, service.kind.label)


@app.command()
def init(json: Json = False) -> None:
    """Legt die Liste des Amtes als Vorlage zum Ausfüllen an; überschreibt nie."""
    from app.directory import write_template

    path = write_template()
    if json:
        json_line({"file": str(path)})
        return
    print(f"{path}: angelegt. Bitte ausfüllen, dann: sprachpult directory check")


@app.command()
def check(file: File = None, json: Json = False) -> None:
    """Prüft die Liste: jede Zeile, jede Sprache, jede Öffnungszeit."""
    from app.directory import directory_file, load_services

    services = load_services(file)
    own = file is not None or directory_file().is_file()
    named = {code for service in services for code in service.languages}
    covered = [code for code in languages() if code in named]
    if json:
        row = {"file": str(file or directory_file()) if own else None, "services": len(services)}
        json_line(row | {"languages": covered})
        return
    where = str(file or directory_file()) if own else "keine eigene Liste, es gelten die bundesweiten Nummern"
    print(f"{where}: {len(services)} Einträge in Ordnung")
    names = ", ".join(covered) or "– (sprachpult directory init legt die Liste an)"
    print(f"Dolmetschen eingetragen für: {names}")


def service_row(service: "Service", now: datetime) -> dict[str, Any]:
    """One line of `directory list --json`; `open` is null where no hours are stated."""
    hours = service.hours
    opens = hours.opens_after(now) if hours else None
    return {
        "name": service.name,
        "kind": service.kind.value,
        "phone": service.phone,
        "languages": list(service.languages),
        "hours": hours.text if hours else None,
        "open": hours.open_at(now) if hours else None,
        "opens": opens.isoformat(timespec="minutes") if opens else None,
        "cost_centre": service.cost_centre,
        "note": service.note,
    }


def _show(row: dict[str, Any], kind: str) -> None:
    print(f"{row['phone']:<16}{row['name']} ({kind})  {REACHABLE[row['open']]}")
    details = {
        "Sprachen": ", ".join(row["languages"]),
        "Zeiten": row["hours"],
        "Kostenstelle": row["cost_centre"],
        "Hinweis": row["note"],
    }
    for name, value in details.items():
        if value:
            print(f"{'':16}{name}: {value}")
