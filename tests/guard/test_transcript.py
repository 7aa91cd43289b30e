"""Recognised speech: invented phrases, loops, speed and confidence."""

import pytest

from app.core.types import Level, Speaker, Transcript, Turn, Verdict, Word
from app.guard import check_transcript


def judge(text: str, language: str = "de", **more: object) -> Verdict:
    return check_transcript(Transcript(Turn(1), Speaker.PATIENT, language, text, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Untertitelung des ZDF für funk, 2017", "de"),
        ("Untertitel im Auftrag des ZDF, 2020", "de"),
        ("Untertitelung aufgrund der Amara.org-Community", "de"),
        ("Copyright WDR 2021", "de"),
        ("Altyazı M.K.", "tr"),
        ("Abone olmayı unutmayın!", "tr"),
        ("ترجمة نانسي قنقر", "ar"),
        ("اشْتَرِكُوا فِي القَنَاةِ", "ar"),
        ("Субтитры создавал DimaTorzok", "ru"),
        ("Субтитры создавал DimaTorzok", "uk"),
        ("Thanks for watching!", "de"),
        ("", "de"),
        ("…", "tr"),
    ],
)
def test_invented_speech_is_red(text: str, language: str) -> None:
    assert judge(text, language).level is Level.RED


@pytest.mark.parametrize(
    ("text", "language"), [("Vielen Dank.", "de"), ("شكرا", "ar"), ("Teşekkürler!", "tr")]
)
def test_thanks_are_asked_never_dropped(text: str, language: str) -> None:
    assert judge(text, language).level is Level.AMBER


def test_a_phrase_inside_real_speech_is_none() -> None:
    assert judge("Vielen Dank, ich habe seit gestern Fieber.").level is Level.GREEN


def test_typed_text_is_what_a_person_wrote() -> None:
    assert judge("Vielen Dank.", typed=True).level is Level.GREEN


def test_loops_are_red() -> None:
    assert judge("ich habe ich habe ich habe ich habe ich habe").level is Level.RED
    assert judge("nein, nein, nein").level is Level.GREEN


def test_more_text_than_time_is_red() -> None:
    words = (Word("Ich", 0.0, 0.1, 0.9), Word("huste", 0.1, 0.5, 0.9))
    assert judge("Ich huste seit vier Wochen jede Nacht", words=words).level is Level.RED
    assert judge("Ich huste", words=words).level is Level.GREEN


@pytest.mark.parametrize(
    ("confidence", "threshold", "level"),
    [
        (0.9, None, Level.GREEN),
        (0.4, None, Level.AMBER),
        (0.4, 0.6, Level.AMBER),
        (0.35, 0.6, Level.RED),
        (0.4, 0.3, Level.GREEN),
    ],
)
def test_confidence(confidence: float, threshold: float | None, level: Level) -> None:
    assert judge("Ich huste", confidence=confidence, known_threshold=threshold).level is level


def test_silence_alone_is_asked_together_with_low_confidence_it_is_red() -> None:
    assert judge("Ich huste", no_speech=0.9).level is Level.AMBER
    assert judge("Ich huste", no_speech=0.9, confidence=0.3).level is Level.RED


def test_a_number_heard_badly_is_read_back() -> None:
    words = (Word(" vier", 0.0, 0.4, 0.3), Word(" Wochen", 0.4, 0.9, 0.9))
    assert {f.code for f in judge("vier Wochen", words=words).findings} == {"word-doubtful"}
