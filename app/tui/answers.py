"""What a patient may answer to a prepared question, as keys for staff; pure.

Numbers, dates and durations are written by CLDR in both languages, so nothing is translated.
"""

import math
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from app.core.errors import UsageError
from app.core.languages import STAFF_LANGUAGE
from app.core.types import Origin, Translation
from app.tui.find import canonical

if TYPE_CHECKING:
    from app.content import Concept


@dataclass(frozen=True, slots=True)
class Answer:
    """A key, and the patient's phrase it stands for or the kind of value that is asked for."""

    key: str
    label: str
    phrase: str = ""
    value: str = ""
    """`number`, `date`, `duration` or `body`."""


_DONT_KNOW = Answer("7", "weiß nicht", "antworten/weiss-nicht")
ANSWERS = {
    "yes-no": (Answer("5", "Ja", "antworten/ja"), Answer("6", "Nein", "antworten/nein"), _DONT_KNOW),
    "number": (Answer("5", "Zahl …", value="number"), _DONT_KNOW),
    "date": (Answer("5", "Tag …", value="date"), _DONT_KNOW),
    "duration": (Answer("5", "wie lange …", value="duration"), _DONT_KNOW),
    "body": (Answer("5", "Körperteil …", value="body"), Answer("6", "hier", "antworten/schmerz-hier")),
}
"""By the answer type of a question; `open` has no keys."""

EXAMPLE = {"number": "3", "date": "12.5.2026", "duration": "3 Wochen"}
TITLE = {"number": "Zahl", "date": "Tag", "duration": "Dauer", "body": "Körperteil"}
_DURATION = re.compile(r"(\d{1,4})\s*(\w+)")
_Unit = Literal["minute", "hour", "day", "week", "month", "year"]
_UNITS: dict[str, tuple[_Unit, int]] = {
    "min": ("minute", 60),
    "stu": ("hour", 3_600),
    "tag": ("day", 86_400),
    "woc": ("week", 604_800),
    "mon": ("month", 2_592_000),
    "jah": ("year", 31_536_000),
}
"""Beginnings of the German units: CLDR name and seconds, as Babel counts them."""


def value_answer(kind: str, typed: str, language: str) -> Translation:
    """A typed value as the patient's answer, in both languages. Raises UsageError with an example."""
    from app.content.render import format_value
    from app.content.types import SlotKind

    if kind == "duration":
        german, foreign = (_duration(typed, code) for code in (STAFF_LANGUAGE, language))
    else:
        value = canonical(kind, typed)
        german, foreign = (format_value(SlotKind(kind), value, code) for code in (STAFF_LANGUAGE, language))
    return Translation(foreign, german, language, STAFF_LANGUAGE, Origin.DRAFT)


def _duration(typed: str, code: str) -> str:
    from babel.dates import format_timedelta

    from app.content.pattern import locale_of

    found = _DURATION.fullmatch(typed.strip())
    unit = _UNITS.get(found[2].casefold()[:3]) if found else None
    if found is None or unit is None:
        raise UsageError("Das ist keine Dauer", f"ganze Zahl und Einheit, zum Beispiel {EXAMPLE['duration']}")
    name, seconds = unit
    span, locale = timedelta(seconds=int(found[1]) * seconds), locale_of(code)
    # Never in a larger unit than was said: eight weeks stay weeks.
    return format_timedelta(span, granularity=name, threshold=math.inf, locale=locale)


def term_answer(concept: "Concept", language: str) -> Translation | None:
    """A glossary term as the patient's answer; None if it has no term in the language."""
    found = concept.translation(language)
    if found is None:
        return None
    origin = Origin.APPROVED if found.approved else Origin.DRAFT
    return Translation(found.term, concept.term, language, STAFF_LANGUAGE, origin, terms=(concept.id,))
