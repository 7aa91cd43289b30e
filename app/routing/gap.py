"""The place of a word in a translation that another word is put into."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.content.inflection import inflection, related, shared_letters
from app.core.protocols import Spliced

MIN_STEM = 3
"""Letters that a wrong word and its dictionary form share, so that its ending can be read off."""


@dataclass(frozen=True, slots=True)
class Gap:
    """The wrong word in its place, and its dictionary form."""

    original: Spliced
    listed: str
    certain: bool = False
    """True if the glossary itself names the word; else it was concluded."""

    def fitted(self, term: str, language: str) -> tuple[str, ...]:
        """A term as it could stand here: with the wrong word's ending where that fits, and as listed."""
        old = self.original.part
        same = shared_letters(old.casefold(), self.listed.casefold())
        dropped, ending = self.listed[same:], old[same:]
        forms = [term]
        if ending != dropped and same >= MIN_STEM and term.endswith(dropped):
            stem = term.removesuffix(dropped)
            if dropped or inflection(language).sound_alike(self.listed, stem):
                forms.insert(0, stem + ending)
        return tuple(form[:1].upper() + form[1:] if old[:1].isupper() else form for form in forms)


def gap_at(text: str, start: int, end: int, listed: str, *, certain: bool = False) -> Gap:
    return Gap(Spliced(text[:start], text[start:end], text[end:]), listed, certain)


def same_sentence(rest: str, other: str, language: str) -> bool:
    """Is it the same rest, word by word, but for endings? All else would be another translation."""
    words, others = (inflection(language).words(text) for text in (rest, other))
    return len(words) == len(others) and all(
        related(new.word, word.word) for word, new in zip(words, others, strict=True)
    )


def same_words(alone: str, text: str, language: str) -> Iterator[tuple[int, int]]:
    """Spans of the words of `text` that are forms of the words of `alone`, each at most once."""
    wanted = [word.word for word in inflection(language).words(alone)]
    for word in inflection(language).words(text):
        partner = next((other for other in wanted if related(word.word, other)), None)
        if partner is not None:
            wanted.remove(partner)
            yield word.start, word.end


def adjacent(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Is there nothing but spaces between the words?"""
    return all(not text[end:start].strip() for (_, end), (start, _) in pairwise(spans))
