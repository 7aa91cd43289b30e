"""`sprachpult handout build|layouts`: printed sheets, and sound beside them."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.output import Json, error_line, json_line, progress
from app.core.errors import UsageError
from app.core.languages import language

if TYPE_CHECKING:
    from app.handout import Draft, Order

app = typer.Typer(no_args_is_help=True)


@app.command()
def layouts(json: Json = False) -> None:
    """Zeigt alle Layouts."""
    from app.handout import layouts as all_layouts

    for layout in all_layouts().values():
        if json:
            json_line({"layout": layout.slug, "title": layout.title, "phrases": list(layout.phrases)})
        else:
            print(f"{layout.slug:12} {layout.title}")


@app.command()
def build(
    topic: Annotated[str, typer.Option("--topic", help="Thema; „phrases list“ zeigt alle.")] = "",
    phrases: Annotated[str, typer.Option("--phrases", help="Kennungen von Phrasen, mit Komma.")] = "",
    codes: Annotated[str, typer.Option("--languages", help="Sprachen, mit Komma getrennt.")] = "",
    layout: Annotated[str, typer.Option("--layout", help="„handout layouts“ zeigt alle.")] = "a4",
    out: Annotated[
        Path | None, typer.Option("--out", help="PDF-Datei; mit --all oder --each ein Ordner.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Jedes Thema in jeder Sprache, nach --out.")] = False,
    each: Annotated[bool, typer.Option("--each", help="Eine Datei je Sprache.")] = False,
    values: Annotated[
        list[str] | None, typer.Option("--set", help="Wert eines Platzhalters: tag=2026-12-01, uhr=09:30.")
    ] = None,
    office: Annotated[str, typer.Option("--office", help="Name des Amtes auf jeder Seite.")] = "",
    logo: Annotated[Path | None, typer.Option("--logo", help="SVG, PNG oder JPEG.")] = None,
    large: Annotated[bool, typer.Option("--large", help="Großdruck.")] = False,
    codes_on_cards: Annotated[
        bool, typer.Option("--qr", help="Auf Karten ein QR-Code mit dem Satz selbst.")
    ] = False,
    sound: Annotated[
        Path | None, typer.Option("--sound", help="Ordner für eine Seite mit Ton, für alle, die nicht lesen.")
    ] = None,
    json: Json = False,
) -> None:
    """Baut Blätter, Karten und Tafeln als PDF."""
    from app.handout import Order

    if out is None:
        raise UsageError("Wohin?", "--out DATEI.pdf angeben, mit --all einen Ordner")
    order = Order(
        layout=layout,
        languages=tuple(language(code.strip()).code for code in codes.split(",") if code.strip()),
        topic=topic,
        phrases=tuple(name.strip() for name in phrases.split(",") if name.strip()),
        slots=_slots(values or []),
        office=office or _office(),
        logo=logo,
        large=large,
        codes=codes_on_cards,
        day=datetime.date.today(),
    )
    if every:
        _all(order, out, json)
        return
    from app.content import load_library
    from app.handout import prepare
    from app.handout.saving import save

    books = load_library()
    for path, one in _files(order, out, each):
        draft = prepare(books, one)
        save(path, draft.pdf())
        _tell(path, draft, json)
        if sound is not None:
            _sound(draft, sound, json)


def _files(order: "Order", out: Path, each: bool) -> "Sequence[tuple[Path, Order]]":
    from dataclasses import replace

    if not each:
        return [(out, order)]
    name = order.topic or order.layout
    return [(out / f"{name}-{code}.pdf", replace(order, languages=(code,))) for code in order.languages]


def _slots(values: list[str]) -> dict[str, str]:
    from app.tui.find import canonical

    found = {}
    for value in values:
        name, sign, text = value.partition("=")
        if not sign or not name.strip() or not text.strip():
            raise UsageError(f"„{value}“ ist keine Angabe NAME=WERT", "zum Beispiel --set tag=2026-12-01")
        kind = "date" if text.count(".") == 2 else "time" if text.strip().endswith("Uhr") else ""
        found[name.strip()] = canonical(kind, text) if kind else text.strip()
    return found


def _office() -> str:
    from app.core.settings import load_settings

    return load_settings().office


def _tell(path: Path, draft: "Draft", json: bool) -> None:
    rows = [
        {
            "file": str(path),
            "language": selection.language,
            "sentences": len(selection.entries),
            "omitted": [
                {"phrase": omission.phrase.id, "reason": omission.reason} for omission in selection.omissions
            ],
        }
        for selection in draft.selections
    ]
    for row, selection in zip(rows, draft.selections, strict=True):
        if json:
            json_line(row | {"layout": draft.layout.slug, "version": draft.data["version"]})
            continue
        print(f"{path}: {language(selection.language).name}, {len(selection.entries)} Sätze")
        for omission in selection.omissions:
            print(f"  nicht gedruckt: {omission.phrase.source} ({omission.reason})")


def _all(order: "Order", folder: Path, json: bool) -> None:
    from app.core.paths import phrasebook_root
    from app.handout.batch import build_all

    counts = {"made": 0, "unchanged": 0, "failed": 0}
    with progress("baue Blätter") as report:
        for made in build_all(phrasebook_root(), order, folder, report):
            counts[made.state] += 1
            if json:
                row = {"file": str(made.path), "topic": made.topic, "language": made.language}
                json_line(row | {"state": made.state, "message": made.message, "omitted": made.omitted})
            elif made.state == "failed":
                error_line(f"{made.path.name}: {made.message}")
    if not json:
        print(f"{counts['made']} gebaut, {counts['unchanged']} unverändert, {counts['failed']} gescheitert")
    if counts["failed"]:
        raise typer.Exit(1)


def _sound(draft: "Draft", folder: Path, json: bool) -> None:
    from app.cli.compose import engines
    from app.handout.sound import sound_pack

    with progress("spreche") as report:
        for page in sound_pack(draft, folder, lambda code: engines().voice(code), report):
            json_line({"page": str(page)}) if json else print(f"{page}: Seite mit Ton")
