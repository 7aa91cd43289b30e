"""Any text gives a verdict; nothing is raised for it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.languages import languages
from app.core.types import Level, Origin, Speaker, Transcript, Translation, Turn, Verdict
from app.guard import check, check_pair, check_transcript

codes = st.sampled_from([*languages(), "xx", ""])
pieces = st.sampled_from([
    "nicht", "3", "½", "1.000", "٣", "و", "halb", "elf", "12:30", "3.5.", "не", "\u202e", "\u200c", "ä\u0308",
    "müssen", "değil", "قبل", "sol", "/", "-", "'", ".", " ", "\x00", "\ud800", "一", "²", "①", "e\u0301" * 9,
    "10" * 40, "µg",
])
lists = st.lists(pieces, max_size=14)
texts = st.one_of(st.text(max_size=60), lists.map(" ".join), lists.map("".join))


@settings(max_examples=300, deadline=None)
@given(texts, texts, codes, codes)
def test_any_pair_gives_a_verdict(source: str, target: str, own: str, other: str) -> None:
    verdict = check_pair(source, target, own, other)
    assert isinstance(verdict, Verdict)
    for finding in verdict.findings:
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


@settings(max_examples=100, deadline=None)
@given(texts, texts, codes, st.dictionaries(st.text(max_size=5), texts, max_size=2), st.sampled_from(Origin))
def test_any_translation_gives_a_verdict(
    source: str, text: str, language: str, slots: dict[str, str], origin: Origin
) -> None:
    others = (text, source)
    translation = Translation(source, text, "de", language, origin, slots=slots, alternatives=others)
    assert isinstance(check(translation), Verdict)


@settings(max_examples=100, deadline=None)
@given(texts, codes, st.floats(0, 1), st.floats(0, 1))
def test_any_transcript_gives_a_verdict(text: str, language: str, sure: float, silent: float) -> None:
    heard = Transcript(Turn(1), Speaker.PATIENT, language, text, sure, no_speech=silent)
    assert isinstance(check_transcript(heard), Verdict)


def test_half_past_thirty_is_no_time() -> None:
    assert check_pair("30 Tropfen", "30,5 damla", "de", "tr").level is Level.RED


@pytest.mark.parametrize("unit", ["a", "9", "9,", "nicht ", "\u0301", "ü", "٣", "1/", "(", "\n", "ein halb "])
def test_long_texts_are_judged_in_time(unit: str) -> None:
    text = (unit * 5000)[:5000]
    assert isinstance(check_pair(text, text, "de", "tr"), Verdict)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 9999), st.integers(2, 9999))
def test_another_number_is_never_green(right: int, wrong: int) -> None:
    level = check_pair(f"Nehmen Sie {right} Tropfen.", f"{wrong} damla alın.", "de", "tr").level
    assert level is (Level.GREEN if right == wrong else Level.RED)
