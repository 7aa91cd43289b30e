"""Draft, checked, approved, expired: in this order, by a person with a name, and by nothing else."""

import ast
import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.content import Avoid, Concept, Phrase, Status, load_glossary, load_library
from app.content.editing import set_source, set_translation
from app.content.glossary_check import objections
from app.content.glossary_editing import Wording, german, set_concept, set_term
from app.content.glossary_reading import concept_hash
from app.content.lifecycle import Signature, SigningError, approve, check
from app.content.person import name_problem
from app.content.types import Signed
from app.core.errors import ContentError, UsageError
from tests.content.helpers import translated, write_book

DAY = datetime.date(2026, 3, 1)
NATIVE = Signature("Ayşe Yılmaz", DAY)
PHYSICIAN = Signature("Dr. Karin Weber", DAY, datetime.date(2027, 3, 1))
TERM = ("Tuberkulose", "Eine Krankheit der Lunge.")


@dataclass(frozen=True)
class Case:
    """An entry with a draft in Turkish, and how it is changed without being signed."""

    root: Path
    load: Callable[[], Phrase | Concept]
    edit: Callable[[], None]
    change_german: Callable[[], None]
    command: str

    @property
    def path(self) -> Path:
        return self.root / "test" / "tr.toml"

    def held(self) -> Signed:
        found = self.load().translation("tr")
        assert found is not None
        return found

    def sign(
        self,
        how: Callable[..., None],
        who: Signature = NATIVE,
        reasons: Sequence[str] = (),
        seen: Phrase | Concept | None = None,
    ) -> None:
        how(self.root, seen or self.load(), "tr", who, lambda _entry, _language: reasons)


def sentence(root: Path) -> Case:
    write_book(root, translation=translated("{minuten:number} dakika bekleyin."))

    def load() -> Phrase:
        return load_library(root).phrases["test/warten"]

    return Case(
        root,
        load,
        lambda: set_translation(root, load(), "tr", "{minuten:number} dakika bekleyiniz."),
        lambda: set_source(root, "test/warten", "Warten Sie bitte {minuten:number} Minuten."),
        "phrases",
    )


def term(root: Path) -> Case:
    (root / "test").mkdir()
    text = f'title = "Test"\n[tb]\nterm = "{TERM[0]}"\nsynonyms = ["TB"]\ndefinition = "{TERM[1]}"\n'
    (root / "test" / "concepts.toml").write_text(text, encoding="utf-8")
    text = f'[tb]\nterm = "tüberküloz"\nstatus = "draft"\nsource_hash = "{concept_hash(*TERM)}"\n'
    (root / "test" / "tr.toml").write_text(text, encoding="utf-8")

    def load() -> Concept:
        return load_glossary(root).concepts["test/tb"]

    return Case(
        root,
        load,
        lambda: set_term(root, load(), "tr", Wording("verem")),
        lambda: set_concept(root, load(), replace(german(load()), definition="Eine andere Krankheit.")),
        "glossary",
    )


@pytest.fixture(params=[sentence, term])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """The same life for sentences and terms."""
    made: Case = request.param(tmp_path)
    return made


def test_draft_checked_approved_expired(case: Case) -> None:
    case.sign(check)
    found = case.held()
    assert (found.status, found.reviewer, found.date) == (Status.CHECKED, "Ayşe Yılmaz", DAY)
    assert found.expires is None
    assert not found.approved_on(DAY)
    case.sign(approve, PHYSICIAN)
    found = case.held()
    assert PHYSICIAN.expires is not None
    assert (found.status, found.reviewer) == (Status.APPROVED, "Dr. Karin Weber")
    assert (found.checked_by, found.checked_on) == ("Ayşe Yılmaz", DAY)
    assert found.approved_on(PHYSICIAN.expires)
    later = PHYSICIAN.expires + datetime.timedelta(days=1)
    assert not found.approved_on(later)
    assert (found.status_on(DAY), found.status_on(later)) == (Status.APPROVED, Status.EXPIRED)


def test_an_expired_approval_is_renewed(case: Case) -> None:
    case.sign(check)
    case.sign(approve, PHYSICIAN)
    case.sign(approve, Signature("Dr. Karin Weber", datetime.date(2028, 1, 1)))
    found = case.held()
    assert found.expires is None and found.approved_on(datetime.date(2030, 1, 1))
    assert found.checked_by == "Ayşe Yılmaz"


def stale(case: Case) -> None:
    case.change_german()


def missing(case: Case) -> None:
    case.path.unlink()


def broken(case: Case) -> None:
    case.path.write_text('[warten]\ntext = "', encoding="utf-8")


def fine(case: Case) -> None:
    case.held()


def checked(case: Case) -> None:
    case.sign(check)


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
    case: Case, before: Callable[[Case], None], sign: Callable[..., None], message: str
) -> None:
    before(case)
    text = case.path.read_text("utf-8") if case.path.exists() else None
    with pytest.raises(SigningError, match=message) as refused:
        case.sign(sign)
    assert (case.path.read_text("utf-8") if case.path.exists() else None) == text
    if "gültige" in message:
        assert f"sprachpult {case.command} check" in str(refused.value)


def test_what_is_objected_to_cannot_be_signed(case: Case) -> None:
    with pytest.raises(SigningError, match="Zahl 5 fehlt"):
        case.sign(check, reasons=["Zahl 5 fehlt"])
    assert case.held().status is Status.DRAFT


@pytest.mark.parametrize(
    ("wording", "message"),
    [
        (Wording("туберкулез"), "nicht in der Schrift"),
        (Wording("verem", avoid=(Avoid("Verem", "zu hart"),)), "zugleich vermieden"),
        (Wording("ve\u200brem"), "unsichtbare Zeichen"),
        (Wording("verem"), None),
    ],
)
def test_what_speaks_against_a_term(tmp_path: Path, wording: Wording, message: str | None) -> None:
    case = term(tmp_path)
    concept = load_glossary(case.root).concepts["test/tb"]
    set_term(case.root, concept, "tr", wording)
    reasons = objections(load_glossary(case.root).concepts["test/tb"], "tr")
    assert (message in "".join(reasons)) if message else not reasons


def test_what_changed_after_it_was_shown_cannot_be_signed(case: Case) -> None:
    seen = case.load()
    assert seen.translation("tr") is not None
    case.edit()
    with pytest.raises(ContentError, match="inzwischen geändert"):
        case.sign(check, seen=seen)
    stale(case)
    with pytest.raises(ContentError, match="inzwischen geändert"):
        case.sign(check, seen=seen)


def test_what_was_shown_beside_the_german_counts_too(tmp_path: Path) -> None:
    """Synonyms make no term stale, but who signs stands for what was on the screen."""
    case = term(tmp_path)
    seen = load_glossary(case.root).concepts["test/tb"]
    set_concept(case.root, seen, replace(german(seen), synonyms=("TB", "Motten")))
    with pytest.raises(ContentError, match="inzwischen geändert"):
        case.sign(check, seen=seen)
    case.sign(check)
    assert case.held().status is Status.CHECKED


def test_an_edit_makes_a_draft_again(case: Case) -> None:
    checked(case)
    case.sign(approve, PHYSICIAN)
    case.edit()
    text = case.path.read_text("utf-8")
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
MAY_SIGN = {"cli/approve.py"}
MAY_WRITE = {"content/editing.py", "content/lifecycle.py"}
SIGNS = "app.content.lifecycle"


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
    """Only what shows both sides may import what signs; drafts and signatures alone write."""
    for path in APP.rglob("*.py"):
        name = path.relative_to(APP).as_posix()
        names = imported(ast.parse(path.read_text("utf-8")))
        assert SIGNS not in names or name in MAY_SIGN, name
        assert "app.content.writing.write_files" not in names or name in MAY_WRITE, name
        assert "app.content.toml_edit.TomlDocument" not in names or name in MAY_WRITE, name


def test_both_commands_sign_at_the_one_place() -> None:
    commands = list((APP / "cli").glob("*_approve.py"))
    assert {path.name for path in commands} == {"glossary_approve.py", "phrases_approve.py"}
    for path in commands:
        assert "app.cli.approve" in imported(ast.parse(path.read_text("utf-8")))


def test_no_text_of_the_program_sets_a_status() -> None:
    """`status = "approved"` is never put together as text; the bare word names an origin too."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert 'status = "approved"' not in node.value, path
                assert 'status = "checked"' not in node.value, path
