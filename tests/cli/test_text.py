"""`translate`, `check`, `phrases`, `languages`: keys are a contract, errors are one line."""

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Command, rows

TRANSLATE_KEYS = {
    "source", "text", "from", "to", "origin", "phrase", "phrase_source", "slots", "near", "terms", "verdict",
    "findings",
}  # fmt: skip


def test_translate_gives_the_prepared_phrase(command: Command) -> None:
    status, out, _ = command(
        "translate", "Husten Sie seit mehr als 3 Wochen?", "--from", "de", "--to", "tr", "--json"
    )
    (row,) = rows(out)
    assert status == 0
    assert set(row) == TRANSLATE_KEYS
    assert (row["phrase"], row["slots"], row["origin"]) == ("tb/husten-wochen", {"wochen": "3"}, "draft")
    assert row["text"] == "3 haftadan uzun süredir öksürüyor musunuz?"


def test_patients_sentence_comes_back_in_german(command: Command) -> None:
    _, out, _ = command("translate", "Evet, 4 haftadır.", "--from", "tr", "--to", "de", "--json")
    assert rows(out)[0]["text"] == "Ja, seit 4 Wochen."


def test_outside_sentence_is_not_taken(command: Command) -> None:
    _, out, _ = command("translate", "Das Auto ist rot.", "--route-only", "--json")
    (row,) = rows(out)
    assert (row["origin"], row["phrase"], row["verdict"]) == ("none", None, "red")


def test_standard_input_is_answered_line_by_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Haben Sie Fieber?\n\nSind Sie schwanger?\n"))
    _, out, _ = command("translate", "-", "--to", "uk", "--route-only", "--json")
    assert [row["phrase"] for row in rows(out)] == ["tb/fieber", None, "tb/schwanger"]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("translate", "Hallo", "--to", "xx"), 2, "Unbekannte Sprache „xx“"),
        (("translate", "Hallo", "--to", "Türkisch"), 2, "tr (Türkisch)"),
        (("translate", " "), 1, "Kein Satz angegeben"),
        (("translate", "a" * 10_001), 1, "10001 Zeichen"),
        (("check", "nur ein Satz"), 2, "Es fehlt ein Satz"),
        (("check", "--tsv", "gibt-es-nicht.tsv"), 1, "gibt-es-nicht.tsv"),
        (("phrases", "show", "tb/gibt-es-nicht"), 2, "Unbekannte Phrase"),
        (("phrases", "list", "--topic", "xyz"), 2, "Unbekanntes Thema"),
        (("gibt-es-nicht",), 2, "gibt-es-nicht"),
        (("translate",), 2, "text"),
    ],
)
def test_wrong_input_is_answered_in_words(
    command: Command, arguments: tuple[str, ...], status: int, message: str
) -> None:
    got, out, err = command(*arguments)
    assert (got, out) == (status, "")
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "text", ["😀😀😀", "Husten öksürük سعال кашель", "\u202eabc", "x" * 9_999]
)
def test_strange_text_gets_an_answer(command: Command, text: str) -> None:
    status, out, _ = command("translate", text, "--to", "ar", "--json")
    assert status == 0
    assert rows(out)[0]["origin"] in ("none", "machine")
    assert rows(out)[0]["verdict"] in ("amber", "red")


def test_a_bare_number_stays_the_number(command: Command) -> None:
    number = "1" * 500
    status, out, _ = command("translate", number, "--to", "ar", "--json")
    (row,) = rows(out)
    assert status == 0
    assert row["text"] in ("", number) or row["verdict"] == "red"


def test_check_sees_a_dropped_negation(command: Command) -> None:
    _, out, _ = command("check", "Nehmen Sie die Tabletten nicht abends.", "Tabletleri akşam alın.", "--json")
    (row,) = rows(out)
    assert row["verdict"] != "green"
    assert set(row) == {"from", "to", "source", "target", "verdict", "findings"}


def test_check_reads_a_table_and_carries_other_columns(command: Command, tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text(
        "from\tto\tsource\ttarget\tkind\n"
        "de\ttr\tWarten Sie 5 Minuten.\t5 dakika bekleyin.\tcorrect\n"
        "de\ttr\tWarten Sie 5 Minuten.\t6 dakika bekleyin.\tnumber\n",
        "utf-8",
    )
    status, out, _ = command("check", "--tsv", str(table), "--json")
    assert status == 0
    assert [(row["kind"], row["verdict"]) for row in rows(out)] == [("correct", "green"), ("number", "red")]


def test_phrases_are_listed_searched_and_shown(command: Command) -> None:
    _, listed, _ = command("phrases", "list", "--topic", "tb", "--json")
    assert {row["topic"] for row in rows(listed)} == {"tb"}
    _, found, _ = command("phrases", "search", "schwanger", "--json")
    assert "tb/schwanger" in {row["phrase"] for row in rows(found)}
    _, shown, _ = command("phrases", "show", "tb/husten-wochen", "--json")
    (row,) = rows(shown)
    assert row["slots"] == {"wochen": "number"}
    assert row["translations"]["ar"]["status"] == "draft"


def test_languages_say_what_works(command: Command) -> None:
    status, out, _ = command("languages", "--json")
    table = {row["code"]: row for row in rows(out)}
    assert status == 0
    assert len(table) == 34
    assert table["tr"]["listen"]
    assert table["tr"]["speak"]
    assert table["ckb"]["listen"] is None
    assert table["ar"]["plurals"] == ["few", "many", "one", "other", "two", "zero"]


@pytest.mark.parametrize(
    ("text", "pair", "code"),
    [
        ("Ich will nicht mehr leben.", ("de", "tr"), "human-suizid"),
        ("Sie haben Krebs.", ("de", "ar"), "human-diagnose"),
        ("Eşim beni dövüyor.", ("tr", "de"), "human-gewalt"),
        ("Я хочу зробити аборт.", ("uk", "de"), "human-schwangerschaftskonflikt"),
    ],
)
def test_what_belongs_to_a_human_is_blocked(
    command: Command, text: str, pair: tuple[str, str], code: str
) -> None:
    status, out, _ = command("translate", text, "--from", pair[0], "--to", pair[1], "--json")
    (row,) = rows(out)
    assert status == 0 and set(row) == TRANSLATE_KEYS
    assert (row["origin"], row["text"], row["verdict"]) == ("blocked", "", "red")
    assert [finding["code"] for finding in row["findings"]] == [code]


def test_a_patients_prepared_phrase_on_such_a_topic_is_translated_with_the_hint(command: Command) -> None:
    arguments = ("translate", "Sesler duyuyorum.", "--from", "tr", "--to", "de", "--json")
    (row,) = rows(command(*arguments)[1])
    assert (row["origin"], row["text"], row["verdict"]) == ("draft", "Ich höre Stimmen.", "amber")
    assert row["findings"][0]["code"] == "human-psychische-krise"
    (row,) = rows(command(*arguments, "--route-only")[1])
    assert (row["origin"], row["verdict"]) == ("draft", "green")


def test_route_only_shows_what_the_phrasebook_has(command: Command) -> None:
    (row,) = rows(command("translate", "Ich will sterben.", "--route-only", "--json")[1])
    assert row["origin"] == "none"
    assert "human-suizid" in {finding["code"] for finding in row["findings"]}
