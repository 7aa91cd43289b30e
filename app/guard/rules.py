"""The language tables: one TOML file per language, read once when the language is first needed."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from num2words import num2words

from app.guard.clock import HOUR, MINUTES, QUARTER, ClockForm
from app.guard.lexicon import Entry, Lexicon, entry
from app.guard.text import Token, tokens

_COMPOUNDS = (*range(2, 1000), *range(1000, 10_000, 100), *range(10_000, 100_000, 1000))
_HUNDRED = 100
"""From here a numeral may drop its leading one: „(ein)hundertsechzig“."""
_INFLECTED = 101
"""Numerals up to here get their ordinals and endings; larger ones are only counted with."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the detectors know about one language."""

    language: str
    lexicon: Lexicon = field(repr=False)
    plain: bool
    join_apostrophe: bool
    clause_words: frozenset[str]
    connectors: frozenset[str]
    """Words that join number words: „und“, „și“, «و»."""
    join_next: frozenset[str]
    """Particles read as one with the next word, however they are typed: Persian «می کنید»."""
    half_to: frozenset[str]
    """Words that take half an hour off the hour that follows: „halb elf“, «пів на одинадцяту»."""
    half_past: frozenset[str]
    """Words that add half an hour to the hour that follows: "half past two"."""
    clock_forms: tuple[ClockForm, ...]
    """Ways to say a time of day: „Viertel nach neun“."""
    unit_before_ten: bool
    """True where compound numerals name the unit first, as Arabic does."""
    teens_after_tens: bool
    """True where tens combine with 10–19, as in French."""
    month_first: bool
    """True where numeric dates may name the month first."""
    negated: Mapping[str, str]
    """What an obligation becomes when negated: German „müssen“ → `exempt`, English "must" → `forbid`."""
    length: float
    """Usual number of characters for 100 of German; measured on the draft phrases."""

    def tokens(self, text: str) -> list[Token]:
        cut = tokens(
            text, plain=self.plain, join_apostrophe=self.join_apostrophe, clause_words=self.clause_words
        )
        return _joined(cut, self.join_next) if self.join_next else cut


def _joined(cut: list[Token], particles: frozenset[str]) -> list[Token]:
    result: list[Token] = []
    for token in cut:
        if token.kind == "word" and result and result[-1].text in particles:
            before = result.pop()
            token = replace(token, text=before.text + token.text, start=before.start, glued=before.glued)
        result.append(token)
    return result


@cache
def table(name: str) -> dict[str, Any]:
    """The table of a language or a shared one; empty where there is none."""
    source = files("app.guard") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text("utf-8")) if source.is_file() else {}


@cache
def rules(language: str) -> Rules | None:
    """Rules of a language, or None where no table was written for it."""
    if not language.isascii() or not language.isalpha():
        return None
    own = table(language)
    options: dict[str, Any] = own.get("options", {})
    if not options:
        return None
    base = table(options["base"]) if "base" in options else {}
    options = base.get("options", {}) | options
    plain, join = options.get("plain", False), options.get("apostrophe", "split") == "join"
    clause = frozenset(t.text for t in tokens(options.get("clause", ""), plain=plain, join_apostrophe=join))

    def split(text: str) -> list[str]:
        return [token.text for token in tokens(text, plain=plain, join_apostrophe=join)]

    joined = bool(options.get("joined_forms", False))
    entries = [item for source in (table("common"), base, own) for item in _entries(source, split, joined)]
    entries += _compounds(options, split)
    clitics = (split(options.get("proclitics", "")), split(options.get("enclitics", "")))
    return Rules(
        language,
        Lexicon(entries, _patterns(base) | _patterns(own), *clitics),
        plain,
        join,
        clause,
        frozenset(split(options.get("connectors", ""))),
        frozenset(split(options.get("join_next", ""))),
        frozenset(split(options.get("half_to", ""))),
        frozenset(split(options.get("half_past", ""))),
        tuple(_clock_forms(options, split)),
        options.get("unit_before_ten", False),
        options.get("teens_after_tens", False),
        options.get("month_first", False),
        options.get("negated", {}),
        options.get("length", 1.0),
    )


def _clock_forms(options: Mapping[str, Any], split: Any) -> Iterator[ClockForm]:
    for sense, forms in options.get("clock_times", {}).items():
        for form in forms.split():
            parts = [[p] if p in (HOUR, MINUTES, QUARTER) else split(p) for p in form.split("_")]
            yield ClockForm(sense, tuple(word for part in parts for word in part))


def _entries(source: Mapping[str, Any], split: Any, joined: bool) -> Iterator[Entry]:
    """Entries of a table; `joined` adds forms of two words as one, where a language writes both ways."""
    for kind, concepts in source.items():
        if kind in ("options", "pattern"):
            continue
        for concept, forms in concepts.items():
            for form in forms.split():
                yield entry(kind, concept, form, split)
                if joined and "_" in form and not {"~", "#"} & set(form):
                    yield entry(kind, concept, form.replace("_", ""), split)


def _patterns(source: Mapping[str, Any]) -> dict[tuple[str, str], re.Pattern[str]]:
    return {
        (kind, concept): re.compile(pattern)
        for kind, concepts in source.get("pattern", {}).items()
        for concept, pattern in concepts.items()
    }


def _compounds(options: Mapping[str, Any], split: Any) -> Iterator[Entry]:
    """Numerals written as one word, made by num2words, with the endings they take („zweiundzwanzigmal“)."""
    language = options.get("compounds")
    if language is None:
        return
    for number in _COMPOUNDS:
        cardinal = num2words(number, lang=language)
        if " " in cardinal:
            continue
        one = options.get("optional_one", "")
        forms = [cardinal, *([cardinal.removeprefix(one)] if one and number >= _HUNDRED else [])]
        if number < _INFLECTED:
            ordinal = num2words(number, lang=language, to="ordinal")
            forms += [cardinal + ending for ending in options.get("cardinal_endings", "").split()]
            forms += [ordinal, *(ordinal + ending for ending in options.get("ordinal_endings", "").split())]
        for form in forms:
            yield entry("number", str(number), form, split)
        if number < _INFLECTED and "half_ending" in options:
            yield entry("number", f"{number}.5", cardinal + options["half_ending"], split)
