"""`phrases export|import` and `glossary export|import` as typed."""

import io
from pathlib import Path

import pytest

from tests.cli.conftest import Command, rows
from tests.content.exchange.helpers import GERMAN, turkish
from tests.content.helpers import write_book

CONCEPTS = 'title = "Infektionen"\n[tuberkulose]\nterm = "Tuberkulose"\ndefinition = "Eine Krankheit."\n'


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small set of phrases and terms in place of the installed one."""
    write_book(tmp_path / "phrasebooks", GERMAN, turkish())
    folder = tmp_path / "glossaries" / "infektionen"
    folder.mkdir(parents=True)
    (folder / "concepts.toml").write_text(CONCEPTS, "utf-8")
    monkeypatch.setattr("app.core.paths.data_root", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def back(office: Path, command: Command) -> Path:
    """The file as it comes back from the translator, one sentence changed."""
    path = office / "satz.xlf"
    status, out, _ = command("phrases", "export", "--language", "tr", "--out", str(path))
    assert status == 0 and "2 Texte, Türkisch" in out
    path.write_text(path.read_text("utf-8").replace("bekleyin", "bekler misiniz"), "utf-8")
    return path


def held(office: Path) -> str:
    return (office / "phrasebooks" / "test" / "tr.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("answer", "status", "applied"),
    [("j\n", 0, True), ("n\n", 1, False), ("", 1, False), ("was\nja\n", 0, True)],
)
def test_the_difference_is_shown_before_the_question(
    office: Path,
    back: Path,
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    status: int,
    applied: bool,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    got, out, err = command("phrases", "import", str(back))
    assert got == status
    assert "Warten Sie {minuten:number} Minuten." in out and "bekler misiniz" in out
    assert "Übernehmen?" in err
    assert ("bekler misiniz" in held(office)) is (status == 0)


def test_dry_run_and_yes(office: Path, back: Path, command: Command) -> None:
    status, out, _ = command("phrases", "import", str(back), "--dry-run")
    assert status == 0 and "1 geändert" in out and "Nichts geschrieben." in out
    assert "bekler" not in held(office)
    status, out, _ = command("phrases", "import", str(back), "--yes")
    assert status == 0 and "Übernommen, als Entwurf: 1 Dateien." in out
    assert "bekler" in held(office) and 'status = "draft"' in held(office)


def test_json_lines(office: Path, back: Path, command: Command) -> None:
    status, out, err = command("phrases", "import", str(back), "--json")
    assert status == 1 and "--yes" in err
    status, out, _ = command("phrases", "import", str(back), "--json", "--yes")
    *changes, total = rows(out)
    assert status == 0
    assert [(row["change"], row["id"]) for row in changes] == [
        ("changed", "test/warten"),
        ("open", "test/fieber"),
    ]
    assert changes[0]["old"] != changes[0]["new"] and changes[0]["line"] > 1
    assert total["event"] == "total" and total["applied"] and total["changed"] == 1
    assert total["format"] == "xliff2" and total["language"] == "tr" and total["not_understood"] == []


def test_refused_and_stale_entries_end_with_1(office: Path, back: Path, command: Command) -> None:
    back.write_text(back.read_text("utf-8").replace("Warten Sie", "Warten Sie bitte"), "utf-8")
    status, out, _ = command("phrases", "import", str(back), "--yes")
    assert status == 1 and "veraltet  test/warten" in out and f"({back.name}:" in out


def test_terms_there_and_back(office: Path, command: Command) -> None:
    path = office / "wort.csv"
    status, _, _ = command("glossary", "export", "--language", "tr", "--format", "csv", "--out", str(path))
    assert status == 0
    path.write_text(path.read_text("utf-8-sig").replace("Tuberkulose;;", "Tuberkulose;tüberküloz;"), "utf-8")
    status, out, _ = command("glossary", "import", str(path), "--yes")
    assert status == 0 and "1 neu" in out
    file = office / "glossaries" / "infektionen" / "tr.toml"
    assert 'term = "tüberküloz"' in file.read_text("utf-8")
    status, _, err = command("phrases", "import", str(path), "--yes")
    assert status == 1 and "keiner der 1 Einträge ist einer unserer Sätze" in err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["phrases", "export", "--language", "xx", "--out", "x"], 2, "Unbekannte Sprache „xx“"),
        (["phrases", "export", "--language", "de", "--out", "x"], 2, "Ausgangssprache"),
        (
            ["phrases", "export", "--language", "tr", "--topic", "nix", "--out", "x"],
            2,
            "Unbekanntes Thema „nix“",
        ),
        (["phrases", "export", "--language", "tr", "--format", "tbx", "--out", "x"], 2, "für Fachwörter"),
        (["phrases", "export", "--language", "tr", "--out", "/nirgends/x"], 1, "nicht geschrieben"),
        (["glossary", "export", "--language", "tr", "--domain", "nix", "--out", "x"], 2, "Fachgebiet „nix“"),
        (["phrases", "import", "fehlt.xlf"], 1, "fehlt.xlf: nicht lesbar"),
        (["phrases", "import", "."], 1, "nicht lesbar"),
    ],
)
def test_wrong_requests_are_one_line(
    office: Path, command: Command, arguments: list[str], status: int, message: str
) -> None:
    got, _, err = command(*arguments)
    assert got == status and message in err and err.count("\n") == 1


def test_a_file_of_terms_is_no_file_of_sentences(office: Path, command: Command) -> None:
    path = office / "wort.tbx"
    command("glossary", "export", "--language", "tr", "--out", str(path))
    status, _, err = command("phrases", "import", str(path), "--language", "tr")
    assert status == 1 and "enthält Fachwörter" in err and "glossary import" in err
