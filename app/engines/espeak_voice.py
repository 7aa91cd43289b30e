"""A voice on espeak-ng, for languages that have no Piper model on this machine."""

from collections.abc import Iterator

from app.core.errors import EngineError
from app.core.languages import language
from app.core.types import Samples
from app.engines.catalog import VoiceRow
from app.engines.espeak import Espeak
from app.engines.speakable import speakable

NORMAL_RATE = 150
"""Words per minute at speed 1.0: slower than espeak-ng's 175, for listeners who follow a synthetic voice."""


class EspeakVoice:
    """Speaks one language. Raises EngineError if espeak-ng or the voice is missing."""

    def __init__(self, code: str, row: VoiceRow) -> None:
        voice = language(code).espeak
        if voice is None:
            raise EngineError(
                f"espeak-ng hat keine Stimme für {language(code).name}", "Text zeigen oder drucken"
            )
        self._code, self._voice, self._variant = code, voice, row.variant
        self._espeak = Espeak()
        self.rate: int = self._espeak.rate

    def synthesise(self, text: str, speed: float = 1.0) -> Iterator[Samples]:
        """Samples per sentence, as they are ready. Raises EngineError."""
        for sentence in speakable(text, self._code):
            samples, _ = self._espeak.synthesise(
                sentence, self._voice, words_per_minute=round(NORMAL_RATE * speed), variant=self._variant
            )
            if samples.size:
                yield samples
