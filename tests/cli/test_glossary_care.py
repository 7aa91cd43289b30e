"""`glossary status`, `edit`, `approve` on a copy of the glossaries, as staff would use them."""

import io
import shutil
from pathlib import Path

import pytest

from app.content import load_glossary
from app.core import paths
from tests.cli.conftest import Command, editor, rows

FIXTURE = Path(__file__).parent.parent / "data" / "glossary"
NATIVE, PHYSICIAN = "Ayşe Yılmaz", "Dr. Karin Weber"
LUNG = ("koerper/lunge", "--language", "tr")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test glossary and the installed stop-list in place of what is installed."""
    installed = paths.data_root()
    shutil.copytree(FIXTURE, tmp_path / "glossaries")
    shutil.copytree(installed / "glossaries" / "menschen", tmp_path / "glossaries" / "menschen")
    monkeypatch.setattr(paths, "data_root", lambda: tmp_path)
    return tmp_path / "glossaries"


def status(root: Path, concept: str, language: str = "tr") -> str:
    found = load_glossary(root).concepts[concept].translation(language)
    assert found is not None
    return found.status.value


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_approve_in_order_and_an_edit_takes_it_back(root: Path, command: Command) -> None:
    call = ("glossary", "approve", *LUNG, "--yes")
    exit_status, _, err = command(*call, "--reviewer", PHYSICIAN)
    assert exit_status == 1 and "ist noch Entwurf" in err
    edit = ("glossary", "edit", *LUNG)
    assert command(*edit, "--variants", "ciğer; akciğerler", "--avoid", "karaciğer = heißt Leber")[0] == 0
    assert command(*edit, "--comment", "Organ")[0] == 0
    exit_status, out, _ = command(*call, "--as", "checked", "--reviewer", NATIVE)
    assert exit_status == 0
    shown = ("Mit der Lunge atmet", "Lungen", "akciğer", "ciğer", "karaciğer", "heißt Leber", "Organ")
    assert all(word in out for word in (*shown, f"geprüft: {NATIVE}"))
    _, out, _ = command(*call, "--reviewer", PHYSICIAN, "--expires", "31.12.2999", "--json")
    (row,) = rows(out)
    assert (row["concept"], row["done"], row["status"]) == ("koerper/lunge", True, "approved")
    assert (row["reviewer"], row["expires"]) == (PHYSICIAN, "2999-12-31")
    text = (root / "koerper" / "tr.toml").read_text("utf-8")
    assert f'checked_by = "{NATIVE}"' in text
    assert command("glossary", "check", "--language", "tr")[0] == 0
    _, out, _ = command("glossary", "list", "--domain", "koerper", "--language", "tr", "--json")
    listed = next(row for row in rows(out) if row["concept"] == "koerper/lunge")["translation"]
    assert (listed["reviewer"], listed["checked_by"], listed["comment"]) == (PHYSICIAN, NATIVE, "Organ")
    _, out, _ = command("glossary", "lookup", "Die Lunge", "--json")
    assert rows(out)[0]["origin"] == "approved"
    _, out, _ = command(*edit, "--term", "akciğer organı", "--json")
    assert rows(out)[0]["status"] == "draft" and status(root, "koerper/lunge") == "draft"
    assert NATIVE not in (root / "koerper" / "tr.toml").read_text("utf-8")


def test_topics_for_humans_have_the_same_life(root: Path, command: Command) -> None:
    call = ("glossary", "approve", "menschen/suizid", "--language", "tr", "--yes", "--reviewer")
    exit_status, out, _ = command(*call, NATIVE, "--as", "checked")
    assert exit_status == 0 and "Stichwörter" in out and "lebensmüde*" in out and "intihar*" in out
    before = load_glossary(root).concepts["menschen/suizid"].translation("tr")
    assert command(*call, PHYSICIAN)[0] == 0
    assert command("glossary", "edit", "menschen/suizid", "--language", "tr", "--comment", "x")[0] == 0
    after = load_glossary(root).concepts["menschen/suizid"].translation("tr")
    assert before is not None and after is not None and before.variants == after.variants
    assert after.status.value == "draft"


def test_check_looks_at_topics_for_humans_too(root: Path, command: Command) -> None:
    path = root / "menschen" / "tr.toml"
    change(path, 'term = "intihar düşüncesi"', 'term = "самоубийство"')
    change(path, 'source_hash = "0e5a148a"', 'source_hash = "00000000"')
    exit_status, out, _ = command("glossary", "check", "--domain", "menschen", "--language", "tr", "--json")
    *found, _ = rows(out)
    assert exit_status == 1
    assert {(row["code"], row["file"], row["phrase"]) for row in found} == {
        ("script-wrong", str(path), "menschen/suizid"),
        ("stale", str(path), "menschen/kinderschutz"),
    }
    assert all(row["line"] for row in found)


def test_approve_asks_for_the_name_and_the_answer(
    root: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("glossary", "approve", *LUNG, "--as", "checked")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NATIVE}\nn\n"))
    assert command(*call)[0] == 0 and status(root, "koerper/lunge") == "draft"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NATIVE}\nj\n"))
    assert command(*call)[0] == 0 and status(root, "koerper/lunge") == "checked"


def test_a_whole_domain_is_asked_term_by_term(
    root: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(root / "koerper" / "tr.toml", 'source_hash = "3823975a"', 'source_hash = "0"')
    monkeypatch.setattr("sys.stdin", io.StringIO("j\nn\nj\ne\n"))
    call = ("glossary", "approve", "--domain", "koerper", "--language", "tr", "--as", "checked")
    exit_status, out, _ = command(*call, "--reviewer", NATIVE)
    assert exit_status == 0
    assert "2 unterschrieben, 1 gehen nicht, 1 übersprungen" in out
    assert "[blut] gehört zu einem früheren deutschen Begriff" in out
    assert "sprachpult glossary edit koerper/blut --language tr" in out


def test_one_word_for_two_concepts_is_shown(root: Path, command: Command) -> None:
    command("glossary", "edit", "koerper/blut", "--language", "tr", "--term", "Akciğer")
    call = ("glossary", "approve", *LUNG, "--as", "checked", "--reviewer", NATIVE, "--yes")
    _, out, _ = command(*call)
    assert "dasselbe Wort für" in out and "koerper/blut" in out


def test_what_is_wrong_is_not_signed(root: Path, command: Command) -> None:
    command("glossary", "edit", *LUNG, "--term", "лёгкое")
    call = ("glossary", "approve", *LUNG, "--as", "checked", "--reviewer", NATIVE, "--yes")
    exit_status, _, err = command(*call)
    assert exit_status == 1 and "nicht in der Schrift" in err and "glossary edit" in err
    assert status(root, "koerper/lunge") == "draft"


def test_status_counts_every_concept_once(root: Path, command: Command) -> None:
    change(root / "koerper" / "tr.toml", 'source_hash = "3823975a"', 'source_hash = "0"')
    sign = ("--as", "checked", "--yes", "--reviewer", NATIVE)
    command("glossary", "approve", *LUNG, *sign)
    _, out, _ = command("glossary", "status", "--language", "tr", "--json")
    found = {row["domain"]: row for row in rows(out)}
    assert found.keys() == {"arzt", "koerper", "menschen"}
    row = found["koerper"]
    assert (row["language"], row["checked"], row["stale"], row["missing"]) == ("tr", 1, 1, 0)
    assert row["concepts"] == row["draft"] + 2
    (root / "arzt" / "tr.toml").write_text("[", encoding="utf-8")
    _, out, _ = command("glossary", "status", "--domain", "arzt", "--language", "tr", "--json")
    (row,) = rows(out)
    assert row["broken"] == row["concepts"] > 0
    _, out, _ = command("glossary", "status")
    assert "Türkisch" in out and "zusammen" in out and "Begriffe" in out


def test_edit_of_german_says_what_becomes_stale(root: Path, command: Command) -> None:
    edit = ("glossary", "edit", "koerper/lunge", "--language", "de")
    _, out, _ = command(*edit, "--variants", "Lungenflügel", "--json")
    assert rows(out)[0]["stale"] == []
    _, out, _ = command(*edit, "--definition", "Damit atmet der Mensch.", "--json")
    assert "tr" in rows(out)[0]["stale"]
    assert "Nichts geändert" in command(*edit, "--definition", "Damit atmet der Mensch.")[1]
    concept = load_glossary(root).concepts["koerper/lunge"]
    assert concept.synonyms == ("Lungenflügel",) and concept.translation("tr") is None
    exit_status, out, _ = command("glossary", "edit", *LUNG, "--term", "akciğer")
    assert exit_status == 0 and status(root, "koerper/lunge") == "draft"


def test_edit_in_an_editor(
    root: Path, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    new = "term: akciğer\nvariant: ciğer\navoid: karaciğer = heißt Leber"
    monkeypatch.setenv("EDITOR", editor(tmp_path, "term: akciğer", new))
    assert command("glossary", "edit", *LUNG)[0] == 0
    found = load_glossary(root).concepts["koerper/lunge"].translation("tr")
    assert found is not None and "ciğer" in found.variants
    assert (found.avoid[0].term, found.avoid[0].reason) == ("karaciğer", "heißt Leber")
    monkeypatch.setenv("EDITOR", editor(tmp_path, "term: akciğer", "wort: akciğer"))
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    exit_status, _, err = command("glossary", "edit", *LUNG)
    assert exit_status == 1 and "ohne bekannten Namen" in err and "Noch einmal bearbeiten?" in err
    monkeypatch.setenv("EDITOR", editor(tmp_path, "synonym: ", "synonym: "))
    assert "Nichts geändert" in command("glossary", "edit", "koerper/lunge", "--language", "de")[1]


APPROVE = ("approve", *LUNG)
WRONG = [
    (("approve", "koerper/lunge"), "Es fehlt die Sprache"),
    (("approve", "--language", "tr"), "Einen Begriff oder ein Fachgebiet"),
    ((*APPROVE, "--domain", "koerper"), "Einen Begriff oder ein Fachgebiet"),
    ((*APPROVE, "--as", "fertig"), "Unbekannter Schritt"),
    ((*APPROVE, "--reviewer", "Vorname Nachname", "--yes"), "Platzhalter"),
    ((*APPROVE, "--reviewer", " ", "--yes", "--json"), "der Name fehlt"),
    ((*APPROVE, "--reviewer", NATIVE, "--expires", "2020-01-01"), "nicht nach heute"),
    ((*APPROVE, "--reviewer", NATIVE, "--json"), "--yes"),
    (("approve", "--domain", "koerper", "--language", "tr", "--yes"), "Begriff für Begriff"),
    (("approve", "--domain", "koerpr", "--language", "tr"), "Unbekanntes Fachgebiet"),
    (("approve", "koerper/lung", "--language", "tr"), "koerper/lunge"),
    (("approve", "koerper/lunge", "--language", "de"), "Ausgangssprache"),
    (("status", "--domain", "koerpr"), "Unbekanntes Fachgebiet"),
    (("status", "--language", "tük"), "Unbekannte Sprache"),
    (("edit", "koerper/lung", "--language", "tr", "--term", "x"), "koerper/lunge"),
    (("edit", *LUNG, "--definition", "x"), "--definition gibt es hier nicht"),
    (("edit", "koerper/lunge", "--language", "de", "--avoid", "x = y"), "--avoid gibt es hier nicht"),
    (("edit", "koerper/lunge", "--language", "de", "--comment", "x"), "keine Bemerkung"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_wrong_usage_is_answered_in_one_line(
    root: Path, command: Command, arguments: tuple[str, ...], message: str
) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.toml")}
    exit_status, out, err = command("glossary", *arguments)
    assert (exit_status, out) == (2, "")
    assert message in err and err.count("\n") == 1
    assert {path: path.read_bytes() for path in root.rglob("*.toml")} == before


@pytest.mark.parametrize(
    ("given", "message"),
    [(("--term", " "), "„term“ fehlt"), (("--avoid", "karaciğer"), "nicht Wort und Grund")],
)
def test_wrong_words_change_nothing(
    root: Path, command: Command, given: tuple[str, str], message: str
) -> None:
    before = (root / "koerper" / "tr.toml").read_bytes()
    exit_status, _, err = command("glossary", "edit", *LUNG, *given)
    assert exit_status == 1 and message in err
    assert (root / "koerper" / "tr.toml").read_bytes() == before
