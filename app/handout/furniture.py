"""The sentences of the page itself: phrases of a topic of their own, translated and signed like all."""

from collections.abc import Mapping

from app.content.phrasebooks import Library
from app.core.errors import ContentError
from app.handout.selection import filled

TOPIC = "handzettel"
DRAFT = "entwurf"
POINT = "sprache-zeigen"
SHARED = (
    "schmerz-staerke",
    "kein-schmerz",
    "staerkster-schmerz",
    "koerper-vorne",
    "koerper-hinten",
    "mitbringen",
    "abschnitt-antwort",
    "ich-komme",
)
"""Sentences that one layout or another needs."""


def notes(library: Library, code: str, slugs: tuple[str, ...]) -> Mapping[str, dict[str, str | None]]:
    """German and translated wording by slug; the translation is None where there is no usable one.

    Raises ContentError if the phrasebook lacks a sentence the layout needs.
    """
    found: dict[str, dict[str, str | None]] = {}
    for slug in slugs:
        phrase = library.phrases.get(f"{TOPIC}/{slug}")
        if phrase is None:
            path = library.root / TOPIC / "phrases.toml"
            raise ContentError(f"[{slug}] fehlt", "Satz wieder anlegen; er steht auf jedem Blatt", path=path)
        text = filled(phrase, code, {}) if phrase.translation(code) else None
        found[slug] = {"german": filled(phrase, "de", {}), "text": text}
    return found
