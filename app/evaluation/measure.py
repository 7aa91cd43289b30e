"""The measurements: recognition, translation and voices of the models that are installed."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.protocols import Recogniser, Translator, Voice
from app.core.types import RECOGNITION_RATE, Level, Speaker, Transcript, Turn, Utterance, Verdict
from app.evaluation.cases import Pair, Recording
from app.evaluation.interval import Estimate, ratio, resampled, share
from app.evaluation.plain_text import plain_text

Progress = Callable[[str, float], None]
Check = Callable[[str, str, str, str], Verdict]
"""The guard: source, target, source language, target language."""
Terms = Callable[[str, str, str, str], tuple[int, int]]
"""Glossary terms of a pair: how many the source holds, how many of them the target renders."""


@dataclass(frozen=True, slots=True)
class Result:
    """Figures of one model for one language or direction."""

    part: str
    """recognise, translate or speak."""
    model: str
    language: str
    """A language, or `de-tr` for a direction."""
    cases: int
    figures: dict[str, Estimate] = field(default_factory=dict)


def recognition(model: str, recogniser: Recogniser, cases: Sequence[Recording], progress: Progress) -> Result:
    """Word and character error rate, exact sentences, real-time factor. Raises EngineError."""
    import jiwer

    words: list[tuple[float, float]] = []
    characters: list[tuple[float, float]] = []
    exact, seconds = [], []
    for number, case in enumerate(cases):
        progress(case.text, number / len(cases))
        samples = case.samples()
        length = samples.size / RECOGNITION_RATE
        turn = Utterance(Turn(number), Speaker.STAFF, case.language, samples, 0.0, length)
        begin = time.perf_counter()
        heard: Transcript = recogniser.transcribe(turn)
        seconds.append((time.perf_counter() - begin, length))
        wanted, got = plain_text(case.text), plain_text(heard.text)
        by_word, by_character = jiwer.process_words(wanted, got), jiwer.process_characters(wanted, got)
        for found, measured in ((words, by_word), (characters, by_character)):
            errors = measured.substitutions + measured.deletions + measured.insertions
            found.append((errors, measured.hits + measured.substitutions + measured.deletions))
        exact.append(wanted == got)
    figures = {
        "word_error_rate": _ratio(words),
        "character_error_rate": _ratio(characters),
        "exact": share(exact),
        "real_time_factor": _ratio(seconds),
    }
    return Result("recognise", model, cases[0].language, len(cases), figures)


def translation(
    model: str, translator: Translator, cases: Sequence[Pair], check: Check, terms: Terms, progress: Progress
) -> Result:
    """chrF and BLEU (0…100), exact and answered sentences, guard findings, term success. Raises EngineError.

    A sentence the model declines counts as empty in chrF and BLEU.
    """
    found, seconds = [], []
    for number, case in enumerate(cases):
        progress(case.source, number / len(cases))
        begin = time.perf_counter()
        hypotheses = translator.translate(case.source, case.source_language, case.target_language)
        seconds.append(time.perf_counter() - begin)
        found.append(hypotheses[0].text if hypotheses else "")
    answered = [(case, text) for case, text in zip(cases, found, strict=True) if text]
    levels = [
        check(case.source, text, case.source_language, case.target_language).level for case, text in answered
    ]
    held = [terms(case.source, text, case.source_language, case.target_language) for case, text in answered]
    references = [case.target for case in cases]
    figures = {
        **_scores(found, references),
        "exact": share([text == reference for text, reference in zip(found, references, strict=True)]),
        "answered": share([bool(text) for text in found]),
        "guard_green": share([level is Level.GREEN for level in levels]),
        "guard_red": share([level is Level.RED for level in levels]),
        "seconds_per_sentence": ratio(seconds, [1.0] * len(seconds)),
    }
    if any(in_source for in_source, _ in held):
        figures["terms_rendered"] = ratio([kept for _, kept in held], [there for there, _ in held])
    direction = f"{cases[0].source_language}-{cases[0].target_language}"
    return Result("translate", model, direction, len(cases), figures)


def speech(model: str, voice: Voice, language: str, texts: Sequence[str], progress: Progress) -> Result:
    """Real-time factor (below 1 is faster than speech) and seconds to the first sound. Raises EngineError."""
    spent, first = [], []
    for number, text in enumerate(texts):
        progress(text, number / len(texts))
        begin, heard, waited = time.perf_counter(), 0.0, 0.0
        for piece in voice.synthesise(text):
            waited = waited or time.perf_counter() - begin
            heard += piece.size / voice.rate
        spent.append((time.perf_counter() - begin, heard))
        first.append(waited)
    figures = {"real_time_factor": _ratio(spent), "seconds_to_first_sound": ratio(first, [1.0] * len(first))}
    return Result("speak", model, language, len(texts), figures)


def _ratio(pairs: Sequence[tuple[float, float]]) -> Estimate:
    return ratio([part for part, _ in pairs], [whole for _, whole in pairs])


def _scores(found: list[str], references: list[str]) -> dict[str, Estimate]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    bleu = BLEU(effective_order=True)
    metrics = {"chrf": CHRF().corpus_score, "bleu": bleu.corpus_score}
    return {name: _corpus(score, found, references) for name, score in metrics.items()}


def _corpus(score: Callable[..., Any], found: list[str], references: list[str]) -> Estimate:
    def figure(chosen: Sequence[int]) -> float:
        return float(score([found[i] for i in chosen], [[references[i] for i in chosen]]).score)

    # sacrebleu's own bootstrap stops with a TypeError where one draw scores 0 and others do not (2.6.0).
    return resampled(figure, len(found))
