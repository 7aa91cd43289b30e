"""What is wrong with the characters of a text, whatever it says: for every text that content holds."""

import re
import unicodedata
from collections.abc import Iterator

BIDI_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Content holds none of them: desk, print and speech isolate a text themselves."""
_JOINERS = frozenset("\u200c\u200d")
_JOINED_SCRIPTS = ("ARABIC", "DEVANAGARI", "TAMIL")
"""Scripts in which joiners change what is written."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_MOJIBAKE = re.compile("[ÂÃÄÅÐÑØÙÚÛ][\u0080-\u00bf]|\ufffd")
"""UTF-8 once read as Latin-1, or a character that was already lost."""
_SPACES = re.compile(r"^\s|\s$|[^\S\u00a0\u202f]{2,}")


def form_problems(text: str) -> Iterator[tuple[str, str]]:
    """Code and German message of each problem of a text."""
    if not unicodedata.is_normalized("NFC", text):
        yield "not-normalised", "zusammengesetzte Zeichen sind nicht in Normalform C"
    if not text.isprintable():
        if found := next((c for c in text if c in BIDI_MARKS), None):
            yield "bidi-mark", f"enthält das Richtungszeichen U+{ord(found):04X}"
        if found := next((c for c in text if _stray(c, text)), None):
            yield "invisible", f"enthält das unsichtbare Zeichen U+{ord(found):04X}"
    if _MOJIBAKE.search(text):
        yield "encoding", "enthält falsch gelesene Zeichen (war die Datei in UTF-8?)"
    if _SPACES.search(text):
        yield "space", "hat Leerzeichen am Anfang, am Ende oder doppelt"


def _stray(character: str, text: str) -> bool:
    if character in BIDI_MARKS or unicodedata.category(character) not in _INVISIBLE:
        return False
    scripted = character in _JOINERS and any(
        unicodedata.name(c, "").startswith(_JOINED_SCRIPTS) for c in text
    )
    return not scripted
