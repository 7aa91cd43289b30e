"""Names of medicines across scripts: compared by a skeleton of consonants that transliteration leaves alone."""

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.fuzz import ratio

from app.core.types import Finding, Level
from app.guard.facts import Facts
from app.guard.rules import table

SAME_NAME = 75
"""Similarity (0–100) of skeletons from which two spellings count as one name."""
OTHER_NAME = 85
_CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ж": "z", "з": "z", "и": "i",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ts", "ш": "s", "щ": "s", "ъ": "", "ь": "", "ы": "i",
    "э": "e", "ю": "u", "я": "a",
})
_ARABIC = str.maketrans({
    "ا": "a", "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "g", "چ": "ts", "ح": "h", "خ": "h", "د": "d", "ذ": "d",
    "ر": "r", "ز": "z", "ژ": "z", "س": "s", "ش": "s", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "", "غ": "g",
    "ف": "f", "ق": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "u", "ي": "i", "ء": "",
})
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("rh", "r"), ("ch", "h"), ("qu", "k"), ("x", "ks"), ("ce", "se"), ("ci", "si"),
    ("cy", "si"), ("c", "k"), ("z", "s"), ("w", "v"), ("p", "b"), ("v", "b"), ("f", "b"), ("g", "k"), ("j", "s"),
    ("d", "t"), ("h", ""),
)
_VOWELS = re.compile("[aeiouyäöüîâăşçğ']")
_DOUBLE = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """Consonants of a folded word in Latin letters; sounds that scripts confuse are one."""
    text = word.translate(_CYRILLIC).translate(_ARABIC).replace("ş", "s").replace("ç", "ts").replace("ğ", "g")
    for spelling, sound in _SOUNDS:
        text = text.replace(spelling, sound)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", text))


@cache
def _medicines() -> dict[str, str]:
    """Skeleton by international name."""
    return {name: skeleton(name) for name in table("medicines")["names"].split()}


def check_names(source: Facts, target: Facts) -> Iterator[Finding]:
    """A medicine named in the source is named in the target, and no other one came up."""
    named = _named(source)
    if not named:
        return
    words = [(t, skeleton(t.text)) for t in target.tokens if t.kind == "word" and len(t.text) >= CONTENT]
    for name, span in named.items():
        own = skeleton(name)
        if any(ratio(own, other) >= SAME_NAME for _, other in words):
            continue
        rival = next(
            (t for t, other in words for m, s in _medicines().items()
             if m not in named and len(s) > 3 and ratio(s, other) >= OTHER_NAME), None,
        )
        if rival is not None:
            written = target.text[rival.start:rival.end]
            message = f"Medikament „{name.capitalize()}“ wurde zu „{written}“"
            yield Finding("name-changed", message, Level.RED, span, (rival.start, rival.end))
        else:
            message = f"Medikament „{name.capitalize()}“ finde ich in der Übersetzung nicht"
            yield Finding("name-missing", message, Level.AMBER, span)


CONTENT = 4


def _named(facts: Facts) -> dict[str, tuple[int, int]]:
    """Known medicines in a text, in its own script."""
    known = _medicines()
    shapes = tuple(table("medicines")["endings"].split())
    found = {}
    for token in facts.tokens:
        if token.kind != "word" or len(token.text) < CONTENT:
            continue
        if token.text in known or (len(token.text) > 6 and token.text.endswith(shapes)):
            found[token.text] = (token.start, token.end)
    return found
