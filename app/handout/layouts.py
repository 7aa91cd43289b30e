"""The table of layouts."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from app.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to put sentences on paper."""

    slug: str
    title: str
    template: str
    """File in templates/ without ending."""
    paper: str
    """Name of the paper in typst."""
    phrases: tuple[str, ...] = ()
    """What it prints where the order names neither topic nor phrases."""
    options: Mapping[str, float] = field(default_factory=dict)
    """Numbers that only its template understands: millimetres, points, columns."""


@cache
def layouts() -> dict[str, Layout]:
    """All layouts by slug."""
    table = tomllib.loads((files("app.handout") / "layouts.toml").read_text("utf-8"))
    return {
        slug: Layout(slug=slug, **row | {"phrases": tuple(row.get("phrases", ()))})
        for slug, row in table.items()
    }


def layout(slug: str) -> Layout:
    """The layout of a name. Raises UsageError naming the nearest ones."""
    if slug in layouts():
        return layouts()[slug]
    near = get_close_matches(slug, list(layouts()), n=3, cutoff=0.5)
    hint = f"gemeint vielleicht: {', '.join(near)}" if near else f"vorhanden: {', '.join(layouts())}"
    raise UsageError(f"Unbekanntes Layout „{slug}“", hint)
