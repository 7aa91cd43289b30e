"""End to end on demo pack and real phrasebooks: from a voice in a file to the translation that is spoken."""

from pathlib import Path
from typing import TypeVar

import pytest

from app.cli.compose import engines, tools
from app.core.events import TurnEnded
from app.core.settings import Settings
from app.core.types import CheckedTranslation, Failure, Level, Speech, Transcript
from app.desk.replay import interpret_file
from app.desk.sound_file import write_wave
from tests.desk.parts import RATE, Events, silence

Kind = TypeVar("Kind")


def recorded(folder: Path, text: str, language: str) -> Path:
    """The sentence as this machine's voice says it, with a second of silence around it."""
    voice = engines().voice(language)
    pause = silence(30)[: round(RATE / 2)]
    path = folder / "said.wav"
    write_wave(path, [pause, *voice.synthesise(text), pause], voice.rate)
    return path


def interpreted(
    path: Path, languages: tuple[str, str], *, realtime: bool = False
) -> tuple[list[Speech], Events]:
    events = Events()
    return interpret_file(path, tools(), Settings(), languages, events, realtime), events


def of(events: Events, kind: type[Kind]) -> list[Kind]:
    return [payload for payload in events.payloads() if isinstance(payload, kind)]


@pytest.mark.parametrize(
    ("source", "target", "text", "phrase"),
    [
        ("de", "tr", "Wir röntgen Ihre Lunge.", "tb/lunge-roentgen"),
        ("de", "uk", "Ist Blut in Ihrem Auswurf?", "tb/auswurf-blut"),
        ("tr", "de", "Bulaştırıcı mıyım?", "antworten/frage-ansteckend"),
    ],
)
def test_a_prepared_sentence_arrives_as_its_phrase(
    tmp_path: Path, source: str, target: str, text: str, phrase: str
) -> None:
    spoken, events = interpreted(recorded(tmp_path, text, source), (source, target))
    assert of(events, Failure) == []
    checked = of(events, CheckedTranslation)[-1]
    assert checked.translation.phrase == phrase
    assert checked.verdict.level is Level.GREEN
    assert " ".join(speech.text for speech in spoken) == checked.translation.text
    assert all(speech.samples.any() for speech in spoken) and spoken[-1].last


def test_a_sentence_nobody_prepared_is_not_spoken_on_its_own(tmp_path: Path) -> None:
    path = recorded(tmp_path, "Der Zug nach Hamburg fährt heute leider nicht.", "de")
    spoken, events = interpreted(path, ("de", "tr"))
    assert spoken == []
    assert "spoken" not in [ended.outcome for ended in of(events, TurnEnded)]


def test_real_time_hears_the_same_as_fast(tmp_path: Path) -> None:
    path = recorded(tmp_path, "Schwitzen Sie nachts stark?", "de")
    heard = [
        of(interpreted(path, ("de", "tr"), realtime=realtime)[1], Transcript)[-1].text
        for realtime in (False, True)
    ]
    assert heard[0] == heard[1] != ""
