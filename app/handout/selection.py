"""Which sentences stand on a sheet in a language, and which are left out and why."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.content.phrasebooks import Library
from app.content.render import format_value, render
from app.content.types import Phrase, Status
from app.core.errors import SprachpultError, UsageError
from app.core.languages import isolate, language
from app.handout.order import Order

BLANK = "\u00a0______\u00a0"
"""A gap to be filled in by hand."""
RED = "red"
_MANY = ("uk", "ru", "pl")
_DIGITS = re.compile(r"\d[\d.,:/+\-–\u00a0 ]*\d(?:[\u00a0 ]?(?:ml|mL|mg|µg|kg|g|cm|°C|%|€))?|\d")


class RiskError(SprachpultError):
    """What was asked for belongs into a conversation, not on paper."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence in German and in the other language, ready to be set."""

    number: int
    """The same in every language and on the page with sound."""
    phrase: Phrase
    german: str
    text: str
    status: Status
    signature: str
    """Who approved or checked it and when; empty for a draft."""
    open: bool
    """True if a gap is left to be filled in by hand."""


@dataclass(frozen=True, slots=True)
class Omission:
    """A sentence that is not printed."""

    phrase: Phrase
    reason: str


@dataclass(frozen=True, slots=True)
class Selection:
    """What is printed in a language, and what is not."""

    language: str
    entries: tuple[Entry, ...]
    omissions: tuple[Omission, ...]


def chosen(library: Library, order: Order) -> list[Phrase]:
    """The phrases asked for, in the order asked for.

    Raises UsageError for an unknown topic or phrase and for an empty choice, RiskError if a phrase chosen by
    name, or all of the topic, is a matter for a conversation.
    """
    if order.phrases:
        unknown = [name for name in order.phrases if name not in library.phrases]
        if unknown:
            raise UsageError(f"Unbekannte Phrase „{unknown[0]}“", "„sprachpult phrases list“ zeigt alle")
        found = [library.phrases[name] for name in dict.fromkeys(order.phrases)]
    elif order.topic in library.topics:
        found = [phrase for phrase in library.phrases.values() if phrase.topic == order.topic]
    else:
        raise UsageError(f"Unbekanntes Thema „{order.topic}“", f"vorhanden: {', '.join(library.topics)}")
    red = [phrase for phrase in found if phrase.risk == RED]
    if red and (order.phrases or len(red) == len(found)):
        raise RiskError(
            f"„{red[0].source}“ wird nicht gedruckt: Das ist ein Gespräch und kein Blatt",
            "einen Menschen dolmetschen lassen",
        )
    if not found:
        raise UsageError(f"Thema „{order.topic}“ hat keine Phrasen", "Phrasen anlegen oder anderes Thema")
    return found


def select(library: Library, phrases: list[Phrase], code: str, order: Order) -> Selection:
    """What can be printed of `phrases` in a language on the day of the order."""
    language(code)
    entries: list[Entry] = []
    omissions: list[Omission] = []
    for number, phrase in enumerate(phrases, 1):
        reason = _reason(library, phrase, code, order)
        if reason:
            omissions.append(Omission(phrase, reason))
        else:
            entries.append(_entry(number, phrase, code, order))
    return Selection(code, tuple(entries), tuple(omissions))


_REASONS = {"stale": "gehört zu einem früheren deutschen Wortlaut", "broken": "fehlerhaft"}


def _reason(library: Library, phrase: Phrase, code: str, order: Order) -> str:
    if phrase.risk == RED:
        return "nur im Gespräch"
    translation = phrase.translation(code)
    if translation is None:
        problems = {problem.phrase: problem.code for problem in library.problems([code])}
        return _REASONS.get(problems.get(phrase.id, ""), "nicht übersetzt")
    return "abgelaufen" if translation.status_on(order.day) is Status.EXPIRED else ""


def _entry(number: int, phrase: Phrase, code: str, order: Order) -> Entry:
    translation = phrase.translation(code)
    if translation is None:
        raise ValueError(f"{phrase.id} has no translation into {code}")
    status = translation.status_on(order.day)
    signed = status is not Status.DRAFT and translation.date is not None
    signature = f"{translation.reviewer}, {translation.date:%d.%m.%Y}" if signed else ""
    values = order.values(phrase.id)
    left_open = any(slot.name not in values for slot in phrase.slots)
    german, text = filled(phrase, "de", values), filled(phrase, code, values)
    return Entry(number, phrase, german, text, status, signature, left_open)


def filled(phrase: Phrase, code: str, slots: Mapping[str, str]) -> str:
    """The sentence with its values, and a line to write on where there is none.

    In a language written from right to left every number, dose and telephone number stands in Unicode
    isolates. Raises UsageError for a value that is not of its kind.
    """
    values = {slot.name: slots.get(slot.name, BLANK) for slot in phrase.slots}
    blank = BLANK in values.values()
    text = _with_blanks(phrase, code, slots) if blank else render(phrase, code, values)
    return isolated(text, list(_shown(phrase, code, slots))) if language(code).right_to_left else text


def _with_blanks(phrase: Phrase, code: str, slots: Mapping[str, str]) -> str:
    translation = phrase.translation(code)
    texts = phrase.text if translation is None or code == "de" else translation.text
    # Before a gap Slavic forms write the plural that most numbers take.
    text = texts["many"] if code in _MANY and "many" in texts else texts["other"]
    for slot in phrase.slots:
        value = format_value(slot.kind, slots[slot.name], code) if slot.name in slots else BLANK
        text = text.replace(f"{{{slot.name}:{slot.kind}}}", value)
    return text.replace("\u00a0 ", "\u00a0").replace(" \u00a0", "\u00a0")


def _shown(phrase: Phrase, code: str, slots: Mapping[str, str]) -> Iterator[str]:
    for slot in phrase.slots:
        if slot.name in slots:
            yield format_value(slot.kind, slots[slot.name], code)


def isolated(text: str, values: list[str]) -> str:
    """`text` with each of `values`, and every other number in it, in Unicode isolates."""
    known = "|".join(re.escape(value) for value in sorted(values, key=len, reverse=True))
    pattern = re.compile(f"{known}|{_DIGITS.pattern}" if known else _DIGITS.pattern)
    return pattern.sub(lambda match: isolate(match[0]), text)
