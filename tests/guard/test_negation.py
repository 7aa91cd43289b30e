"""Negation by a word, by an affix and by a word of its own says the same; times of day negate nothing."""

import pytest

from app.core.types import Level
from app.guard import check_pair

SAME = [
    ("Ich bin unverheiratet.", "I am not married.", "en"),
    ("Ich bin ledig.", "Я не женат.", "ru"),
    ("Das ist nicht ungefährlich.", "Це небезпечно.", "uk"),
    ("Das ist nicht ungefährlich.", "Bu tehlikesiz değil.", "tr"),
    ("Der Ausweis ist ungültig.", "هذه الهوية غير صالحة.", "ar"),
    ("Vergessen Sie nicht den Impfpass.", "Please remember your vaccination record.", "en"),
    ("Die Impfung kostet nichts.", "Le vaccin est gratuit.", "fr"),
    ("Das Amt öffnet erst am Montag.", "The office won't open until Monday.", "en"),
    ("Nie auf nüchternen Magen einnehmen.", "Ne jamais prendre à jeun.", "fr"),
    ("Nach dem Essen, nie auf nüchternen Magen.", "După masă, niciodată pe stomacul gol.", "ro"),
    ("Ich kann kaum atmen.", "J'ai du mal à respirer.", "fr"),
    ("Ich habe kein Fieber und keinen Husten.", "У меня нет ни температуры, ни кашля.", "ru"),
]
TURNED = [
    ("Ich bin unverheiratet.", "I am married.", "en"),
    ("Das ist nicht ungefährlich.", "Це безпечно.", "uk"),
    ("Das ist nicht ungefährlich.", "Bu tehlikeli değil.", "tr"),
    ("Vergessen Sie nicht den Impfpass.", "Забудьте паспорт щеплень.", "uk"),
    ("Die Impfung kostet nichts.", "Le vaccin est payant.", "fr"),
    ("Es kommt erst am Montag, rufen Sie nicht an.", "It won't come until Monday, do call.", "en"),
    ("Nie auf nüchternen Magen einnehmen.", "Toujours prendre à jeun.", "fr"),
    ("Ungültig, weil die Unterschrift fehlt.", "Valid because the signature is missing.", "en"),
    ("Ich esse keine Milch und nie Fleisch.", "Я ем молоко и никогда не ем мясо.", "ru"),
]


@pytest.mark.parametrize(("german", "other", "language"), SAME)
def test_the_same_said_in_another_way_is_no_difference(german: str, other: str, language: str) -> None:
    for verdict in (check_pair(german, other, "de", language), check_pair(other, german, language, "de")):
        assert not [finding for finding in verdict.findings if finding.code.startswith("negation")]


@pytest.mark.parametrize(("german", "other", "language"), TURNED)
def test_a_lost_negation_is_asked_about(german: str, other: str, language: str) -> None:
    for verdict in (check_pair(german, other, "de", language), check_pair(other, german, language, "de")):
        assert [finding for finding in verdict.findings if finding.code.startswith("negation")]
        assert verdict.level is not Level.GREEN


@pytest.mark.parametrize(
    ("other", "language"),
    [
        ("a quarter to nine", "en"),
        ("neuf heures moins le quart", "fr"),
        ("saat dokuza çeyrek kala", "tr"),
        ("ora nouă fără un sfert", "ro"),
        ("девет без четвърт", "bg"),
        ("za kwadrans dziewiąta", "pl"),
        ("без четверти девять", "ru"),
        ("за чверть дев'ята", "uk"),
        ("الساعة التاسعة إلا ربعا", "ar"),
        ("یک ربع به نه", "fa"),
        ("8:45", "en"),
    ],
)
def test_a_quarter_to_nine_is_the_same_time_everywhere(other: str, language: str) -> None:
    right = check_pair("Um Viertel vor neun.", other, "de", language)
    assert not [f for f in right.findings if f.code.startswith(("number", "negation"))]
    wrong = check_pair("Um Viertel nach neun.", other, "de", language)
    assert "number-changed" in {finding.code for finding in wrong.findings}
