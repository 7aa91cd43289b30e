"""Draft, checked, approved, expired: in this order, by a person with a name, and by nothing else."""

import ast
import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from app.content import Status, load_library
from app.content.editing import set_source, set_translation
from app.content.lifecycle import Signature, SigningError, approve, check
from app.content.person import name_problem
from app.content.types import Phrase
from app.core.errors import ContentError, UsageError
from tests.content.helpers import translated, write_book

DAY = datetime.date(2026, 3, 1)
NATIVE = Signature("Ayşe Yılmaz", DAY)
PHYSICIAN = Signature("Dr. Karin Weber", DAY, datetime.date(2027, 3, 1))


def nothing(_phrase: Phrase, _language: str) -> list[str]:
    return []


def phrase(root: Path) -> Phrase:
    return load_library(root).phrases["test/warten"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_book(tmp_path, translation=translated("{minuten:number} dakika bekleyin."))


def test_draft_checked_approved_expired(root: Path) -> None:
    check(root, phrase(root), "tr", NATIVE, nothing)
    found = phrase(root).translation("tr")
    assert found is not None
    assert (found.status, found.reviewer, found.date) == (Status.CHECKED, "Ayşe Yılmaz", DAY)
    assert found.expires is None
    assert not found.approved_on(DAY)
    approve(root, phrase(root), "tr", PHYSICIAN, nothing)
    found = phrase(root).translation("tr")
    assert found is not None and PHYSICIAN.expires is not None
    assert (found.status, found.reviewer) == (Status.APPROVED, "Dr. Karin Weber")
    assert (found.checked_by, found.checked_on) == ("Ayşe Yılmaz", DAY)
    assert found.approved_on(PHYSICIAN.expires)
    later = PHYSICIAN.expires + datetime.timedelta(days=1)
    assert not found.approved_on(later)
    assert (found.status_on(DAY), found.status_on(later)) == (Status.APPROVED, Status.EXPIRED)


def test_an_expired_approval_is_renewed(root: Path) -> None:
    check(root, phrase(root), "tr", NATIVE, nothing)
    approve(root, phrase(root), "tr", PHYSICIAN, nothing)
    approve(root, phrase(root), "tr", Signature("Dr. Karin Weber", datetime.date(2028, 1, 1)), nothing)
    found = phrase(root).translation("tr")
    assert found is not None and found.expires is None and found.approved_on(datetime.date(2030, 1, 1))
    assert found.checked_by == "Ayşe Yılmaz"


def stale(root: Path) -> None:
    set_source(root, "test/warten", "Warten Sie bitte {minuten:number} Minuten.")


def missing(root: Path) -> None:
    (root / "test" / "tr.toml").unlink()


def broken(root: Path) -> None:
    (root / "test" / "tr.toml").write_text('[warten]\ntext = "', encoding="utf-8")


def fine(root: Path) -> None:
    assert phrase(root).translation("tr") is not None


def checked(root: Path) -> None:
    check(root, phrase(root), "tr", NATIVE, nothing)


@pytest.mark.parametrize(
    ("before", "sign", "message"),
    [
        (fine, approve, "ist noch Entwurf"),
        (checked, check, "ist schon geprüft"),
        (stale, check, "keine gültige Übersetzung"),
        (missing, check, "keine gültige Übersetzung"),
        (broken, check, "keine gültige Übersetzung"),
    ],
)
def test_what_cannot_be_signed(
    root: Path, before: Callable[[Path], None], sign: Callable[..., None], message: str
) -> None:
    before(root)
    path = root / "test" / "tr.toml"
    text = path.read_text("utf-8") if path.exists() else None
    with pytest.raises(SigningError, match=message):
        sign(root, phrase(root), "tr", NATIVE, nothing)
    assert (path.read_text("utf-8") if path.exists() else None) == text


def test_what_the_guard_objects_to_cannot_be_signed(root: Path) -> None:
    with pytest.raises(SigningError, match="Zahl 5 fehlt"):
        check(root, phrase(root), "tr", NATIVE, lambda _phrase, _language: ["Zahl 5 fehlt"])


def test_what_changed_after_it_was_shown_cannot_be_signed(root: Path) -> None:
    seen = phrase(root)
    assert seen.translation("tr") is not None
    set_translation(root, phrase(root), "tr", "{minuten:number} saat bekleyin.")
    with pytest.raises(ContentError, match="inzwischen geändert"):
        check(root, seen, "tr", NATIVE, nothing)
    stale(root)
    with pytest.raises(ContentError, match="inzwischen geändert"):
        check(root, seen, "tr", NATIVE, nothing)


def test_an_edit_makes_a_draft_again(root: Path) -> None:
    checked(root)
    approve(root, phrase(root), "tr", PHYSICIAN, nothing)
    set_translation(root, phrase(root), "tr", "{minuten:number} dakika bekleyiniz.")
    text = (root / "test" / "tr.toml").read_text("utf-8")
    assert 'status = "draft"' in text
    assert not any(name in text for name in ("reviewer", "Weber", "date", "expires", "checked"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "der Name fehlt"),
        ("Weber", "Vorname und Nachname"),
        ("Dr. Weber", "Vorname und Nachname"),
        ("K. Weber", "Vorname und Nachname"),
        ("Vorname Nachname", "Platzhalter"),
        ("Max Mustermann", "Platzhalter"),
        ("Test Test", "Platzhalter"),
        ("N. N.", "Vorname und Nachname"),
        ("xxx xxx", "kein Name"),
        ("a1 b2", "gehört nicht in einen Namen"),
        ("weber@amt.de x", "gehört nicht in einen Namen"),
        ("Karin Weber", None),
        ("Dr. med. Anna-Lena Özdemir", None),
        ("Олена Ковальчук", None),
        ("رامي حداد", None),
        ("Jean d’Arc", None),
        ("Karin K. Weber", None),
        ("Bernd Arzt", None),
    ],
)
def test_names(name: str, message: str | None) -> None:
    problem = name_problem(name)
    assert problem is None if message is None else problem is not None and message in problem
    if message is not None:
        with pytest.raises(UsageError):
            Signature(name, DAY)


def test_an_end_in_the_past_is_refused() -> None:
    with pytest.raises(UsageError, match="nicht nach heute"):
        Signature("Karin Weber", DAY, DAY)


APP = Path(__file__).parents[2] / "app"
MAY_SIGN = {"cli/phrases_approve.py"}
MAY_WRITE = {"content/editing.py", "content/lifecycle.py"}
SIGNING = {"approve", "check", "_sign"}


def imported(tree: ast.AST) -> set[str]:
    """Names of modules and of what is taken from them, `module.name`."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_nothing_else_signs() -> None:
    """Only the command that shows both sides may import what signs; drafts and signatures alone write."""
    for path in APP.rglob("*.py"):
        name = path.relative_to(APP).as_posix()
        names = imported(ast.parse(path.read_text("utf-8")))
        signing = names & {f"app.content.lifecycle.{function}" for function in SIGNING}
        assert not signing or name in MAY_SIGN, (name, signing)
        assert "app.content.writing.write_files" not in names or name in MAY_WRITE, name
        assert "app.content.toml_edit.TomlDocument" not in names or name in MAY_WRITE, name


def test_no_text_of_the_program_sets_a_status() -> None:
    """`status = "approved"` is never put together as text; the bare word names an origin too."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert 'status = "approved"' not in node.value, path
                assert 'status = "checked"' not in node.value, path
