"""Figures against sentences whose errors are known."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import InputError
from app.core.types import Hypothesis, Samples, Transcript, Utterance
from app.evaluation.cases import Pair, Recording
from app.evaluation.interval import Estimate, ratio, share
from app.evaluation.measure import Result, recognition, translation
from app.evaluation.plain_text import plain_text
from app.evaluation.store import evaluations, measured, save
from app.guard import check_pair


class Hears:
    """Hears what it is told, so that the error is known."""

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)

    def transcribe(self, utterance: Utterance, hotwords: object = ()) -> Transcript:
        return Transcript(utterance.turn, utterance.speaker, utterance.language, self._texts.pop(0))


class Says:
    """Translates by a table; what is not in it is declined."""

    def __init__(self, **texts: str) -> None:
        self._texts = texts

    def translate(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        return (Hypothesis(self._texts[text], -0.1),) if text in self._texts else ()


def silence() -> Samples:
    return np.zeros(16_000, np.float32)


def quiet(_step: str, _share: float) -> None:
    pass


def no_terms(*_pair: str) -> tuple[int, int]:
    return 0, 0


def test_word_errors_are_counted_over_words_and_punctuation_is_not_heard() -> None:
    cases = [Recording("de", text, silence) for text in ("Ja, ich huste.", "Nein.")]
    result = recognition("m", Hears("ja ich huste", "ich"), cases, quiet)
    assert result.figures["word_error_rate"].value == pytest.approx(1 / 4)
    assert result.figures["exact"].value == 0.5
    assert result.cases == 2


def test_a_declined_sentence_counts_as_empty_and_is_not_checked() -> None:
    pairs = [Pair("de", "tr", "eins", "Bir tablet alın."), Pair("de", "tr", "zwei", "İki tablet alın.")]
    result = translation("m", Says(eins="Bir tablet alın."), pairs, check_pair, no_terms, quiet)
    assert result.figures["answered"].value == 0.5 == result.figures["exact"].value
    assert 0 < result.figures["chrf"].value < 100
    assert result.language == "de-tr" and "terms_rendered" not in result.figures


def test_the_guard_sees_what_the_model_changed() -> None:
    pairs = [Pair("de", "tr", "Warten", "x")]
    result = translation("m", Says(Warten="6 dakika."), pairs, check_pair, lambda *_: (2, 1), quiet)
    assert result.figures["guard_green"].value == 0.0
    assert result.figures["terms_rendered"].value == 0.5


@pytest.mark.parametrize(
    ("hits", "low", "high"),
    [([True] * 10, 0.72, 1.0), ([False] * 10, 0.0, 0.28), ([True, False], 0.09, 0.91)],
)
def test_few_sentences_leave_room_for_doubt(hits: list[bool], low: float, high: float) -> None:
    # Wilson's interval for 10 of 10, 0 of 10 and 1 of 2.
    found = share(hits)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.006)


@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0.1, 9)), min_size=1, max_size=20))
def test_an_interval_holds_nothing_no_sentence_shows(rows: list[tuple[float, float]]) -> None:
    parts, wholes = [part for part, _ in rows], [whole for _, whole in rows]
    found, single = ratio(parts, wholes), [part / whole for part, whole in rows]
    assert found == ratio(parts, wholes)
    assert min(single) - 1e-9 <= found.low <= found.high <= max(single) + 1e-9


def test_nothing_to_divide_by_is_no_error() -> None:
    assert ratio([], []) == Estimate(0.0, 0.0, 0.0) == ratio([0.0], [0.0])


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Ja, ich huste.", "ja ich huste"),
        ("كَتَبَ", "كتب"),
        ("Çok — iyi!", "çok iyi"),
        ("п'ять", "п'ять"),
        ("…", ""),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


def test_results_replace_earlier_ones_of_the_same_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRACHPULT_HOME", str(tmp_path))
    for cases in (3, 5):
        save([Result("speak", "m", "tr", cases), Result("speak", "m", "ar", cases)], "Test", "hier")
    assert [(row["language"], row["cases"]) for row in measured("m")] == [("tr", 5), ("ar", 5)]
    assert measured("nie gemessen") == []
    (evaluations() / "m.json").write_text("[{", "utf-8")
    with pytest.raises(InputError, match=r"m\.json"):
        measured("m")
