"""Signatures on a journey: everyone is named, nothing is signed; terms and topics for humans among them."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.content.exchange.concepts import concept_stock
from app.content.exchange.difference import Outcome
from app.content.exchange.entries import Stock
from app.content.exchange.transfer import MakeStock, apply, export, prepare
from app.content.glossaries import load_glossary
from app.content.glossary_reading import concept_hash
from app.core.paths import glossary_root
from tests.content.exchange.helpers import book, stock_of, turkish

SENTENCE_FORMATS = ["xliff2", "xliff1", "tmx", "csv", "xlsx"]
TERM_FORMATS = ["tbx", "tbx-dct", "tbx-2008", *SENTENCE_FORMATS]
SIGNED = {
    "status": "approved",
    "reviewer": "Dr. Beispiel",
    "date": "2026-01-01",
    "expires": "2027-01-01",
    "checked_by": "Ayşe Yılmaz",
    "checked_on": "2025-12-01",
}
REMARK = (
    "laut Datei freigegeben: Dr. Beispiel 2026-01-01, gültig bis 2027-01-01, "
    "gelesen von Ayşe Yılmaz 2025-12-01"
)


def terms(root: Path, fields: dict[str, str], definition: str = "Eine Krankheit.") -> MakeStock:
    """A glossary with one term; `definition` is what the term was written for."""
    (root / "test").mkdir(parents=True)
    text = 'title = "Test"\n[tb]\nterm = "Tuberkulose"\ndefinition = "Eine Krankheit."\n'
    (root / "test" / "concepts.toml").write_text(text, "utf-8")
    rows = {"term": "tüberküloz", **fields, "source_hash": concept_hash("Tuberkulose", definition)}
    text = "[tb]\n" + "".join(f'{key} = "{value}"\n' for key, value in rows.items())
    (root / "test" / "tr.toml").write_text(text, "utf-8")
    return made_of(root)


def made_of(root: Path, domain: str | None = None) -> MakeStock:
    def make(language: str) -> Stock:
        return concept_stock(load_glossary(root), language, domain)

    return make


def toml_of(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def there_and_back(file: Path, make: MakeStock, kind: str, name: str) -> str:
    """Export, remove the file, import; what is said about the new entry."""
    sent = file.parents[2] / "unterwegs"
    export(make("tr"), name, sent)
    file.unlink()
    plan = prepare(sent, make, kind, language="tr")
    apply(plan)
    return next(change.reason for change in plan.changes if change.outcome is Outcome.NEW)


@pytest.mark.parametrize("name", SENTENCE_FORMATS)
def test_everyone_who_signed_a_sentence_is_named_in_a_remark(tmp_path: Path, name: str) -> None:
    root = book(tmp_path, turkish(**SIGNED))
    file = root / "test" / "tr.toml"
    assert there_and_back(file, stock_of(root), "phrases", name) == f"{REMARK}; hier ein Entwurf"
    found = toml_of(file)["warten"]
    assert (found["comment"], found["status"]) == (REMARK, "draft")
    assert not (SIGNED.keys() - {"status"}) & found.keys()


@pytest.mark.parametrize("name", TERM_FORMATS)
def test_everyone_who_signed_a_term_is_named_in_a_remark(tmp_path: Path, name: str) -> None:
    make = terms(tmp_path / "glossaries", SIGNED)
    file = tmp_path / "glossaries" / "test" / "tr.toml"
    assert there_and_back(file, make, "glossary", name) == f"{REMARK}; hier ein Entwurf"
    found = toml_of(file)["tb"]
    assert (found["comment"], found["status"]) == (REMARK, "draft")
    assert not (SIGNED.keys() - {"status"}) & found.keys()


@pytest.mark.parametrize("name", TERM_FORMATS)
def test_a_signed_term_that_comes_back_unchanged_stays_signed(tmp_path: Path, name: str) -> None:
    make = terms(tmp_path / "glossaries", SIGNED)
    file = tmp_path / "glossaries" / "test" / "tr.toml"
    before = file.read_bytes()
    export(make("tr"), name, tmp_path / "unterwegs")
    plan = prepare(tmp_path / "unterwegs", make, "glossary", language="tr")
    assert plan.empty and apply(plan) == ()
    assert file.read_bytes() == before


CONFIRMED = [
    (
        "tbx",
        "<term>tüberküloz</term>",
        '<term>tüberküloz</term><termNote type="processStatus">finalized</termNote>',
    ),
    ("csv", ";open;", ";draft;"),
    ("tmx", 'x-sprachpult:status">open', 'x-sprachpult:status">draft'),
    ("xliff2", 'state="initial"', 'state="translated"'),
]


@pytest.mark.parametrize(("name", "old", "new"), CONFIRMED)
def test_a_stale_term_is_confirmed_by_its_status_alone(tmp_path: Path, name: str, old: str, new: str) -> None:
    make = terms(tmp_path / "glossaries", {}, definition="Früher anders erklärt.")
    path = tmp_path / "unterwegs"
    export(make("tr"), name, path)
    (change,) = prepare(path, make, "glossary", language="tr").changes
    assert change.outcome is Outcome.UNCHANGED
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    plan = prepare(path, make, "glossary", language="tr")
    assert plan.changes[0].outcome is Outcome.CHANGED
    apply(plan)
    assert not make("tr").entries["test/tb"].stale


@pytest.mark.parametrize("name", ["tbx", "csv", "xliff2"])
@pytest.mark.parametrize("language", ["tr", "ar"])
def test_topics_for_humans_come_back_whole(tmp_path: Path, name: str, language: str) -> None:
    root = tmp_path / "glossaries"
    shutil.copytree(glossary_root() / "menschen", root / "menschen")
    file, make = root / "menschen" / f"{language}.toml", made_of(root, "menschen")
    before = toml_of(file)
    export(make(language), name, tmp_path / "unterwegs")
    file.unlink()
    apply(prepare(tmp_path / "unterwegs", make, "glossary", language=language))
    assert toml_of(file) == before


def test_a_cue_that_is_the_heading_too_survives_a_partial_file(tmp_path: Path) -> None:
    """A stop-list looks for its variants only, so the heading may stand among them."""
    make = terms(tmp_path / "glossaries", {})
    file = tmp_path / "glossaries" / "test" / "tr.toml"
    file.write_text(file.read_text("utf-8") + 'variants = ["tüberküloz", "verem"]\n', "utf-8")
    path = tmp_path / "x.csv"
    path.write_text("id;form;tr\ntest/tb;variant.1;ince hastalık\n", "utf-8")
    apply(prepare(path, make, "glossary"))
    assert toml_of(file)["tb"]["variants"] == ["tüberküloz", "verem", "ince hastalık"]
