import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentences import fit, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Haben Sie Husten? Seit wann?", ["Haben Sie Husten?", "Seit wann?"]),
        ("Ja. Seit vier Wochen.", ["Ja.", "Seit vier Wochen."]),
        ("Kommen Sie am 3. Mai um 8.30 Uhr.", ["Kommen Sie am 3. Mai um 8.30 Uhr."]),
        ("Nehmen Sie z. B. Tee. Kein Eis.", ["Nehmen Sie z. B. Tee.", "Kein Eis."]),
        ("Dr. Weber kommt.", ["Dr. Weber kommt."]),
        ("„Gut.“ Danke!", ["„Gut.“", "Danke!"]),
        ("هل لديك سعال؟ نعم.", ["هل لديك سعال؟", "نعم."]),
        ("Да. Кашляю с 12.03.2027 г. и устал.", ["Да.", "Кашляю с 12.03.2027 г. и устал."]),
        ("你咳嗽吗？三周。", ["你咳嗽吗？", "三周。"]),
        ("erste Zeile\nzweite Zeile", ["erste Zeile", "zweite Zeile"]),
        ("Es sind 120. Gut.", ["Es sind 120.", "Gut."]),
        ("   ", []),
        ("🤒🤧", ["🤒🤧"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(st.sampled_from("aB ü.?!،؟。\n9 ")))
def test_no_word_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text(st.sampled_from("abc,. ")), st.integers(1, 10))
def test_pieces_fit_and_nothing_is_lost(text: str, most: int) -> None:
    pieces = fit(text, lambda piece: len(piece) <= most)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert len(text) < 2 or all(len(piece) <= most for piece in pieces)
