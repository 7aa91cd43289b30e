"""Numbers are read the same whatever script, word order or inflection carries them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from app.guard.facts import extract
from app.guard.rules import rules

SPOKEN = ("de", "tr", "ar", "uk", "ru", "fa", "ro", "pl", "en", "fr")
"""Languages num2words can spell; Bulgarian is not among them."""


def numbers(text: str, language: str) -> list[str]:
    return [fact.concept for fact in extract(text, rules(language)).of("number") if fact.certain]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_cardinal_to_a_hundred_is_read(language: str) -> None:
    for number in range(2, 101):
        spelled = num2words(number, lang=language)
        found = [fact.concept for fact in extract(f"xx {spelled} yy", rules(language)).of("number")]
        assert found == [str(number)], spelled


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "zweiundzwanzigmal", ["22"]),
        ("de", "am dritten Tag", ["3"]),
        ("de", "anderthalb Liter", ["1.5"]),
        ("de", "zweieinhalb Stunden", ["2.5"]),
        ("de", "2½ Tabletten", ["2.5"]),
        ("de", "eine halbe Tablette", ["0.5"]),
        ("de", "um halb elf", ["10.5"]),
        ("de", "2,5 mg", ["2.5"]),
        ("de", "8–12 Stunden", ["8", "12"]),
        ("de", "8 bis 12 Stunden", ["8", "12"]),
        ("de", "1.234.567", ["1234567"]),
        ("de", "zweitausendfünfhundert", ["2500"]),
        ("de", "120/80", ["120", "80"]),
        ("de", "3/4", ["0.75"]),
        ("de", "um 10:30 Uhr", ["10", "30"]),
        ("de", "um 10.00 Uhr", ["10"]),
        ("de", "hundertsechzig zu neunzig", ["160", "90"]),
        ("de", "zwei Drittel", ["0.67"]),
        ("de", "anderthalb und eine halbe", ["1.5", "0.5"]),
        ("de", "um Viertel nach neun", ["9", "15"]),
        ("de", "um zehn vor sieben", ["6", "50"]),
        ("ru", "в четверть десятого", ["9", "15"]),
        ("tr", "yüzde seksenini", ["80"]),
        ("tr", "üçte ikisi", ["0.67"]),
        ("en", "every other day", ["2"]),
        ("en", "five to ten drops", ["5", "10"]),
        ("en", "1,234.5 mg", ["1234.5"]),
        ("en", "half past two", ["2.5"]),
        ("en", "two tablets and a half", ["2.5"]),
        ("en", "twice", ["2"]),
        ("ar", "أسبوعين", ["2"]),
        ("ar", "خمسة وعشرون يوما", ["25"]),
        ("ar", "٥٫٥ ملغ", ["5.5"]),
        ("ar", "قرصا ونصف", ["1.5"]),
        ("ar", "مرتين", ["2"]),
        ("ar", "١٢ ساعة", ["12"]),
        ("fa", "۲۵ روز", ["25"]),
        ("fa", "یک و نیم قرص", ["1.5"]),
        ("tr", "yüz elli", ["150"]),
        ("tr", "iki buçuk", ["2.5"]),
        ("tr", "yirmi ikinci", ["22"]),
        ("tr", "saat 9.30'da", ["9", "30"]),
        ("ru", "двадцати двум", ["22"]),
        ("ru", "полутора", ["1.5"]),
        ("ru", "в половине третьего", ["2.5"]),
        ("uk", "п'ятьом", []),
        ("uk", "п’яти", ["5"]),
        ("uk", "пів на одинадцяту", ["10.5"]),
        ("ro", "două tablete și jumătate", ["2.5"]),
        ("ro", "douazeci si doi", ["22"]),
        ("ro", "o mie cinci sute", ["1500"]),
        ("pl", "półtorej tabletki", ["1.5"]),
        ("pl", "wpół do trzeciej", ["2.5"]),
        ("bg", "двадесет и пет", ["25"]),
        ("bg", "една и половина", ["1.5"]),
        ("fr", "quatre-vingt-dix-neuf", ["99"]),
        ("fr", "soixante et onze", ["71"]),
        ("fr", "un comprimé et demi", ["1.5"]),
        ("hi", "२५ दिन", ["25"]),
    ],
)
def test_readings(language: str, text: str, expected: list[str]) -> None:
    assert numbers(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "day", "month"),
    [
        ("am 3.5. um acht", "de", "3", "5"),
        ("am 03.05.2024", "de", "3", "5"),
        ("3. Mai", "de", "3", "5"),
        ("3 Mayıs", "tr", "3", "5"),
        ("3 أيار", "ar", "3", "5"),
        ("3 травня", "uk", "3", "5"),
        ("2024-05-03".replace("-", "."), "de", "3", "5"),
        ("3 mai", "ro", "3", "5"),
    ],
)
def test_days_and_months(text: str, language: str, day: str, month: str) -> None:
    facts = extract(text, rules(language))
    assert day in {fact.concept for fact in facts.of("number")}
    assert {fact.concept for fact in facts.of("month")} == {month}


def test_a_thousand_with_one_separator_is_ambiguous() -> None:
    facts = extract("1.000 IE", rules("de"))
    assert facts.of("number")[0].values == ("1000", "1")
    assert len(facts.of("ambiguous")) == 1


def test_decimal_with_leading_zero_is_not_ambiguous() -> None:
    assert not extract("0,125 mg", rules("de")).of("ambiguous")


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 999_999), st.sampled_from("٠۰०"))
def test_digits_of_other_scripts_are_the_same_number(number: int, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert numbers(written, "ar") == [str(number)]


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 100), st.sampled_from(SPOKEN))
def test_a_word_is_certain_unless_it_has_another_meaning(number: int, language: str) -> None:
    homonym = (language, number) in {("tr", 100), ("fa", 9)}
    assert homonym or numbers(num2words(number, lang=language) + " xx", language) == [str(number)]
