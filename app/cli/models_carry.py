"""`sprachpult models bundle|import`: models travel in one signed file to machines without network."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.models import app, catalog, split
from app.cli.output import Json, error_line, json_line, progress
from app.core.errors import UsageError

if TYPE_CHECKING:
    from app.engines.catalog import Catalog, ModelRow

Languages = Annotated[
    str | None, typer.Option("--languages", help="Kürzel, mit Komma getrennt, z. B. tr,ar,uk.")
]


@app.command()
def bundle(
    out: Annotated[Path | None, typer.Option("--out", help="Zieldatei, z. B. modelle.sprachpult.")] = None,
    codes: Languages = None,
    show_key: Annotated[bool, typer.Option("--show-key", help="Nur den eigenen Schlüssel zeigen.")] = False,
    json: Json = False,
) -> None:
    """Packt geholte Modelle in eine unterschriebene Datei für Rechner ohne Netz."""
    from app.modelstore.bundle import write_bundle
    from app.modelstore.keys import own_key, public_text

    if show_key:
        text = public_text(own_key().public_key())
        json_line({"key": text}) if json else print(text)
        return
    if out is None:
        raise UsageError("Wohin mit dem Paket?", "--out DATEI angeben")
    rows = [row for row in _carried(catalog()) if codes is None or _serves(row, split(codes))]
    if not rows:
        raise UsageError("Kein geholtes Modell passt dazu", "„sprachpult models list“ zeigt, was da ist")
    with progress("packe") as report:
        size = write_bundle(rows, out, report)
    key = public_text(own_key().public_key())
    if json:
        json_line({"bundle": str(out), "bytes": size, "models": [row.name for row in rows], "key": key})
    else:
        print(f"{out}: {len(rows)} Modelle ({', '.join(row.name for row in rows)})")
        print(f"Auf dem anderen Rechner: sprachpult models import {out.name} --trust {key}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="DATEI", help="Paket von „models bundle“.")],
    trust: Annotated[
        str | None,
        typer.Option("--trust", help="Schlüssel des Absenders oder Datei damit („bundle --show-key“)."),
    ] = None,
    json: Json = False,
) -> None:
    """Prüft ein Paket ganz und richtet seine Modelle dann ein."""
    from app.modelstore.importing import read_bundle
    from app.modelstore.keys import own_key_if_any, trusted_key
    from app.modelstore.store import Store

    key = trusted_key(trust) if trust else own_key_if_any()
    with progress("prüfe das Paket") as report:
        names = read_bundle(file, Store(), key, report, lambda: error_line("warte auf einen anderen Vorgang"))
    if json:
        json_line({"bundle": str(file), "models": names})
    else:
        print(f"eingerichtet: {', '.join(names)}")


def _carried(found: "Catalog") -> "list[ModelRow]":
    """Installed models that do not come with the program anyway."""
    return [row for row in found.installed if row.folder and not row.folder.startswith("demo/")]


def _serves(row: "ModelRow", codes: list[str]) -> bool:
    from app.engines.catalog import TranslateRow

    served = (*row.sources, *row.targets) if isinstance(row, TranslateRow) else getattr(row, "languages", ())
    return bool(set(served) & {*codes}) or (not isinstance(row, TranslateRow) and "de" in served)
