"""Figures of a finished pack, on voices and sentences that were not trained."""

import random
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any, TypeAlias

import ctranslate2
import numpy as np
import sentencepiece
from faster_whisper import WhisperModel

from demopack.corpus import Corpus, Outside, spoken_texts
from demopack.speech import Line, Samples, coloured_noise, held_out
from demopack.translator import Sentence, Task, target_token

BEAM_RECOGNISE = 5
"""The desk's beam."""
BEAM_TRANSLATE = 1
"""Of the pack, in model.toml. CTranslate2 stops when as many hypotheses as the beam is wide have ended; the
placeholders for unknown sentences are short and would push out a right translation that takes longer."""
PASSING_RECOGNISED, PASSING_TRANSLATED = 0.045, 0.035
"""Share of the development set's unknown sentences that may pass as known: the threshold follows from it."""

Figures: TypeAlias = dict[str, float | int]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model made of one input. confidence is exp of the mean log-probability per token."""

    wanted: str
    got: str
    confidence: float

    @property
    def exact(self) -> bool:
        """Right to the last full stop."""
        return self.wanted == self.got


def outside_texts(corpus: Corpus, language: str, seed: int, count: int) -> tuple[str, ...]:
    """Held-out sentences that are in no phrasebook; the even places calibrate, the odd ones measure."""
    rng = random.Random(f"{seed} {language}")
    outside = Outside(corpus, language, odd=True)
    drawn: dict[str, None] = dict.fromkeys(corpus.others[language][1::2])
    while len(drawn) < count:
        drawn[outside.draw(rng)] = None
    return tuple(drawn)


def example_lines(corpus: Corpus) -> list[Line]:
    """Every phrase with its example values, in every language."""
    return [
        Line(language, text, True)
        for language in corpus.languages
        for pair in corpus.examples()
        for text in spoken_texts(pair, language)
    ]


def number_lines(corpus: Corpus, seed: int, count: int) -> list[Line]:
    """`count` phrases per language with other values than the examples."""
    rng = random.Random(seed)
    lines = []
    for language in corpus.languages:
        texts = sorted({p.texts[language] for p in corpus.pairs if not p.example and language in p.texts})
        lines += [Line(language, text, True) for text in rng.sample(texts, min(count, len(texts)))]
    return lines


def hear(folder: Path, lines: Sequence[Line], seed: int, workers: int) -> list[Answer]:
    """What the recogniser makes of each line in a held-out voice at 20 dB signal-to-noise."""
    parts = [(str(folder), list(lines[i : i + 200]), seed + i) for i in range(0, len(lines), 200)]
    with ProcessPoolExecutor(workers, max_tasks_per_child=1) as pool:
        return [answer for part in pool.map(_hear_part, parts) for answer in part]


def _hear_part(job: tuple[str, list[Line], int]) -> list[Answer]:
    folder, lines, seed = job
    model = load_recogniser(Path(folder))
    rng = np.random.default_rng(seed)
    return [recognise(model, held_out(line, rng), line.language, line.text) for line in lines]


def load_recogniser(folder: Path) -> WhisperModel:
    """The recogniser in one thread."""
    return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)


def recognise(model: WhisperModel, samples: Samples, language: str, wanted: str, **options: Any) -> Answer:
    """Transcribe as the desk does, without its voice-activity filter."""
    settings = {"beam_size": BEAM_RECOGNISE, "temperature": 0.0, "condition_on_previous_text": False}
    segments = list(
        model.transcribe(samples, language=language, max_new_tokens=100, **{**settings, **options})[0]
    )
    weights = [len(s.tokens) + 1 for s in segments]
    mean = np.average([s.avg_logprob for s in segments], weights=weights) if segments else -np.inf
    return Answer(wanted, " ".join(s.text.strip() for s in segments), exp(min(0.0, float(mean))))


def noise_answers(folder: Path, languages: Iterable[str], seed: int) -> list[Answer]:
    """Silence and coloured noise of several lengths; nothing ought to be recognised."""
    model = load_recogniser(folder)
    rng = np.random.default_rng(seed)
    answers = []
    for language in languages:
        for seconds in (0.5, 2.0, 6.0):
            for level, slope in ((0.0, 0.0), (1e-4, 0.0), (0.003, 1.0), (0.05, 0.5)):
                noise = coloured_noise(int(16000 * seconds), slope, rng)
                samples = (level * noise / max(1e-9, float(np.abs(noise).max()))).astype(np.float32)
                answers.append(recognise(model, samples, language, ""))
    return answers


class Interpreter:
    """A CTranslate2 translator with its pieces, in one thread."""

    def __init__(self, folder: Path, task: Task) -> None:
        self._task = task
        self._model = ctranslate2.Translator(str(folder), compute_type="int8", intra_threads=1)
        self._source, self._target = (
            sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{side}.spm"))
            for side in ("source", "target")
        )

    def answers(self, sentences: Sequence[Sentence]) -> list[Answer]:
        """The best hypothesis of each sentence."""
        batch = []
        for sentence in sentences:
            head = [target_token(sentence.target_language)] if self._task.tokens else []
            batch.append([*head, *self._source.encode(sentence.source, out_type=str)])
        results = self._model.translate_batch(
            batch, beam_size=BEAM_TRANSLATE, return_scores=True, max_decoding_length=120, max_batch_size=16
        )
        return [
            Answer(s.target or "", self._target.decode(r.hypotheses[0]).strip(), exp(min(0.0, r.scores[0])))
            for s, r in zip(sentences, results, strict=True)
        ]


def threshold(passing: Sequence[float], allowed: float) -> float:
    """Smallest confidence that no more than the allowed share of these reaches.

    They are the confidences of unknown inputs that came out as a known sentence, 0 for the others.
    """
    ordered = sorted(passing, reverse=True)
    return round(min(0.999, max(0.5, ordered[int(allowed * len(ordered))] + 5e-4)), 3)


def figures(answers: Mapping[str, Sequence[Answer]], known: frozenset[str], limit: float) -> Figures:
    """Figures from the answers to "examples", "numbers" (other slot values) and "unknown" sentences."""
    result: Figures = {"known_threshold": limit}
    for name in ("examples", "numbers"):
        rows = answers[name]
        result |= {
            name: len(rows),
            f"{name}_exact": _share(a.exact for a in rows),
            f"{name}_exact_and_confident": _share(a.exact and a.confidence >= limit for a in rows),
            f"{name}_wrong_but_confident": _share(not a.exact and _passes(a, known, limit) for a in rows),
        }
    rows = answers["unknown"]
    result["unknown"] = len(rows)
    result["unknown_passing_as_known"] = _share(_passes(a, known, limit) for a in rows)
    return result


def _passes(answer: Answer, known: frozenset[str], limit: float) -> bool:
    return answer.got in known and answer.confidence >= limit


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return round(sum(values) / max(1, len(values)), 3)
