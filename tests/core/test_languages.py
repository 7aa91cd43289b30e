"""The language table is complete and self-consistent."""

import unicodedata

import pytest
from babel import Locale

from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE, isolate, language, languages

SCRIPT_NAMES = {
    "Latn": "LATIN",
    "Cyrl": "CYRILLIC",
    "Arab": "ARABIC",
    "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Deva": "DEVANAGARI",
    "Hans": "CJK",
}


def test_german_comes_first_and_33_languages_follow() -> None:
    codes = list(languages())
    assert codes[0] == STAFF_LANGUAGE
    assert len(codes) == 34


@pytest.mark.parametrize("code", languages())
def test_row_is_consistent(code: str) -> None:
    row = language(code)
    letters = [char for char in row.autonym if char.isalpha()]
    assert all(unicodedata.name(char).startswith(SCRIPT_NAMES[row.script]) for char in letters)
    assert row.right_to_left == (row.script == "Arab")
    assert row.tier in ("conversation", "output", "text")
    assert row.tier != "conversation" or (row.whisper and row.espeak)


@pytest.mark.parametrize("code", [code for code in languages() if code != "rom"])
def test_cldr_knows_the_locale(code: str) -> None:
    assert Locale.parse(language(code).cldr).plural_form


@pytest.mark.parametrize(("typed", "suggested"), [("türkisch", "tr"), ("Deutsch", "de"), ("العربيه", "ar")])
def test_unknown_code_names_the_nearest(typed: str, suggested: str) -> None:
    with pytest.raises(UsageError) as caught:
        language(typed)
    assert f"{suggested} (" in caught.value.hint


def test_labels_that_must_stay_apart() -> None:
    assert {"fa", "prs", "kmr", "ckb", "bs", "hr", "sr"} <= set(languages())


def test_isolate_wraps_in_first_strong_isolate() -> None:
    assert isolate("مرحبا") == "\u2068مرحبا\u2069"
