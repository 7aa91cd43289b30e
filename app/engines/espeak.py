"""espeak-ng through ctypes, on the library and data of the espeakng-loader wheel.

The library keeps one global state per process (voice, rate, callback), hence the process-wide lock. It runs
in synchronous mode: `espeak_Synth` returns when the whole text has gone through the callback. Constants are
those of `speak_lib.h` of espeak-ng 1.52. Its oscillators run on from one call to the next, so the same text
sounds the same but does not give the same samples.
"""

import ctypes
import sys
import threading
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from app.core.errors import EngineError

Samples = npt.NDArray[np.float32]

_OUTPUT_SYNCHRONOUS = 2
_DONT_EXIT = 0x8000
_RATE, _VOLUME, _PITCH = 1, 2, 3
_POSITION_CHARACTER = 1
_CHARACTERS_UTF8 = 1
_OK = 0
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

RATES = (80, 450)
"""Words per minute that espeak-ng takes (speak_lib.h, espeakRATE)."""


class Espeak:
    """Synthesises text with any espeak-ng voice; every instance shares the one library of the process.

    Raises EngineError if the wheel is missing or its library or data cannot be loaded.
    """

    _lock = threading.Lock()
    _library: ctypes.CDLL | None = None
    _rate = 0
    _variants = Path()

    def __init__(self) -> None:
        with Espeak._lock:
            if Espeak._library is None:
                Espeak._load()

    @property
    def rate(self) -> int:
        """Samples per second of what `synthesise` returns."""
        return Espeak._rate

    def variants(self) -> tuple[str, ...]:
        """Names of the voice variants, such as m3 or f2, that `synthesise` takes."""
        return tuple(sorted(p.name for p in Espeak._variants.iterdir()))

    def synthesise(
        self, text: str, voice: str, words_per_minute: int = 160, pitch: int = 50, variant: str = ""
    ) -> tuple[Samples, int]:
        """Speak `text` with a voice (a language code such as "tr"), as mono samples in -1..1 and their rate.

        `words_per_minute` is clipped to RATES, `pitch` to 0..99. Text without anything to say gives no
        samples. Raises EngineError if the voice or the variant is unknown or the synthesis fails.
        """
        if variant and variant not in self.variants():
            raise EngineError(
                f"espeak-ng kennt die Stimmvariante „{variant}“ nicht.",
                "Eine andere Variante wählen, zum Beispiel m3 oder f2.",
            )
        chunks: list[npt.NDArray[np.int16]] = []
        with Espeak._lock:
            library = self._prepared(voice, variant, words_per_minute, pitch)
            self._run(library, text, chunks)
        if not chunks:
            return np.zeros(0, dtype=np.float32), Espeak._rate
        return np.concatenate(chunks).astype(np.float32) / 32768.0, Espeak._rate

    @classmethod
    def _load(cls) -> None:
        hint = "Neu einrichten mit: uv sync --reinstall-package espeakng-loader"
        try:
            import espeakng_loader

            data = Path(espeakng_loader.get_data_path())
            library = ctypes.CDLL(espeakng_loader.get_library_path())
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineError(f"espeak-ng lässt sich nicht laden: {error}", hint) from error
        _declare(library)
        # The C library opens files by the system's own 8-bit names, which are not UTF-8 on Windows.
        folder = str(data.parent).encode("mbcs" if sys.platform == "win32" else "utf-8")
        rate = library.espeak_Initialize(_OUTPUT_SYNCHRONOUS, 0, folder, _DONT_EXIT)
        if rate <= 0:
            raise EngineError(f"espeak-ng findet seine Daten nicht in {data}.", hint)
        cls._library, cls._rate, cls._variants = library, int(rate), data / "voices" / "!v"

    def _prepared(self, voice: str, variant: str, words_per_minute: int, pitch: int) -> ctypes.CDLL:
        library = Espeak._library
        assert library is not None
        name = f"{voice}+{variant}" if variant else voice
        if library.espeak_SetVoiceByName(name.encode("utf-8")) != _OK:
            raise EngineError(
                f"espeak-ng hat keine Stimme „{voice}“.", "Sprache mit Stimme: sprachpult languages"
            )
        library.espeak_SetParameter(_RATE, min(max(words_per_minute, RATES[0]), RATES[1]), 0)
        library.espeak_SetParameter(_PITCH, min(max(pitch, 0), 99), 0)
        library.espeak_SetParameter(_VOLUME, 100, 0)
        return library

    @staticmethod
    def _run(library: ctypes.CDLL, text: str, chunks: list[npt.NDArray[np.int16]]) -> None:
        interrupted: list[BaseException] = []

        def collect(samples: Any, count: int, _events: Any) -> int:
            # ctypes would swallow what is raised in here, Ctrl-C included: stop and raise it afterwards.
            try:
                if samples and count > 0:
                    chunks.append(np.ctypeslib.as_array(samples, shape=(count,)).copy())
            except BaseException as error:
                interrupted.append(error)
            return 1 if interrupted else 0

        callback = _CALLBACK(collect)
        library.espeak_SetSynthCallback(callback)
        encoded = text.replace("\0", " ").encode("utf-8", errors="replace")
        status = library.espeak_Synth(
            encoded, len(encoded) + 1, 0, _POSITION_CHARACTER, 0, _CHARACTERS_UTF8, None, None
        )
        if status == _OK:
            status = library.espeak_Synchronize()
        if interrupted:
            raise interrupted[0]
        if status != _OK:
            raise EngineError(
                "espeak-ng hat den Text nicht gesprochen.", "Noch einmal versuchen oder den Text kürzen."
            )


def _declare(library: ctypes.CDLL) -> None:
    text, number, pointer = ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p
    library.espeak_Initialize.argtypes = [number, number, text, number]
    library.espeak_SetVoiceByName.argtypes = [text]
    library.espeak_SetParameter.argtypes = [number, number, number]
    library.espeak_SetSynthCallback.argtypes = [_CALLBACK]
    library.espeak_SetSynthCallback.restype = None
    library.espeak_Synth.argtypes = [
        text,
        ctypes.c_size_t,
        ctypes.c_uint,
        number,
        ctypes.c_uint,
        ctypes.c_uint,
        pointer,
        pointer,
    ]
