"""Values said as digits and as words."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from app.content.numbers import read_number
from app.content.tokens import tokenise
from app.content.types import SlotKind
from app.content.values import find_values, parse_value

NUMBER, QUANTITY, TIME, DATE = SlotKind.NUMBER, SlotKind.QUANTITY, SlotKind.TIME, SlotKind.DATE

VALUES = [
    ("de", NUMBER, "dreimal", "3"),
    ("de", NUMBER, "zweihundertfünfzig", "250"),
    ("de", NUMBER, "1,5", "1.5"),
    ("de", NUMBER, "1.000", None),
    ("de", NUMBER, "viele", None),
    ("de", NUMBER, "eins Komma fünf", "1.5"),
    ("tr", NUMBER, "yirmi beş", "25"),
    ("ar", NUMBER, "خمسة وعشرون", "25"),
    ("ar", NUMBER, "٢٥", "25"),
    ("fa", NUMBER, "۲۵", "25"),
    ("hi", NUMBER, "२५", "25"),
    ("uk", NUMBER, "двадцять п’ять", "25"),
    ("ru", NUMBER, "тридцать три", "33"),
    ("ro", NUMBER, "douăzeci și cinci", "25"),
    ("pl", NUMBER, "pięć", "5"),
    ("de", QUANTITY, "eins Komma fünf Milliliter", "1.5 ml"),
    ("de", QUANTITY, "38,5 °C", "38.5 °C"),
    ("de", QUANTITY, "38 Grad Celsius", "38 °C"),
    ("de", QUANTITY, "25 Euro", "25 EUR"),
    ("uk", QUANTITY, "30 г", "30 g"),
    ("ar", QUANTITY, "38.5°م", "38.5 °C"),
    ("de", QUANTITY, "drei", None),
    ("de", TIME, "halb neun", "08:30"),
    ("de", TIME, "um Viertel nach acht", "08:15"),
    ("de", TIME, "acht Uhr dreißig", "08:30"),
    ("de", TIME, "14.30 Uhr", "14:30"),
    ("de", TIME, "zehn vor acht", "07:50"),
    ("de", TIME, "fünf nach halb neun", "08:35"),
    ("de", TIME, "dreiviertel neun", "08:45"),
    ("de", TIME, "acht Uhr abends", "20:00"),
    ("de", TIME, "25 Uhr", None),
    ("tr", TIME, "saat sekiz buçuk", "08:30"),
    ("ro", TIME, "ora 8 și jumătate", "08:30"),
    ("ar", TIME, "الساعة الثامنة والنصف", "08:30"),
    ("uk", TIME, "о восьмій годині", "08:00"),
    ("de", DATE, "am dritten März", "--03-03"),
    ("de", DATE, "3.3.2026", "2026-03-03"),
    ("de", DATE, "am 3.3.", "--03-03"),
    ("de", DATE, "dritter dritter zweitausendsechsundzwanzig", "2026-03-03"),
    ("de", DATE, "übermorgen", None),
    ("de", DATE, "31. Februar", None),
    ("de", DATE, "einundzwanzigsten Mai", "--05-21"),
    ("de", DATE, "2026-03-16", "2026-03-16"),
    ("uk", DATE, "3 березня", "--03-03"),
    ("en", DATE, "January 5, 2026", "2026-01-05"),
    ("en", DATE, "5th of January", "--01-05"),
    ("es", DATE, "5 de enero de 2026", "2026-01-05"),
    ("en", QUANTITY, "39 degrees", "39 °C"),
    ("ro", QUANTITY, "39 de grade", "39 °C"),
    ("pl", QUANTITY, "38,2 st. C", "38.2 °C"),
    ("tr", DATE, "3 Mart 2026", "2026-03-03"),
    ("ar", DATE, "٣ مارس", "--03-03"),
]


@pytest.mark.parametrize(("language", "kind", "text", "value"), VALUES)
def test_value(language: str, kind: SlotKind, text: str, value: str | None) -> None:
    assert parse_value(kind, text, language) == value


@pytest.mark.parametrize("language", ["de", "tr", "ar", "uk", "ro", "ru"])
def test_every_number_word_to_a_hundred(language: str) -> None:
    for number in range(101):
        tokens = tokenise(num2words(number, lang=language), language)
        assert read_number(tokens, 0, language) == (Decimal(number), len(tokens))


@settings(deadline=None)
@given(st.integers(0, 2100))
def test_german_numbers_up_to_years(number: int) -> None:
    tokens = tokenise(num2words(number, lang="de").replace(" ", ""), "de")
    assert read_number(tokens, 0, "de") == (Decimal(number), len(tokens))


@settings(deadline=None)
@given(st.integers(0, 23), st.integers(0, 59))
def test_every_clock_time_as_digits(hour: int, minute: int) -> None:
    text = f"{hour:02d}:{minute:02d}"
    assert {parse_value(TIME, text, language) for language in ("de", "tr", "ar", "uk")} == {text}


def test_values_of_a_sentence() -> None:
    tokens = tokenise("Kommen Sie am 3. März um 8:30 wieder, zweimal täglich eine Tablette.", "de")
    found = [(value.kind, value.value, value.article) for value in find_values(tokens, "de")]
    assert found == [
        (DATE, "--03-03", False),
        (TIME, "08:30", False),
        (NUMBER, "2", False),
        (NUMBER, "1", True),
    ]
