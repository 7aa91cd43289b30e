"""One and two take the gender of the noun behind them. Pure.

Gender is read off the noun's ending, with the exceptions that counting in health talk meets; a wrong guess
sounds odd and says the same number. Arabic and Hungarian are left as they are, Turkish and Persian have no
gender.
"""

import re
from collections.abc import Callable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOUN = re.compile(r"\s+(?:de\s+)?([^\W\d_]+)")

_GERMAN_FEMININE = re.compile(r"(?:e|ung|heit|keit|ion|tät|schaft)\Z")
_GERMAN_ALSO = _words("Kapsel Dosis Nacht Person Hand Nadel Frau")
_GERMAN_NOT = _words("Name Junge Kollege Buchstabe Auge Ende Knie Stadion")

_GERMAN_DATIVE = re.compile(r"\b(?:seit|vor|nach|in|bei|mit|von|aus|ab)\s+\Z", re.IGNORECASE)
_GERMAN_SPANS = _words("Tag Monat")
"""Masculine, and in talk of how long: accusative."""

_ROMANIAN_PLURAL = re.compile(r"(?:e|uri|ții|ări|eri|iri)\Z")
_ROMANIAN_ALSO = _words("luni săptămâni ori nopți mâini dăți boli zi")
_ROMANIAN_NOT = _words("câine frate perete soare")

_UKRAINIAN_PLURAL = re.compile(r"(?:ки|ції|ії)\Z")
_UKRAINIAN_ALSO = _words("години хвилини дози капсули ампули краплі ночі особи доби дитини процедури вакцини")
_UKRAINIAN_NOT = _words("роки знаки уроки дзвінки")

_POLISH_TWO = _words("tabletki godziny minuty dawki kapsułki krople osoby szczepionki noce łyżki")


def agree(words: str, number: int, around: tuple[str, str], code: str) -> str:
    """The words of a whole number, their last one in the gender of the noun after it.

    `around` is the text before the number and after it.
    """
    before, following = around
    noun = _NOUN.match(following)
    if noun is None or number % 100 == 11:
        return words
    if code == "de":
        return _german(words, number, noun[1], before)
    rule = _RULES.get(code)
    if rule is None:
        return words
    head, _, last = words.rpartition(" ")
    return f"{head} {rule(last, number, noun[1])}".strip()


def _german(words: str, number: int, noun: str, before: str) -> str:
    if number != 1 or not noun[0].isupper():
        return words
    feminine = noun in _GERMAN_ALSO or (_GERMAN_FEMININE.search(noun) and noun not in _GERMAN_NOT)
    if _GERMAN_DATIVE.search(before):
        return "einer" if feminine else "einem"
    return "eine" if feminine else "einen" if noun in _GERMAN_SPANS else "ein"


def _romanian(last: str, number: int, noun: str) -> str:
    if last == "unu":
        feminine = noun in _ROMANIAN_ALSO or (noun[-1] in "ăe" and noun not in _ROMANIAN_NOT)
        plural = feminine or _ROMANIAN_PLURAL.search(noun)
        return ("o" if feminine else "un") if number == 1 else ("una" if plural else "unu")
    if noun in _ROMANIAN_ALSO or _ROMANIAN_PLURAL.search(noun):
        return {"doi": "două", "doisprezece": "douăsprezece"}.get(last, last)
    return last


def _russian(last: str, _number: int, noun: str) -> str:
    if last == "один":
        return _east_slavic_one(noun, "одно")
    return "две" if last == "два" and noun[-1] in "иы" else last


def _ukrainian(last: str, _number: int, noun: str) -> str:
    if last == "один":
        return "одне" if noun.endswith(("ння", "ття")) else _east_slavic_one(noun, "одне")
    plural = noun in _UKRAINIAN_ALSO or (_UKRAINIAN_PLURAL.search(noun) and noun not in _UKRAINIAN_NOT)
    return "дві" if last == "два" and plural else last


def _east_slavic_one(noun: str, neuter: str) -> str:
    endings = {"а": "одна", "я": "одна", "у": "одну", "ю": "одну", "о": neuter, "е": neuter, "є": neuter}
    return endings.get(noun[-1], "один")


def _polish(last: str, number: int, noun: str) -> str:
    if number == 1:
        return {"a": "jedna", "ę": "jedną", "o": "jedno", "e": "jedno"}.get(noun[-1], last)
    return "dwie" if last == "dwa" and noun in _POLISH_TWO else last


_RULES: dict[str, Callable[[str, int, str], str]] = {
    "ro": _romanian,
    "ru": _russian,
    "uk": _ukrainian,
    "pl": _polish,
}
