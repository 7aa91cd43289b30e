"""Names of people who sign: a signature without a real person behind it is none."""

import re
import unicodedata

_TITLES = frozenset(
    ["dr", "prof", "med", "dent", "rer", "nat", "phil", "herr", "frau", "dipl", "mag", "pd", "vet"]
)
_PLACEHOLDERS = frozenset(
    [
        "vorname",
        "nachname",
        "name",
        "mustermann",
        "musterfrau",
        "beispiel",
        "beispielname",
        "test",
        "tester",
        "testperson",
        "unbekannt",
        "anonym",
        "irgendwer",
        "jemand",
        "xx",
        "nn",
        "todo",
        "reviewer",
        "prüfer",
        "prüferin",
        "ärztin",
        "übersetzer",
        "übersetzerin",
        "admin",
        "user",
        "benutzer",
        "firstname",
        "lastname",
        "doe",
        "dummy",
        "asdf",
        "qwertz",
        "qwerty",
        "foo",
    ]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ‑-][^\W\d_]+)*\.?")


def clean_name(name: str) -> str:
    """NFC, single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def name_problem(name: str) -> str | None:
    """Why `name` is no full name of a person, in German; None for a name that can sign.

    A full name has two words of at least two letters beside titles and initials, and is no placeholder.
    """
    words = clean_name(name).split()
    if not words:
        return "der Name fehlt"
    if wrong := next((word for word in words if not _WORD.fullmatch(word)), None):
        return f"„{wrong}“ gehört nicht in einen Namen"
    names = [word for word in words if not word.endswith(".") and word.casefold() not in _TITLES]
    if any(part in _PLACEHOLDERS for word in words for part in re.split(r"[-‑]", word.casefold().strip("."))):
        return f"„{clean_name(name)}“ ist ein Platzhalter, kein Name"
    if any(len(word) > 2 and len(set(word.casefold())) == 1 for word in names):
        return f"„{clean_name(name)}“ ist kein Name"
    if sum(len(word) >= 2 for word in names) < 2:
        return "Vorname und Nachname ausschreiben"
    return None
