"""What is measured on: sentences with their reference, as recordings, as pairs, or to be spoken."""

from collections.abc import Callable
from dataclasses import dataclass

from app.content import Library, Phrase, render
from app.core.languages import STAFF_LANGUAGE
from app.core.types import Samples


@dataclass(frozen=True, slots=True)
class Recording:
    """Speech with what was said; `samples` loads or makes it, at 16 kHz."""

    language: str
    text: str
    samples: Callable[[], Samples]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its reference translation."""

    source_language: str
    target_language: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Cases:
    """One set of cases; `origin` tells people where it comes from."""

    origin: str
    recordings: tuple[Recording, ...] = ()
    pairs: tuple[Pair, ...] = ()


def phrase_pairs(book: Library, language: str, topics: tuple[str, ...], count: int) -> tuple[Pair, ...]:
    """Rendered phrases in the direction they are said: staff's from German, patients' to German.

    At most `count`, spread evenly over the topics; slots hold the phrase's first example.
    """
    fitting = [
        phrase
        for phrase in book.phrases.values()
        if phrase.topic in topics and phrase.translation(language) is not None
    ]
    step = max(1, len(fitting) // count)
    return tuple(_pair(phrase, language) for phrase in fitting[::step][:count])


def _pair(phrase: Phrase, language: str) -> Pair:
    values = {name: examples[0] for name, examples in phrase.examples.items()}
    german, other = render(phrase, STAFF_LANGUAGE, values), render(phrase, language, values)
    if phrase.speaker == "staff":
        return Pair(STAFF_LANGUAGE, language, german, other)
    return Pair(language, STAFF_LANGUAGE, other, german)
