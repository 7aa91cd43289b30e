"""What a translator does when it is led: many hypotheses, given beginnings, ratings around a part."""

from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
import sentencepiece

from app.core.paths import data_root
from app.core.protocols import GuidedTranslator, Spliced
from app.engines.catalog import TranslateRow
from app.engines.pivot import PivotTranslator
from app.engines.registry import EngineRegistry
from app.engines.translate import CANDIDATES, CTranslator
from tests.engines.tiny_models import tiny_translator

TEXT = "Haben Sie Husten?"
M2M: dict[str, Any] = {"source_prefix": ("__{source}__",), "target_prefix": ("__{target}__",)}
OPUS: dict[str, Any] = {"source_prefix": (">>{target}<<",), "codes": {"tr": "tur", "ro": "ron"}}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny_translator(folder / "tiny")
    return folder


@pytest.fixture(scope="module")
def demo() -> EngineRegistry:
    return EngineRegistry([data_root() / "models"])


def _row(root: Path, **fields: Any) -> TranslateRow:
    base: dict[str, Any] = {
        "sources": ("de", "en"), "targets": ("tr", "ro", "en"), "compute_type": "float32", "rank": 1,
        "licence": "none", "runtime": "ctranslate2",
    }  # fmt: skip
    return TranslateRow(name="tiny", folder="tiny", root=root, **(base | fields))


@pytest.mark.parametrize("fields", [OPUS, M2M], ids=["opus", "m2m"])
def test_candidates_are_many_and_ordered(root: Path, fields: dict[str, Any]) -> None:
    model = CTranslator(_row(root, **fields))
    found = model.candidates(TEXT, "de", "tr")
    assert 1 < len(found) <= CANDIDATES
    assert [h.score for h in found] == sorted((h.score for h in found), reverse=True)


def test_a_model_run_without_a_beam_has_no_candidates(root: Path, demo: EngineRegistry) -> None:
    assert CTranslator(_row(root, beam=1)).candidates(TEXT, "de", "tr") == ()
    translator = demo.translator("de", "tr")
    assert isinstance(translator, GuidedTranslator)
    assert translator.candidates("Haben Sie Fieber?", "de", "tr") == ()


@pytest.mark.parametrize("text", [f"{TEXT} Seit wann?", "Husten und Fieber " * 60])
def test_what_would_be_cut_in_pieces_is_not_led(root: Path, text: str) -> None:
    model = CTranslator(_row(root, max_input_tokens=60))
    assert model.candidates(text, "de", "tr") == ()
    assert model.continued(text, "de", "tr", ["a"]) == ()
    assert model.rated(text, "de", "tr", [Spliced("a", "b", "c")]) == ()


def test_a_translation_goes_on_from_its_beginning(demo: EngineRegistry) -> None:
    translator = demo.translator("de", "ro")
    assert isinstance(translator, GuidedTranslator)
    beginnings = ["Aveți sânge în", "Aveți sânge în spută"]
    found = translator.continued("Ist Blut in Ihrem Auswurf?", "de", "ro", beginnings)
    assert found == ("Aveți sânge în flegmă?", "Aveți sânge în spută?")
    assert translator.continued("Ist Blut in Ihrem Auswurf?", "de", "ro", []) == ()


@pytest.mark.parametrize("fields", [OPUS, M2M], ids=["opus", "m2m"])
def test_the_part_itself_costs_nothing(root: Path, fields: dict[str, Any]) -> None:
    row = _row(root, **fields)
    piece = Spliced("Haben Sie ", "Husten", " heute?")
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(root / "tiny" / "source.spm"))
    before, forced = ([">>tur<<"], []) if fields is OPUS else (["__de__"], ["__tr__"])
    left, middle = len(pieces.encode("Haben Sie")), len(pieces.encode("Haben Sie Husten"))
    model = ctranslate2.Translator(str(row.path), compute_type="float32")
    (scored,) = model.score_batch(
        [before + pieces.encode(TEXT, out_type=str)], [forced + pieces.encode(piece.text, out_type=str)]
    )
    logs = np.array(scored.log_probs[len(forced) :])
    expected = np.concatenate([logs[:left], logs[middle:]]).mean()
    (found,) = CTranslator(row).rated(TEXT, "de", "tr", [piece])
    assert found == pytest.approx(expected, abs=1e-4)


def test_a_likely_word_rates_the_rest_higher_than_a_misplaced_one(demo: EngineRegistry) -> None:
    translator = demo.translator("de", "tr")
    assert isinstance(translator, GuidedTranslator)
    right, misplaced = translator.rated(
        "Hatten Sie schon einmal Tuberkulose?",
        "de",
        "tr",
        [
            Spliced("Daha önce ", "tüberküloz", " geçirdiniz mi?"),
            Spliced("", "Tüberküloz", " önce geçirdiniz mi?"),
        ],
    )
    assert right > -0.1 > misplaced


def test_a_pivot_is_led_in_its_second_half(root: Path) -> None:
    first, second = CTranslator(_row(root)), CTranslator(_row(root))
    between = first.translate(TEXT, "de", "en")[0]
    pivot = PivotTranslator(first, second, "en")
    piece = Spliced("a ", "b", " c")
    assert [h.text for h in pivot.candidates(TEXT, "de", "tr")] == [
        h.text for h in second.candidates(between.text, "en", "tr")
    ]
    assert pivot.continued(TEXT, "de", "tr", ["Hab"]) == second.continued(between.text, "en", "tr", ["Hab"])
    assert pivot.rated(TEXT, "de", "tr", [piece]) == second.rated(between.text, "en", "tr", [piece])
