"""Names that fill a place slot: found between the words that stand around the slot in the pattern."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.content.tokens import Token, tokenise
from app.routing.sentinels import PLACE

_LONGEST = 5
"""Words in the longest name that is looked for („Bezirksregierung Arnsberg, Dezernat 20“ has four)."""


@dataclass(frozen=True, slots=True)
class PlaceGap:
    """The words beside a place slot; empty at the edge of the sentence."""

    sentinel: str
    before: str
    after: str


def gap_of(pattern_with_sentinels: str, language: str) -> PlaceGap | None:
    """The first place slot of a filled pattern; None if it has none."""
    if PLACE not in pattern_with_sentinels:
        return None
    words = [token.word for token in tokenise(pattern_with_sentinels, language) if not token.mark]
    for number, word in enumerate(words):
        if word.startswith(PLACE):
            before = words[number - 1] if number else ""
            return PlaceGap(word, before, words[number + 1] if number + 1 < len(words) else "")
    return None


def candidates(text: str, language: str, gap: PlaceGap) -> Iterator[tuple[str, str]]:
    """(name, sentence with the sentinel in its place) for every run of words that could be the name."""
    tokens = tokenise(text, language)
    said = [place for place, token in enumerate(tokens) if not token.mark]
    written = any(tokens[place].text[:1].isupper() for place in said[1:])
    for first in range(len(said)):
        if (tokens[said[first - 1]].word if first else "") != gap.before:
            continue
        for last in range(first, min(first + _LONGEST, len(said))):
            after = tokens[said[last + 1]].word if last + 1 < len(said) else ""
            name = tokens[said[first] : said[last] + 1]
            if after == gap.after and _name(name, written):
                rest = [*tokens[: said[first]], Token(gap.sentinel, gap.sentinel), *tokens[said[last] + 1 :]]
                yield _text(name), _text(rest)


def _text(tokens: Sequence[Token]) -> str:
    return "".join(token.text if token.mark else f" {token.text}" for token in tokens).strip()


def _name(tokens: Sequence[Token], written: bool) -> bool:
    """In a sentence that is written with capitals, a name begins with one or is a number."""
    return not written or all(
        token.text[:1].isupper() or token.number or token.word == "," for token in tokens
    )
