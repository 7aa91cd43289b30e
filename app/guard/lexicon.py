"""Finds the words of a table in a token list: longest match wins within each kind of fact."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.core.errors import ContentError
from app.guard.text import Token

GAP = "~"
"""In a form: up to three words of any kind."""
ANY_NUMBER = "#"
ANY_YEAR = "##"
MAX_GAP = 3
_YEAR = re.compile(r"(?:^|[./])(?:19|20)\d\d$")
LONGEST_WORD = 40
"""Letters up to which a word is searched for endings; longer ones are no words, only work."""
MIN_STEM = 3
"""Letters left of a word after taking something off its end."""
DROPPED = "-"
"""Concept whose forms are matched so that shorter ones do not, and then forgotten."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of one concept."""

    kind: str
    values: tuple[str, ...]
    """Readings of the form, most likely first; several where it is ambiguous."""
    certain: bool
    """False for forms that may mean the concept but need not."""
    parts: tuple[str, ...]
    weight: int
    """Literal characters; breaks ties between matches of equal length."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found at tokens[start:end]; `joined` where a proclitic had to be taken off."""

    entry: Entry
    start: int
    end: int
    joined: bool = False


def entry(kind: str, concept: str, form: str, split: Callable[[str], list[str]]) -> Entry:
    """Read a form: `_` joins words, `*` at an end is a wildcard, `~` a gap, `#` any number, `##` a year.

    A concept ending in `?` is uncertain; `a|b` has two readings.
    """
    parts: list[str] = []
    for part in form.split("_"):
        if part in (GAP, ANY_NUMBER, ANY_YEAR):
            parts.append(part)
            continue
        words = split(part.strip("*"))
        if words and part.startswith("*"):
            words[0] = "*" + words[0]
        if words and part.endswith("*"):
            words[-1] += "*"
        parts += words
    if not parts:
        raise ContentError(f"Wort „{form}“ unter [{kind}] enthält keine Buchstaben", "Eintrag berichtigen")
    values = tuple(concept.removesuffix("?").split("|"))
    weight = sum(len(part.strip("*")) for part in parts)
    return Entry(kind, values, not concept.endswith("?"), tuple(parts), weight)


def _fits(part: str, token: Token) -> bool:
    if part == ANY_NUMBER:
        return token.kind == "number"
    if part == ANY_YEAR:
        return token.kind == "number" and _YEAR.search(token.text) is not None
    text = token.text
    if part.startswith("*"):
        literal = part[1:].rstrip("*")
        return literal in text[1:] if part.endswith("*") else text.endswith(literal) and text != literal
    return text.startswith(part[:-1]) if part.endswith("*") else text == part


class Lexicon:
    """All forms of one language, indexed by their first word."""

    def __init__(
        self,
        entries: Sequence[Entry],
        patterns: Mapping[tuple[str, str], re.Pattern[str]],
        proclitics: Sequence[str] = (),
        enclitics: Sequence[str] = (),
    ) -> None:
        self._exact: defaultdict[str, list[Entry]] = defaultdict(list)
        self._prefix: defaultdict[str, list[Entry]] = defaultdict(list)
        self._scan: list[Entry] = []
        for item in entries:
            first = item.parts[0]
            if first.startswith(("*", ANY_NUMBER)):
                self._scan.append(item)
            elif first.endswith("*"):
                self._prefix[first[:-1]].append(item)
            else:
                self._exact[first].append(item)
        self._lengths = sorted({len(prefix) for prefix in self._prefix})
        self._patterns = [
            (pattern, Entry(kind, (concept.removesuffix("?"),), not concept.endswith("?"), ("*",), 3))
            for (kind, concept), pattern in patterns.items()
        ]
        self._enclitics = tuple(sorted(enclitics, key=len, reverse=True))
        self._proclitics = tuple(sorted(proclitics, key=len, reverse=True))

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """Matches that do not overlap within their kind, in the order of the text."""
        matches = [match for index in range(len(tokens)) for match in self._at(tokens, index)]
        matches.sort(key=lambda m: (m.start - m.end, -m.entry.weight, m.joined, not m.entry.certain))
        taken: defaultdict[str, set[int]] = defaultdict(set)
        kept = []
        for match in matches:
            covered = range(match.start, match.end)
            if taken[match.entry.kind].isdisjoint(covered):
                taken[match.entry.kind].update(covered)
                if match.entry.values != (DROPPED,):
                    kept.append(match)
        return sorted(kept, key=lambda m: (m.start, m.end))

    def _at(self, tokens: Sequence[Token], index: int) -> Iterator[Match]:
        token = tokens[index]
        if token.kind == "mark" and token.text not in self._exact:
            return
        items = [*self._candidates(token.text), *self._scan]
        found = [match for item in items if (match := self._extend(item, tokens, index))]
        if not found and token.kind == "word":
            found = self._without_clitics(tokens, index)
        yield from found
        if token.kind == "word" and len(token.text) <= LONGEST_WORD:
            for pattern, item in self._patterns:
                if pattern.search(token.text):
                    yield Match(item, index, index + 1)

    def _candidates(self, text: str) -> Iterator[Entry]:
        yield from self._exact.get(text, ())
        for length in self._lengths:
            if length > len(text):
                break
            yield from self._prefix.get(text[:length], ())

    def _without_clitics(self, tokens: Sequence[Token], index: int) -> list[Match]:
        """A word without what is written onto it: Arabic و، ب، ال in front, ك، نا behind."""
        text = tokens[index].text
        bare = [text[len(p) :] for p in self._proclitics if text.startswith(p) and len(text) > len(p) + 1]
        for stems, numbers in ((bare, True), (self._stems([text, *bare]), False)):
            for stem in stems:
                items = self._candidates(stem)
                found = [self._extend(item, tokens, index, known_first=True) for item in items]
                kept = [m for m in found if m and (numbers or m.entry.kind != "number")]
                if kept:
                    return [Match(m.entry, m.start, m.end, joined=True) for m in kept]
        return []

    def _stems(self, words: Sequence[str]) -> Iterator[str]:
        for word in words:
            for enclitic in self._enclitics:
                if word.endswith(enclitic) and len(word) >= len(enclitic) + MIN_STEM:
                    stem = word[: -len(enclitic)]
                    yield stem
                    if stem.endswith("ت"):
                        yield stem[:-1] + "ه"

    @staticmethod
    def _extend(item: Entry, tokens: Sequence[Token], index: int, known_first: bool = False) -> Match | None:
        if not known_first and not _fits(item.parts[0], tokens[index]):
            return None
        position, gap = index + 1, 0
        for part in item.parts[1:]:
            if part == GAP:
                gap = MAX_GAP
                continue
            while position < len(tokens) and not _fits(part, tokens[position]):
                if not gap or tokens[position].kind == "mark":
                    return None
                position, gap = position + 1, gap - 1
            if position >= len(tokens):
                return None
            position, gap = position + 1, 0
        return Match(item, index, position)
