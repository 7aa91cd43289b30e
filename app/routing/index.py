"""All phrases as they are said in one language, searchable by what they say."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Protocol

from rapidfuzz import fuzz, process

from app.content import Library, Phrase
from app.content.pattern import plural_numbers
from app.content.types import SlotKind
from app.content.wordings import read_wordings
from app.core.languages import STAFF_LANGUAGE
from app.routing.german import GermanReader
from app.routing.match import Match, compare
from app.routing.mishearing import Mishearing
from app.routing.other import OtherReader
from app.routing.places import PlaceGap, candidates, gap_of
from app.routing.reading import Kind, Reading
from app.routing.sentinels import fill, name_slots
from app.routing.vocabulary import word_check

_CANDIDATES = 32
_WORDINGS = 3
"""Wordings of one phrase that are compared."""
_ALIKE = 70.0
_SHORTEST = 4
_CUE_WEIGHT = 0.3
_EXACT = 0.999


class Reader(Protocol):
    """Reads sentences of one language."""

    def read(self, text: str) -> tuple[Reading, ...]: ...

    def learn(self, stems: Iterable[str]) -> None: ...

    def common(self, word: str) -> bool: ...

    @property
    def known(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase with the outcome of the comparison."""

    phrase: Phrase
    same: bool
    score: float
    slots: Mapping[str, str]
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class _Entry:
    phrase: Phrase
    reading: Reading
    implied: Mapping[str, str]
    """Slot values that the wording spells out (Arabic „two weeks“ is one word)."""
    gap: PlaceGap | None


class PhraseIndex:
    """Phrases by the stems and cues of their wording in one language."""

    def __init__(self, library: Library, language: str) -> None:
        self.reader: Reader = GermanReader() if language == STAFF_LANGUAGE else OtherReader(language)
        self._language = language
        self._entries: list[_Entry] = []
        self._keys: list[int] = []
        """Number of keys of each entry."""
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._keys_of_word: dict[str, set[str]] = defaultdict(set)
        self._speaker = "staff" if language == STAFF_LANGUAGE else "patient"
        further = read_wordings(library, language).texts
        for phrase in library.phrases.values():
            self._add(phrase, wordings(phrase, language))
            self._add(phrase, {text: {} for text in further.get(phrase.id, ())})
        self._words = list(self._keys_of_word)
        self.reader.learn(stem for stem in self._by_key if not stem.startswith(("?", "=")))
        self._meant = Mishearing(language, word_check(language, self.reader)).meant

    def _add(self, phrase: Phrase, texts: Mapping[str, Mapping[str, str]]) -> None:
        for text, implied in texts.items():
            filled = fill(text, phrase.slots)
            for reading in self.reader.read(filled.text)[:1]:
                keys = _keys(reading)
                self._keys.append(len(keys))
                for key in keys:
                    self._by_key[key].add(len(self._entries))
                for key in reading.content:
                    self._keys_of_word[reading.words.get(key, key)].add(key)
                self._entries.append(
                    _Entry(phrase, name_slots(reading, filled), implied, gap_of(filled.text, self._language))
                )

    def prepare(self) -> None:
        """Load the dictionary now, so that the first misheard word need not wait for it."""
        self._meant("vorbereitung", "vorbereitunk")

    def weight(self, stem: str) -> float:
        """How telling a stem is: the rarer in the phrasebook, the more."""
        return math.log(1 + (len(self._entries) + 1) / (1 + len(self._by_key.get(stem, ()))))

    def find(self, text: str) -> list[Found]:
        """Phrases that say the same first, then by score; each phrase once."""
        best: dict[str, Found] = {}
        for reading in self.reader.read(text):
            for number in self._candidates(reading):
                entry = self._entries[number]
                found = self._found(entry, compare(reading, entry.reading, self.weight, self._meant), reading)
                if entry.gap is not None:
                    found = self._with_place(text, entry, entry.gap) or found
                known = best.get(entry.phrase.id)
                if known is None or (found.same, found.score) > (known.same, known.score):
                    best[entry.phrase.id] = found
        return sorted(best.values(), key=self._rank)

    def _rank(self, row: Found) -> tuple[bool, bool, bool, float]:
        """What says the same comes first, of that the very words, then what this side says."""
        other_side = row.phrase.speaker != self._speaker
        exact = row.same and row.score > _EXACT
        return (not row.same, not exact, row.same and other_side, -row.score + 1e-6 * other_side)

    def _with_place(self, text: str, entry: _Entry, gap: PlaceGap) -> Found | None:
        """The entry with a name in its place slot, if the rest of the sentence says the same."""
        slot = next(slot.name for slot in entry.phrase.slots if slot.kind is SlotKind.PLACE)
        for name, rest in candidates(text, self._language, gap):
            if any(self.reader.common(word) for word in name.split()):
                continue
            for reading in self.reader.read(rest):
                match = compare(reading, entry.reading, self.weight, self._meant)
                if match.same:
                    return self._found(entry, replace(match, slots={**match.slots, slot: name}), reading)
        return None

    def _found(self, entry: _Entry, match: Match, said: Reading) -> Found:
        likeness = fuzz.ratio(said.surface, entry.reading.surface) / 100
        score = min(1.0, 0.75 * match.score + 0.25 * likeness)
        return Found(entry.phrase, match.same, score, {**entry.implied, **match.slots}, entry.reading.kinds)

    def _candidates(self, reading: Reading) -> list[int]:
        """The entries that share most with the reading; what many share only ranks those found already."""
        votes: dict[int, float] = {}
        content, cues = set(reading.content), _keys(reading) - set(reading.content)
        for key in sorted(content, key=self._frequency):
            found = [key] if key in self._by_key else self._similar(reading.words.get(key, key))
            for known in found:
                self._vote(votes, self._by_key[known], self.weight(key))
        for key in sorted(cues, key=self._frequency):
            self._vote(votes, self._by_key.get(key, set()), self.weight(key) * _CUE_WEIGHT)
        # Of those that share as much, the ones that say the least besides.
        return self._spread(nlargest(3 * _CANDIDATES, votes, key=lambda n: (votes[n], -self._keys[n])))

    def _spread(self, numbers: list[int]) -> list[int]:
        """The first of them, but few wordings of one phrase, so that no phrase crowds out the others."""
        chosen: list[int] = []
        taken: dict[str, int] = defaultdict(int)
        for number in numbers:
            phrase = self._entries[number].phrase.id
            taken[phrase] += 1
            if taken[phrase] <= _WORDINGS:
                chosen.append(number)
        return chosen[:_CANDIDATES]

    def _frequency(self, key: str) -> int:
        return len(self._by_key.get(key, ()))

    def _vote(self, votes: dict[int, float], entries: set[int], weight: float) -> None:
        if len(votes) >= 3 * _CANDIDATES and len(entries) > len(votes):
            for number in entries & votes.keys():
                votes[number] += weight
        else:
            for number in entries:
                votes[number] = votes.get(number, 0.0) + weight

    def _similar(self, word: str) -> set[str]:
        """Keys of the words that a word unknown here may have been meant to be."""
        if len(word) < _SHORTEST:
            return set()
        close = process.extract(word, self._words, scorer=fuzz.ratio, limit=3, score_cutoff=_ALIKE)
        return {key for found, *_ in close for key in self._keys_of_word[found]}


def wordings(phrase: Phrase, language: str) -> dict[str, Mapping[str, str]]:
    """Every pattern of a phrase and its translation, with the slot values it spells out."""
    if language == STAFF_LANGUAGE:
        return {key: {} for key in phrase.text.values()}
    translation = phrase.translation(language)
    if translation is None:
        return {}
    found: dict[str, Mapping[str, str]] = {key: {} for key in translation.alternatives.values()}
    for category, text in translation.text.items():
        spelled = phrase.plural is not None and f"{{{phrase.plural}:" not in text
        number = plural_numbers(language)[category] if spelled else None
        found[text] = {} if number is None or phrase.plural is None else {phrase.plural: str(number)}
    return found


def _keys(reading: Reading) -> set[str]:
    cues = {f"?{value}" for name, values in reading.cues.items() if name != "person" for value in values}
    if not reading.content:
        cues |= {f"?{stem}" for stem in reading.light}
    return set(reading.content) | cues
