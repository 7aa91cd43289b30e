"""What the check of the glossaries finds, and what it leaves alone."""

import datetime
from pathlib import Path

import pytest

from app.content.checking import Scope
from app.content.glossary_check import check_glossary
from app.content.glossary_reading import concept_hash

DAY = datetime.date(2026, 3, 1)
COUGH = ("husten", "Husten", "Luft wird ausgestoßen.")
FEVER = ("fieber", "Fieber", "Der Körper ist zu heiß.")


def german(*concepts: tuple[str, str, str], more: str = "") -> str:
    tables = [f'[{slug}]\nterm = "{term}"\ndefinition = "{text}"\n' for slug, term, text in concepts]
    return 'title = "Test"\n' + "".join(tables) + more


def term(concept: tuple[str, str, str], word: str, more: str = "") -> str:
    slug, name, text = concept
    return f'[{slug}]\nterm = "{word}"\nsource_hash = "{concept_hash(name, text)}"\n{more}'


def codes(
    root: Path, source: str, language: str, text: str, scope: Scope | None = None
) -> list[tuple[str, str, int | None]]:
    """Code, severity and line of what is found."""
    folder = root / "test"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "concepts.toml").write_text(source, encoding="utf-8")
    (folder / f"{language}.toml").write_text(text, encoding="utf-8")
    _, found = check_glossary(root, scope or Scope(), DAY)
    return [(row.code, row.severity, row.line) for row in found]


BOTH = german(COUGH, FEVER)
FINE = term(COUGH, "öksürük") + term(FEVER, "ateş")
CASES = [
    (BOTH, "tr", FINE, []),
    (BOTH, "tr", term(COUGH, "öksürük"), [("missing", "warning", None)]),
    (BOTH, "tr", FINE + term(FEVER, "ateş"), [("duplicate-id", "error", 7)]),
    (german(COUGH), "tr", '[husten]\nterm = "öksürük"\nsource_hash = "x"\n', [("stale", "error", 3)]),
    (german(COUGH), "tr", '[husten]\nterm = "öksürük\n', [("broken", "error", 2)]),
    (german(COUGH), "tr", term(COUGH, "кашель"), [("script-wrong", "error", 2)]),
    (german(COUGH), "uk", term(COUGH, "Husten"), []),
    (german(COUGH), "uk", term(COUGH, "HIV кашель"), []),
    (german(COUGH), "sr", term(COUGH, "kašalj"), []),
    (
        german(COUGH), "tr", term(COUGH, "öksürük", 'avoid = [{ term = "Öksürük", reason = "x" }]\n'),
        [("avoid-accepted", "error", 4)],
    ),
    (BOTH, "tr", term(COUGH, "ateş") + term(FEVER, "Ateş"), [("same-translation", "warning", 4)]),
    (german(COUGH, ("x", "Husten", "Y.")), "tr", term(COUGH, "a") + term(("x", "Husten", "Y."), "b"),
     [("duplicate-term", "error", 5)]),
    (german(COUGH, FEVER, more='synonyms = ["Husten"]\n'), "tr", FINE, [("same-term", "warning", 5)]),
    (german(COUGH), "tr", term(COUGH, "öksürük", 'status = "approved"\nreviewer = "A"\ndate = 2026-01-01\n'),
     [("unsigned", "error", 5)]),
    (
        german(COUGH), "tr",
        term(COUGH, "öksürük", 'status = "approved"\nreviewer = "Dr. Maria Lang"\ndate = 2025-01-01\n'
             "expires = 2026-02-01\n"),
        [("expired", "error", 7)],
    ),
    (german(COUGH, ("x", "X", "")), "tr", term(COUGH, "öksürük"), [("broken", "error", 7)]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "language", "text", "expected"), CASES)
def test_findings_by_code_and_line(
    tmp_path: Path, source: str, language: str, text: str, expected: list[tuple[str, str, int | None]]
) -> None:
    assert codes(tmp_path, source, language, text) == expected


def test_scope_and_unknown_language(tmp_path: Path) -> None:
    assert codes(tmp_path, BOTH, "tr", "", Scope(languages=["ar"])) == [("missing", "warning", None)]
    found = codes(tmp_path, BOTH, "trk", FINE)
    assert ("unknown-language", "error", None) in found


def test_the_installed_glossaries_have_no_error() -> None:
    from app.core.paths import glossary_root

    _, found = check_glossary(glossary_root(), Scope(), datetime.date.today())
    assert [str(row) for row in found if row.severity == "error"] == []
