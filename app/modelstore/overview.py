"""What is installed, what would run, what could be had, per language. Opens no model and no socket."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.core.languages import STAFF_LANGUAGE
from app.engines.catalog import Catalog, ModelRow, RecogniseRow, TranslateRow, VoiceRow

RUNS, INSTALLED, AVAILABLE = "runs", "installed", "available"
Measured = Callable[[str], list[dict[str, Any]]]
"""Earlier results by model name: rows with part, language, figures."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One model in its role for one language or direction."""

    part: str
    """recognise, translate or speak."""
    key: str
    """The language, or a direction such as `de-tr`."""
    row: ModelRow
    state: str
    """`runs`: would be used now; `installed`: there, but another is preferred; `available`: to fetch."""


def offers(catalog: Catalog, code: str) -> Iterator[Offer]:
    """Every model that serves the language, best first within each part."""
    pairs = [] if code == STAFF_LANGUAGE else [(STAFF_LANGUAGE, code), (code, STAFF_LANGUAGE)]
    rows = sorted(catalog.rows.values(), key=lambda row: -row.rank)
    for row in rows:
        if isinstance(row, RecogniseRow) and code in row.languages:
            yield Offer("recognise", code, row, _state(row, [catalog.recogniser(code)]))
    for source, target in pairs:
        used = catalog.translator(source, target)
        serving = [row for row in rows if isinstance(row, TranslateRow) and row.serves(source, target)]
        for row in {row.name: row for row in [*used, *serving]}.values():
            yield Offer("translate", f"{source}-{target}", row, _state(row, used))
    for row in rows:
        if isinstance(row, VoiceRow) and code in row.languages:
            yield Offer("speak", code, row, _state(row, [catalog.voice(code)]))


def parts(code: str) -> list[tuple[str, str]]:
    """Every part and key that a language needs; a part without an offer is missing altogether."""
    if code == STAFF_LANGUAGE:
        return [("recognise", code), ("speak", code)]
    pairs = [("translate", f"{STAFF_LANGUAGE}-{code}"), ("translate", f"{code}-{STAFF_LANGUAGE}")]
    return [("recognise", code), *pairs, ("speak", code)]


def figures(offer: Offer, measured: Measured) -> list[dict[str, Any]]:
    """What was measured on this machine, or came with a pack, for the model in this role."""
    own = [
        row for row in measured(offer.row.name) if (row["part"], row["language"]) == (offer.part, offer.key)
    ]
    return own or list(_pack_figures(offer))


def _state(row: ModelRow, used: Iterable[ModelRow | None]) -> str:
    if any(other and other.name == row.name for other in used):
        return RUNS
    return INSTALLED if row.installed else AVAILABLE


def _pack_figures(offer: Offer) -> Iterator[dict[str, Any]]:
    """Figures in the measured.json of a pack, as its trainer writes them."""
    path = offer.row.path.parent / "measured.json"
    if not offer.row.installed or not path.is_file():
        return
    try:
        table = json.loads(path.read_text("utf-8"))
        if offer.part == "recognise":
            found = table["recognise"]["languages"][offer.key]
        else:
            found = table[offer.part][offer.row.path.name]["directions"][offer.key]
    except (OSError, ValueError, KeyError, TypeError):
        return
    yield {"part": offer.part, "language": offer.key, "cases": found.get("examples", 0), "figures": found}
