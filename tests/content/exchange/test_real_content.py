"""The phrasebooks and glossaries that come with the program, there and back."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.content import load_library
from app.content.exchange.concepts import concept_stock
from app.content.exchange.phrases import phrase_stock
from app.content.exchange.transfer import MakeStock, apply, export, prepare
from app.content.glossaries import load_glossary
from app.core.paths import phrasebook_root

GLOSSARY = Path(__file__).parents[2] / "data" / "glossary"
"""Terms with variants and words to avoid, in several languages."""


def held(root: Path, language: str) -> dict[str, Any]:
    return {
        path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in root.glob(f"*/{language}.toml")
    }


def there_and_back(root: Path, make: MakeStock, kind: str, language: str, name: str) -> None:
    """Export, remove the language, import: the same content."""
    before = held(root, language)
    path = root.parent / "satz"
    export(make(language), name, path)
    for file in root.glob(f"*/{language}.toml"):
        file.unlink()
    plan = prepare(path, make, kind, language=language)
    assert plan.counts["new"] == sum(map(len, before.values())) and not plan.counts["refused"]
    apply(plan)
    assert held(root, language) == before


@pytest.mark.parametrize(
    ("language", "name"),
    [("ar", "xliff2"), ("pl", "xliff1"), ("pt", "tmx"), ("fa", "csv"), ("uk", "xlsx"), ("tr", "xliff2")],
)
def test_phrases(tmp_path: Path, language: str, name: str) -> None:
    root = tmp_path / "books"
    for topic in ("tb", "antworten", "empfang", "notfall"):
        shutil.copytree(phrasebook_root() / topic, root / topic)
    there_and_back(root, lambda code: phrase_stock(load_library(root), code), "phrases", language, name)


@pytest.mark.parametrize("language", ["ar", "tr", "uk"])
@pytest.mark.parametrize("name", ["tbx", "tbx-dct", "tbx-2008", "xliff2", "xliff1", "tmx", "csv", "xlsx"])
def test_terms(tmp_path: Path, language: str, name: str) -> None:
    root = shutil.copytree(GLOSSARY, tmp_path / "glossary")
    there_and_back(root, lambda code: concept_stock(load_glossary(root), code), "glossary", language, name)
