"""Splits a sentence into words, numbers and marks, in every script."""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|°\s?[^\W\d_]|€|[%?!.,;:¿¡؟،؛。？！、，।՞]"
)
_QUESTION = "?؟？"
_MARKS = frozenset("?!.,;:¿¡؟،؛。？！、，।՞")
_ARABIC = str.maketrans("أإآٱىﻻکیھہ", "ااااي" + "لكيهه")
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence: `text` as written, `word` folded for comparison; marks keep their sign."""

    text: str
    word: str

    @property
    def mark(self) -> bool:
        return self.word in _MARKS

    @property
    def question(self) -> bool:
        return self.word in _QUESTION

    @property
    def number(self) -> bool:
        return self.word[:1].isdigit()


def tokenise(text: str, language: str) -> tuple[Token, ...]:
    """Words, numbers (in ASCII digits, with `.` `,` `:` inside) and marks in order."""
    plain = "".join(_ascii_digit(c) for c in unicodedata.normalize("NFC", text))
    plain = plain.replace("٫", ".").translate(_APOSTROPHES)
    found = []
    for piece in _TOKEN.findall(plain):
        found.append(Token(piece, fold(piece, language)))
    return tuple(found)


def fold(word: str, language: str) -> str:
    """Lower case and one spelling for what is the same letter (dotless i, Arabic alif forms, vowel signs)."""
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    word = unicodedata.normalize("NFC", word.casefold() if language != "de" else word.lower())
    if language == "ro":
        word = word.replace("ş", "ș").replace("ţ", "ț")
    if language == "ru":
        word = word.replace("ё", "е")
    if "\u0600" <= word[:1] <= "\u06ff":
        word = "".join(c for c in word if not unicodedata.combining(c) and c != "ـ").translate(_ARABIC)
    return word.replace("\u0307", "")


def _ascii_digit(character: str) -> str:
    value = unicodedata.digit(character, None) if not character.isascii() else None
    return character if value is None or not character.isdecimal() else str(value)
