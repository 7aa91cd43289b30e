"""What can be seen without understanding: script, language, copies, loops, length, odd characters."""

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.core.languages import languages
from app.core.types import Finding, Level
from app.guard.facts import Facts
from app.guard.text import Token, fold

COMPRESSION_LIMIT = 2.4
"""Size to compressed size above which Whisper's authors call a text a loop (their default)."""
MIN_LOOP_BYTES = 80
REPEATED_WORDS = 4
MAX_COPIED, MOSTLY_COPIED = 0.4, 0.8
"""Share of content words standing unchanged in the translation (proposal of the project, not measured)."""
CONTENT_WORD = 4
LENGTH_BOUNDS = ((45, 0.53, 1.75), (25, 0.45, 2.1), (0, 0.35, 2.6))
"""From which usual length (characters) a translation may be how long, as a share of what is usual.

Outside lie the extremes of the draft phrases; long sentences are held tighter, as half of one may be missing.
"""
SHORT_TEXT = 12
"""Characters below which length says nothing."""
LANGUAGE_LETTERS = 24
LANGUAGE_DOUBT = 0.02
"""Probability of the language wanted below which the translation is asked about."""

_EXTRA_SCRIPTS = {"sr": {"LATIN"}, "zh": {"HIRAGANA"}}
_UNICODE_SCRIPT = {
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Arab": "ARABIC",
    "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Hans": "CJK",
    "Deva": "DEVANAGARI",
    "Taml": "TAMIL",
}
_OVERRIDES = frozenset("\u202d\u202e")
_HARMLESS = frozenset("\n\t\r\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u00ad")
_POLITE = re.compile(r"\b(Sie|Ihnen|Ihren?|Ihrem|Ihrer|Ihres)\b")
_DIGIT_RUN = re.compile(r"\d+")


def inspect(source: Facts, target: Facts, source_language: str, target_language: str) -> Iterator[Finding]:
    """All findings about form. The target is not empty."""
    yield from _characters(target)
    yield from _digits(target)
    script = list(_script(source, target, target_language))
    yield from script
    if source_language != target_language:
        copies = list(_copied(source, target))
        yield from copies
        if not script and not copies:
            yield from _language(target.text, target_language)
    yield from _loops(source, target)
    yield from _length(source, target)
    yield from _address(source, target)


@lru_cache(maxsize=8192)
def script_of(character: str) -> str:
    """First word of the Unicode name of a letter: LATIN, CYRILLIC, ARABIC …; empty for anything else."""
    if not character.isalpha():
        return ""
    name = unicodedata.name(character, "").split(" ")[0].split("-")[0]
    return name if name not in ("MODIFIER", "FEMININE", "MASCULINE", "MICRO") else ""


def is_blank(text: str) -> bool:
    """No letter and no digit: nothing that could be spoken."""
    return not any(character.isalnum() for character in text)


def _characters(target: Facts) -> Iterator[Finding]:
    text = target.text
    # Invisible characters are never printable, so that most texts need no look at each one.
    for position, character in enumerate(() if text.isprintable() else text):
        if character in _OVERRIDES:
            span = (position, position + 1)
            message = "Unsichtbares Zeichen kehrt die Schreibrichtung um"
            yield Finding("direction-override", message, Level.RED, target_span=span)
            break
    for position, character in enumerate(() if text.isprintable() else text):
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") and character not in _HARMLESS:
            message = "Unsichtbares Steuerzeichen im Text"
            yield Finding("control-character", message, Level.AMBER, target_span=(position, position + 1))
            break
    for token in target.tokens:
        scripts = {script_of(c) for c in text[token.start : token.end]} - {""}
        if token.kind == "word" and len(scripts) > 1 and scripts <= {"LATIN", "CYRILLIC", "GREEK"}:
            message = f"„{text[token.start : token.end]}“ mischt Buchstaben verschiedener Schriften"
            yield Finding("mixed-script", message, Level.AMBER, target_span=(token.start, token.end))
            break


def _digits(target: Facts) -> Iterator[Finding]:
    systems: set[int] = set()
    for match in _DIGIT_RUN.finditer(target.text):
        own = {ord(c) - unicodedata.digit(c) for c in match.group() if unicodedata.digit(c, None) is not None}
        if len(own) > 1:
            message = f"Zahl „{match.group()}“ mischt Ziffern verschiedener Schriften"
            yield Finding("mixed-digits", message, Level.RED, target_span=match.span())
            return
        systems |= own
    if len(systems) > 1:
        yield Finding("mixed-digits", "Ziffern verschiedener Schriften in einem Satz", Level.AMBER)


def _script(source: Facts, target: Facts, language: str) -> Iterator[Finding]:
    row = languages().get(language)
    wanted = _EXTRA_SCRIPTS.get(language, set()) | {_UNICODE_SCRIPT.get(row.script, "")} if row else set()
    if not wanted or "" in wanted:
        return
    kept = {token.text for token in source.tokens if token.kind == "word" and _may_stay(source.text, token)}
    letters: Counter[bool] = Counter()
    for token in target.tokens:
        if token.kind == "word" and token.text not in kept:
            letters.update(
                script_of(c) in wanted for c in target.text[token.start : token.end] if script_of(c)
            )
    if letters[False] > letters[True]:
        name = row.name if row else language
        yield Finding("script-wrong", f"Übersetzung ist nicht in der Schrift für {name}", Level.RED)
    elif letters[False] > max(6, 0.25 * letters[True]):
        yield Finding("script-mixed", "Ein Teil steht in einer anderen Schrift", Level.AMBER)
    elif not letters and not kept and any(token.kind == "word" for token in source.tokens):
        yield Finding("text-missing", "Die Übersetzung enthält keine Wörter", Level.RED)


def _may_stay(text: str, token: Token) -> bool:
    """Abbreviations, and names, which every script may keep in Latin letters."""
    return _is_sign(text, token) or text[token.start].isupper()


def _is_sign(text: str, token: Token) -> bool:
    """Abbreviations and units that stay as they are in every script: HIV, TB, mg."""
    word = text[token.start : token.end]
    return len(word) <= 3 or word.isupper() or sum(c.isupper() for c in word) > 1


def _copied(source: Facts, target: Facts) -> Iterator[Finding]:
    """Copies count by words that are no names: German nouns are written like names, so they count less."""
    words = [token for token in source.tokens if token.kind == "word"]
    if words and [token.text for token in words] == [t.text for t in target.tokens if t.kind == "word"]:
        if len(words) > 1 or not _is_sign(source.text, words[0]):
            level = Level.RED if len(words) > 1 else Level.AMBER
            yield Finding("source-copied", "Das Original wurde nicht übersetzt", level)
        return
    content = [t for t in words if len(t.text) >= CONTENT_WORD and not _is_sign(source.text, t)]
    other = {token.text for token in target.tokens}
    nouns = {token.text for token in target.tokens if target.text[token.start].isupper()}
    plain = [t.text for t in content if not source.text[t.start].isupper() and t.text not in nouns]
    copied, copied_plain = [t for t in content if t.text in other], [word for word in plain if word in other]
    limit = MAX_COPIED if copied_plain else MOSTLY_COPIED
    if len(copied) > 1 and len(copied) > limit * len(content):
        yield Finding("source-copied", "Das Original steht zum großen Teil unübersetzt da", Level.RED)
    elif copied_plain and (len(copied_plain) > 1 or _foreign(copied_plain[0], target)):
        yield Finding("word-copied", f"„{copied_plain[0]}“ steht unübersetzt da", Level.AMBER)


def _foreign(word: str, target: Facts) -> bool:
    """True where a word is written in another script than most of the text around it."""
    scripts = Counter(script_of(c) for c in target.text if script_of(c))
    return script_of(word[0]) != scripts.most_common(1)[0][0]


@cache
def _identifier() -> tuple[LanguageIdentifier, frozenset[str]]:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = frozenset(identifier.labels) & frozenset(languages())
    identifier.set_languages(known)
    return identifier, known


def _language(text: str, language: str) -> Iterator[Finding]:
    if sum(c.isalpha() for c in text[:200]) < LANGUAGE_LETTERS:
        return
    identifier, known = _identifier()
    if language not in known:
        return
    ranks = dict(identifier.rank(text[:1000]))
    best = max(ranks, key=lambda code: ranks[code])
    if best != language and ranks[language] < LANGUAGE_DOUBT:
        message = f"Sprache der Übersetzung ist zweifelhaft: eher {languages()[best].name}"
        yield Finding("language-doubtful", message, Level.AMBER)


def looping(text: str, words: list[str]) -> bool:
    """True where a text goes round in circles."""
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) >= MIN_LOOP_BYTES and len(raw) / len(zlib.compress(raw)) > COMPRESSION_LIMIT:
        return True
    run = 1
    for before, word in pairwise(words):
        run = run + 1 if word == before else 1
        if run >= REPEATED_WORDS:
            return True
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    most = max(triples.values(), default=0)
    return most >= 3 and most * 3 > len(words) * 0.5


def _loops(source: Facts, target: Facts) -> Iterator[Finding]:
    if looping(target.text, _words(target)) and not looping(source.text, _words(source)):
        yield Finding("loop", "Die Übersetzung wiederholt sich im Kreis", Level.RED)


def _words(facts: Facts) -> list[str]:
    return [token.text for token in facts.tokens if token.kind != "mark"]


def _length(source: Facts, target: Facts) -> Iterator[Finding]:
    usual = (target.rules.length if target.rules else 1.0) / (source.rules.length if source.rules else 1.0)
    length, expected = len(fold(target.text)[0].strip()), len(fold(source.text)[0].strip()) * usual
    low, high = next((low, high) for least, low, high in LENGTH_BOUNDS if expected >= least)
    if max(length, expected) <= SHORT_TEXT:
        return
    ratio = (length + SHORT_TEXT / 2) / (expected + SHORT_TEXT / 2)
    if ratio < low:
        yield Finding("too-short", "Die Übersetzung ist auffallend kurz: fehlt etwas?", Level.AMBER)
    elif ratio > high:
        yield Finding("too-long", "Die Übersetzung ist auffallend lang: steht dort mehr?", Level.AMBER)


def _address(source: Facts, target: Facts) -> Iterator[Finding]:
    """A polite sentence that became familiar; only explicit words count, forms of the verb do not."""
    if source.rules is None or target.rules is None:
        return
    own = {fact.concept for fact in source.of("address")}
    other = {fact.concept for fact in target.of("address")}
    polite = source.rules.language == "de" and _POLITE.search(source.text)
    if polite and "informal" not in own and other == {"informal"}:
        fact = target.of("address")[0]
        yield Finding("address-informal", "Höfliche Anrede wurde zum Du", Level.AMBER, target_span=fact.span)
