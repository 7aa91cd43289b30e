"""A phrase in one language with its slots filled, values written as that language writes them."""

import datetime
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from babel import dates, numbers, units

from app.content.pattern import locale_of, plural_numbers
from app.content.types import Phrase, Slot, SlotKind
from app.content.words import UNITS
from app.core.errors import ContentError, UsageError
from app.core.languages import STAFF_LANGUAGE, language

_YEARLESS = "--"
_DIGITS = {"arab": "٠١٢٣٤٥٦٧٨٩", "arabext": "۰۱۲۳۴۵۶۷۸۹"}


def render(phrase: Phrase, language: str, slots: Mapping[str, str], variant: str | None = None) -> str:
    """The sentence in a language. `slots` holds canonical values by name (see `app.content.values`);
    `variant` asks for `female`, `male` or `informal` where there is one.

    Raises ContentError if there is no usable translation, UsageError if a value is missing or wrong.
    """
    pattern = _pattern(phrase, language, slots, variant)
    for slot in phrase.slots:
        gap = f"{{{slot.name}:{slot.kind}}}"
        if gap in pattern:
            pattern = pattern.replace(gap, format_value(slot.kind, _value(phrase, slot, slots), language))
    return pattern


def format_value(kind: SlotKind, value: str, language: str) -> str:
    """A canonical value as the language writes it. Raises UsageError if the value is not of its kind."""
    try:
        return _localised(_FORMATS[kind](value, language), kind, language)
    except (ValueError, InvalidOperation):
        raise UsageError(
            f"„{value}“ passt nicht zu einem Platzhalter der Art {kind}", "Wert berichtigen"
        ) from None


def _pattern(phrase: Phrase, code: str, slots: Mapping[str, str], variant: str | None) -> str:
    texts = phrase.text
    if code != STAFF_LANGUAGE:
        translation = phrase.translation(code)
        if translation is None:
            raise ContentError(
                f"„{phrase.id}“ hat keine gültige Übersetzung: {language(code).name}",
                "Übersetzung ergänzen oder prüfen",
            )
        if variant is not None and variant in translation.alternatives:
            return translation.alternatives[variant]
        texts = translation.text
    if len(texts) == 1 or phrase.plural is None:
        return texts["other"]
    return texts.get(_category(slots.get(phrase.plural, ""), code), texts["other"])


def _category(value: str, code: str) -> str:
    try:
        category = locale_of(code).plural_form(Decimal(value))
    except InvalidOperation:
        return "other"
    single = plural_numbers(code)[category]
    return category if single is None or Decimal(value) == single else "other"


def _value(phrase: Phrase, slot: Slot, slots: Mapping[str, str]) -> str:
    if slot.name not in slots:
        raise UsageError(f"„{phrase.id}“ braucht einen Wert für {{{slot.name}}}", "Wert angeben")
    return slots[slot.name]


def _number(value: str, code: str) -> str:
    return str(numbers.format_decimal(Decimal(value), locale=locale_of(code), group_separator=False))


def _quantity(value: str, code: str) -> str:
    amount, _, unit = value.partition(" ")
    if unit == "EUR":
        return _euros(Decimal(amount), code)
    if unit not in UNITS:
        raise ValueError(unit)
    locale = locale_of(code)
    text = units.format_unit(Decimal(amount), UNITS[unit], "short", locale=locale)
    if UNITS[unit] in text:
        raise ValueError(f"no name of {unit} in {code}")
    return str(text)


def _euros(amount: Decimal, code: str) -> str:
    whole = amount == amount.to_integral_value()
    return str(
        numbers.format_currency(
            amount, "EUR", "#,##0 ¤" if whole else "#,##0.00 ¤", locale=locale_of(code), currency_digits=False
        )
    )


def _date(value: str, code: str) -> str:
    if value.startswith(_YEARLESS):
        month, day = (int(part) for part in value.removeprefix(_YEARLESS).split("-"))
        return dates.format_skeleton("MMMMd", datetime.datetime(2000, month, day), locale=locale_of(code))
    return dates.format_date(datetime.date.fromisoformat(value), "long", locale=locale_of(code))


def _time(value: str, code: str) -> str:
    return datetime.time.fromisoformat(value).strftime("%H:%M")


def _place(value: str, _code: str) -> str:
    if not value.strip():
        raise ValueError(value)
    return value.strip()


_FORMATS = {
    SlotKind.NUMBER: _number,
    SlotKind.QUANTITY: _quantity,
    SlotKind.DATE: _date,
    SlotKind.TIME: _time,
    SlotKind.PLACE: _place,
}


def _localised(text: str, kind: SlotKind, code: str) -> str:
    digits = _DIGITS.get(language(code).digits)
    if digits is None or kind is SlotKind.PLACE:
        return text
    return text.translate({ord("0") + value: digit for value, digit in enumerate(digits)})
