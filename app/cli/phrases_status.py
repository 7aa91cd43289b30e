"""`sprachpult phrases status`: how far the translations are, by language and topic."""

from typing import Annotated

import typer

from app.cli import status as common
from app.cli.output import Json
from app.core.errors import UsageError


def status(
    topic: Annotated[str | None, typer.Option("--topic", help="Nur dieses Thema.")] = None,
    code: Annotated[str, typer.Option("--language", help="Nur diese Sprache, nach Themen.")] = "",
    json: Json = False,
) -> None:
    """Zählt, wie weit die Übersetzungen sind: Entwurf, geprüft, freigegeben, veraltet."""
    from app.content import load_library

    library = load_library()
    if topic is not None and topic not in library.topics:
        raise UsageError(f"Unbekanntes Thema „{topic}“", f"vorhanden: {', '.join(library.topics)}")
    topics = [topic] if topic else list(library.topics)
    rows = list(common.counted(library, topics, common.chosen_languages(library, code)))
    common.show(rows, "topic", ("sentences", "Sätze"), not code, json)
