"""Every format carries every text and everything beside it, unchanged."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.content.exchange.formats import FORMATS, write_file
from app.content.exchange.unit import Claim, Header, Unit
from app.core.errors import InputError
from tests.content.exchange.helpers import carried

SENTENCE_FORMATS = ("xliff2", "xliff1", "tmx", "csv", "xlsx")
TERM_FORMATS = ("tbx", "tbx-dct", "tbx-2008")

# Any character XML can hold: right-to-left marks and isolates, astral and combining ones among them.
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff{}")
MARKS = "\u200f\u2068\u2069\u202e\u200c\ufeff\U0001f637&<\"'=@-+;,\t "
AWKWARD = st.sampled_from(
    [*MARKS, "e\u0301", "]]>", "=1+1", "_x000D_", "&amp;", "{minuten:number}", "{tag:date}"]
)
PIECES = st.lists(st.one_of(AWKWARD, st.text(CHARACTERS, max_size=8)), max_size=8)
TEXTS = PIECES.map("".join)
FILLED = PIECES.map("".join).filter(lambda text: bool(text.strip()))
CLAIMS = st.sampled_from([claim for claim in Claim if claim is not Claim.OPEN])


def unit_with(source: str, target: str, comment: str, note: str, claim: Claim) -> Unit:
    meta = {"status": claim.value, "reviewer": "Dr. Beispiel", "date": "2026-03-01", "kind": "question"}
    meta |= {"source_hash": "00123456", "fingerprint": "1e345678", "forms": "one other"}
    if note.strip():
        meta["note"] = note
    return Unit("tb/husten-wochen", "other", source, target, claim, comment if comment.strip() else "", meta)


@pytest.mark.parametrize("name", SENTENCE_FORMATS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=FILLED, target=FILLED, comment=TEXTS, note=TEXTS, claim=CLAIMS)
@example("=1+1", "'=1+1", "'", "@SUM(A1)", Claim.DRAFT)
@example("a\rb", "a\r\nb\nc", "x\ny", "z\tz", Claim.APPROVED)
@example(" x", "x ", "'-", "''+", Claim.CHECKED)
def test_a_unit_comes_back_as_it_went(
    tmp_path: Path, name: str, source: str, target: str, comment: str, note: str, claim: Claim
) -> None:
    sent = unit_with(source, target, comment, note, claim)
    (back,) = carried(tmp_path, name, [sent])
    assert back.line is not None
    assert replace(back, line=None) == sent


@pytest.mark.parametrize("name", SENTENCE_FORMATS)
def test_untranslated_and_unnamed_forms_come_back(tmp_path: Path, name: str) -> None:
    open_ = Unit("tb/a", "few", "Satz", meta={"source_hash": "0a0a0a0a", "status": "open"})
    (back,) = carried(tmp_path, name, [open_])
    assert (back.id, back.form, back.source, back.target, back.claim) == (
        "tb/a",
        "few",
        "Satz",
        "",
        Claim.OPEN,
    )


@pytest.mark.parametrize("name", [*TERM_FORMATS, *SENTENCE_FORMATS])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=FILLED, words=st.lists(FILLED, min_size=3, max_size=3), comment=TEXTS, reason=FILLED)
def test_a_concept_comes_back_as_it_went(
    tmp_path: Path, name: str, source: str, words: list[str], comment: str, reason: str
) -> None:
    meta = {"status": "draft", "definition": "Eine <Krankheit> & mehr.", "source_hash": "0a0a0a0a"}
    forms = ("term", "variant.1", "avoid.1")
    sent = [
        Unit("infektionen/tb", form, source, word, Claim.DRAFT, "", meta)
        for form, word in zip(forms, words, strict=True)
    ]
    sent[0] = replace(sent[0], comment=comment if comment.strip() else "")
    sent[2] = replace(sent[2], meta=meta | {"reason": reason})
    back = [replace(unit, line=None) for unit in carried(tmp_path, name, sent, "glossary")]
    if name in TERM_FORMATS:
        # TBX names no forms: they follow from the order and the status of the terms.
        assert [(u.form, u.target, u.comment, u.meta.get("reason")) for u in back] == [
            (u.form, u.target, u.comment, u.meta.get("reason")) for u in sent
        ]
        assert {(u.id, u.source, u.claim) for u in back} == {("infektionen/tb", source, Claim.DRAFT)}
    else:
        assert back == sent


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("bad", ["\x07", "\x00", "\ufffe", "\ud800"])
def test_control_characters_are_refused_before_anything_is_written(
    tmp_path: Path, name: str, bad: str
) -> None:
    path = tmp_path / "x"
    unit = Unit("tb/husten", "other", "Satz", f"a{bad}b", Claim.DRAFT)
    with pytest.raises(InputError, match=r"tb/husten#other: das Steuerzeichen U\+"):
        write_file(FORMATS[name], path, Header("glossary", "tr"), [unit])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", SENTENCE_FORMATS)
def test_an_unwritable_place_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="nicht geschrieben"):
        write_file(FORMATS[name], tmp_path / "fehlt" / "x", Header("phrases", "tr"), [])
