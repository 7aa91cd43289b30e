"""Settings: defaults, values, and errors that name file and field."""

from pathlib import Path

import pytest

from app.core.errors import ContentError
from app.core.settings import Settings, load_settings


def test_missing_file_gives_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_values_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('patient_language = "uk"\nconfirm_first = true\nend_of_turn_seconds = 1\n', "utf-8")
    settings = load_settings(path)
    assert (settings.patient_language, settings.confirm_first, settings.end_of_turn_seconds) == (
        "uk",
        True,
        1,
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('microfon = "x"', "unbekannte Einstellung „microfon“"),
        ("confirm_first = 1", "„confirm_first“ muss bool sein"),
        ("end_of_turn_seconds = true", "„end_of_turn_seconds“ muss float sein"),
        ('patient_language = "tr', "nicht lesbar"),
    ],
)
def test_wrong_file_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError, match=named) as caught:
        load_settings(path)
    assert str(path) in caught.value.message


def test_wrong_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes("theme = 'größe'".encode("latin-1"))
    with pytest.raises(ContentError, match="nicht lesbar"):
        load_settings(path)
