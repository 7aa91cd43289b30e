"""Sentence boundaries, for whoever takes one sentence at a time: engines, the router, the voice. Pure.

When in doubt two sentences stay together: a translator or voice copes with that, but not with half a
sentence.
"""

import re
from collections.abc import Callable

_TERMINATOR = re.compile(r"[.!?…؟۔።։]+[\"'“”’»)\]]*(?=\s)|[。！？।]+[」』”）]*|\n+")
_WORD_BEFORE = re.compile(r"\S+\Z")
_ORDINAL = re.compile(r"\d{1,2}")
_WRITTEN_SHORT = """
abs bzw ca dr evtl ggf inkl max min mind mio nr prof sog std str tab tel usw vgl zzgl
sok cad dk sa örn вул грн обл ул руб тел напр
art dna ul godz tzn np mgr mr mrs ms st etc vs mme mlle
"""
_ABBREVIATIONS = frozenset(_WRITTEN_SHORT.split())


def sentences(text: str) -> list[str]:
    """The sentences of a text, stripped, none empty; their words are those of the text in order."""
    found, start = [], 0
    for mark in _TERMINATOR.finditer(text):
        if mark.group().strip() == "." and not _ends_sentence(text[start : mark.start()], text[mark.end() :]):
            continue
        found.append(text[start : mark.end()])
        start = mark.end()
    found.append(text[start:])
    return [sentence.strip() for sentence in found if sentence.strip()]


def _ends_sentence(before: str, after: str) -> bool:
    match = _WORD_BEFORE.search(before)
    word = match.group().strip("(\"'„«“”").casefold() if match else ""
    if after.lstrip()[:1].islower() or "." in word:
        return False
    single_letter = len(word) == 1 and word.isalpha()
    return not (single_letter or word in _ABBREVIATIONS or _ORDINAL.fullmatch(word))


def fit(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Cut a text that does not fit into pieces that do: at a clause, else at a space, else anywhere."""
    if len(text) < 2 or fits(text):
        return [text]
    cut = _middle_cut(text)
    parts = (text[:cut].strip(), text[cut:].strip())
    return [piece for part in parts if part for piece in fit(part, fits)]


def _middle_cut(text: str) -> int:
    middle, quarter = len(text) // 2, max(1, len(text) // 4)
    for pattern in (r"[,;:،؛、，–—]\s*", r"\s+"):
        cuts = [match.end() for match in re.finditer(pattern, text)]
        inner = [cut for cut in cuts if quarter <= cut <= len(text) - quarter]
        if inner:
            return min(inner, key=lambda cut: abs(cut - middle))
    return middle
