"""`sprachpult glossary status`: how far the terms are, by language and domain."""

from typing import Annotated

import typer

from app.cli import status as common
from app.cli.glossary import DomainOption, open_glossary
from app.cli.output import Json


def status(
    domain: DomainOption = None,
    code: Annotated[str, typer.Option("--language", help="Nur diese Sprache, nach Fachgebieten.")] = "",
    json: Json = False,
) -> None:
    """Zählt, wie weit die Fachwörter sind: Entwurf, geprüft, freigegeben, veraltet."""
    glossary = open_glossary(domain)
    domains = [domain] if domain else list(glossary.domains)
    rows = list(common.counted(glossary, domains, common.chosen_languages(glossary, code)))
    common.show(rows, "domain", ("concepts", "Begriffe"), not code, json)
