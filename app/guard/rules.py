"""The language tables: one TOML file per language, read once when the language is first needed."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from num2words import num2words

from app.guard.lexicon import Entry, Lexicon, entry
from app.guard.text import Token, tokens

_LARGEST_COMPOUND = 200


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

    entries = [*_entries(table("common"), split), *_entries(base, split), *_entries(own, split)]
    entries += _compounds(options, split)
    clitics = (split(options.get("proclitics", "")), split(options.get("enclitics", "")))
    return Rules(
        language, Lexicon(entries, _patterns(base) | _patterns(own), *clitics),
        plain, join, clause, frozenset(split(options.get("connectors", ""))),
        frozenset(split(options.get("join_next", ""))), frozenset(split(options.get("half_to", ""))),
        options.get("unit_before_ten", False), options.get("teens_after_tens", False),
        options.get("month_first", False), options.get("negated", {}), options.get("length", 1.0),
    )


def _entries(source: Mapping[str, Any], split: Any) -> Iterator[Entry]:
    for kind, concepts in source.items():
        if kind in ("options", "pattern"):
            continue
        for concept, forms in concepts.items():
            for form in forms.split():
                yield entry(kind, concept, form, split)


def _patterns(source: Mapping[str, Any]) -> dict[tuple[str, str], re.Pattern[str]]:
    return {
        (kind, concept): re.compile(pattern)
        for kind, concepts in source.get("pattern", {}).items()
        for concept, pattern in concepts.items()
    }


def _compounds(options: Mapping[str, Any], split: Any) -> Iterator[Entry]:
    """Numerals written as one word, made by num2words, with the endings they take („zweiundzwanzigmal“)."""
    if "compounds" not in options:
        return
    for number in range(2, _LARGEST_COMPOUND):
        cardinal = num2words(number, lang=options["compounds"])
        ordinal = num2words(number, lang=options["compounds"], to="ordinal")
        forms = [cardinal, *(cardinal + ending for ending in options["cardinal_endings"].split())]
        forms += [ordinal, *(ordinal + ending for ending in options["ordinal_endings"].split())]
        for form in forms:
            yield entry("number", str(number), form, split)
        yield entry("number", f"{number}.5", cardinal + options["half_ending"], split)
