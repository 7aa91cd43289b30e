"""faster-whisper with random weights: what must hold whatever the model knows."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import EngineError
from app.core.types import RECOGNITION_RATE, Samples, Speaker, Transcript, Turn, Utterance
from app.engines.catalog import RecogniseRow
from app.engines.espeak import Espeak
from app.engines.recognise import WINDOW, WhisperRecogniser, _windows
from tests.engines.tiny_models import tiny_whisper


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny_whisper(folder / "tiny")
    return folder


@pytest.fixture(scope="module")
def speech() -> Samples:
    samples, rate = Espeak().synthesise("Haben Sie Husten? Seit wann haben Sie Husten?", "de")
    heard: Samples = soxr.resample(samples, rate, RECOGNITION_RATE)
    return heard


def _recogniser(root: Path, **fields: Any) -> WhisperRecogniser:
    base: dict[str, Any] = {"max_new_tokens": 20, "languages": ("de", "tr"), "known_threshold": {"de": 0.4}}
    row = RecogniseRow(
        name="tiny", runtime="faster-whisper", folder="tiny", root=root, rank=1, licence="none",
        **(base | fields),
    )  # fmt: skip
    return WhisperRecogniser(row)


def _hear(
    recogniser: WhisperRecogniser, samples: Samples, *hotwords: str, language: str = "de"
) -> Transcript:
    end = 100 + samples.size / RECOGNITION_RATE
    utterance = Utterance(Turn(3, 1), Speaker.PATIENT, language, samples, 100, end)
    return recogniser.transcribe(utterance, hotwords)


def test_a_transcript_says_whose_it_is_and_how_sure(root: Path, speech: Samples) -> None:
    before = speech.copy()
    heard = _hear(_recogniser(root), speech)
    assert (heard.turn, heard.speaker, heard.language) == (Turn(3, 1), Speaker.PATIENT, "de")
    assert 0 < heard.confidence < 1 and 0 <= heard.no_speech <= 1 and heard.known_threshold == 0.4
    assert heard.words and all(0 <= word.probability <= 1 for word in heard.words)
    assert all(100 <= word.start <= word.end <= 100 + speech.size / RECOGNITION_RATE for word in heard.words)
    assert np.array_equal(speech, before)


def test_a_model_without_word_times_gives_text_all_the_same(root: Path, speech: Samples) -> None:
    heard = _hear(_recogniser(root, word_times=False), speech)
    assert heard.text and not heard.words and heard.confidence > 0


def test_a_threshold_never_measured_is_none(root: Path, speech: Samples) -> None:
    assert _hear(_recogniser(root), speech, language="tr").known_threshold is None


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.float32),
        np.zeros(RECOGNITION_RATE // 100, np.float32),
        np.zeros(3600 * RECOGNITION_RATE, np.float32),
        np.full(RECOGNITION_RATE, np.nan, np.float32),
        np.random.default_rng(1).normal(0, 0.001, 10 * RECOGNITION_RATE).astype(np.float32),
    ],
    ids=["nothing", "10ms", "hour", "not-a-number", "hum"],
)
def test_no_speech_gives_no_text(root: Path, samples: Samples) -> None:
    heard = _hear(_recogniser(root), samples)
    assert (heard.text, heard.words, heard.confidence, heard.no_speech) == ("", (), 0.0, 1.0)


def test_every_window_of_a_long_utterance_is_heard(root: Path, speech: Samples) -> None:
    silence = np.zeros(WINDOW - speech.size, np.float32)
    heard = _hear(_recogniser(root), np.concatenate([speech, silence, speech, silence, speech]))
    starts = {round(word.start - 100) // 25 for word in heard.words}
    assert len(starts) >= 3


@pytest.mark.parametrize("most", [20, 220, 400])
def test_hotwords_never_crowd_out_the_text(root: Path, speech: Samples, most: int) -> None:
    words = [f"Lungenfunktionsprüfung{n}" for n in range(500)]
    assert _hear(_recogniser(root, max_new_tokens=most), speech[:RECOGNITION_RATE], *words).confidence <= 1


def test_hotwords_reach_a_model_that_knows_prompts(root: Path, speech: Samples) -> None:
    plain, prompted = (_hear(_recogniser(root), speech, *words) for words in ((), ("Sputum",)))
    unprompted = _hear(_recogniser(root, hotwords=False), speech, "Sputum")
    assert unprompted == plain != prompted


@pytest.mark.parametrize(("language", "name"), [("prs", "Dari"), ("ro", "Rumänisch")])
def test_a_language_that_the_model_does_not_know_is_refused(
    root: Path, speech: Samples, language: str, name: str
) -> None:
    with pytest.raises(EngineError, match=f"erkennt {name} nicht"):
        _hear(_recogniser(root), speech, language=language)


@pytest.mark.parametrize("code", ["so", "prs"])
def test_a_row_must_not_promise_more_than_the_model_has(root: Path, code: str) -> None:
    with pytest.raises(EngineError, match=f"der Katalog nennt: {code}"):
        _recogniser(root, languages=("de", code))


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "tokenizer.json"])
def test_a_half_copied_folder_is_named(tmp_path: Path, missing: str) -> None:
    (tiny_whisper(tmp_path / "tiny") / missing).write_bytes(b"")
    with pytest.raises(EngineError, match=f"unvollständig.*{missing}"):
        _recogniser(tmp_path)


@pytest.mark.parametrize("cut", ["model.bin", "tokenizer.json", "vocabulary.json"])
def test_a_file_cut_short_is_named(tmp_path: Path, cut: str) -> None:
    file = tiny_whisper(tmp_path / "tiny") / cut
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(EngineError, match=r"„tiny“ in .* lässt sich nicht laden.*sprachpult models pull"):
        _recogniser(tmp_path)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 5 * WINDOW), st.integers(0, 99))
def test_windows_hold_everything_and_are_cut_where_it_is_quiet(size: int, seed: int) -> None:
    samples = np.random.default_rng(seed).normal(0, 0.1, size).astype(np.float32)
    silence = RECOGNITION_RATE // 2
    for at in range(25 * RECOGNITION_RATE, size, 25 * RECOGNITION_RATE):
        samples[at : at + silence] = 0
    pieces = list(_windows(samples))
    assert np.array_equal(np.concatenate([piece for piece, _ in pieces]), samples)
    assert all(piece.size <= WINDOW for piece, _ in pieces)
    assert all(samples[start] == 0 for _, start in pieces[1:])
