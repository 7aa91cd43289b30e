"""What is wrong with a phrasebook is found, with file and line; what is right is not complained about."""

import datetime
from pathlib import Path

import pytest

from app.content import load_library
from app.content.checking import ContentFinding, Scope, check_content
from app.content.text_form import form_problems
from app.content.wording_check import check_wordings
from tests.content.helpers import entry, translated, write_book

DAY = datetime.date(2026, 3, 1)
OTHER = "Nehmen Sie Platz."
BOTH = entry("warten", "Warten Sie {minuten:number} Minuten.") + entry("platz", OTHER)
WAIT = translated("{minuten:number} dakika bekleyin.")
SIT = translated("Oturun.", OTHER, "platz")


def signed(**fields: str) -> str:
    signature = {"status": "approved", "reviewer": "Karin Weber", "date": "2026-01-01"}
    return translated("{minuten:number} dakika bekleyin.", **(signature | fields)) + SIT


def found(root: Path, scope: Scope | None = None) -> list[ContentFinding]:
    return check_content(root, scope or Scope(), DAY)[1]


def codes(root: Path, scope: Scope | None = None) -> list[tuple[str, str, int | None]]:
    return [(row.code, row.path.name, row.line) for row in found(root, scope)]


def test_installed_phrasebooks_have_no_error() -> None:
    rows = [str(row) for row in found(load_library().root) if row.severity == "error"]
    assert rows == []


GERMAN = [
    ('[a]\ntext = "Ja', ("broken", "phrases.toml", 4)),
    ('[a]\ntext = "Ja."\n[a]\ntext = "Nein."\n', ("duplicate-id", "phrases.toml", 5)),
    (entry("a", "Ja.") + entry("b", "Ja."), ("duplicate-source", "phrases.toml", 5)),
    (entry("a", "Ja.") + '[b]\nkind = "answer"\n', ("broken", "phrases.toml", 5)),
    (entry("a", "Nehmen Sie  Platz."), ("space", "phrases.toml", 4)),
    (entry("a", "Nehmen Sie Platz. "), ("space", "phrases.toml", 4)),
    (entry("a", "Fu\u0308hlen Sie das?"), ("not-normalised", "phrases.toml", 4)),
    (entry("a", "FÃ¼hlen Sie das?"), ("encoding", "phrases.toml", 4)),
    (entry("a", "Füh\u00adlen Sie das?"), ("invisible", "phrases.toml", 4)),
    (entry("a", "Ja.", note="so\u200f"), ("bidi-mark", "phrases.toml", 5)),
    (entry("a", " ".join(["Wort"] * 21)), ("too-long", "phrases.toml", 4)),
    (entry("a", "W" * 161), ("too-long", "phrases.toml", 4)),
]


@pytest.mark.parametrize(("german", "expected"), GERMAN)
def test_german_side(tmp_path: Path, german: str, expected: tuple[str, str, int]) -> None:
    assert codes(write_book(tmp_path, german)) == [expected]


TRANSLATED = [
    (WAIT + SIT, []),
    ('[warten]\ntext = "', [("broken", 2)]),
    (translated("Bekleyin.") + SIT, [("slot-mismatch", 2)]),
    (translated("{minuten:number} {saat:time}.") + SIT, [("slot-mismatch", 2)]),
    (translated("{minuten:number} dk.", source_hash="00000000") + SIT, [("stale", 4)]),
    (WAIT, [("missing", None)]),
    (WAIT + SIT + translated("Evet.", slug="ja"), [("broken", 9)]),
    (translated("{minuten:number} dk.", status="fertig") + SIT, [("broken", 3)]),
    (translated("{minuten:number} dk.", status="approved") + SIT, [("unsigned", 3)]),
    (translated("{minuten:number} dk.", status="checked") + SIT, [("unsigned", 3)]),
    (signed(), []),
    (signed(reviewer="Test"), [("unsigned", 5)]),
    (signed(date="2026-03-02"), [("unsigned", 5)]),
    (signed(expires="2026-03-01"), []),
    (signed(expires="2026-02-28"), [("expired", 7)]),
    (signed(status="expired"), [("expired", 1)]),
    (translated("{minuten:number} dk.\u200e") + SIT, [("bidi-mark", 2)]),
    (WAIT + SIT.replace("Oturun", "Otu\u200cрun"), [("invisible", 6)]),
    (WAIT + SIT + SIT, [("duplicate-id", 9)]),
]


@pytest.mark.parametrize(("text", "expected"), TRANSLATED)
def test_translated_side(tmp_path: Path, text: str, expected: list[tuple[str, int | None]]) -> None:
    rows = codes(write_book(tmp_path, BOTH, text))
    assert [(code, line) for code, _, line in rows] == expected


def test_wrong_encoding_and_unknown_language_are_named_together(tmp_path: Path) -> None:
    root = write_book(tmp_path)
    (root / "test" / "tr.toml").write_bytes('[warten]\ntext = "Ü"'.encode("latin-1"))
    (root / "test" / "trk.toml").write_text("", encoding="utf-8")
    assert codes(root) == [("broken", "tr.toml", 2), ("unknown-language", "trk.toml", None)]


def test_one_broken_topic_does_not_hide_the_others(tmp_path: Path) -> None:
    root = write_book(tmp_path, '[a]\ntext = "', topic="kaputt")
    write_book(root, entry("a", "Ja. "), topic="gut")
    assert codes(root) == [("space", "phrases.toml", 4), ("broken", "phrases.toml", 4)]


def test_a_language_that_a_topic_lacks_is_one_warning(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOTH, WAIT + SIT)
    write_book(root, entry("a", "Ja."), topic="zwei")
    (row,) = found(root)
    assert (row.code, row.severity, row.path.parent.name, row.language) == (
        "missing",
        "warning",
        "zwei",
        "tr",
    )


def test_two_sentences_with_one_translation_are_a_warning(tmp_path: Path) -> None:
    root = write_book(tmp_path, entry("a", "Ja.") + entry("b", "Gut."))
    write_book(root, entry("a", "Ja.") + entry("b", "Gut."), "")
    text = translated("Evet.", "Ja.", "a") + translated("Evet.", "Gut.", "b")
    (root / "test" / "tr.toml").write_text(text, encoding="utf-8")
    (row,) = found(root)
    assert (row.code, row.severity, row.line, row.phrase) == ("same-translation", "warning", 5, "test/b")


def test_scope_of_topics_and_languages(tmp_path: Path) -> None:
    root = write_book(tmp_path, BOTH, WAIT)
    write_book(root, BOTH, translated("{minuten:number} min.", status="x") + SIT, language="ro")
    assert codes(root, Scope(languages=["tr"])) == [("missing", "tr.toml", None)]
    assert [code for code, *_ in codes(root, Scope(languages=["ro"]))] == ["broken"]
    assert codes(root, Scope(topics=["anderes"])) == []


WORDINGS = [
    ('warten = ["Bitte {minuten:number} Minuten warten."]', []),
    ('warten = ["Bitte', [("broken", 1)]),
    ('wartn = ["Bitte warten."]', [("broken", 1)]),
    ('warten = ["Bitte warten."]', [("broken", 1)]),
    ('warten = ["{minuten:number}  Minuten warten."]', [("space", 1)]),
    ('platz = ["Setzen!"]\nja = ["Setzen!"]', [("duplicate-wording", 2)]),
    ('platz = ["Ja."]', [("duplicate-wording", 1)]),
]


@pytest.mark.parametrize(("text", "expected"), WORDINGS)
def test_wordings(tmp_path: Path, text: str, expected: list[tuple[str, int]]) -> None:
    root = write_book(tmp_path, BOTH + entry("ja", "Ja."))
    (root / "test" / "wordings").mkdir()
    (root / "test" / "wordings" / "de.toml").write_text(text, encoding="utf-8")
    rows = list(check_wordings(load_library(root), Scope()))
    assert [(row.code, row.line) for row in rows] == expected
    assert list(check_wordings(load_library(root), Scope(topics=["anderes"]))) == []


def test_installed_wordings_are_right() -> None:
    assert [str(row) for row in check_wordings(load_library(), Scope())] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("می‌کنید", []),
        ("Ça va ?", []),
        ("ab\u200ccd", ["invisible"]),
        ("nul\u0000", ["invisible"]),
        ("a\u202eb", ["bidi-mark"]),
        ("\u2068a\u2069", ["bidi-mark"]),
        ("kaputt \ufffd", ["encoding"]),
        ("São Paulo, coração, NÃO", []),
        ("Ğğ ŞşİıÖöÜü", []),
        (" ab", ["space"]),
    ],
)
def test_characters(text: str, expected: list[str]) -> None:
    assert [code for code, _ in form_problems(text)] == expected
