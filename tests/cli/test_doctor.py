"""`doctor` says what is there and how to get what is missing."""

import pytest

from tests.cli.conftest import Command, rows


def test_every_row_is_complete(command: Command) -> None:
    status, out, _ = command("doctor", "--json")
    found = rows(out)
    assert status == 0
    assert all(set(row) == {"check", "state", "detail", "hint"} for row in found)
    assert all(row["hint"] for row in found if row["state"] != "fine")
    assert {"Python", "Kerne", "Speicher", "Platz", "Phrasen", "Demopaket"} <= {row["check"] for row in found}


def test_missing_portaudio_is_named_with_the_way_to_get_it(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.events import AudioState
    from app.desk import audio

    monkeypatch.setattr(
        audio, "available", lambda: AudioState("sound", False, "PortAudio fehlt", "apt install …")
    )
    _, out, _ = command("doctor", "--json")
    (row,) = (row for row in rows(out) if row["check"] == "Ton")
    assert (row["state"], row["hint"]) == ("missing", "apt install …")


def test_plain_output_has_a_line_per_row(command: Command) -> None:
    status, out, _ = command("doctor")
    assert status == 0
    assert "✔ gut" in out
