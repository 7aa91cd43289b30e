"""What a voice is given to read."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.languages import languages
from app.engines.number_words import SPELLED, decimal, whole
from app.engines.spoken import spoken

_LANGUAGES = sorted(SPELLED)
_LANGUAGE = st.sampled_from(_LANGUAGES)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("de", "am 12.03.2027 um 14:30 Uhr",
         "am zwölften März zweitausendsiebenundzwanzig um vierzehn Uhr dreißig"),
        ("de", "Termin: 2027-03-12, 8.05 Uhr",
         "Termin: zwölfter März zweitausendsiebenundzwanzig, acht Uhr fünf"),
        ("de", "um 1 Uhr", "um ein Uhr"),
        ("de", "die 2. Tablette am 3. Mai", "die zweite Tablette am dritten Mai"),
        ("de", "0,05 ml bei -5 °C", "null Komma null fünf Milliliter bei minus fünf Grad Celsius"),
        ("de", "1 mg oder 1.500 mg", "ein Milligramm oder eintausendfünfhundert Milligramm"),
        ("de", "Rufen Sie 112 oder 030 123-45 an",
         "Rufen Sie eins eins zwei oder null drei null eins zwei drei vier fünf an"),
        ("de", "116117, COVID-19, B12, 2x",
         "eins eins sechs eins eins sieben, COVID-neunzehn, B zwölf, zwei x"),
        ("de", "am 99.99.2027", "am neun neun.neun neun.zwei null zwei sieben"),
        ("de", "2-3 Wochen, 120/80", "zwei-drei Wochen, einhundertzwanzig/achtzig"),
        ("tr", "12.03.2027, saat 14:05", "on iki Mart iki bin yirmi yedi, saat on dört sıfır beş"),
        ("tr", "0,05 ml, 2. gün, saat 3'te", "sıfır virgül sıfır beş mililitre, ikinci gün, saat üç'te"),
        ("ar", "منذ ٣ أسابيع", "منذ ثلاثة أسابيع"),
        ("ar", "37,5 °C", "سبعة وثلاثون فاصلة خمسة درجة مئوية"),
        ("uk", "12 березня 2027 р.", "дванадцяте березня дві тисячі двадцять сьомого року"),
        ("uk", "5 мг о 14:00", "п'ять міліграмів о чотирнадцять нуль нуль"),
        ("ru", "03.12.2030", "третье декабря две тысячи тридцатого года"),
        ("ru", "в 2027 г., 5 г", "в две тысячи двадцать семь г., пять грамм"),
        ("ru", "1,5 мг", "одна целая пять десятых миллиграмма"),
        ("ro", "20 mg", "douăzeci de miligrame"),
        ("pl", "21 marca 2027", "dwudziestego pierwszego marca dwa tysiące dwadzieścia siedem"),
        ("fa", "۰٫۰۵", "صفر ممیز صفر پنج"),
        ("en", "12 March 2027, 2nd dose, 1,500.5 mg",
         "the twelfth of March twenty twenty-seven, second dose, "
         "one thousand, five hundred point five milligrams"),
        ("fr", "1 mars 2027 à 01:00", "premier mars deux mille vingt-sept à une heure"),
        ("es", "0,05", "cero coma cero cinco"),
        ("de", "1 Tablette, 1 Mal, 1 Impfung, Zimmer 1", "eine Tablette, ein Mal, eine Impfung, Zimmer eins"),
        ("de", "seit 1 Woche, vor 1 Jahr, höchstens 1 Monat",
         "seit einer Woche, vor einem Jahr, höchstens einen Monat"),
        ("ar", "38.2°م", "ثمانية وثلاثون فاصلة اثنان درجة مئوية"),
        ("ro", "1 lună, 1 an, 2 luni, 2 ani, 12 ore", "o lună, un an, două luni, doi ani, douăsprezece ore"),
        ("ro", "21 de zile, 21 de ani, 2 copii",
         "douăzeci și una de zile, douăzeci și unu de ani, doi copii"),
        ("ru", "1 таблетка, 2 недели, 2 дня, 21 год",
         "одна таблетка, две недели, два дня, двадцать один год"),
        ("uk", "1 щеплення, 2 години, 2 роки, 1 рік", "одне щеплення, дві години, два роки, один рік"),
        ("pl", "1 dzień, 2 tabletki, 2 dni", "jeden dzień, dwie tabletki, dwa dni"),
    ],
)  # fmt: skip
def test_reads_as_people_say_it(code: str, text: str, expected: str) -> None:
    assert spoken(text, code) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("bg", "12.03.2027, 14:30, 5 mg", "12 март 2027 г., 14:30, 5 милиграма"),
        ("hr", "37,5 °C, 3. dan", "37,5 Celzijevih stupnjeva, 3. dan"),
        ("ur", "۳ ہفتے", "3 ہفتے"),
        ("prs", "۵۰۰ mg", "500 میلی\u200cگرم"),
        ("so", "3 toddobaad", "3 toddobaad"),
    ],
)
def test_elsewhere_the_voice_reads_the_digits(code: str, text: str, expected: str) -> None:
    assert spoken(text, code) == expected


_PARTS = st.sampled_from(
    ["12.03.2027", "2027-03-12", "14:30", "500 mg", "37,5 °C", "0.05", "1.500", "030 1234567", "112", "3.",
     "21", "B12", "2x", "٣", "۴٫۵", "1/2", "2-3", "99.99.9999", "25:99", "1.2.3 mg", "-5",
     "12345678901234567890", "½"]
)  # fmt: skip
_ANY = st.lists(st.one_of(_PARTS, st.text(max_size=6)), max_size=6).map(" ".join)


@settings(max_examples=300)
@given(code=_LANGUAGE, text=_ANY)
def test_no_digit_is_left(code: str, text: str) -> None:
    assert not re.search(r"\d", spoken(text, code))


@settings(max_examples=300)
@given(code=st.sampled_from(sorted(languages())), text=_ANY)
def test_no_language_and_no_text_fails(code: str, text: str) -> None:
    assert bool(spoken(text, code).strip()) == bool(text.strip())


@settings(max_examples=300)
@given(code=_LANGUAGE, text=st.text().filter(lambda text: not re.search(r"\d", text)))
def test_text_without_digits_is_untouched(code: str, text: str) -> None:
    assert spoken(text, code) == text


_WORD = st.sampled_from(["Husten", "öksürük", "سعال", "кашель", "—", "🤒", "(ja)"])
_WORDS = st.lists(_WORD, min_size=1, max_size=3)


@settings(max_examples=300)
@given(code=_LANGUAGE, before=_WORDS, number=st.integers(0, 9999), after=_WORDS)
def test_nothing_but_the_number_changes(code: str, before: list[str], number: int, after: list[str]) -> None:
    text = spoken(f"{' '.join(before)} {number} {' '.join(after)}", code)
    assert text.startswith(f"{' '.join(before)} ") and text.endswith(f" {' '.join(after)}")


_VALUES = st.decimals(0, 9999, places=3).map(Decimal.normalize)


@settings(max_examples=300)
@given(code=_LANGUAGE, one=_VALUES, other=_VALUES)
def test_different_values_sound_different(code: str, one: Decimal, other: Decimal) -> None:
    """A dose of 0.05 must not be read like 0.5."""
    assert (decimal(one, code) == decimal(other, code)) == (one == other)


@pytest.mark.parametrize("code", _LANGUAGES)
def test_whole_numbers_sound_different(code: str) -> None:
    assert len({whole(number, code) for number in range(3000)}) == 3000
