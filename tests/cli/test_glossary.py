"""`sprachpult glossary …` and `check --terms`, as typed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import compose
from app.core import paths
from tests.cli.conftest import Command, rows

FIXTURE = Path(__file__).parent.parent / "data" / "glossary"


@pytest.fixture
def own_glossary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the test glossary in place of the installed one."""
    root = tmp_path / "data"
    shutil.copytree(FIXTURE, root / "glossaries")
    monkeypatch.setattr(paths, "data_root", lambda: root)
    compose.glossary.cache_clear()
    yield root / "glossaries"
    compose.glossary.cache_clear()


def test_list(command: Command, own_glossary: Path) -> None:
    status, out, _ = command("glossary", "list", "--domain", "koerper", "--language", "tr", "--json")
    found = rows(out)
    assert status == 0 and {row["domain"] for row in found} == {"koerper"}
    lung = next(row for row in found if row["concept"] == "koerper/lunge")
    assert lung["term"] == "Lunge" and lung["translation"]["term"] == "akciğer"
    assert (lung["translation"]["status"], lung["fetch_human"]) == ("draft", False)
    status, out, _ = command("glossary", "list", "--language", "pl")
    assert status == 0 and "arzt/fieber" in out and "gorączka" in out


def test_lookup_explains_in_the_order_of_the_text(command: Command, own_glossary: Path) -> None:
    status, out, _ = command("glossary", "lookup", "Fieber, dann Husten?", "--to", "uk", "--json")
    fever, cough = rows(out)
    assert status == 0 and (fever["start"], fever["end"], fever["text"]) == (0, 6, "Fieber")
    assert (cough["term"], cough["translation"], cough["origin"]) == ("Husten", "кашель", "draft")
    assert cough["definition"].startswith("Luft wird")
    status, out, _ = command("glossary", "lookup", "Akraba mı temaslı kişi mi?", "--language", "tr")
    assert status == 0 and "Kontaktperson" in out and "akraba" in out and "heißt Verwandter" in out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["lookup", "Guten Tag"], 0, "Kein Fachwort"),
        (["lookup", "Lung"], 0, "Ähnlich: Lunge"),
        (["lookup", " "], 2, "Kein Text"),
        (["lookup", "a" * 10_001], 1, "10001 Zeichen"),
        (["lookup", "Husten", "--to", "tk"], 2, "Unbekannte Sprache"),
        (["list", "--domain", "koerpr"], 2, "arzt, koerper"),
        (["check", "--domain", "koerpr"], 2, "arzt, koerper"),
        (["check", "--language", "zz"], 2, "Unbekannte Sprache"),
    ],
)
def test_odd_input(
    command: Command, own_glossary: Path, arguments: list[str], status: int, words: str
) -> None:
    found, out, err = command("glossary", *arguments)
    assert found == status and words in out + err and "Traceback" not in err


def test_check_names_file_and_line(command: Command, own_glossary: Path) -> None:
    status, out, _ = command("glossary", "check", "--language", "tr")
    assert status == 0 and "0 Fehler" in out
    file = own_glossary / "koerper" / "tr.toml"
    file.write_text(file.read_text("utf-8").replace('term = "kan"', 'term = "кров"'), encoding="utf-8")
    status, out, _ = command("glossary", "check", "--json")
    *found, summary = rows(out)
    assert status == 1 and summary["errors"] == 1
    (wrong,) = [row for row in found if row["severity"] == "error"]
    assert (wrong["code"], wrong["language"], wrong["line"]) == ("script-wrong", "tr", 2)
    assert wrong["file"] == str(file)
    file.write_bytes(b'[blut]\nterm = "ka')
    status, out, _ = command("glossary", "check", "--domain", "koerper")
    assert status == 1 and f"{file}:2: kein vollständiges TOML" in out


def test_strict_counts_warnings(command: Command, own_glossary: Path) -> None:
    assert command("glossary", "check", "--language", "pl")[0] == 0
    assert command("glossary", "check", "--language", "pl", "--strict")[0] == 1


def test_check_of_a_pair_looks_for_terms_when_asked(command: Command, own_glossary: Path) -> None:
    pair = ("check", "Haben Sie Husten?", "Ateşiniz var mı?", "--json")
    (plain,) = rows(command(*pair)[1])
    (with_terms,) = rows(command(*pair, "--terms")[1])
    assert "term-missing" not in [finding["code"] for finding in plain["findings"]]
    assert (with_terms["verdict"], with_terms["findings"][0]["code"]) == ("amber", "term-missing")
