"""The language table: one source for desk, commands and print."""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from app.core.errors import UsageError

STAFF_LANGUAGE = "de"

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Language:
    """One language label: ISO 639-1 code where there is one, else 639-3."""

    code: str
    name: str
    """German name."""
    autonym: str
    """Name in its own script."""
    script: str
    """ISO 15924."""
    direction: str
    """`ltr` or `rtl`."""
    font: str
    tier: str
    """`conversation`, `output` or `text`: the most that published models allow."""
    whisper: str | None = None
    """Whisper language token; None where Whisper has none."""
    espeak: str | None = None
    piper: str | None = None
    """Piper voice to start with."""
    locale: str | None = None
    """CLDR locale where it differs from the code."""
    digits: str = "latn"
    """CLDR numbering system used in running text."""
    note: str = ""

    @property
    def right_to_left(self) -> bool:
        return self.direction == "rtl"

    @property
    def cldr(self) -> str:
        """Locale name for Babel."""
        return self.locale or self.code


@cache
def languages() -> dict[str, Language]:
    """All languages by code, German first, then in the order of need in the offices."""
    table = tomllib.loads((files("app.core") / "languages.toml").read_text("utf-8"))
    return {code: Language(code=code, **row) for code, row in table.items()}


def language(code: str) -> Language:
    """The row of a code. Raises UsageError naming the nearest codes."""
    try:
        return languages()[code]
    except KeyError:
        near = _near(code)
        hint = f"gemeint vielleicht: {near}" if near else "alle Kürzel zeigt „sprachpult languages“"
        raise UsageError(f"Unbekannte Sprache „{code}“", hint) from None


def _near(code: str) -> str:
    names = {row.name.casefold(): row.code for row in languages().values()}
    names |= {row.autonym.casefold(): row.code for row in languages().values()}
    names |= {row.code: row.code for row in languages().values()}
    found = get_close_matches(code.casefold(), names, n=3, cutoff=0.6)
    return ", ".join(dict.fromkeys(f"{names[n]} ({languages()[names[n]].name})" for n in found))


def isolate(text: str) -> str:
    """Wrap text in Unicode isolates so that its direction cannot disturb the line around it."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
