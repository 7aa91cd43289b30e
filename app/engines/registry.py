"""Finds, loads and keeps the engine that serves a language."""

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from app.core.errors import EngineError, MissingModelError, SprachpultError
from app.core.languages import STAFF_LANGUAGE, language
from app.core.paths import model_roots
from app.core.protocols import Recogniser, SpeechDetector, Translator, Voice
from app.engines.catalog import Catalog, RecogniseRow, TranslateRow, VoiceRow, load_catalog
from app.engines.intact import load_checked

Loaded = TypeVar("Loaded")
_WARM_UP_TEXT = "Ja."


@dataclass(frozen=True, slots=True)
class LanguageSupport:
    """What the installed models do for a language: the model's name, or None."""

    listen: str | None
    translate_to: str | None
    """From German into the language; two names joined by " + " where a pivot is used."""
    translate_from: str | None
    speak: str | None


class EngineRegistry:
    """Fulfils the Protocol Engines. Reads catalogs at once and models on first use; safe from any thread.

    Raises ContentError with file and line if a catalog is wrong.
    """

    def __init__(self, roots: list[Path] | None = None) -> None:
        self.catalog: Catalog = load_catalog(model_roots() if roots is None else roots)
        self._loaded: dict[Hashable, Any] = {}
        self._locks: dict[Hashable, threading.Lock] = {}
        self._guard = threading.Lock()

    def detector(self) -> SpeechDetector:
        """A fresh detector: its state belongs to one sound source."""
        from app.engines.vad import SileroDetector

        return SileroDetector()

    def recogniser(self, language: str) -> Recogniser:
        """Raises MissingModelError, or EngineError if the model is broken."""
        engine: Recogniser = self._whisper(language)
        return engine

    def translator(self, source: str, target: str) -> Translator:
        """Raises MissingModelError, or EngineError if the model is broken."""
        rows = self.catalog.translator(source, target)
        if not rows:
            raise _missing(
                f"Kein Übersetzungsmodell von {_name(source)} nach {_name(target)}", source, target
            )
        if len(rows) == 1:
            return self._translator(rows[0])
        from app.engines.pivot import PivotTranslator

        pivot = self.catalog.pivot_of(source, target)
        return PivotTranslator(self._translator(rows[0]), self._translator(rows[1]), pivot)

    def voice(self, language: str) -> Voice:
        """Raises MissingModelError, or EngineError if the model is broken."""
        row = self.catalog.voice(language)
        if row is None:
            raise _missing(f"Keine Stimme für {_name(language)}", language)
        return self._once((row.name, language), lambda: _load_voice(language, row))

    def serves(self, language: str) -> LanguageSupport:
        """What is installed for the language, without loading anything. Raises UsageError for an unknown
        code."""
        _name(language)
        listen, speak = self.catalog.recogniser(language), self.catalog.voice(language)
        return LanguageSupport(
            listen=listen.name if listen else None,
            translate_to=self._way(STAFF_LANGUAGE, language),
            translate_from=self._way(language, STAFF_LANGUAGE),
            speak=speak.name if speak else None,
        )

    def prepare(
        self, languages: Sequence[str], progress: Callable[[str, float], None]
    ) -> tuple[SprachpultError, ...]:
        """Load and warm up what serves the languages with German; what listens comes first.

        `progress` gets what is being loaded and the share done, 0…1. What has no model is left out; models
        that are broken are returned as errors, and the rest is loaded all the same.
        """
        steps = list(self._steps(list(dict.fromkeys(languages))))
        failures: list[SprachpultError] = []
        for number, (label, load) in enumerate(steps):
            progress(label, number / len(steps))
            try:
                load()
            except EngineError as error:
                failures.append(error)
        progress("bereit", 1.0)
        return tuple(failures)

    def _steps(self, codes: list[str]) -> Iterator[tuple[str, Callable[[], object]]]:
        yield "Sprechpausen", self._warm_detector
        for code in codes:
            if self.catalog.recogniser(code):
                yield f"Erkennung {_name(code)}", partial(self._warm_recogniser, code)
        pairs = [(STAFF_LANGUAGE, code) for code in codes] + [(code, STAFF_LANGUAGE) for code in codes]
        for source, target in pairs:
            if self.catalog.translator(source, target):
                label = f"Übersetzung {_name(source)} → {_name(target)}"
                yield label, partial(self._warm_translator, source, target)
        for code in codes:
            if self.catalog.voice(code):
                yield f"Stimme {_name(code)}", partial(self._warm_voice, code)

    def _warm_recogniser(self, code: str) -> None:
        self._whisper(code).warm_up(code)

    def _warm_translator(self, source: str, target: str) -> None:
        self.translator(source, target).translate(_WARM_UP_TEXT, source, target)

    def _warm_voice(self, code: str) -> None:
        for _ in self.voice(code).synthesise(_WARM_UP_TEXT):
            pass

    def _warm_detector(self) -> None:
        import numpy as np

        self.detector().probability(np.zeros(512, np.float32))

    def _whisper(self, language: str) -> Any:
        row = self.catalog.recogniser(language)
        if row is None:
            raise _missing(f"Kein Erkennungsmodell für {_name(language)}", language)
        return self._once(row.name, lambda: _load_recogniser(row))

    def _translator(self, row: TranslateRow) -> Translator:
        return self._once(row.name, lambda: _load_translator(row))

    def _way(self, source: str, target: str) -> str | None:
        return " + ".join(row.name for row in self.catalog.translator(source, target)) or None

    def _once(self, key: Hashable, load: Callable[[], Loaded]) -> Loaded:
        """Load on first use; two threads never load the same model, and different models do not wait."""
        with self._guard:
            lock = self._locks.setdefault(key, threading.Lock())
        with lock:
            if key not in self._loaded:
                self._loaded[key] = load()
            return cast("Loaded", self._loaded[key])


def _load_recogniser(row: RecogniseRow) -> Any:
    from app.engines.recognise import WhisperRecogniser

    return load_checked(row, lambda: WhisperRecogniser(row))


def _load_translator(row: TranslateRow) -> Translator:
    from app.engines.translate import CTranslator

    return load_checked(row, lambda: CTranslator(row))


def _load_voice(code: str, row: VoiceRow) -> Voice:
    if not row.folder:
        # Comes with a wheel: espeak-ng.
        from app.engines.espeak_voice import EspeakVoice

        return EspeakVoice(code, row)
    from app.engines.piper_voice import PiperSpeaker

    return load_checked(row, lambda: PiperSpeaker(code, row))


def _name(code: str) -> str:
    return language(code).name


def _missing(message: str, *codes: str) -> MissingModelError:
    wanted = [code for code in codes if code != STAFF_LANGUAGE] or [STAFF_LANGUAGE]
    hint = f"„sprachpult models pull --languages {','.join(wanted)}“ holt, was es dafür gibt"
    return MissingModelError(message, hint)
