"""Small deterministic parts for the loop: order and cancellation cannot be provoked with real engines.

Sound: a word is a stretch of constant amplitude, `word(3)` has 0.3; the recogniser reads the amplitudes back,
so that a transcript shows exactly which sound it was made from.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from time import monotonic

import numpy as np

from app.core.errors import MissingModelError
from app.core.events import Event, Payload
from app.core.protocols import Recogniser, SpeechDetector, Translator, Voice
from app.core.types import Level, Origin, Samples, Speech, Transcript, Translation, Utterance, Verdict
from app.desk.ports import FRAME_SAMPLES, FRAME_SECONDS, EndOfSound, Frame
from app.desk.tools import Tools

RATE = 16_000
WORDS = ["", "eins", "zwei", "drei", "vier", "gelb", "rot", "leer", "Fehler"]
SECONDS = 10.0


def word(number: int, frames: int = 15) -> Samples:
    return np.full(frames * FRAME_SAMPLES, number / 10, np.float32)


def silence(frames: int) -> Samples:
    return np.zeros(frames * FRAME_SAMPLES, np.float32)


class Detector:
    def reset(self) -> None:
        """No state."""

    def probability(self, frame: Samples) -> float:
        return 0.95 if float(np.abs(frame).max()) > 0.05 else 0.01


class Reader:
    """Recogniser that reads amplitudes; `hold` makes it wait for `go`."""

    def __init__(self) -> None:
        self.heard: list[Utterance] = []
        self.go = threading.Event()
        self.go.set()
        self.confidence = {"de": 0.9, "tr": 0.5}

    def transcribe(self, utterance: Utterance, hotwords: Sequence[str] = ()) -> Transcript:
        self.heard.append(utterance)
        assert self.go.wait(SECONDS)
        numbers = [round(float(level) * 10) for level, _ in groupby(utterance.samples)]
        text = " ".join(WORDS[number] for number in numbers if number)
        if text == "Fehler":
            raise RuntimeError(f"cannot say {text}")
        return Transcript(
            utterance.turn, utterance.speaker, utterance.language, "" if text == "leer" else text,
            confidence=self.confidence[utterance.language],
        )


class Beeper:
    """Voice: 0.1 s of sound per call; remembers what it was asked for."""

    rate = RATE

    def __init__(self) -> None:
        self.asked: list[tuple[str, float]] = []
        self.go = threading.Event()
        self.go.set()

    def synthesise(self, text: str, speed: float = 1.0) -> Iterator[Samples]:
        self.asked.append((text, speed))
        assert self.go.wait(SECONDS)
        yield np.full(RATE // 10, 0.1, np.float32)


class Parts:
    """Engines with one recogniser and one voice for `languages`."""

    def __init__(self, languages: tuple[str, ...] = ("de", "tr")) -> None:
        self.reader, self.beeper = Reader(), Beeper()
        self.languages = languages

    def detector(self) -> SpeechDetector:
        return Detector()

    def recogniser(self, language: str) -> Recogniser:
        self._require(language)
        return self.reader

    def voice(self, language: str) -> Voice:
        self._require(language)
        return self.beeper

    def translator(self, source: str, target: str) -> Translator:
        raise MissingModelError("Kein Übersetzungsmodell", "holen")

    def _require(self, language: str) -> None:
        if language not in self.languages:
            raise MissingModelError(f"Kein Modell für {language}", "Modell holen")

    def tools(self) -> Tools:
        return Tools(self, translate, check, lambda transcript: Verdict(Level.GREEN))


def translate(text: str, source: str, target: str) -> Translation:
    origin = Origin.NONE if text == "unbekannt" else Origin.MACHINE
    return Translation(text, "" if text == "unbekannt" else f"{target} {text}", source, target, origin)


def check(translation: Translation) -> Verdict:
    if "rot" in translation.source:
        return Verdict(Level.RED)
    return Verdict(Level.AMBER if "gelb" in translation.source else Level.GREEN)


class Room:
    """Audio whose microphone the test feeds and whose loudspeaker the test ends; `hum` keeps silence
    coming."""

    def __init__(self) -> None:
        self.played: list[Speech] = []
        self.heard_before: list[int] = []
        """For each piece played, how many frames the loop had taken by then."""
        self.sounding = False
        self.long = False
        """True: playback lasts until the test says `quiet`."""
        self.dropped = 0
        self.unplayed: tuple[Speech, ...] = ()
        self.broken = False
        """True: the loudspeaker swallows what it is given."""
        self.opened = 0
        self.fault: Exception | None = None
        """Raised by the microphone."""
        self._frames: deque[Samples] = deque()
        self._open = False
        self._closed = False
        self._time = 0.0
        self._changed = threading.Condition()

    def feed(self, *sounds: Samples) -> None:
        """Let the microphone hear this, and return when the loop has taken it."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._open, SECONDS)
            for sound in sounds:
                self._frames.extend(sound.reshape(-1, FRAME_SAMPLES))
            self._changed.notify_all()
            assert self._changed.wait_for(lambda: not self._frames or not self._open, SECONDS)

    def open_microphone(self) -> None:
        with self._changed:
            if self.fault:
                raise self.fault
            self._frames.clear()
            self._open = True
            self.opened += 1
            self._changed.notify_all()

    def close_microphone(self) -> None:
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def read(self, timeout: float) -> Frame | None:
        with self._changed:
            self._changed.wait_for(lambda: self._frames or self._closed or not self._open, timeout)
            if self._closed:
                raise EndOfSound
            if self.fault and not self._frames:
                raise self.fault
            if not self._frames:
                return None
            self._time += FRAME_SECONDS
            frame = Frame(self._frames.popleft(), self._time)
            self._changed.notify_all()
            return frame

    def play(self, speech: Speech) -> None:
        with self._changed:
            if self.broken:
                self.unplayed += (speech,)
                return
            self.played.append(speech)
            self.heard_before.append(round(self._time / FRAME_SECONDS))
            self.sounding = self.long
            self._changed.notify_all()

    def stop(self) -> None:
        self.quiet()

    def quiet(self) -> None:
        self.sounding = False

    @property
    def playing(self) -> bool:
        return self.sounding

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def said(self) -> list[str]:
        return [speech.text for speech in self.played]


class Events:
    """Collects events; `wait` returns the first payload that fits."""

    def __init__(self) -> None:
        self.all: list[Event] = []
        self._changed = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._changed:
            self.all.append(event)
            self._changed.notify_all()

    def payloads(self) -> list[Payload]:
        with self._changed:
            return [event.payload for event in self.all]

    def wait(self, fits: Callable[[Payload], bool], count: int = 1) -> Payload:
        with self._changed:
            found: list[Payload] = []

            def enough() -> bool:
                found[:] = [event.payload for event in self.all if fits(event.payload)]
                return len(found) >= count

            began = monotonic()
            assert self._changed.wait_for(enough, SECONDS), f"{monotonic() - began:.1f} s: {self.all}"
            return found[count - 1]
