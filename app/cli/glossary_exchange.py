"""`sprachpult glossary export` and `glossary import`: terms to translators and back."""

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import exchange as common
from app.cli.glossary import open_glossary
from app.cli.output import Json

if TYPE_CHECKING:
    from app.content.exchange.entries import Stock

_FORMATS = "tbx (2019), tbx-dct, tbx-2008, xliff2, xliff1, tmx, csv oder xlsx."


def export(
    code: common.Target,
    out: common.Out,
    format_name: Annotated[str, typer.Option("--format", help=_FORMATS)] = "tbx",
    domain: Annotated[str | None, typer.Option("--domain", help="Nur dieses Fachgebiet.")] = None,
    only_open: common.OnlyOpen = False,
    json: Json = False,
) -> None:
    """Gibt Fachwörter mit ihren Übersetzungen für ein Übersetzungsbüro aus."""
    common.check_target(code)
    common.run_export(_stock(code, domain), format_name, out, only_open, json)


def import_(
    path: common.Source,
    code: common.GivenTarget = None,
    format_name: common.Named = None,
    yes: common.Yes = False,
    dry_run: common.DryRun = False,
    json: Json = False,
) -> None:
    """Übernimmt Fachwörter aus einer Datei, als Entwürfe; zeigt vorher, was sich ändert."""
    from app.content.exchange.transfer import prepare

    common.run_import(
        lambda report: prepare(
            path, _stock, "glossary", language=code, format_name=format_name, progress=report
        ),
        yes,
        dry_run,
        json,
    )


def _stock(code: str, domain: str | None = None) -> "Stock":
    from app.content.exchange.concepts import concept_stock

    return concept_stock(open_glossary(domain), code, domain)
