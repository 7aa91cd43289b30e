"""Text as the detectors see it: folded, cut into tokens, with the way back to the original's characters."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

GROUP = "\u2009"
"""Stands for every space that only groups digits (no-break, narrow, thin, Arabic thousands separator)."""

_SPECIAL = {
    "\u00a0": GROUP,
    "\u202f": GROUP,
    "\u2009": GROUP,
    "٬": GROUP,
    "٫": ",",
    "٪": "%",
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "`": "'",
    "´": "'",
    "ʻ": "'",
    "′": "'",
    "²": "",
    "³": "",
    "–": "–",
    "‐": "-",
    "‑": "-",
    "−": "-",
    "⁄": "/",
}
_FOLD = str.maketrans("ıأإآٱىیېکةۀؤئёșț", "iاااايييكههويеşţ", "ـ")
_ASCII_FOLD = str.maketrans("ăâîşţáéíóúàèìòùêôûëïç", "aaistaeiouaeioueoueic")
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,:/{GROUP}]\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<mark>[.!?;,:()…؟،؛۔।\n—–%°€])"
)
_UNIT_SIGNS = frozenset("%°€")


_CONTROLS = {"\n": "\n", "\t": " ", "\r": " "}
LONGEST_CLUSTER = 8
"""A letter with more marks than this is cut: no language writes so."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: folded text, and where it lies in the original text."""

    text: str
    kind: str
    """`word`, `number` or `mark`."""
    start: int
    end: int
    clause: int
    """Counts up at every punctuation mark and at words that open a clause."""
    glued: bool
    """True where nothing lies between this token and the one before."""


_FIRST_COMBINING = "\u0300"


@lru_cache(maxsize=8192)
def _fold_cluster(cluster: str, plain: bool) -> str:
    if cluster in _SPECIAL:
        return _SPECIAL[cluster]
    if unicodedata.decomposition(cluster[0]).startswith("<fraction>"):
        return " " + unicodedata.normalize("NFKC", cluster[0]).replace("⁄", "/")
    composed = unicodedata.normalize("NFC", cluster.casefold())
    text = unicodedata.normalize("NFKC", composed).translate(_FOLD)
    if plain:
        text = text.translate(_ASCII_FOLD)
    return "".join(
        str(unicodedata.digit(c, c)) if c.isdigit() else c
        for c in text
        if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Cc") or c == "\n"
    )


def fold(text: str, plain: bool = False) -> tuple[str, list[int]]:
    """Folded text and, for each of its characters, the offset of its origin; one more entry for the end.

    Case, presentation forms, digits of every script, Arabic vowel signs and spelling variants are folded;
    `plain` also drops Latin diacritics, for languages often typed without them.
    """
    pieces: list[str] = []
    offsets: list[int] = []
    position, length = 0, len(text)
    while position < length:
        character, end = text[position], position + 1
        if character < "\x7f" and (end == length or text[end] < _FIRST_COMBINING):
            folded = character.lower() if character >= " " else _CONTROLS.get(character, "")
        else:
            while end < length and end - position < LONGEST_CLUSTER and unicodedata.combining(text[end]):
                end += 1
            folded = _fold_cluster(text[position:end], plain)
        pieces.append(folded)
        offsets.extend([position] * len(folded))
        position = end
    offsets.append(length)
    return "".join(pieces), offsets


def tokens(
    text: str,
    *,
    plain: bool = False,
    join_apostrophe: bool = False,
    clause_words: frozenset[str] = frozenset(),
) -> list[Token]:
    """Tokens of a text, spans in characters of the text handed in."""
    folded, offsets = fold(text, plain)
    found: list[Token] = []
    clause, previous_end = 0, -1
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup or "mark"
        for piece, start in _pieces(match, join_apostrophe):
            if (kind == "mark" and piece not in _UNIT_SIGNS) or piece in clause_words:
                clause += 1
            end = match.end() if kind != "word" or join_apostrophe else start + len(piece)
            found.append(
                Token(piece, kind, offsets[start], offsets[end - 1] + 1, clause, glued=start == previous_end)
            )
            previous_end = end
    return found


def _pieces(match: re.Match[str], join_apostrophe: bool) -> list[tuple[str, int]]:
    text, start = match.group(), match.start()
    if "'" not in text:
        return [(text, start)]
    if join_apostrophe:
        return [(text.replace("'", ""), start)]
    pieces = []
    for part in text.split("'"):
        pieces.append((part, start))
        start += len(part) + 1
    return pieces
