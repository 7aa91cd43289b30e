import pytest

from app.engines.diacritise import diacritise
from app.engines.speakable import speakable


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("de", "Am 3. Mai um 8.30 Uhr. 5 mg!", ["Am dritten Mai um acht Uhr dreißig.", "fünf Milligramm!"]),
        ("bg", "5 мг.", ["5 милиграма."]),
        ("de", "🤒 … \0", []),
        ("tr", "3 hafta. 👍", ["üç hafta."]),
    ],
)
def test_speakable(code: str, text: str, expected: list[str]) -> None:
    assert list(speakable(text, code)) == expected


def test_arabic_comes_with_vowels() -> None:
    assert list(speakable("نعم، منذ ٣ أسابيع.", "ar")) == [diacritise("نعم، منذ ثلاثة أسابيع.")]


def test_a_text_without_end_is_cut() -> None:
    assert [len(piece) for piece in speakable("ab, " * 500, "de")] == [pytest.approx(250, abs=5)] * 8
