"""Hands-free mode: an utterance is in German or in the patient's language, and in nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol, runtime_checkable

from app.core.protocols import Engines
from app.core.types import Samples, Speaker, Transcript, Utterance


@runtime_checkable
class LanguageIdentifier(Protocol):
    """A recogniser that can also tell languages apart, cheaper than by recognising in each."""

    def language_probabilities(self, samples: Samples, languages: Sequence[str]) -> dict[str, float]:
        """Probability of each of these languages (ISO codes), adding up to 1 among them."""


SURE = 0.8
"""Probability from which a language is taken without recognising in the other one too."""


def recognise_either(
    engines: Engines, utterance: Utterance, language_of: Callable[[Speaker], str]
) -> Transcript:
    """Recognise in the language that is surely spoken, else in both, and take the one that fits better."""
    speakers = _by_identifier(engines, utterance, language_of) or [Speaker.STAFF, Speaker.PATIENT]
    transcripts = [_recognise(engines, utterance, speaker, language_of(speaker)) for speaker in speakers]
    return max(transcripts, key=_fit)


def _recognise(engines: Engines, utterance: Utterance, speaker: Speaker, language: str) -> Transcript:
    return engines.recogniser(language).transcribe(replace(utterance, speaker=speaker, language=language))


def _by_identifier(
    engines: Engines, utterance: Utterance, language_of: Callable[[Speaker], str]
) -> list[Speaker]:
    staff, patient = language_of(Speaker.STAFF), language_of(Speaker.PATIENT)
    recogniser = engines.recogniser(staff)
    if recogniser is not engines.recogniser(patient) or not isinstance(recogniser, LanguageIdentifier):
        return []
    chances = recogniser.language_probabilities(utterance.samples, (staff, patient))
    return [
        speaker
        for speaker, code in ((Speaker.STAFF, staff), (Speaker.PATIENT, patient))
        if chances.get(code, 0.0) >= SURE
    ]


def _fit(transcript: Transcript) -> tuple[bool, float]:
    """Words beat none; then the recogniser's confidence, measured against what it needs to be believed."""
    return bool(transcript.text.strip()), transcript.confidence - (transcript.known_threshold or 0.0)
