"""Terms and concepts are changed like phrases: what is written is a draft, what is not touched stays."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.content import Avoid, Concept, Status, load_glossary
from app.content.glossary_editing import Wording, german, set_concept, set_term, written
from app.content.glossary_reading import concept_hash
from app.core.errors import ContentError, InputError

CONCEPTS = """# Kopf
title = "Test"

[husten]
term = "Husten"
definition = "Luft wird ausgestoßen."
note = "bleibt"
"""
TURKISH = """[husten]
term = "öksürük"
variants = [
  "öksürüyor", "öksürme", # Verb
  "öksürük",
]
status = "checked"
reviewer = "Ayşe Yılmaz"
date = 2026-01-01
source_hash = "{hash}"
comment = "bleibt"

# gehört zum nächsten
[fieber]
term = "ateş"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "test"
    folder.mkdir()
    (folder / "concepts.toml").write_text(CONCEPTS, encoding="utf-8")
    text = TURKISH.replace("{hash}", concept_hash("Husten", "Luft wird ausgestoßen."))
    (folder / "tr.toml").write_text(text, encoding="utf-8")
    return tmp_path


def concept(root: Path) -> Concept:
    return load_glossary(root).concepts["test/husten"]


def held(root: Path, language: str = "tr") -> dict[str, Any]:
    found = tomllib.loads((root / "test" / f"{language}.toml").read_text("utf-8"))["husten"]
    return dict(found)


def test_a_term_is_written_as_a_draft_and_the_rest_stays(root: Path) -> None:
    wording = replace(written(root, concept(root), "tr"), avoid=(Avoid("öhö", "Laut"),))
    set_term(root, concept(root), "tr", wording)
    text = (root / "test" / "tr.toml").read_text("utf-8")
    assert '  "öksürüyor", "öksürme", # Verb\n  "öksürük",\n]' in text
    assert "# gehört zum nächsten\n[fieber]" in text
    found = concept(root).translation("tr")
    assert found is not None and found.status is Status.DRAFT
    assert (found.avoid, found.comment) == ((Avoid("öhö", "Laut"),), "bleibt")
    assert not {"reviewer", "date"} & held(root).keys()


def test_what_is_empty_goes(root: Path) -> None:
    set_term(root, concept(root), "tr", Wording(" öksürük "), comment="")
    assert held(root).keys() == {"term", "status", "source_hash"}


def test_a_long_list_takes_several_lines(root: Path) -> None:
    words = tuple(f"uzun bir kelime {number}" for number in range(20))
    set_term(root, concept(root), "ar", Wording("سعال", words))
    lines = (root / "test" / "ar.toml").read_text("utf-8").splitlines()
    assert held(root, "ar")["variants"] == list(words)
    assert len(lines) > 5 and max(map(len, lines)) <= 110


@pytest.mark.parametrize(
    "wording", [Wording(""), Wording("a\nb"), Wording("a", ("",)), Wording("a", (), (Avoid("b", " "),))]
)
def test_wrong_words_are_refused(root: Path, wording: Wording) -> None:
    before = (root / "test" / "tr.toml").read_bytes()
    with pytest.raises(InputError):
        set_term(root, concept(root), "tr", wording)
    assert (root / "test" / "tr.toml").read_bytes() == before


def test_nobody_is_overwritten(root: Path) -> None:
    seen = concept(root)
    assert seen.translation("tr") is not None
    set_term(root, concept(root), "tr", Wording("öksürme"))
    with pytest.raises(ContentError, match="inzwischen geändert"):
        set_term(root, seen, "tr", Wording("öksürük"))
    set_concept(root, concept(root), replace(german(seen), synonyms=("Hüsteln",)))
    with pytest.raises(ContentError, match="inzwischen geändert"):
        set_concept(root, seen, replace(german(seen), synonyms=("Reizhusten",)))


def test_only_term_and_definition_make_terms_stale(root: Path) -> None:
    set_concept(root, concept(root), replace(german(concept(root)), synonyms=("Hüsteln",)))
    assert concept(root).synonyms == ("Hüsteln",) and concept(root).translation("tr") is not None
    set_concept(root, concept(root), replace(german(concept(root)), definition="Ein Reiz."))
    assert concept(root).translation("tr") is None
    assert written(root, concept(root), "tr").term == "öksürük"
    set_term(root, concept(root), "tr", written(root, concept(root), "tr"))
    assert concept(root).translation("tr") is not None
    text = (root / "test" / "concepts.toml").read_text("utf-8")
    assert text.startswith("# Kopf\n") and 'note = "bleibt"' in text
