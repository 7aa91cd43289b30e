"""faster-whisper as it comes, for comparison: every parameter at the library's default."""

from collections.abc import Sequence

import numpy as np

from app.core.languages import language
from app.core.types import Transcript, Utterance
from app.engines.catalog import RecogniseRow
from app.engines.machine import compute_type


class PlainWhisper:
    """`guess_language` leaves the language to the library too, which then encodes every utterance twice."""

    def __init__(self, row: RecogniseRow, *, guess_language: bool) -> None:
        from faster_whisper import WhisperModel

        self._model = WhisperModel(str(row.path), device="cpu", compute_type=compute_type(row.compute_type))
        self._guess = guess_language

    def transcribe(self, utterance: Utterance, hotwords: Sequence[str] = ()) -> Transcript:
        """Text and confidence; hot words are not passed on."""
        given = None if self._guess else language(utterance.language).whisper
        found, _ = self._model.transcribe(utterance.samples.copy(), language=given)
        segments = list(found)
        mean = np.mean([segment.avg_logprob for segment in segments]) if segments else -np.inf
        return Transcript(
            utterance.turn,
            utterance.speaker,
            utterance.language,
            " ".join(segment.text.strip() for segment in segments),
            confidence=float(np.exp(mean)),
        )
