"""Loading: what is right is usable, what is wrong is named with file and line."""

import datetime
from pathlib import Path

import pytest

from app.content import Status, load_library, source_hash
from app.core.errors import ContentError
from tests.content.helpers import GERMAN, entry, translated, write_book

DAY = datetime.date(2026, 3, 1)


def test_installed_phrasebooks_have_no_broken_or_stale_entry() -> None:
    library = load_library()
    found = [str(problem.error) for problem in library.problems() if problem.code in ("broken", "stale")]
    assert len(library.phrases) >= 60
    assert found == []


def test_source_hash_is_fixed() -> None:
    assert source_hash("Haben Sie Fieber?") == "a3ed6873"
    table = {
        "other": "Husten Sie seit mehr als {wochen:number} Wochen?",
        "one": "Husten Sie seit mehr als {wochen:number} Woche?",
    }
    assert source_hash(table) == "406f6447"
    assert source_hash("a\u0308") == source_hash("ä")


def test_draft_translation_is_found_and_not_approved(tmp_path: Path) -> None:
    library = load_library(write_book(tmp_path, translation=translated("{minuten:number} dakika bekleyin.")))
    found = library.phrases["test/warten"].translation("tr")
    assert found is not None and found.status is Status.DRAFT and not found.approved
    assert library.problems() == ()


def test_stale_translation_is_not_offered_but_listed(tmp_path: Path) -> None:
    text = translated("{minuten:number} dakika bekleyin.", source_hash="00000000")
    library = load_library(write_book(tmp_path, translation=text))
    assert library.phrases["test/warten"].translation("tr") is None
    (problem,) = library.problems()
    assert problem.code == "stale" and f"tr.toml:{4}:" in problem.error.message
    assert source_hash(GERMAN) in problem.error.hint


@pytest.mark.parametrize(
    ("fields", "day", "approved"),
    [
        ({"reviewer": "Dr. Beispiel", "date": "2026-01-01"}, DAY, True),
        ({"reviewer": "Dr. Beispiel", "date": "2026-01-01", "expires": "2026-03-01"}, DAY, True),
        ({"reviewer": "Dr. Beispiel", "date": "2026-01-01", "expires": "2026-02-28"}, DAY, False),
    ],
)
def test_approval_needs_a_person_and_ends(
    tmp_path: Path, fields: dict[str, str], day: datetime.date, approved: bool
) -> None:
    text = translated("{minuten:number} dakika bekleyin.", status="approved", **fields)
    found = load_library(write_book(tmp_path, translation=text)).phrases["test/warten"].translation("tr")
    assert found is not None and found.approved_on(day) is approved


def test_missing_translation_is_listed(tmp_path: Path) -> None:
    german = entry("warten", GERMAN) + entry("platz", "Nehmen Sie Platz.")
    library = load_library(write_book(tmp_path, german, translated("{minuten:number} dakika bekleyin.")))
    assert [(p.code, p.phrase) for p in library.problems()] == [("missing", "test/platz")]


GERMAN_ERRORS = [
    ('[a]\ntext = "Ja."\nantwort = "none"\n', ":5:", "unbekanntes Feld", "answer"),
    ('[a]\ntext = "Ja."\nkind = "frage"\n', ":5:", "unbekannten Wert", "question"),
    ('[a]\ntext = "Ja', ":4:", "kein vollständiges TOML", "ergänzen"),
    ('[a]\ntext = "Um {zeit:tiem}."\n', ":4:", "unbekannte Art", "time"),
    ('[a]\ntext = "Um {zeit."\n', ":4:", "geschweifte Klammer", "number"),
    ('[a]\nkind = "question"\n', ":3:", "„text“ fehlt", "text"),
    ('[a]\ntext = { one = "{n:number} Tag" }\n', ":4:", "„other“", "other"),
    ('[a]\ntext = { other = "Tag", ones = "Tag" }\n', ":4:", "keine Mehrzahlform", "one"),
    ('[a]\ntext = "{n:number}"\nexamples = { m = [2] }\n', ":5:", "unbekannten Platzhalter", "n"),
    (
        '[a]\ntext = "{n:time}"\nexamples = { n = ["bald"] }\n',
        ":5:",
        "kein Wert der Art time",
        "Beispielwert",
    ),
    ('[a]\ntext = "Ja."\n[a]\ntext = "Nein."\n', ":5:", "[a] steht zweimal", "umbenennen"),
]


@pytest.mark.parametrize(("german", "line", "message", "hint"), GERMAN_ERRORS)
def test_german_errors_name_file_and_line(
    tmp_path: Path, german: str, line: str, message: str, hint: str
) -> None:
    with pytest.raises(ContentError) as caught:
        load_library(write_book(tmp_path, german))
    assert f"phrases.toml{line}" in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint


TRANSLATION_ERRORS = [
    (translated("Bekleyin."), "fehlt der Platzhalter {minuten:number}"),
    (translated("{minuten:number} {saat:time}"), "anderer Platzhalter als im Deutschen"),
    (translated("{minuten:number} dakika", status="fertig"), "unbekannter Status"),
    (translated("{minuten:number} dakika", status="approved"), "ohne Name oder Datum"),
    (translated("{minuten:number} dakika", stauts="draft"), "unbekanntes Feld"),
    (translated("Evet.", slug="wartn"), "keinen deutschen Satz"),
    (translated("{minuten:number} dakika", date="gestern"), "kein Datum"),
]


@pytest.mark.parametrize(("text", "message"), TRANSLATION_ERRORS)
def test_broken_translation_is_skipped_and_named(tmp_path: Path, text: str, message: str) -> None:
    library = load_library(write_book(tmp_path, translation=text))
    assert library.phrases["test/warten"].translation("tr") is None
    errors = [problem.error for problem in library.problems() if problem.code == "broken"]
    assert any(message in error.message and "tr.toml:" in error.message for error in errors)


def test_half_written_file_leaves_other_languages_usable(tmp_path: Path) -> None:
    root = write_book(tmp_path, translation='[warten]\ntext = "')
    write_book(tmp_path, translation=translated("Așteptați {minuten:number} minute."), language="ro")
    library = load_library(root)
    assert library.phrases["test/warten"].translation("ro") is not None
    assert [problem.code for problem in library.problems(["tr"])] == ["broken"]


def test_wrong_encoding_and_unknown_language(tmp_path: Path) -> None:
    root = write_book(tmp_path)
    (root / "test" / "tr.toml").write_bytes('[warten]\ntext = "Ü"'.encode("latin-1"))
    (problem,) = load_library(root).problems()
    assert "nicht in UTF-8" in problem.error.message and "tr.toml:2:" in problem.error.message
    (root / "test" / "trk.toml").write_text("", encoding="utf-8")
    with pytest.raises(ContentError, match="keine bekannte Sprache") as caught:
        load_library(root)
    assert "tr" in caught.value.hint


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, 'a = "' + "\\"])
def test_hostile_file_is_one_line(tmp_path: Path, text: str) -> None:
    root = write_book(tmp_path, translation=text)
    (problem,) = load_library(root).problems()
    assert problem.code == "broken" and "tr.toml:" in problem.error.message


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "test" / "phrases.toml").mkdir(parents=True)
    with pytest.raises(ContentError, match="nicht lesbar"):
        load_library(tmp_path)


def test_no_phrasebook(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="keine Phrasen"):
        load_library(tmp_path)


def test_search_finds_beginnings_of_words_in_both_languages() -> None:
    library = load_library()
    assert library.search("tabl essen vor")[0].id == "tb/tabletten-vor-essen"
    assert "tb/husten-wochen" in [phrase.id for phrase in library.search("öksür", "tr", topic="tb")]
    assert len(library.search("")) == len(library.phrases)
