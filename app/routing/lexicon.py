"""Word lists of a language, read from `lexicon/<language>.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from app.content.tokens import fold

_FOLDER = "lexicon"
Sequence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Closed-class words of one language, folded."""

    language: str
    fillers: frozenset[str] = frozenset()
    ignored: frozenset[str] = frozenset()
    light: frozenset[str] = frozenset()
    cues: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Word → (class, value)."""
    rewrites: Mapping[str, tuple[tuple[Sequence, Sequence], ...]] = field(default_factory=dict)
    """First word (without `*`) → sequences and what they stand for, longest first."""
    prefaces: Mapping[str, tuple[Sequence, ...]] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)
    """Tables that only one reader understands."""


@cache
def lexicon(language: str) -> Lexicon | None:
    """The lexicon of a language; None if nobody wrote one."""
    path = files("app.routing") / _FOLDER / f"{language}.toml"
    if not path.is_file():
        return None
    table = tomllib.loads(path.read_text("utf-8"))
    return Lexicon(
        language=language,
        fillers=_words(table, "fillers", language),
        ignored=_words(table, "ignored", language),
        light=_words(table, "light", language),
        cues=_cues(table, language),
        rewrites=_rewrites(table, language),
        prefaces={
            kind: tuple(sorted((_folded(part, language) for part in text.split("|")), key=len, reverse=True))
            for kind, text in table.get("prefaces", {}).items()
        },
        rest=table,
    )


@cache
def synonym_groups(language: str) -> tuple[tuple[str, ...], ...]:
    """Groups of alternatives, each alternative one or more words."""
    path = files("app.routing") / _FOLDER / f"{language}_synonyms.toml"
    if not path.is_file():
        return ()
    groups = tomllib.loads(path.read_text("utf-8"))["groups"]
    return tuple(tuple(part.strip() for part in group.split("|")) for group in groups)


def rewrite(words: list[str], lexicon: Lexicon) -> list[str]:
    """Replace the sequences of the lexicon, from left to right, longest first. `#…` stands for a number."""
    found: list[str] = []
    position = 0
    while position < len(words):
        match = _match(words, position, lexicon)
        if match is None:
            found.append(words[position])
            position += 1
        else:
            replacement, position = match
            found += replacement
    return found


def _match(words: list[str], start: int, lexicon: Lexicon) -> tuple[list[str], int] | None:
    for pattern, replacement in lexicon.rewrites.get(words[start][:3], ()):
        end = start + len(pattern)
        if end <= len(words) and all(_same(p, w) for p, w in zip(pattern, words[start:end], strict=True)):
            kept = [word for part, word in zip(pattern, words[start:end], strict=True) if part == "#"]
            return [*replacement, *kept], end
    return None


def _same(pattern: str, word: str) -> bool:
    if pattern == "#":
        return word.startswith("#")
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


def _words(table: Mapping[str, Any], key: str, language: str) -> frozenset[str]:
    return frozenset(fold(word, language) for word in table.get(key, "").split())


def _cues(table: Mapping[str, Any], language: str) -> dict[str, tuple[str, str]]:
    return {
        fold(word, language): (name, value)
        for name, values in table.get("cues", {}).items()
        for value, words in values.items()
        for word in words.split()
    }


def _folded(text: str, language: str) -> Sequence:
    return tuple(fold(word, language) for word in text.split())


def _rewrites(table: Mapping[str, Any], language: str) -> dict[str, tuple[tuple[Sequence, Sequence], ...]]:
    rows: dict[str, list[tuple[Sequence, Sequence]]] = {}
    for rule in table.get("rewrite", []):
        target = _folded(rule["to"], language)
        # The target stands for itself, so that no shorter rule changes a part of it.
        for pattern in {_folded(source, language) for source in rule["from"]} | (
            {target} if len(target) > 1 else set()
        ):
            rows.setdefault(pattern[0].rstrip("*")[:3], []).append((pattern, target))
    return {first: tuple(sorted(found, key=lambda row: -len(row[0]))) for first, found in rows.items()}
