"""Names of medicines across scripts, compared by a skeleton of consonants that transliteration leaves."""

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
CONTENT = 4
"""Letters from which a word may be the name of a medicine."""
_CYRILLIC = str.maketrans(
    dict(zip("абвгґдеєжзиіїйклмнопрстуфхшщыэюя", "abvggdeezziiiiklmnoprstufhssieua", strict=True))
    | {"ц": "ts", "ч": "ts", "ъ": "", "ь": ""}
)
_ARABIC = str.maketrans(
    dict(zip("ابپتثجحخدذرزژسشصضطظغفقكگلمنهوي", "abbttghhddrzzsssdtzgfkkglmnhui", strict=True))
    | {"چ": "ts", "ع": "", "ء": ""}
)
_SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("ch", "h"),
    ("qu", "k"),
    ("x", "ks"),
    ("ce", "se"),
    ("ci", "si"),
    ("cy", "si"),
    ("c", "k"),
    ("z", "s"),
    ("w", "v"),
    ("p", "b"),
    ("v", "b"),
    ("f", "b"),
    ("g", "k"),
    ("j", "s"),
    ("d", "t"),
    ("h", ""),
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
            (
                t
                for t, other in words
                for m, s in _medicines().items()
                if m not in named and len(s) > 3 and ratio(s, other) >= OTHER_NAME
            ),
            None,
        )
        if rival is not None:
            written = target.text[rival.start : rival.end]
            message = f"Medikament „{name.capitalize()}“ wurde zu „{written}“"
            yield Finding("name-changed", message, Level.RED, span, (rival.start, rival.end))
        else:
            message = f"Medikament „{name.capitalize()}“ finde ich in der Übersetzung nicht"
            yield Finding("name-missing", message, Level.AMBER, span)


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
