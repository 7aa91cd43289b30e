"""CTranslate2 with random weights: tokens, scores, length, pivots."""

from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
import sentencepiece

from app.core.errors import EngineError
from app.core.types import Hypothesis
from app.engines.catalog import TranslateRow
from app.engines.pivot import PivotTranslator
from app.engines.translate import MOST_CHARACTERS, CTranslator
from tests.engines.tiny_models import tiny_translator

TEXT = "Haben Sie Husten?"
PLAIN: dict[str, Any] = {}
OPUS: dict[str, Any] = {"source_prefix": (">>{target}<<",), "codes": {"tr": "tur", "ro": "ron"}}
M2M: dict[str, Any] = {"source_prefix": ("__{source}__",), "target_prefix": ("__{target}__",)}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    tiny_translator(folder / "tiny")
    tiny_translator(folder / "other", seed=2)
    return folder


def _row(root: Path, folder: str = "tiny", **fields: Any) -> TranslateRow:
    base: dict[str, Any] = {
        "sources": ("de", "en"), "targets": ("tr", "ro", "en"), "compute_type": "float32", "rank": 1,
        "licence": "none", "runtime": "ctranslate2",
    }  # fmt: skip
    return TranslateRow(name=folder, folder=folder, root=root, **(base | fields))


def _reference(row: TranslateRow, before: list[str], forced: list[str]) -> list[Hypothesis]:
    """The hypotheses as the library gives them for these tokens; after forced ones scored token by token.

    Without forced tokens its own mean is right (and token by token it is not: an empty sentence is excluded).
    """
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(row.path / "source.spm"))
    model = ctranslate2.Translator(str(row.path), compute_type="float32")
    source = before + pieces.encode(TEXT, out_type=str)
    (result,) = model.translate_batch(
        [source],
        target_prefix=[forced] if forced else None,
        beam_size=row.beam,
        num_hypotheses=3,
        return_scores=True,
    )
    scored = model.score_batch([source] * 3, result.hypotheses)
    means = [float(np.mean(one.log_probs[len(forced) :])) for one in scored] if forced else result.scores
    texts = [pieces.decode(tokens[len(forced) :]) for tokens in result.hypotheses]
    return sorted(map(Hypothesis, texts, means), key=lambda found: -found.score)


@pytest.mark.parametrize(
    ("fields", "target", "before", "forced"),
    [
        (PLAIN, "tr", [], []),
        (OPUS, "tr", [">>tur<<"], []),
        (OPUS, "ro", [">>ron<<"], []),
        (M2M, "tr", ["__de__"], ["__tr__"]),
    ],
    ids=["pair", "opus-tr", "opus-ro", "m2m"],
)
def test_language_tokens_and_scores(
    root: Path, fields: dict[str, Any], target: str, before: list[str], forced: list[str]
) -> None:
    row = _row(root, **fields)
    # Below the public door, which hands on nothing that came out without words.
    (found,) = CTranslator(row)._run([TEXT], "de", target)
    expected = _reference(row, before, forced)
    assert [hypothesis.text for hypothesis in found] == [hypothesis.text for hypothesis in expected]
    assert [h.score for h in found] == pytest.approx([h.score for h in expected], abs=1e-3)
    assert found[0].score < 0


def test_the_language_token_matters(root: Path) -> None:
    model = CTranslator(_row(root, **OPUS))
    assert model.translate(TEXT, "de", "tr")[0] != model.translate(TEXT, "de", "ro")[0]


@pytest.mark.parametrize(
    ("thresholds", "understood"),
    [
        ({}, True),
        ({"tr": -0.001}, False),
        ({"tr": -50.0}, True),
        ({"all": -0.001}, False),
        ({"ro": -0.001}, True),
    ],
)
def test_what_scores_below_the_measured_threshold_is_not_understood(
    root: Path, thresholds: dict[str, float], understood: bool
) -> None:
    model = CTranslator(_row(root, known_threshold=thresholds))
    onward = CTranslator(_row(root, "other", sources=("tr",)))
    assert bool(model.translate(f"{TEXT} 🤒", "de", "tr")) is understood
    assert bool(PivotTranslator(model, onward, "tr").translate(TEXT, "de", "en")) is understood


def test_sentences_are_translated_one_by_one(root: Path) -> None:
    model = CTranslator(_row(root))
    first, second = (model.translate(text, "de", "tr") for text in (TEXT, "Seit wann?"))
    both = model.translate(f"{TEXT} Seit wann?", "de", "tr")
    assert both[0].text == f"{first[0].text} {second[0].text}"
    assert min(first[0].score, second[0].score) <= both[0].score <= max(first[0].score, second[0].score)


@pytest.mark.parametrize("text", ["🤒🤧👍", "12.03.2027", "…", "٣ – ۵"])
def test_what_holds_no_letter_is_handed_through(root: Path, text: str) -> None:
    assert CTranslator(_row(root)).translate(text, "de", "tr") == (Hypothesis(text, 0.0),)


@pytest.mark.parametrize(
    "text",
    [
        "Husten 🤒 سعال кашель öksürük 咳嗽", "a" * 10_000, "Husten und Fieber " * 555, "Ja. " * 500,
        "\0Ja\0", "\u202eJa",
    ],
    ids=["scripts", "one-word", "no-stop", "many", "nul", "override"],
)  # fmt: skip
def test_odd_and_long_texts_are_translated(root: Path, text: str) -> None:
    assert CTranslator(_row(root, max_input_tokens=60)).translate(text, "de", "tr")[0].score <= 0


@pytest.mark.parametrize(("text", "words"), [("  ", "Kein Text"), ("a" * (MOST_CHARACTERS + 1), "höchstens")])
def test_no_text_and_too_much_are_refused(root: Path, text: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        CTranslator(_row(root)).translate(text, "de", "tr")


def test_a_pair_that_the_model_does_not_serve_is_refused(root: Path) -> None:
    with pytest.raises(EngineError, match="nicht von tr nach de"):
        CTranslator(_row(root)).translate(TEXT, "tr", "de")


def test_a_pivot_is_never_surer_than_its_halves(root: Path) -> None:
    first, second = CTranslator(_row(root)), CTranslator(_row(root, "other"))
    between = first.translate(TEXT, "de", "en")[0]
    expected = second.translate(between.text, "en", "tr")
    found = PivotTranslator(first, second, "en").translate(TEXT, "de", "tr")
    assert [h.text for h in found] == [h.text for h in expected]
    assert [h.score for h in found] == pytest.approx([h.score + between.score for h in expected])


@pytest.mark.parametrize("missing", ["model.bin", "config.json", "source.spm", "target.spm"])
def test_a_half_copied_folder_is_named(tmp_path: Path, missing: str) -> None:
    tiny_translator(tmp_path / "tiny")
    (tmp_path / "tiny" / missing).unlink()
    with pytest.raises(EngineError, match=f"unvollständig.*{missing}"):
        CTranslator(_row(tmp_path))


@pytest.mark.parametrize("cut", ["model.bin", "source.spm", "shared_vocabulary.json"])
def test_a_file_cut_short_is_named(tmp_path: Path, cut: str) -> None:
    file = tiny_translator(tmp_path / "tiny") / cut
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 + 3])
    with pytest.raises(EngineError, match=r"„tiny“ in .* lässt sich nicht laden.*sprachpult models pull"):
        CTranslator(_row(tmp_path))
