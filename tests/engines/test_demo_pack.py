"""The committed demo pack, loaded by the libraries themselves: do the figures of its card hold?

Small samples with held-out voices; the whole measurement is `python tools/train_demo_pack.py --only measure`.
"""

import json
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import soxr

from app.content import load_library, render
from app.core.paths import data_root
from app.engines.diacritise import ARABIC, diacritise
from app.engines.espeak import Espeak
from app.engines.spoken import spoken

PACK = data_root() / "models" / "demo"
LANGUAGES = ("de", "tr", "ar", "uk", "ro")
TOKENS = {"tr": ">>tur<<", "ar": ">>ara<<", "uk": ">>ukr<<", "ro": ">>ron<<"}
OTHERS = data_root() / "tools" / "demopack" / "other_sentences.toml"
HELD_OUT = (("m7", 135, 45), ("f4", 155, 55), ("linda", 175, 35), ("Henrique", 135, 65), ("Michael", 155, 45))
"""Voice variant, words per minute, pitch: none of them was trained."""
SENTENCES = 8
"""Per language; every twelfth or so of the phrases."""

Samples = npt.NDArray[np.float32]


@cache
def examples(language: str) -> tuple[str, ...]:
    """Every phrase of the pack's topics with the values its phrasebook gives as examples."""
    topics = tomllib.loads((PACK / "pack.toml").read_text("utf-8"))["topics"]
    texts: list[str] = []
    for phrase in load_library().phrases.values():
        if phrase.topic in topics:
            for i in range(max((len(v) for v in phrase.examples.values()), default=1)):
                values = {name: str(v[i % len(v)]) for name, v in phrase.examples.items()}
                texts.append(render(phrase, language, values))
    return tuple(texts)


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    return dict(json.loads((PACK / "measured.json").read_text("utf-8")))


@pytest.fixture(scope="module")
def recogniser() -> Any:
    from faster_whisper import WhisperModel

    return WhisperModel(str(PACK / "recognise"), device="cpu", compute_type="int8", local_files_only=True)


def speech(text: str, language: str, number: int) -> Samples:
    """The text in a held-out voice at 20 dB signal-to-noise, 16 kHz."""
    variant, rate, pitch = HELD_OUT[number % len(HELD_OUT)]
    words = spoken(text, language)
    words = diacritise(words) if language == ARABIC else words
    samples, native = Espeak().synthesise(words, language, rate, pitch, variant)
    samples = soxr.resample(0.5 * samples / np.abs(samples).max(), native, 16000)
    noise = np.random.default_rng(number).standard_normal(samples.size + 9600)
    noise *= np.sqrt(np.mean(samples**2) / 100)
    return np.asarray(np.pad(samples, (3200, 6400)) + noise, dtype=np.float32)


def heard(model: Any, samples: Samples, language: str, **options: Any) -> tuple[str, float]:
    """Text and confidence, as the desk takes them."""
    segments, _ = model.transcribe(
        samples, language=language, beam_size=5, temperature=0.0, max_new_tokens=100, **options
    )
    found = list(segments)
    if not found:
        return "", 0.0
    weights = [len(segment.tokens) + 1 for segment in found]
    mean = np.average([segment.avg_logprob for segment in found], weights=weights)
    return " ".join(segment.text.strip() for segment in found), float(np.exp(mean))


@pytest.mark.parametrize("language", LANGUAGES)
def test_understands_held_out_voices(recogniser: Any, language: str) -> None:
    texts = examples(language)
    chosen = texts[:: len(texts) // SENTENCES][:SENTENCES]
    answers = [heard(recogniser, speech(t, language, i), language)[0] for i, t in enumerate(chosen)]
    wrong = [(a, b) for a, b in zip(chosen, answers, strict=True) if a != b]
    assert len(wrong) <= 1, wrong


def test_unknown_sentences_do_not_pass_as_known(recogniser: Any, measured: dict[str, Any]) -> None:
    others = tomllib.loads(OTHERS.read_text("utf-8"))
    limit = measured["recognise"]["known_threshold"]
    passing = []
    for language in LANGUAGES:
        # The odd ones were never trained.
        for number, text in enumerate(others[language][1:14:4]):
            answer, confidence = heard(recogniser, speech(text, language, number), language)
            if answer in examples(language) and confidence >= limit:
                passing.append((text, answer, confidence))
    assert len(passing) <= 1, passing


@pytest.mark.parametrize(
    "options", [{"without_timestamps": True}, {"word_timestamps": True}, {"hotwords": "Husten, Auswurf"}]
)
def test_every_way_of_asking_gives_the_sentence(recogniser: Any, options: dict[str, Any]) -> None:
    text = "Haben Sie Fieber?"
    answer, confidence = heard(recogniser, speech(text, "de", 1), "de", **options)
    assert answer == text and confidence > 0.5


def test_words_have_times_and_probabilities(recogniser: Any) -> None:
    segments, _ = recogniser.transcribe(
        speech("Haben Sie Fieber?", "de", 1), language="de", word_timestamps=True
    )
    words = [word for segment in segments for word in segment.words]
    assert [word.word.strip() for word in words] == ["Haben", "Sie", "Fieber?"]
    assert all(0 <= word.start <= word.end and 0 < word.probability <= 1 for word in words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_tells_the_languages_apart(recogniser: Any, language: str) -> None:
    text = max(examples(language), key=len)
    assert recogniser.detect_language(speech(text, language, 0))[0] == language


@pytest.mark.parametrize("seconds", [0.1, 2.0, 31.0])
@pytest.mark.parametrize("level", [0.0, 0.02])
def test_silence_and_noise_are_not_taken_for_a_phrase(
    recogniser: Any, measured: dict[str, Any], seconds: float, level: float
) -> None:
    noise = np.random.default_rng(7).standard_normal(int(16000 * seconds)) * level
    answer, confidence = heard(recogniser, noise.astype(np.float32), "de")
    limit = measured["recognise"]["known_threshold"]
    assert not (answer in examples("de") and confidence >= limit)


def translator(
    folder: Path, languages: tuple[str, str]
) -> Callable[[tuple[str, ...]], Iterator[tuple[str, float]]]:
    """Translates sentences with the model of a folder, each with its confidence."""
    import ctranslate2
    import sentencepiece

    model = ctranslate2.Translator(str(folder), compute_type="int8")
    source, target = (
        sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{side}.spm"))
        for side in ("source", "target")
    )
    head = [TOKENS[languages[1]]] if languages[0] == "de" else []

    beam = tomllib.loads((PACK / folder.name / "model.toml").read_text("utf-8"))["beam"]

    def translate(texts: tuple[str, ...]) -> Iterator[tuple[str, float]]:
        batch = [head + source.encode(text, out_type=str) for text in texts]
        for result in model.translate_batch(
            batch, beam_size=beam, return_scores=True, max_batch_size=16, max_decoding_length=120
        ):
            yield target.decode(result.hypotheses[0]).strip(), float(np.exp(result.scores[0]))

    return translate


@pytest.mark.parametrize(
    ("source", "target"), [("de", x) for x in LANGUAGES[1:]] + [(x, "de") for x in LANGUAGES[1:]]
)
def test_translates_the_phrasebooks(source: str, target: str) -> None:
    folder = PACK / ("translate-de-mul" if source == "de" else "translate-mul-de")
    answers = translator(folder, (source, target))(examples(source))
    wrong = [(a, b) for a, (b, _) in zip(examples(target), answers, strict=True) if a != b]
    assert len(wrong) <= 0.02 * len(examples(target)), wrong


@pytest.mark.parametrize(("source", "target"), [("de", x) for x in LANGUAGES[1:]] + [("tr", "de")])
def test_unknown_text_is_not_translated_confidently(
    source: str, target: str, measured: dict[str, Any]
) -> None:
    name = "translate-de-mul" if source == "de" else "translate-mul-de"
    limit = measured["translate"][name]["known_threshold"]
    texts = tuple(tomllib.loads(OTHERS.read_text("utf-8"))[source][1::2])
    answers = translator(PACK / name, (source, target))(texts)
    passing = [answer for answer in answers if answer[1] >= limit]
    assert len(passing) <= 1, passing


def test_marian_archive_converts_to_the_same_translator(tmp_path: Path) -> None:
    from ctranslate2.converters import OpusMTConverter

    OpusMTConverter(str(PACK / "marian-mul-de")).convert(
        str(tmp_path / "translate-mul-de"), quantization="int8"
    )
    for name in ("source.spm", "target.spm"):
        (tmp_path / "translate-mul-de" / name).write_bytes((PACK / "marian-mul-de" / name).read_bytes())
    texts = examples("tr")[::10] + examples("ar")[::10]
    again = translator(tmp_path / "translate-mul-de", ("tr", "de"))(texts)
    assert list(again) == list(translator(PACK / "translate-mul-de", ("tr", "de"))(texts))


def test_pack_is_small() -> None:
    assert sum(path.stat().st_size for path in PACK.rglob("*") if path.is_file()) < 15_000_000
