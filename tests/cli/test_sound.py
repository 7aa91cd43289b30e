"""`speak`, `transcribe`, `interpret` on real files: what they print, and how they refuse what is no sound."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.cli.conftest import Command, rows

SENTENCE = "Haben Sie Gewicht verloren?"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A phrase in a synthetic voice."""
    from app.cli import run

    path = tmp_path_factory.mktemp("spoken") / "satz.wav"
    assert run(["speak", SENTENCE, "--language", "de", "--out", str(path)]) == 0
    return path


def test_speak_writes_a_sound_file(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "gruss.wav"
    status, out, _ = command("speak", "Merhaba.", "--language", "tr", "--out", str(path), "--json")
    (row,) = rows(out)
    info = soundfile.info(path)
    assert status == 0
    assert row["seconds"] == pytest.approx(info.duration, abs=0.02)
    assert 0.3 < info.duration < 3


def test_slow_speech_is_longer(command: Command, tmp_path: Path) -> None:
    lengths = []
    for speed in ("1.0", "0.7"):
        path = tmp_path / f"{speed}.wav"
        command("speak", SENTENCE, "--out", str(path), "--speed", speed)
        lengths.append(soundfile.info(path).duration)
    assert lengths[1] > 1.2 * lengths[0]


def test_transcribe_hears_a_phrase(command: Command, spoken: Path) -> None:
    status, out, _ = command("transcribe", str(spoken), "--language", "de", "--json")
    (row,) = rows(out)
    assert status == 0
    assert row["event"] == "transcript"
    assert row["text"] == SENTENCE
    assert row["verdict"] == "green"


def test_interpret_goes_the_whole_way(command: Command, spoken: Path, tmp_path: Path) -> None:
    reply = tmp_path / "antwort.wav"
    status, out, _ = command(
        "interpret", str(spoken), "--from", "de", "--to", "tr", "--out", str(reply), "--json"
    )
    events = rows(out)
    assert status == 0
    assert all({"event", "turn", "revision", "time"} <= set(row) for row in events)
    kinds = [row["event"] for row in events]
    assert (
        kinds.index("utterance")
        < kinds.index("transcript")
        < kinds.index("translation")
        < kinds.index("speech")
    )
    translation = next(row for row in events if row["event"] == "translation")
    assert (translation["phrase"], translation["text"]) == ("tb/gewicht-verloren", "Kilo verdiniz mi?")
    assert soundfile.info(reply).duration > 0.5


def _silence(path: Path) -> None:
    soundfile.write(path, np.zeros(16_000, np.float32), 16_000)


def _blip(path: Path) -> None:
    soundfile.write(path, np.full(1_600, 0.1, np.float32), 16_000)


@pytest.mark.parametrize("make", [_silence, _blip])
def test_nothing_said_is_said(command: Command, tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "still.wav"
    make(path)
    status, out, err = command("transcribe", str(path))
    assert (status, out) == (0, "")
    assert "keine Sprache gehört" in err
    status, out, _ = command("interpret", str(path), "--json")
    assert (status, out) == (0, "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leer.wav", b""),
        ("text.wav", b"kein Ton, sondern Text"),
        ("kopf.wav", b"RIFF\x24\x00\x00\x00WAVEfmt "),
    ],
)
@pytest.mark.parametrize("words", [("transcribe",), ("interpret",)])
def test_broken_file_is_refused_in_one_line(
    command: Command, tmp_path: Path, name: str, content: bytes, words: tuple[str, ...]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    status, out, err = command(*words, str(path), "--json")
    assert (status, out) == (1, "")
    assert name in err
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("transcribe", "gibt-es-nicht.wav"), 1, "gibt es nicht"),
        (("interpret", "."), 1, "ist ein Ordner"),
        (("interpret", "x.wav", "--from", "tr", "--to", "ar"), 1, "gibt es nicht"),
        (("transcribe", "x.wav", "--language", "klingonisch"), 2, "Unbekannte Sprache"),
        (("speak", "Hallo", "--language", "ps", "--out", "x.wav"), 1, "Keine Stimme für Paschtu"),
        (("speak", " ", "--out", "x.wav"), 2, "Kein Text"),
        (("speak", "Hallo", "--out", "gibt/es/nicht.wav"), 1, "gibt/es/nicht.wav"),
        (("bench", "--language", "de"), 2, "einer anderen Sprache"),
        (("bench", "--language", "so"), 1, "Kein Erkennungsmodell"),
    ],
)
def test_wrong_request_is_answered_in_words(
    command: Command, arguments: tuple[str, ...], status: int, message: str
) -> None:
    got, out, err = command(*arguments)
    assert (got, out) == (status, "")
    assert message in err


def test_language_nobody_can_hear_names_the_way(command: Command, spoken: Path) -> None:
    status, _, err = command("transcribe", str(spoken), "--language", "so")
    assert status == 1
    assert "sprachpult models pull --languages so" in err


def test_two_foreign_languages_are_refused(command: Command, spoken: Path) -> None:
    status, _, err = command("interpret", str(spoken), "--from", "tr", "--to", "ar")
    assert status == 2
    assert "de" in err
