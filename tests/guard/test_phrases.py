"""Prepared phrases are checked in every form in which they reach a patient."""

from pathlib import Path

import pytest

from app.content import load_library
from app.content.checking import Scope
from app.content.editing import set_translation
from app.content.glossaries import load_glossary
from app.guard.content_check import check_meaning, check_terms
from app.guard.phrases import objections, renderings
from tests.content.helpers import entry, translated, write_book

LIBRARY = load_library()
WEEKS = '{ one = "Seit {n:number} Woche.", other = "Seit {n:number} Wochen." }'


def book(tmp_path: Path, german: str, text: str, language: str = "tr") -> Path:
    return write_book(tmp_path, entry("a", german), translated(text, german, "a"), language)


def test_every_plural_form_is_rendered() -> None:
    forms = {sample.form: sample for sample in renderings(LIBRARY.phrases["tb/husten-wochen"], "ar")}
    assert set(forms) == {"one", "two", "few", "many", "other"}
    assert "11" in forms["many"].source and "11" in forms["many"].target
    assert "أسبوعين" in forms["two"].target


def test_alternatives_are_rendered() -> None:
    phrase = next(
        p
        for p in LIBRARY.phrases.values()
        if (t := p.translation("ru")) is not None and "female" in t.alternatives
    )
    assert {"female", "male"} <= {sample.form for sample in renderings(phrase, "ru")}


def test_without_a_translation_there_is_nothing_to_render() -> None:
    assert list(renderings(LIBRARY.phrases["tb/fieber"], "vi")) == []


MISTAKES = [
    ("Warten Sie 5 Minuten.", "6 dakika bekleyin.", "number-changed"),
    ("Nehmen Sie 5 ml.", "5 mg alın.", "measure-changed"),
    ("Essen Sie heute nichts.", "Bugün yiyin.", "negation-missing"),
    ("Essen Sie heute viel.", "Bugün çok yemeyin.", "negation-added"),
    ("Heben Sie den linken Arm.", "Sağ kolunuzu kaldırın.", "side-changed"),
    ("Heben Sie den linken Arm.", "Kolunuzu kaldırın.", "side-missing"),
    ("Nehmen Sie die Tablette vor dem Essen.", "Tableti yemekten sonra alın.", "order-changed"),
    ("Haben Sie heute Fieber?", "Есть ли у вас сегодня температура?", "script-wrong"),
    ("Haben Sie heute Fieber?", "Haben Sie heute Fieber?", "source-copied"),
    ("Um {zeit:time} geht es los.", "Saat 9, {zeit:time} başlıyor.", "number-added"),
]


@pytest.mark.parametrize(("german", "text", "code"), MISTAKES)
def test_a_mistake_is_an_error_and_nobody_may_sign_it(
    tmp_path: Path, german: str, text: str, code: str
) -> None:
    library = load_library(book(tmp_path, german, text))
    rows = list(check_meaning(library, Scope(), lambda _share: None))
    assert (code, "error", 1) in [(row.code, row.severity, row.line) for row in rows]
    assert objections(library.phrases["test/a"], "tr")


def test_a_mistake_in_one_plural_form_is_found(tmp_path: Path) -> None:
    forms = {"one": "Уже {n:number} неделю.", "few": "Уже 5 недель, {n:number}."}
    texts = {**forms, "other": "Уже {n:number} недель."}
    root = write_book(tmp_path, f"[a]\ntext = {WEEKS}\n")
    set_translation(root, load_library(root).phrases["test/a"], "ru", texts)
    rows = [row for row in check_meaning(load_library(root), Scope(), print) if row.severity == "error"]
    assert [row.code for row in rows] == ["number-added"]
    assert "(few: „Уже 5 недель, 3.“)" in rows[0].message


def test_the_installed_phrases_hold_no_mistake() -> None:
    """Numbers, sides, negations, units and script of every translation in every form (about 13,000)."""
    shares: list[float] = []
    rows = list(check_meaning(LIBRARY, Scope(), shares.append))
    assert [str(row) for row in rows if row.severity == "error"] == []
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert len(rows) < 40


def test_a_forbidden_term_is_found(tmp_path: Path) -> None:
    (tmp_path / "g" / "d").mkdir(parents=True)
    (tmp_path / "g" / "d" / "concepts.toml").write_text(
        'title = "Test"\n[regel]\nterm = "Regel"\ndefinition = "Die monatliche Blutung."\n', encoding="utf-8"
    )
    glossary = load_glossary(tmp_path / "g")
    concept = glossary.concepts["d/regel"]
    (tmp_path / "g" / "d" / "tr.toml").write_text(
        f'[regel]\nterm = "adet"\navoid = [{{ term = "kural", reason = "heißt Vorschrift" }}]\n'
        f'status = "draft"\nsource_hash = "{concept.source_hash}"\n',
        encoding="utf-8",
    )
    german = "Wann war Ihre letzte Regel?"
    glossary = load_glossary(tmp_path / "g")
    wrong = load_library(book(tmp_path / "p", german, "Son kural ne zaman?"))
    (row,) = check_terms(wrong, glossary, Scope())
    assert (row.code, row.severity, row.hint) == ("forbidden-term", "error", "besser: adet")
    assert "heißt Vorschrift" in row.message
    right = load_library(book(tmp_path / "p", german, "Son adetiniz ne zaman?"))
    assert list(check_terms(right, glossary, Scope())) == []
