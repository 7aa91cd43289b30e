"""`sprachpult phrases export` and `phrases import`: sentences to translators and back."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import exchange as common
from app.cli.output import Json
from app.core.errors import UsageError

if TYPE_CHECKING:
    from app.content.exchange.entries import Stock


def export(
    code: common.Target,
    out: common.Out,
    format_name: Annotated[
        str, typer.Option("--format", help="xliff2, xliff1, tmx, csv oder xlsx.")
    ] = "xliff2",
    topic: Annotated[str | None, typer.Option("--topic", help="Nur dieses Thema.")] = None,
    only_open: common.OnlyOpen = False,
    json: Json = False,
) -> None:
    """Gibt Sätze mit ihren Übersetzungen für ein Übersetzungsbüro aus."""
    common.check_target(code)
    common.run_export(_stock(code, topic), format_name, out, only_open, json)


def import_(
    path: common.Source,
    code: common.GivenTarget = None,
    format_name: common.Named = None,
    yes: common.Yes = False,
    dry_run: common.DryRun = False,
    json: Json = False,
) -> None:
    """Übernimmt Übersetzungen aus einer Datei, als Entwürfe; zeigt vorher, was sich ändert."""
    from app.content.exchange.transfer import prepare

    common.run_import(
        lambda report: prepare(
            path, _stock, "phrases", language=code, format_name=format_name, progress=report
        ),
        yes,
        dry_run,
        json,
    )


def _stock(code: str, topic: str | None = None) -> "Stock":
    from app.content import load_library
    from app.content.exchange.phrases import phrase_stock

    library = load_library()
    if topic is not None and topic not in library.topics:
        raise UsageError(f"Unbekanntes Thema „{topic}“", f"vorhanden: {', '.join(library.topics)}")
    return phrase_stock(library, code, topic)
