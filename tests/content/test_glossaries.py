"""Loading glossaries: what is right is usable, what is wrong is named with file and line."""

from pathlib import Path

import pytest

from app.content import Status, load_glossary
from app.content.glossary_reading import concept_hash
from app.core.errors import ContentError

GERMAN = 'title = "Test"\n\n[husten]\nterm = "Husten"\ndefinition = "Luft wird ausgestoßen."\n'
HASH = concept_hash("Husten", "Luft wird ausgestoßen.")


def write(root: Path, german: str = GERMAN, translation: str | None = None, domain: str = "test") -> Path:
    folder = root / domain
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "concepts.toml").write_text(german, encoding="utf-8")
    if translation is not None:
        (folder / "tr.toml").write_text(translation, encoding="utf-8")
    return root


def turkish(fields: str = "", source_hash: str = HASH, slug: str = "husten") -> str:
    return f'[{slug}]\nterm = "öksürük"\nsource_hash = "{source_hash}"\n{fields}'


def test_installed_glossaries_have_no_broken_or_stale_entry() -> None:
    found = [str(p.error) for p in load_glossary().problems() if p.code in ("broken", "stale")]
    assert found == []


def test_concept_and_term_are_read(tmp_path: Path) -> None:
    german = GERMAN + 'synonyms = ["Reizhusten"]\ninflections = ["Hustens"]\nicd = "R05"\n'
    avoid = 'variants = ["öksürme"]\navoid = [{ term = "hapşırık", reason = "heißt Niesen" }]\n'
    glossary = load_glossary(write(tmp_path, german, turkish(avoid)))
    concept = glossary.concepts["test/husten"]
    assert concept.forms == ("Husten", "Reizhusten", "Hustens") and concept.icd == "R05"
    term = concept.translation("tr")
    assert term is not None and term.accepted == ("öksürük", "öksürme") and term.status is Status.DRAFT
    assert term.avoid[0].reason == "heißt Niesen" and term.line == 1 and not term.approved
    assert glossary.languages == ("de", "tr") and glossary.problems() == ()


def test_hash_of_a_concept_is_fixed() -> None:
    assert concept_hash("Husten", "Luft wird ausgestoßen.") == "931e6f55"


def test_stop_lists_are_no_terms(tmp_path: Path) -> None:
    write(tmp_path)
    glossary = load_glossary(write(tmp_path, "fetch_human = true\n" + GERMAN, domain="menschen"))
    assert [concept.id for concept in glossary.terms] == ["test/husten"]
    assert [concept.id for concept in glossary.stop_list] == ["menschen/husten"]
    assert glossary.domains["menschen"].fetch_human


def test_stale_and_missing_terms_are_listed(tmp_path: Path) -> None:
    german = GERMAN + '[fieber]\nterm = "Fieber"\ndefinition = "Der Körper ist zu heiß."\n'
    glossary = load_glossary(write(tmp_path, german, turkish(source_hash="00000000")))
    assert glossary.concepts["test/husten"].translation("tr") is None
    stale, missing = glossary.problems()
    assert (stale.code, missing.code, missing.phrase) == ("stale", "missing", "test/fieber")
    assert "tr.toml:3:" in stale.error.message and HASH in stale.error.hint


GERMAN_ERRORS = [
    ('[husten]\nterm = "Husten"\n', ":1:", "Titel"),
    ('title = "T"\nfetch_human = "ja"\n', ":2:", "fetch_human"),
    ('title = "T"\n[husten]\nterm = "Husten"\n', ":2:", "„definition“ fehlt"),
    (GERMAN + 'synonym = ["x"]\n', ":6:", "unbekanntes Feld"),
    (GERMAN + 'synonyms = "x"\n', ":6:", "keine Liste"),
    (GERMAN + 'icd = "', ":6:", "kein vollständiges TOML"),
    ('title = "T"\nhusten = 3\n', ":2:", "kein Eintrag"),
]


@pytest.mark.parametrize(("german", "line", "message"), GERMAN_ERRORS)
def test_german_errors_name_file_and_line(tmp_path: Path, german: str, line: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        load_glossary(write(tmp_path, german))
    assert message in caught.value.message and f"concepts.toml{line}" in caught.value.message


TERM_ERRORS = [
    ('[husten]\nterm = " "\n', "„term“ fehlt"),
    (turkish('avoid = ["x"]\n'), "„avoid“"),
    (turkish('avoid = [{ term = "x" }]\n'), "„avoid“"),
    (turkish("avoid = 3\n"), "„avoid“"),
    (turkish('status = "fertig"\n'), "unbekannter Status"),
    (turkish('status = "approved"\n'), "ohne Name oder Datum"),
    (turkish(slug="hustn"), "keinen deutschen Begriff"),
    ('[husten]\nterm = "', "kein vollständiges TOML"),
]


@pytest.mark.parametrize(("text", "message"), TERM_ERRORS)
def test_broken_term_is_skipped_and_named(tmp_path: Path, text: str, message: str) -> None:
    glossary = load_glossary(write(tmp_path, translation=text))
    assert glossary.concepts["test/husten"].translation("tr") is None
    errors = [problem.error for problem in glossary.problems() if problem.code == "broken"]
    assert any(message in error.message and "tr.toml:" in error.message for error in errors)


def test_unknown_language_and_no_glossary(tmp_path: Path) -> None:
    assert load_glossary(tmp_path).concepts == {}
    write(tmp_path)
    (tmp_path / "test" / "trk.toml").write_text("", encoding="utf-8")
    with pytest.raises(ContentError, match="keine bekannte Sprache"):
        load_glossary(tmp_path)
