"""Which models a set of languages needs on a machine of a certain size. Touches neither disk nor network."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE, language
from app.engines.catalog import Catalog, ModelRow

NOT_FREE = "no"
_AS_IF = Path("as-if-installed")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to fetch."""

    needed: tuple[ModelRow, ...]
    restricted: tuple[ModelRow, ...]
    """Would help, but the licence rules out commercial use: only after an explicit yes."""
    gaps: tuple[str, ...]
    """What remains impossible with the needed models alone, for people: `Paschtu verstehen`."""


def plan(catalog: Catalog, languages: Sequence[str], profile: str, refused: Collection[str] = ()) -> Plan:
    """The best free models for the languages and German, as the catalog would use them once installed.

    `refused` names models that are not to be had. What is installed and at least as good is kept.
    """
    free = _could_use(catalog, profile, refused, free_only=True)
    every = _could_use(catalog, profile, refused, free_only=False)
    needed = _used(free, languages)
    extra = [row for row in _used(every, languages) if row.official_use == NOT_FREE]
    return Plan(
        needed=tuple(row for row in needed if not row.installed and row.source),
        restricted=tuple(row for row in extra if not row.installed),
        gaps=tuple(_gaps(free, languages)),
    )


def named(catalog: Catalog, names: Sequence[str]) -> tuple[ModelRow, ...]:
    """The rows of these names. Raises UsageError with the nearest name for an unknown one."""
    fetchable = {name: row for name, row in catalog.rows.items() if row.source}
    for name in names:
        if name not in fetchable:
            near = get_close_matches(name, fetchable, n=2, cutoff=0.5)
            hint = f"gemeint vielleicht: {', '.join(near)}" if near else "„sprachpult models list“ zeigt alle"
            if name in catalog.rows:
                raise UsageError(f"„{name}“ kommt mit dem Programm und wird nicht geholt", hint)
            raise UsageError(f"Unbekanntes Modell „{name}“", hint)
    return tuple(fetchable[name] for name in dict.fromkeys(names))


def _could_use(catalog: Catalog, profile: str, refused: Collection[str], free_only: bool) -> Catalog:
    """The catalog as if everything that may be fetched were installed."""

    def fits(row: ModelRow) -> bool:
        allowed = row.official_use != NOT_FREE or not free_only
        return bool(row.source) and profile in row.profiles and row.name not in refused and allowed

    rows = {}
    for name, row in catalog.rows.items():
        if row.installed:
            rows[name] = row
        elif fits(row):
            rows[name] = replace(row, root=_AS_IF)
    return Catalog(rows, catalog.pivots)


def _used(could: Catalog, languages: Sequence[str]) -> list[ModelRow]:
    """Rows of the hypothetical catalog that would serve, each once, what listens first."""
    codes = list(dict.fromkeys([STAFF_LANGUAGE, *languages]))
    found: list[ModelRow | None] = [could.recogniser(code) for code in codes]
    for code in codes[1:]:
        found += [*could.translator(STAFF_LANGUAGE, code), *could.translator(code, STAFF_LANGUAGE)]
    found += [could.voice(code) for code in codes]
    rows = {row.name: row for row in found if row}.values()
    return [row if row.root != _AS_IF else replace(row, root=None) for row in rows]


def _gaps(could: Catalog, languages: Sequence[str]) -> list[str]:
    gaps = []
    for code in languages:
        name = language(code).name
        if not _real(could.recogniser(code)):
            gaps.append(f"{name} verstehen")
        if not _real(*could.translator(STAFF_LANGUAGE, code)):
            gaps.append(f"nach {name} übersetzen")
        if not _real(*could.translator(code, STAFF_LANGUAGE)):
            gaps.append(f"aus {name} übersetzen")
        if could.voice(code) is None:
            gaps.append(f"{name} sprechen")
    return gaps


def _real(*rows: ModelRow | None) -> bool:
    """True if models serve that know more than a demo pack's sentences."""
    return bool(rows) and all(row is not None and not row.folder.startswith("demo/") for row in rows)
