"""Speech from text, sentence by sentence, with the beginning ready before it is needed."""

from collections import OrderedDict
from collections.abc import Iterator

from app.core.protocols import Engines
from app.core.sentences import sentences
from app.core.types import Speech, Turn

KEPT_SECONDS = 60.0
"""Speech kept for sentences that are said again; about 5 MB."""

_Key = tuple[str, str, float]


class Performance:
    """Iterates over the pieces of one turn once; `begin` synthesises the first ahead of time."""

    def __init__(self, language: str, pieces: Iterator[Speech]) -> None:
        self.language = language
        self._pieces = pieces
        self._first: Speech | None = None

    def begin(self) -> None:
        if self._first is None:
            self._first = next(self._pieces, None)

    def __iter__(self) -> Iterator[Speech]:
        if self._first is not None:
            yield self._first
        yield from self._pieces


class Synthesis:
    """Used by one thread."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._kept: OrderedDict[_Key, list[Speech]] = OrderedDict()

    def perform(self, turn: Turn, language: str, text: str, speed: float = 1.0) -> Performance:
        """Nothing is synthesised yet. The pieces raise MissingModelError or EngineError."""
        return Performance(language, self._pieces(turn, language, text, speed))

    def forget(self) -> None:
        """Keep no speech."""
        self._kept.clear()

    def _pieces(self, turn: Turn, language: str, text: str, speed: float) -> Iterator[Speech]:
        parts = sentences(text)
        for number, part in enumerate(parts, 1):
            for speech in self._part((language, part, speed), turn):
                last = number == len(parts) and speech.last
                yield Speech(turn, language, part, speech.samples, speech.rate, last)

    def _part(self, key: _Key, turn: Turn) -> Iterator[Speech]:
        if key in self._kept:
            self._kept.move_to_end(key)
            yield from self._kept[key]
            return
        made = []
        for speech in self._synthesise(key, turn):
            made.append(speech)
            yield speech
        self._keep(key, made)

    def _synthesise(self, key: _Key, turn: Turn) -> Iterator[Speech]:
        language, part, speed = key
        voice = self._engines.voice(language)
        waiting: Speech | None = None
        for samples in voice.synthesise(part, speed):
            if waiting:
                yield waiting
            waiting = Speech(turn, language, part, samples, voice.rate, last=False)
        if waiting:
            yield Speech(turn, language, part, waiting.samples, voice.rate, last=True)

    def _keep(self, key: _Key, made: list[Speech]) -> None:
        self._kept[key] = made
        while sum(_seconds(speeches) for speeches in self._kept.values()) > KEPT_SECONDS:
            self._kept.popitem(last=False)


def _seconds(speeches: list[Speech]) -> float:
    return sum(speech.samples.size / speech.rate for speech in speeches)
