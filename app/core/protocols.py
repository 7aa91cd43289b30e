"""What the live loop expects of engines; adapters in `app.engines` fulfil these."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.core.types import Hypothesis, Samples, Transcript, Utterance


class SpeechDetector(Protocol):
    """Probability of speech per frame of 512 samples (32 ms at 16 kHz); keeps state between frames."""

    def reset(self) -> None: ...

    def probability(self, frame: Samples) -> float: ...


class Recogniser(Protocol):
    """Speech to text in a language that is given, never guessed.

    Raises EngineError if the model fails on the samples.
    """

    def transcribe(self, utterance: Utterance, hotwords: Sequence[str] = ()) -> Transcript: ...


class Translator(Protocol):
    """Text to hypotheses, best first; none if the model does not know the sentence. Raises EngineError."""

    def translate(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]: ...


@dataclass(frozen=True, slots=True)
class Spliced:
    """A translation with one part put in: `before` + `part` + `after`."""

    before: str
    part: str
    after: str

    @property
    def text(self) -> str:
        return self.before + self.part + self.after


@runtime_checkable
class GuidedTranslator(Translator, Protocol):
    """A translator that gives more than its best answers, for sentences taken one by one.

    Everything is empty for a text that the model would cut in pieces. Raises EngineError.
    """

    def candidates(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        """Many hypotheses, best first; none where a wide search makes the model worse."""

    def continued(self, text: str, source: str, target: str, beginnings: Sequence[str]) -> tuple[str, ...]:
        """For each beginning the translation that begins so and goes on as the model likes best."""

    def rated(self, text: str, source: str, target: str, pieces: Sequence[Spliced]) -> tuple[float, ...]:
        """How well each text suits the model around its part: mean log-probability of the other tokens.

        The part itself, which the model would not have chosen, costs nothing.
        """


class Voice(Protocol):
    """Text to sound, one piece per sentence so that playing can start early. Raises EngineError.

    `speed` 1.0 is normal, 0.7 slow.
    """

    rate: int

    def synthesise(self, text: str, speed: float = 1.0) -> Iterator[Samples]: ...


class Engines(Protocol):
    """Finds and loads the engine that serves a language; raises MissingModelError with the way to get one.

    Loading happens on first use and is cached; safe to call from any thread.
    """

    def detector(self) -> SpeechDetector: ...

    def recogniser(self, language: str) -> Recogniser: ...

    def translator(self, source: str, target: str) -> Translator: ...

    def voice(self, language: str) -> Voice: ...
