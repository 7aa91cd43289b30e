"""Sentences with their slots filled."""

import pytest

from app.content import SlotKind, format_value, load_library, render
from app.core.errors import ContentError, UsageError

LIBRARY = load_library()

FORMATS = [
    (SlotKind.NUMBER, "1.5", "de", "1,5"),
    (SlotKind.NUMBER, "3", "prs", "۳"),
    (SlotKind.NUMBER, "2000", "tr", "2000"),
    (SlotKind.TIME, "08:30", "uk", "08:30"),
    (SlotKind.DATE, "2026-03-03", "tr", "3 Mart 2026"),
    (SlotKind.DATE, "--03-03", "de", "3. März"),
    (SlotKind.DATE, "--03-03", "ar", "3 مارس"),
    (SlotKind.QUANTITY, "1.5 ml", "de", "1,5 ml"),
    (SlotKind.QUANTITY, "1.5 ml", "uk", "1,5 мл"),
    (SlotKind.QUANTITY, "25 EUR", "de", "25 €"),
    (SlotKind.PLACE, "Zimmer 3", "tr", "Zimmer 3"),
]


@pytest.mark.parametrize(("kind", "value", "language", "text"), FORMATS)
def test_format(kind: SlotKind, value: str, language: str, text: str) -> None:
    assert format_value(kind, value, language).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (SlotKind.NUMBER, "drei"),
        (SlotKind.DATE, "morgen"),
        (SlotKind.TIME, "8 Uhr"),
        (SlotKind.QUANTITY, "3 Löffel"),
        (SlotKind.PLACE, " "),
    ],
)
def test_wrong_value(kind: SlotKind, value: str) -> None:
    with pytest.raises(UsageError, match="passt nicht"):
        format_value(kind, value, "de")


@pytest.mark.parametrize(
    ("language", "weeks", "text"),
    [
        ("de", "1", "Ja, seit 1 Woche."),
        ("de", "4", "Ja, seit 4 Wochen."),
        ("ar", "2", "نعم، منذ أسبوعين."),
        ("ar", "3", "نعم، منذ 3 أسابيع."),
        ("uk", "1", "Так, уже 1 тиждень."),
        ("uk", "3", "Так, уже 3 тижні."),
        ("uk", "21", "Так, уже 21 тиждень."),
        ("ro", "1", "Da, de o săptămână."),
        ("ro", "20", "Da, de 20 de săptămâni."),
    ],
)
def test_plural(language: str, weeks: str, text: str) -> None:
    assert render(LIBRARY.phrases["antworten/seit-wochen"], language, {"wochen": weeks}) == text


def test_missing_value_and_missing_language() -> None:
    phrase = LIBRARY.phrases["tb/husten-wochen"]
    with pytest.raises(UsageError, match="wochen"):
        render(phrase, "tr", {})
    with pytest.raises(ContentError, match="Romani"):
        render(phrase, "rom", {"wochen": "3"})
