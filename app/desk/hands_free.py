"""Hands-free mode: an utterance is in German or in the patient's language, and in nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.core.protocols import Engines
from app.core.types import Speaker, Transcript, Utterance


def recognise_either(
    engines: Engines,
    utterance: Utterance,
    language_of: Callable[[Speaker], str],
    hotwords: Callable[[str], Sequence[str]],
) -> Transcript:
    """Recognise in both languages and take the one that fits better.

    Costs two recognitions, mostly behind the hold; what a recogniser says when it only guesses the language
    is no measure, as it chooses among a hundred. Raises MissingModelError and EngineError.
    """
    transcripts = []
    for speaker in Speaker:
        code = language_of(speaker)
        heard = replace(utterance, speaker=speaker, language=code)
        transcripts.append(engines.recogniser(code).transcribe(heard, hotwords(code)))
    return max(transcripts, key=_fit)


def _fit(transcript: Transcript) -> tuple[bool, float]:
    """Words beat none; then the recogniser's confidence, measured against what it needs to be believed."""
    return bool(transcript.text.strip()), transcript.confidence - (transcript.known_threshold or 0.0)
