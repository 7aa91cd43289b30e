"""`phrases check`, `edit`, `add`, `approve` on a copy of the phrasebooks, as staff would use them."""

import io
import os
import shutil
from pathlib import Path

import pytest

from app.content import load_library
from app.core import paths
from tests.cli.conftest import Command, editor, rows

NAME = "Ayşe Yılmaz"


@pytest.fixture
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of two topics; everything that asks for the installed content gets it."""
    installed = paths.data_root()
    for name in ("tb", "antworten"):
        shutil.copytree(installed / "phrasebooks" / name, tmp_path / "phrasebooks" / name)
    shutil.copytree(installed / "glossaries", tmp_path / "glossaries")
    monkeypatch.setattr(paths, "data_root", lambda: tmp_path)
    return tmp_path / "phrasebooks"


def change(path: Path, old: str, new: str) -> int:
    """Replace a text once in a file; the line where it stood."""
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def status(books: Path, phrase: str, language: str) -> str:
    found = load_library(books).phrases[phrase].translation(language)
    assert found is not None
    return found.status.value


def test_check_is_clean_and_counts(books: Path, command: Command) -> None:
    exit_status, out, _ = command("phrases", "check", "--topic", "tb", "--language", "tr")
    assert (exit_status, out) == (0, "0 Fehler, 0 Warnungen\n")


MISTAKES = [
    ("tr", "Balgamınızda kan var mı?", "Balgamınızda kan yok mu?", "negation-added"),
    ("tr", 'source_hash = "165e3b96"', 'source_hash = "00000000"', "stale"),
    ("tr", "{wochen:number} haftadan", "3 haftadan", "slot-mismatch"),
    ("tr", 'status = "draft"', 'status = "approved"', "unsigned"),
    ("ar", "هل لديك حمى؟", "Haben Sie Fieber?", "source-copied"),
    ("tr", "Geceleri çok terliyor musunuz?", "Geceleri çok  terliyor musunuz?", "space"),
]


@pytest.mark.parametrize(("language", "old", "new", "code"), MISTAKES)
def test_check_names_file_and_line(
    books: Path, command: Command, language: str, old: str, new: str, code: str
) -> None:
    path = books / "tb" / f"{language}.toml"
    line = change(path, old, new)
    arguments = ("phrases", "check", "--topic", "tb", "--language", language)
    exit_status, out, _ = command(*arguments)
    assert exit_status == 1
    first = out.splitlines()[0]
    assert first.startswith((f"{path}:{line}: [", f"{path}:{line - 1}: ["))
    exit_status, out, _ = command(*arguments, "--json")
    (found, summary) = rows(out)
    assert exit_status == 1
    assert (found["code"], found["severity"], found["language"]) == (code, "error", language)
    assert set(found) == {"code", "severity", "file", "line", "message", "hint", "phrase", "language"}
    assert (summary["errors"], summary["codes"], summary["languages"]) == (1, {code: 1}, {language: 1})


def test_check_reads_the_further_wordings(books: Path, command: Command) -> None:
    path = books / "tb" / "wordings" / "de.toml"
    lines = path.read_text("utf-8").splitlines()
    text = "\n".join([*lines, 'gibt-es-nicht = ["Husten Sie?"]', "fieber-x = 3", ""])
    path.write_text(text, encoding="utf-8")
    exit_status, out, _ = command("phrases", "check", "--topic", "tb", "--language", "tr")
    assert exit_status == 1
    assert f"{path}:{len(lines) + 1}: „gibt-es-nicht“ hat keinen deutschen Satz" in out
    assert f"{path}:{len(lines) + 2}: „fieber-x“" in out
    path.write_text('fieber = ["', encoding="utf-8")
    _, out, _ = command("phrases", "check", "--topic", "tb", "--language", "tr")
    assert f"{path}:1: kein vollständiges TOML" in out


def test_warnings_count_only_when_strict(books: Path, command: Command) -> None:
    (books / "tb" / "ro.toml").unlink()
    arguments = ("phrases", "check", "--topic", "tb", "--language", "ro")
    exit_status, out, _ = command(*arguments)
    assert exit_status == 0
    assert "[Warnung]" in out and "missing 1" in out
    assert command(*arguments, "--strict")[0] == 1


def test_check_goes_on_after_a_broken_german_file(books: Path, command: Command) -> None:
    (books / "antworten" / "phrases.toml").write_text('title = "Antworten"\n[ja]\ntext = "', encoding="utf-8")
    change(books / "tb" / "tr.toml", 'source_hash = "165e3b96"', 'source_hash = "0"')
    exit_status, out, _ = command("phrases", "check", "--language", "tr")
    assert exit_status == 1
    assert "antworten/phrases.toml:3: kein vollständiges TOML" in out.replace(os.sep, "/")
    assert "stale 1" in out


def test_plain_language_of_a_text(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert command("phrases", "check", "--plain", "Wir untersuchen Sie.")[0] == 0
    exit_status, out, _ = command("phrases", "check", "--plain", "Sie werden untersucht.")
    assert exit_status == 1
    assert "Text:1: „untersucht werden“" in out
    monkeypatch.setattr("sys.stdin", io.StringIO("Guten Tag.\nBringen Sie z. B. den Pass mit.\n"))
    _, out, _ = command("phrases", "check", "--plain", "-", "--json")
    assert [(row["code"], row.get("line")) for row in rows(out)] == [("abbreviation", 2), ("summary", None)]


def test_plain_language_of_the_phrases_is_a_warning(command: Command) -> None:
    exit_status, out, _ = command("phrases", "check", "--plain", "--topic", "schuleingang")
    assert exit_status == 0
    assert "schuleingang/phrases.toml:11: [impfausweis] „Ihres Kindes“ ist Genitiv" in out.replace(
        os.sep, "/"
    )


def test_edit_adds_and_changes_drafts(books: Path, command: Command) -> None:
    exit_status, out, _ = command(
        "phrases", "add", "tb", "Kommen Sie morgen.", "--kind", "instruction", "--json"
    )
    (row,) = rows(out)
    assert (exit_status, row["phrase"]) == (0, "tb/kommen-morgen")
    arguments = ("phrases", "edit", "tb/kommen-morgen", "--language", "tr", "--comment", "höflich")
    assert command(*arguments, "--text", "Yarın gelin.")[0] == 0
    found = load_library(books).phrases["tb/kommen-morgen"].translation("tr")
    assert found is not None and (found.text["other"], found.comment) == ("Yarın gelin.", "höflich")


def test_edit_of_german_says_what_becomes_stale(books: Path, command: Command) -> None:
    arguments = ("phrases", "edit", "tb/fieber", "--language", "de", "--text", "Haben Sie gerade Fieber?")
    _, out, _ = command(*arguments)
    assert "20 Übersetzungen passen nicht mehr" in out
    assert load_library(books).phrases["tb/fieber"].translation("tr") is None
    assert "Nichts geändert" in command(*arguments)[1]
    command("phrases", "edit", "tb/fieber", "--language", "tr", "--text", "Ateşiniz var mı?")
    assert status(books, "tb/fieber", "tr") == "draft"


def test_edit_in_an_editor(
    books: Path, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor(tmp_path, "few: هل", "few: الآن هل"))
    assert command("phrases", "edit", "tb/husten-wochen", "--language", "ar")[0] == 0
    found = load_library(books).phrases["tb/husten-wochen"].translation("ar")
    assert found is not None and found.text["few"].startswith("الآن هل")
    assert len(found.text) == 5


def test_a_mistake_in_the_editor_is_asked_about(
    books: Path, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (books / "tb" / "tr.toml").read_text("utf-8")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor(tmp_path, "{wochen:number} hafta", "hafta"))
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    exit_status, _, err = command("phrases", "edit", "tb/husten-wochen", "--language", "tr")
    assert exit_status == 1
    assert "fehlt der Platzhalter" in err and "Noch einmal bearbeiten?" in err
    assert (books / "tb" / "tr.toml").read_text("utf-8") == before


def test_an_editor_that_is_not_there(books: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "gibt-es-nicht")
    exit_status, _, err = command("phrases", "edit", "tb/fieber", "--language", "tr")
    assert exit_status == 2
    assert "Editor" in err and "--text" in err


def test_approve_in_order(books: Path, command: Command) -> None:
    call = ("phrases", "approve", "tb/husten-wochen", "--language", "ar", "--reviewer", NAME, "--yes")
    exit_status, out, err = command(*call)
    assert exit_status == 1 and "ist noch Entwurf" in err
    exit_status, out, _ = command(*call, "--as", "checked")
    assert exit_status == 0
    for text in (
        "Husten Sie seit mehr als 11 Wochen?",
        "11 أسبوعا",
        "Arabisch (few)",
        "✔ gleich",
        f"geprüft: {NAME}",
    ):
        assert text in out
    exit_status, out, _ = command(*call, "--expires", "31.12.2999", "--json")
    (row,) = rows(out)
    assert (row["done"], row["status"], row["reviewer"], row["expires"]) == (
        True,
        "approved",
        NAME,
        "2999-12-31",
    )
    _, out, _ = command("phrases", "show", "tb/husten-wochen", "--json")
    assert rows(out)[0]["translations"]["ar"]["status"] == "approved"


def test_approve_asks_for_the_name_and_the_answer(
    books: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("phrases", "approve", "tb/fieber", "--language", "tr", "--as", "checked")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NAME}\nvielleicht\nn\n"))
    exit_status, _, err = command(*call)
    assert exit_status == 0 and err.count("[j = ja") == 2
    assert status(books, "tb/fieber", "tr") == "draft"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NAME}\nj\n"))
    assert command(*call)[0] == 0
    assert status(books, "tb/fieber", "tr") == "checked"
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    exit_status, _, err = command(*call)
    assert exit_status == 1 and "Keine Antwort" in err


def test_a_whole_topic_is_asked_sentence_by_sentence(
    books: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(books / "tb" / "tr.toml", 'source_hash = "165e3b96"', 'source_hash = "0"')
    monkeypatch.setattr("sys.stdin", io.StringIO("j\nn\nj\ne\n"))
    call = ("phrases", "approve", "--topic", "tb", "--language", "tr", "--as", "checked", "--reviewer", NAME)
    exit_status, out, _ = command(*call)
    assert exit_status == 0
    assert "2 unterschrieben, 1 gehen nicht, 1 übersprungen" in out
    assert "tr.toml:9: [auswurf-blut] gehört zu einem früheren deutschen Wortlaut" in out


def test_what_the_guard_forbids_is_not_signed(books: Path, command: Command) -> None:
    command("phrases", "edit", "tb/auswurf-blut", "--language", "tr", "--text", "Balgamınızda kan yok mu?")
    call = ("phrases", "approve", "tb/auswurf-blut", "--language", "tr", "--as", "checked", "--yes")
    exit_status, _, err = command(*call, "--reviewer", NAME)
    assert exit_status == 1 and "Verneinung" in err
    assert status(books, "tb/auswurf-blut", "tr") == "draft"


def test_status_counts_every_sentence_once(books: Path, command: Command) -> None:
    change(books / "tb" / "tr.toml", 'source_hash = "165e3b96"', 'source_hash = "0"')
    change(books / "tb" / "tr.toml", "Ateşiniz var mı?", "{wann:date}")
    sign = ("--as", "checked", "--yes", "--reviewer", NAME)
    command("phrases", "approve", "tb/husten-wochen", "--language", "tr", *sign)
    _, out, _ = command("phrases", "status", "--topic", "tb", "--language", "tr", "--json")
    (row,) = rows(out)
    assert (row["checked"], row["stale"], row["broken"], row["missing"]) == (1, 1, 1, 0)
    assert row["sentences"] == row["draft"] + 3
    _, out, _ = command("phrases", "status")
    assert "Türkisch" in out and "zusammen" in out


APPROVE = ("phrases", "approve", "tb/fieber", "--language", "tr")
WRONG = [
    (("phrases", "approve", "tb/fieber"), "Es fehlt die Sprache"),
    (("phrases", "approve", "--language", "tr"), "Eine Phrase oder ein Thema"),
    ((*APPROVE, "--topic", "tb"), "Eine Phrase oder ein Thema"),
    ((*APPROVE, "--as", "fertig"), "Unbekannter Schritt"),
    ((*APPROVE, "--reviewer", "Weber", "--yes"), "Vorname und Nachname"),
    ((*APPROVE, "--reviewer", "Vorname Nachname", "--yes"), "Platzhalter"),
    ((*APPROVE, "--reviewer", " ", "--yes", "--json"), "der Name fehlt"),
    ((*APPROVE, "--reviewer", NAME, "--expires", "morgen"), "kein Datum"),
    ((*APPROVE, "--reviewer", NAME, "--expires", "2020-01-01"), "nicht nach heute"),
    ((*APPROVE, "--reviewer", NAME, "--json"), "--yes"),
    (("phrases", "approve", "--topic", "tb", "--language", "tr", "--yes"), "Satz für Satz"),
    (("phrases", "approve", "--topic", "tbc", "--language", "tr", "--reviewer", NAME), "Unbekanntes Thema"),
    (("phrases", "approve", "tb/feber", "--language", "tr", "--reviewer", NAME), "tb/fieber"),
    (("phrases", "approve", "tb/fieber", "--language", "de", "--reviewer", NAME), "Ausgangssprache"),
    (
        ("phrases", "edit", "tb/husten-wochen", "--language", "ar", "--text", "x"),
        "Formen few, many, one, two",
    ),
    (("phrases", "edit", "tb/fieber", "--language", "tr", "--text", " "), "leer"),
    (("phrases", "add", "tbc", "Ja."), "Unbekanntes Thema"),
    (("phrases", "add", "tb", "Ja.", "--text", "Evet."), "--language und --text"),
    (("phrases", "check", "ein Text"), "nur mit --plain"),
    (("phrases", "check", "--topic", "tbc"), "Unbekanntes Thema"),
    (("phrases", "check", "--language", "tük"), "Unbekannte Sprache"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_usage_is_answered_in_one_line(
    books: Path, command: Command, arguments: tuple[str, ...], message: str
) -> None:
    before = {path: path.read_bytes() for path in books.rglob("*.toml")}
    exit_status, out, err = command(*arguments)
    assert (exit_status, out) == (2, "")
    assert message in err and err.count("\n") == 1
    assert {path: path.read_bytes() for path in books.rglob("*.toml")} == before
