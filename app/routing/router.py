"""Finds the prepared phrase for a sentence: taken if nothing differs, offered if it is near."""

from collections.abc import Mapping
from threading import Lock

from app.content import Library, Phrase, render
from app.core.languages import STAFF_LANGUAGE
from app.core.types import NearPhrase, Origin, Translation
from app.routing.index import Found, PhraseIndex

OFFERS = 3
_WORTH_OFFERING = 0.35
"""Score below which a phrase is not shown: about half of the telling words are shared above it."""


class Router:
    """Routes sentences to phrases, in both directions; keeps an index per source language. Thread-safe."""

    def __init__(self, library: Library) -> None:
        self.phrasebooks = library
        self._indexes: dict[str, PhraseIndex] = {}
        self._lock = Lock()

    def route(self, text: str, source: str, target: str) -> Translation:
        """The phrase that says the same, as a translation of origin approved or draft; else origin none.

        `near` holds up to three phrases to choose from, best first, when none was taken.
        """
        found = [row for row in self._index(source).find(text) if self._serves(row.phrase, target)]
        taken = _taken(found)
        if taken is not None:
            return self._translation(taken.phrase, taken.slots, source, target, text)
        near = tuple(
            NearPhrase(row.phrase.id, row.phrase.source, round(row.score, 3))
            for row in found[:OFFERS]
            if row.score >= _WORTH_OFFERING
        )
        return Translation(text, "", source, target, Origin.NONE, near=near)

    def prepare(self, source: str) -> None:
        """Build what routing from a language needs before the first sentence; from any thread."""
        self._index(source).prepare()

    def say(self, phrase_id: str, slots: Mapping[str, str], target: str) -> Translation:
        """A phrase chosen by hand, from German. Raises ContentError or UsageError as `render` does."""
        phrase = self.phrasebooks.phrases[phrase_id]
        said = render(phrase, STAFF_LANGUAGE, slots)
        return self._translation(phrase, slots, STAFF_LANGUAGE, target, said)

    def answer(self, phrase_id: str, slots: Mapping[str, str], source: str) -> Translation:
        """A patient's phrase chosen by hand, from the patient's language to German. Raises as `say`."""
        phrase = self.phrasebooks.phrases[phrase_id]
        said = render(phrase, source, slots)
        return self._translation(phrase, slots, source, STAFF_LANGUAGE, said)

    def _translation(
        self, phrase: Phrase, slots: Mapping[str, str], source: str, target: str, said: str
    ) -> Translation:
        return Translation(
            source=said,
            text=render(phrase, target, slots),
            source_language=source,
            target_language=target,
            origin=self._origin(phrase, source, target),
            phrase=phrase.id,
            phrase_source=phrase.source,
            slots=dict(slots),
            risk=phrase.risk,
        )

    def _origin(self, phrase: Phrase, source: str, target: str) -> Origin:
        """Approved only if every translation that the pair rests on is."""
        used = [phrase.translation(code) for code in (source, target) if code != STAFF_LANGUAGE]
        return Origin.APPROVED if all(row is not None and row.approved for row in used) else Origin.DRAFT

    def _serves(self, phrase: Phrase, target: str) -> bool:
        return target == STAFF_LANGUAGE or phrase.translation(target) is not None

    def _index(self, language: str) -> PhraseIndex:
        with self._lock:
            if language not in self._indexes:
                self._indexes[language] = PhraseIndex(self.phrasebooks, language)
            return self._indexes[language]


def _taken(found: list[Found]) -> Found | None:
    """The one phrase that says the same; None if there is none or two cannot be told apart."""
    same = [row for row in found if row.same]
    if not same:
        return None
    rivals = [row for row in same[1:] if row.kinds != same[0].kinds]
    return None if rivals else same[0]
