"""Recognised speech: invented phrases, loops, speed and confidence."""

import pytest

from app.core.types import Level, Speaker, Transcript, Turn, Verdict, Word
from app.guard import check_transcript
from app.guard.doubt import doubtful_spans


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
    ("text", "seconds", "code"),
    [
        ("Ich huste seit vier Wochen jede Nacht", 1.0, "too-fast"),
        ("Ich huste seit vier Wochen jede Nacht", 2.0, "very-fast"),
        ("Ich huste seit vier Wochen jede Nacht", 2.5, None),
        ("Ich huste seit vier Wochen jede Nacht", 11.0, None),
        ("Ich huste", 6.0, "too-slow"),
        ("Ja", 1.6, None),
        ("Ja.", 0.5, None),
        ("Ich huste", 0.0, None),
    ],
)
def test_text_and_length_of_the_sound_fit(text: str, seconds: float, code: str | None) -> None:
    found = {finding.code for finding in judge(text, seconds=seconds).findings} - {"read-back"}
    assert found == ({code} if code else set())


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


def test_a_number_heard_badly_is_asked_about() -> None:
    words = (Word(" vier", 0.0, 0.4, 0.3), Word(" Wochen.", 0.4, 0.9, 0.9))
    found = judge("Seit vier Wochen.", words=words).findings[0]
    assert (found.code, found.level, found.source_span) == ("word-doubtful", Level.AMBER, (5, 9))


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("Seit vier Wochen.", "de", "vier"),
        ("Dört haftadır.", "tr", "Dört"),
        ("منذ ٤ أسابيع", "ar", "٤"),
        ("12 березня", "uk", "12 березня"),
        ("Ich huste nachts.", "de", None),
    ],
)
def test_numbers_and_dates_of_a_patient_are_read_back_and_stay_green(
    text: str, language: str, read: str | None
) -> None:
    verdict = judge(text, language)
    assert verdict.level is Level.GREEN
    assert [f.message.split("„")[1].rstrip("“") for f in verdict.findings] == ([read] if read else [])


def test_staff_and_typed_numbers_are_not_read_back() -> None:
    assert judge("Seit vier Wochen.", typed=True).findings == ()
    transcript = Transcript(Turn(1), Speaker.STAFF, "de", "Seit vier Wochen.")
    assert check_transcript(transcript).findings == ()


@pytest.mark.parametrize(
    ("confidence", "no_speech", "level"),
    [(0.95, 0.0, Level.GREEN), (0.6, 0.0, Level.AMBER), (0.95, 0.5, Level.AMBER)],
)
def test_yes_is_asked_only_where_it_is_not_sure(confidence: float, no_speech: float, level: Level) -> None:
    for text, language in (("Ja.", "de"), ("Evet.", "tr"), ("نعم", "ar"), ("بلی", "prs")):
        assert judge(text, language, confidence=confidence, no_speech=no_speech).level is level


def test_doubtful_words_have_their_place() -> None:
    words = (Word("Ja,", 0, 0.2, 0.9), Word("seit", 0.2, 0.4, 0.3), Word("Ja.", 0.5, 0.7, 0.4))
    transcript = Transcript(Turn(1), Speaker.PATIENT, "de", "Ja, seit Ja.", words=words)
    assert doubtful_spans(transcript) == ((4, 8), (9, 11))


def test_a_name_heard_badly_is_asked_about_where_capitals_mark_names() -> None:
    words = (Word("Mieszkam", 0, 1, 0.9), Word("w", 1, 1.1, 0.4), Word("Sosnowcu.", 1.1, 2, 0.3))
    found = judge("Mieszkam w Sosnowcu.", "pl", words=words).findings
    assert [(f.code, f.source_span) for f in found] == [("word-doubtful", (11, 19))]


def test_a_language_may_share_the_list_of_another() -> None:
    assert judge("زیرنویس", "prs").level is Level.RED
    assert judge("ممنون", "prs").level is Level.AMBER
    assert judge("Hvala.", "sr").level is Level.AMBER
