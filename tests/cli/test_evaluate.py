"""`sprachpult eval` on the demo pack, on the phrasebooks and on an office's own folder."""

from pathlib import Path

import pytest
import soundfile

from app.cli.compose import engines
from tests.cli.conftest import Command, rows


def test_the_demo_pack_is_measured_and_remembered(command: Command, own_folder: Path) -> None:
    status, out, err = command("eval", "--languages", "tr", "--count", "12", "--json")
    assert status == 0, err
    found = {(row["part"], row["language"]): row for row in rows(out)}
    assert {("recognise", "de"), ("translate", "de-tr"), ("translate", "tr-de"), ("speak", "tr")} <= set(
        found
    )
    heard = found["recognise", "de"]["figures"]["word_error_rate"]
    assert 0 <= heard["low"] <= heard["value"] <= heard["high"] and heard["value"] < 0.3
    translated = found["translate", "de-tr"]["figures"]
    # A phrase younger than the pack is declined; what the pack answers is right to the letter.
    assert translated["exact"]["value"] == translated["answered"]["value"] >= 0.8
    assert found["speak", "tr"]["figures"]["real_time_factor"]["value"] < 1
    assert (own_folder / "evaluations" / "demo-recognise.json").is_file()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An office's own recording and sentence."""
    voice = engines().voice("de")
    soundfile.write(
        tmp_path / "ja.wav", next(iter(voice.synthesise("Ist Blut in Ihrem Auswurf?"))), voice.rate
    )
    (tmp_path / "aufnahmen.tsv").write_text(
        "wav\tlanguage\ttext\nja.wav\tde\tIst Blut in Ihrem Auswurf?\n", "utf-8"
    )
    (tmp_path / "saetze.tsv").write_text("from\tto\tsource\ttarget\nde\ttr\tJa.\tEvet.\n", "utf-8")
    return tmp_path


def test_an_offices_own_sentences(command: Command, folder: Path) -> None:
    status, out, err = command("eval", str(folder), "--parts", "recognise,translate", "--json")
    assert status == 0, err
    assert [(row["part"], row["language"], row["cases"]) for row in rows(out)] == [
        ("recognise", "de", 1),
        ("translate", "de-tr", 1),
    ]
    assert all(folder.name in row["origin"] for row in rows(out))


@pytest.mark.parametrize(
    ("table", "text", "complaint"),
    [
        ("aufnahmen.tsv", "wav\tlanguage\ttext\nweg.wav\tde\tJa.\n", "weg.wav gibt es nicht"),
        ("aufnahmen.tsv", "wav\ttext\n", "es fehlt die Spalte language"),
        ("saetze.tsv", "from\tto\tsource\ttarget\nde\txx\tJa.\tEvet.\n", "xx"),
    ],
)
def test_a_wrong_table_is_named(
    command: Command, folder: Path, table: str, text: str, complaint: str
) -> None:
    (folder / table).write_text(text, "utf-8")
    status, _, err = command("eval", str(folder), "--parts", "recognise")
    assert status in (1, 2) and complaint in err and "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--parts", "singen"], "singen"),
        (["--languages", "xx"], "xx"),
        (["--languages", "ka", "--parts", "recognise,translate"], "Nichts zu messen"),
        (["kein/ordner"], "aufnahmen.tsv"),
    ],
)
def test_what_cannot_be_measured_is_said(command: Command, arguments: list[str], complaint: str) -> None:
    status, _, err = command("eval", *arguments)
    assert status in (1, 2) and complaint in err
