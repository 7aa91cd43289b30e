"""Backstop against echo: what was just spoken here and is heard again is nobody's turn."""

import threading
from collections.abc import Callable

from rapidfuzz import fuzz, utils

SIMILAR = 90
"""Per cent of likeness (normalised indel similarity) from which words heard count as the desk's own. At 80
the answer "Kilo verdim." to "Kilo verdiniz mi?" was taken for an echo: answers repeat questions."""
ECHO_SECONDS = 3.0
"""Begin of speech after the end of playback that can still be echo: a Bluetooth loudspeaker lags by up to a
second; later, a person may well repeat what the desk said."""


class OwnVoice:
    """Remembers what was spoken last; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._language = ""
        self._sentences: list[str] = []
        self._until = float("-inf")
        self._lock = threading.Lock()

    def begin(self, language: str) -> None:
        with self._lock:
            self._language = language
            self._sentences = []

    def spoke(self, sentence: str) -> None:
        """A sentence goes to the loudspeaker now; the end of playback is not known yet."""
        with self._lock:
            self._sentences.append(sentence)
            self._until = float("inf")

    def silent(self) -> None:
        """The loudspeaker has become silent."""
        with self._lock:
            self._until = min(self._until, self._clock())

    def is_echo(self, text: str, language: str, began: float) -> bool:
        """True if words that began at `began` (seconds of the clock) are the desk's own."""
        with self._lock:
            if language != self._language or began > self._until + ECHO_SECONDS:
                return False
            known = [*self._sentences, " ".join(self._sentences)]
        return any(fuzz.ratio(text, own, processor=utils.default_process) >= SIMILAR for own in known)
