"""Parts of the body to point at: where the number stands on the outline, and the words in both languages."""

from functools import cache
from typing import Any

from app.content.glossaries import Glossary, load_glossary

FRONT: dict[str, tuple[float, ...]] = {
    "kopf": (50, 3),
    "auge": (24, 6, 45, 8),
    "ohr": (76, 6, 60, 9),
    "nase": (24, 13, 49, 11),
    "mund": (76, 13, 51, 14),
    "hals": (50, 21),
    "brustkorb": (42, 30),
    "oberarm": (73, 34),
    "bauch": (50, 43),
    "hand": (86, 55),
    "unterleib": (50, 51),
    "bein": (40, 66),
    "knie": (59, 73),
    "fuss": (40, 96),
}
"""Slug of the glossary domain `koerper` → place of its number in percent of the figure's width and height;
where the number stands beside the place, a line leads to the last two values."""
BACK: dict[str, tuple[float, ...]] = {
    "kopfhaut": (50, 6),
    "schulter": (67, 25),
    "ruecken": (50, 34),
    "niere": (41, 43),
    "fusssohle": (41, 97),
}


def body_terms(code: str) -> list[dict[str, Any]]:
    """Every part that has a word in the language: number, side, place, both words."""
    rows: list[dict[str, Any]] = []
    for side, places in (("front", FRONT), ("back", BACK)):
        for slug, (x, y, *target) in places.items():
            concept = _glossary().concepts.get(f"koerper/{slug}")
            translation = concept.translation(code) if concept else None
            if concept is not None and translation is not None:
                words = {"german": concept.term, "text": translation.term}
                rows.append({"side": side, "x": x, "y": y, "target": target} | words)
    return [{"number": number, **row} for number, row in enumerate(rows, 1)]


@cache
def _glossary() -> Glossary:
    return load_glossary()
