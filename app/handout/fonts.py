"""Finds the fonts of this computer and makes sure that they have every character of a page."""

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from app.core.errors import SprachpultError
from app.core.languages import STAFF_LANGUAGE, language

REGULAR = 400


class FontError(SprachpultError):
    """No installed font has the characters of a text."""


@cache
def installed() -> Any:
    """The system's fonts as the typesetter sees them (`typst.Fonts`); read once, it takes about 0.1 s."""
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("app.handout") / "fonts.toml").read_text("utf-8"))


@cache
def families(code: str, characters: frozenset[str]) -> tuple[str, ...]:
    """Font families for a language, in the order the typesetter tries them; together they have `characters`.

    Raises FontError naming the missing characters and the package with a font that has them.
    """
    base = _candidates(language(STAFF_LANGUAGE).font)
    wanted = language(code).font
    own = _candidates(wanted)
    for family in own:
        chain = tuple(dict.fromkeys((family, *base)))
        if not missing(chain, characters):
            return chain
    lacking = missing(tuple(own[:1] + base), characters)
    name = ", ".join(f"U+{ord(character):04X} „{character}“" for character in sorted(lacking)[:5])
    raise FontError(
        f"Keine Schrift für {language(code).name}: es fehlen {len(lacking)} Zeichen, etwa {name}",
        f"„{wanted}“ installieren: unter Debian das Paket {_table()[wanted]['package']}, sonst "
        "fonts.google.com/noto",
    )


def printable(text: str) -> frozenset[str]:
    """The characters of a text that need a picture in a font."""
    return frozenset(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp"))


def missing(chain: Sequence[str], characters: Iterable[str]) -> set[str]:
    """Characters that none of the families has."""
    known = [_characters(family) for family in chain]
    return {c for c in characters if not any(ord(c) in covered for covered in known)}


def _candidates(font: str) -> list[str]:
    present = _paths()
    return [family for family in _table()[font]["families"] if family in present]


@cache
def _paths() -> dict[str, tuple[str, int]]:
    """Path and index of the regular face of each family."""
    found: dict[str, tuple[str, int]] = {}
    for face in installed().fonts():
        if face.path and face.style == "normal" and (face.weight == REGULAR or face.family not in found):
            found[face.family] = (face.path, face.index)
    return found


@cache
def _characters(family: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    path, index = _paths()[family]
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())
