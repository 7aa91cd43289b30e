"""Notes when each engine worked, without changing what it does."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar

from app.core.protocols import Engines, Recogniser, SpeechDetector, Translator, Voice
from app.core.types import Samples, Stage, Transcript, Translation, Utterance
from app.desk.tools import Tools

Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Span:
    """Work of one stage, in seconds of `time.monotonic`."""

    stage: Stage
    begin: float
    end: float

    @property
    def seconds(self) -> float:
        return self.end - self.begin

    def before(self, moment: float) -> float:
        """Seconds of it that lie before a moment."""
        return max(0.0, min(self.end, moment) - self.begin)


class Stopwatch:
    """Fulfils `Engines`; `tools` are those given, with their work noted in `spans`."""

    def __init__(self, tools: Tools) -> None:
        self.spans: list[Span] = []
        self._engines: Engines = tools.engines
        check = self._timed(Stage.CHECK, tools.check)
        check_transcript = self._timed(Stage.CHECK, tools.check_transcript)
        translate = tools.translate

        def timed_translate(text: str, source: str, target: str) -> Translation:
            with self.note(Stage.TRANSLATE):
                return translate(text, source, target)

        self.tools = Tools(self, timed_translate, check, check_transcript)

    def detector(self) -> SpeechDetector:
        return self._engines.detector()

    def recogniser(self, language: str) -> Recogniser:
        return self.timed(self._engines.recogniser(language))

    def translator(self, source: str, target: str) -> Translator:
        return self._engines.translator(source, target)

    def voice(self, language: str) -> Voice:
        return _TimedVoice(self._engines.voice(language), self)

    def timed(self, recogniser: Recogniser) -> Recogniser:
        """The same recogniser, with its work noted."""
        return _TimedRecogniser(recogniser, self)

    @contextmanager
    def note(self, stage: Stage) -> Iterator[None]:
        begin = monotonic()
        yield
        self.spans.append(Span(stage, begin, monotonic()))

    def _timed(self, stage: Stage, work: Callable[[Given], Result]) -> Callable[[Given], Result]:
        def timed(given: Given) -> Result:
            with self.note(stage):
                return work(given)

        return timed


class _TimedRecogniser:
    def __init__(self, recogniser: Recogniser, watch: Stopwatch) -> None:
        self._recogniser = recogniser
        self._watch = watch

    def transcribe(self, utterance: Utterance, hotwords: Sequence[str] = ()) -> Transcript:
        with self._watch.note(Stage.RECOGNISE):
            return self._recogniser.transcribe(utterance, hotwords)


class _TimedVoice:
    def __init__(self, voice: Voice, watch: Stopwatch) -> None:
        self.rate = voice.rate
        self._voice = voice
        self._watch = watch

    def synthesise(self, text: str, speed: float = 1.0) -> Iterator[Samples]:
        pieces = self._voice.synthesise(text, speed)
        while True:
            with self._watch.note(Stage.SPEAK):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece
