"""Speech recognition with faster-whisper on a local folder, language given, never guessed.

The parameters follow what is published on invented text: voice-activity filter on, no conditioning on earlier
text, a short temperature ladder, word probabilities, silence around a doubtful segment skipped.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from app.core.errors import EngineError
from app.core.languages import language
from app.core.types import RECOGNITION_RATE, Samples, Transcript, Utterance, Word
from app.engines.catalog import RecogniseRow
from app.engines.machine import compute_type
from app.engines.model_files import first_line, not_loadable, require
from app.engines.threads import engine_threads, hush_ctranslate2

WINDOW = 30 * RECOGNITION_RATE
"""Samples that Whisper hears at once. Longer sound is cut here, at the quietest place, so that memory stays
the same for an hour and every window is encoded once."""
_SEARCH = 10 * RECOGNITION_RATE
_HUSH = RECOGNITION_RATE // 5
_SHORTEST = RECOGNITION_RATE // 10

_TOKENS_PER_SECOND, _TOKEN_ROOM = 30, 20
_PROMPT_POSITIONS = 448
_HOTWORD_TOKENS = 100
_ECHO = 3
"""Hot words in a row, and nothing else, that nobody says."""

_PARAMETERS: dict[str, Any] = {
    "beam_size": 5,
    "temperature": (0.0, 0.2, 0.4),
    "condition_on_previous_text": False,
    "compression_ratio_threshold": 2.4,
    "log_prob_threshold": -1.0,
    "no_speech_threshold": 0.6,
    "word_timestamps": True,
    "hallucination_silence_threshold": 1.5,
    "vad_filter": True,
    "vad_parameters": {
        "threshold": 0.5,
        "min_speech_duration_ms": 250,
        "min_silence_duration_ms": 500,
        "speech_pad_ms": 200,
    },
}

_WITHOUT_WORDS: dict[str, Any] = {"word_timestamps": False, "hallucination_silence_threshold": None}


class WhisperRecogniser:
    """One Whisper model folder. Raises EngineError if it cannot be loaded."""

    def __init__(self, row: RecogniseRow) -> None:
        self._row = row
        self._own_parameters = {} if row.word_times else _WITHOUT_WORDS
        # Without tokenizer.json the library would go and ask a hub for one.
        require(row.path, ("model.bin", "config.json", "tokenizer.json"), row.name)
        try:
            from faster_whisper import WhisperModel

            hush_ctranslate2()
            self._model = WhisperModel(
                str(row.path),
                device="cpu",
                compute_type=compute_type(row.compute_type),
                cpu_threads=engine_threads(),
                local_files_only=True,
            )
        except Exception as error:
            raise not_loadable(row.name, row.path, error) from error
        self._require_language_tokens()

    def transcribe(self, utterance: Utterance, hotwords: Sequence[str] = ()) -> Transcript:
        """Text, words and confidence of an utterance of any length; no speech gives an empty text.

        Confidence is exp of the mean log-probability per token over all segments. Raises EngineError.
        """
        code = self._whisper_code(utterance.language)
        segments: list[Any] = []
        words: list[Word] = []
        for piece, start in _windows(utterance.samples):
            found = self._segments(piece, code, hotwords)
            segments += found
            words += _words(found, utterance.start + start / RECOGNITION_RATE)
        return Transcript(
            turn=utterance.turn,
            speaker=utterance.speaker,
            language=utterance.language,
            text=" ".join(segment.text.strip() for segment in segments),
            words=tuple(words),
            confidence=_confidence(segments),
            no_speech=max((float(segment.no_speech_prob) for segment in segments), default=1.0),
            known_threshold=self._row.threshold(utterance.language),
        )

    def warm_up(self, code: str) -> None:
        """Run the voice-activity filter and the model once, so that the first speaker does not wait.

        Raises EngineError.
        """
        silence, token = np.zeros(RECOGNITION_RATE, np.float32), self._whisper_code(code)
        self._run(silence, token, ())
        self._run(silence, token, (), vad_filter=False, temperature=0.0)

    def _require_language_tokens(self) -> None:
        """Without its token the library goes on, and the model writes in any language it likes."""
        token_of = self._model.hf_tokenizer.token_to_id
        unknown = [code for code in self._row.languages if token_of(f"<|{language(code).whisper}|>") is None]
        if unknown:
            raise EngineError(
                f"„{self._row.name}“ hat Sprachen nicht, die der Katalog nennt: {', '.join(unknown)}",
                "„languages“ im Katalog berichtigen",
            )

    def _whisper_code(self, code: str) -> str:
        token = language(code).whisper
        if token is None or code not in self._row.languages:
            raise EngineError(
                f"Das Modell „{self._row.name}“ erkennt {language(code).name} nicht",
                "Tippen, Phrasen oder Zeigen benutzen",
            )
        return token

    def _segments(self, samples: Samples, code: str, hotwords: Sequence[str]) -> list[Any]:
        if samples.size < _SHORTEST or not np.any(samples):
            return []
        segments = self._run(samples, code, hotwords)
        if _echoes(segments, hotwords):
            return self._run(samples, code, ())
        return segments

    def _run(self, samples: Samples, code: str, hotwords: Sequence[str], **changed: Any) -> list[Any]:
        try:
            segments, _ = self._model.transcribe(
                # A copy: the library's voice-activity filter writes into what it is given.
                np.nan_to_num(samples),
                language=code,
                task="transcribe",
                hotwords=self._prompt(hotwords),
                max_new_tokens=self._most_tokens(samples),
                **{**_PARAMETERS, **self._own_parameters, **changed},
            )
            return list(segments)
        except Exception as error:
            raise EngineError(
                f"Die Spracherkennung „{self._row.name}“ ist gescheitert: {first_line(error)}",
                "Noch einmal sprechen oder tippen",
            ) from error

    def _most_tokens(self, samples: Samples) -> int:
        spoken = samples.size * _TOKENS_PER_SECOND // RECOGNITION_RATE
        return min(self._row.max_new_tokens, spoken + _TOKEN_ROOM)

    def _prompt(self, hotwords: Sequence[str]) -> str | None:
        """As many hot words as fit; None where the model was not trained with a prompt."""
        if not hotwords or not self._row.hotwords:
            return None
        room = min(_HOTWORD_TOKENS, _PROMPT_POSITIONS - self._row.max_new_tokens - 8)
        chosen: list[str] = []
        for word in dict.fromkeys(hotwords):
            room -= len(self._model.hf_tokenizer.encode(f" {word},", add_special_tokens=False).ids)
            if room < 0:
                break
            chosen.append(word)
        return ", ".join(chosen) or None


def _echoes(segments: list[Any], hotwords: Sequence[str]) -> bool:
    """Is the text the list of hot words itself? Whisper repeats its prompt where it hears little."""
    parts = [part.strip(" .").casefold() for segment in segments for part in segment.text.split(",")]
    return len(parts) >= _ECHO and {part for part in parts if part} <= {word.casefold() for word in hotwords}


def _windows(samples: Samples) -> Iterator[tuple[Samples, int]]:
    """Pieces of at most 30 s with the number of their first sample, cut at the quietest fifth of a second."""
    start = 0
    while samples.size - start > WINDOW:
        tail = samples[start + WINDOW - _SEARCH : start + WINDOW]
        loudness = np.square(tail[: tail.size // _HUSH * _HUSH]).reshape(-1, _HUSH).mean(axis=1)
        cut = start + WINDOW - _SEARCH + int(np.argmin(loudness)) * _HUSH + _HUSH // 2
        yield samples[start:cut], start
        start = cut
    yield samples[start:], start


def _words(segments: list[Any], offset: float) -> Iterator[Word]:
    for segment in segments:
        for word in segment.words or ():
            start, end = float(offset + word.start), float(offset + word.end)
            yield Word(word.word.strip(), start, end, float(word.probability))


def _confidence(segments: list[Any]) -> float:
    weights = [len(segment.tokens) + 1 for segment in segments]
    if not segments:
        return 0.0
    mean = np.average([segment.avg_logprob for segment in segments], weights=weights)
    return float(min(1.0, np.exp(mean)))
