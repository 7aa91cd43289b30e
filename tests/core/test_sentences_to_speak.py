"""Sentences for the voice: order and words are kept, ordinals do not end one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sentences import sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("Ja", ["Ja"]),
        ("Bir. İki!  Üç?", ["Bir.", "İki!", "Üç?"]),
        ("Am 3. Mai um 8.30 Uhr. Danke.", ["Am 3. Mai um 8.30 Uhr.", "Danke."]),
        ("Obst, z. B. Äpfel. Gut.", ["Obst, z. B. Äpfel.", "Gut."]),
        ("هل تسعل؟ نعم.", ["هل تسعل؟", "نعم."]),
        ("کیا آپ کھانستے ہیں؟ جی ہاں۔ شکریہ", ["کیا آپ کھانستے ہیں؟", "جی ہاں۔", "شکریہ"]),
        ("„Kommen Sie.“ Danke.", ["„Kommen Sie.“", "Danke."]),
    ],
)
def test_parts(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet="ab3 .?!؟۔\n“", max_size=60))
def test_no_word_is_lost(text: str) -> None:
    assert "".join(" ".join(sentences(text)).split()) == "".join(text.split())
