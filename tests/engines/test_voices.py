"""Both kinds of voice: espeak-ng for real, Piper's real loader on a small model of the same shape."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from piper.phonemize_espeak import EspeakPhonemizer

from app.core.errors import EngineError
from app.core.protocols import Voice
from app.core.types import Samples
from app.engines.catalog import VoiceRow
from app.engines.diacritise import diacritise
from app.engines.espeak_voice import EspeakVoice
from app.engines.piper_voice import PiperSpeaker
from tests.engines.tiny_piper import LENGTH_SCALE, RATE, SAMPLES_PER_PHONEME, tiny_piper

ARABIC = "هل لديك سعال منذ ثلاثة أسابيع؟"
_VOICES = {"de": "de", "tr": "tr", "ar": "ar"}


def _row(root: Path, runtime: str = "piper", speaker: int | None = None) -> VoiceRow:
    return VoiceRow(
        name="tiny", runtime=runtime, folder="tiny", root=root, rank=1, licence="none",
        languages=("de", "tr", "ar", "so"), speaker=speaker,
    )  # fmt: skip


@pytest.fixture(params=["espeak", "piper"])
def voice(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Voice]:
    def make(code: str) -> Voice:
        if request.param == "espeak":
            return EspeakVoice(code, _row(tmp_path, "espeak"))
        tiny_piper(tmp_path / "tiny", _VOICES[code])
        return PiperSpeaker(code, _row(tmp_path))

    return make


def _all(pieces: list[Samples]) -> int:
    return sum(piece.size for piece in pieces)


def test_one_piece_of_sound_per_sentence(voice: Callable[[str], Voice]) -> None:
    pieces = list(voice("de").synthesise("Haben Sie Husten? Seit wann?"))
    assert len(pieces) == 2 and pieces[0].size > pieces[1].size
    assert all(piece.dtype == np.float32 and piece.ndim == 1 for piece in pieces)
    assert all(0.1 < np.abs(piece).max() <= 1 for piece in pieces)


def test_the_first_sentence_is_there_before_the_rest_is_made(voice: Callable[[str], Voice]) -> None:
    pieces = voice("de").synthesise("Ja. " * 10_000)
    assert next(pieces).size


def test_slower_is_longer(voice: Callable[[str], Voice]) -> None:
    speaker = voice("tr")
    normal, slow = (_all(list(speaker.synthesise("Öksürüyor musunuz?", speed))) for speed in (1.0, 0.7))
    assert 1.2 < slow / normal < 1.7


def test_numbers_are_read_in_words(tmp_path: Path) -> None:
    tiny_piper(tmp_path / "tiny", "tr")
    speaker = PiperSpeaker("tr", _row(tmp_path))
    digits, words = (list(speaker.synthesise(f"Günde {n} tablet.")) for n in ("3", "üç"))
    assert np.array_equal(digits[0], words[0])


def test_arabic_is_given_its_vowels(voice: Callable[[str], Voice]) -> None:
    speaker = voice("ar")
    plain, marked = (list(speaker.synthesise(text)) for text in (ARABIC, diacritise(ARABIC)))
    assert _all(plain) == pytest.approx(_all(marked), rel=0.1)
    assert diacritise(ARABIC) != ARABIC


def test_the_vowels_change_what_is_said() -> None:
    read = EspeakPhonemizer().phonemize
    without, with_vowels = (
        [phoneme for sentence in read("ar", text) for phoneme in sentence]
        for text in (ARABIC, diacritise(ARABIC))
    )
    assert sum(map(with_vowels.count, "aiu")) > sum(map(without.count, "aiu"))


@pytest.mark.parametrize("text", ["", "   ", "🤒", "…", "\0"])
def test_nothing_to_say_is_no_error(voice: Callable[[str], Voice], text: str) -> None:
    assert _all(list(voice("de").synthesise(text))) == 0


@pytest.mark.parametrize("text", ["سعال Husten кашель 🤧 咳嗽", "a" * 10_000, "\u202eHusten\u202c"])
def test_odd_texts_are_spoken(voice: Callable[[str], Voice], text: str) -> None:
    assert _all(list(voice("de").synthesise(text)))


def test_a_language_without_espeak_voice_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="keine Stimme für Somali"):
        EspeakVoice("so", _row(tmp_path, "espeak"))


def test_piper_uses_rate_and_length_of_its_configuration(tmp_path: Path) -> None:
    tiny_piper(tmp_path / "tiny", "de")
    speaker = PiperSpeaker("de", _row(tmp_path))
    (piece,) = speaker.synthesise("Ja")
    assert speaker.rate == RATE
    assert piece.size / (SAMPLES_PER_PHONEME * LENGTH_SCALE) == pytest.approx(
        round(piece.size / (SAMPLES_PER_PHONEME * LENGTH_SCALE)), abs=0.02
    )


def test_piper_with_several_speakers(tmp_path: Path) -> None:
    tiny_piper(tmp_path / "tiny", "de", speakers=2)
    assert _all(list(PiperSpeaker("de", _row(tmp_path, speaker=1)).synthesise("Ja")))


def test_a_voice_that_would_fetch_more_is_refused(tmp_path: Path) -> None:
    config = tiny_piper(tmp_path / "tiny", "cmn") / "tiny.onnx.json"
    config.write_text(
        config.read_text("utf-8").replace('"phoneme_type": "espeak"', '"phoneme_type": "pinyin"')
    )
    with pytest.raises(EngineError, match="aus dem Netz"):
        PiperSpeaker("zh", _row(tmp_path))


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("tiny.onnx", None, "genau eine .onnx-Datei"),
        ("tiny.onnx.json", None, "es fehlt: tiny.onnx.json"),
        ("tiny.onnx", b"\x08\x08half", "lässt sich nicht laden"),
        ("tiny.onnx.json", b"{", "lässt sich nicht laden"),
        ("tiny.onnx.json", b"{}", "lässt sich nicht laden"),
    ],
)
def test_a_broken_folder_is_named(tmp_path: Path, file: str, content: bytes | None, words: str) -> None:
    path = tiny_piper(tmp_path / "tiny", "de") / file
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EngineError, match=words):
        PiperSpeaker("de", _row(tmp_path))
