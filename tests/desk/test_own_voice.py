"""Own words are dropped soon after playback, a person's are not."""

import pytest

from app.desk.own_voice import ECHO_SECONDS, OwnVoice

SENTENCE = "Üç haftadan uzun süredir öksürüyor musunuz?"


def after(sentence: str, language: str = "tr", silent_at: float | None = 10.0) -> OwnVoice:
    times = [silent_at or 0.0]
    voice = OwnVoice(lambda: times[0])
    voice.begin(language)
    voice.spoke("Merhaba.")
    voice.spoke(sentence)
    if silent_at is not None:
        voice.silent()
    return voice


@pytest.mark.parametrize(
    ("heard", "language", "began", "echo"),
    [
        (SENTENCE, "tr", 10.2, True),
        ("üç haftadan uzun süre öksürüyor musunuz", "tr", 10.2, True),
        (f"Merhaba. {SENTENCE}", "tr", 10.2, True),
        ("Merhaba", "tr", 10.2, True),
        (SENTENCE, "de", 10.2, False),
        ("Evet, dört haftadır.", "tr", 10.2, False),
        (SENTENCE, "tr", 10.0 + ECHO_SECONDS + 0.1, False),
    ],
    ids=["same", "misheard", "both", "first", "other language", "an answer", "repeated later"],
)
def test_echo(heard: str, language: str, began: float, echo: bool) -> None:
    assert after(SENTENCE).is_echo(heard, language, began) is echo


def test_while_it_plays_everything_similar_is_echo() -> None:
    assert after(SENTENCE, silent_at=None).is_echo(SENTENCE, "tr", 1e6)


def test_nothing_spoken_yet() -> None:
    assert not OwnVoice(lambda: 0.0).is_echo("Evet", "tr", 0.0)
