"""TBX, terms by concept: ISO 30042:2008 (TBX-Basic, `<martif>`) and 2019 (`<tbx>`, style DCA or DCT)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from app.content.exchange.unit import AVOID, TERM, VARIANT, Header, Unit, unit_token
from app.content.exchange.xml_writing import Element, writing

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_MODULES = "http://www.tbxinfo.net/ns/"
_MODULE_OF = {"administrativeStatus": "min", "subjectField": "min", "definition": "basic"}
"""The module of TBX-Basic that holds each data category used here."""
CATEGORY = "sprachpult"
OWN = f"{CATEGORY}: "
"""Begins the note that carries our metadata as JSON; TBX-Basic has no data category for them."""
_CATEGORIES = frozenset(f"{module}:{kind}" for kind, module in _MODULE_OF.items())
_MIXED = frozenset({"term", "note", "descrip", "termNote", "p", "title"}) | _CATEGORIES
_ELSEWHERE = ("definition", "synonyms")
"""Metadata that have a place of their own."""
_STATUS = {TERM: "preferredTerm", VARIANT: "admittedTerm", AVOID: "deprecatedTerm"}
_SUFFIX = "-admn-sts"


@dataclass(frozen=True, slots=True)
class Dialect:
    """Names of the elements in one version and style."""

    root: str
    header: str
    concept: str
    language: str
    term: str
    by_element: bool = False
    """Style DCT: data categories are elements of their own."""


MARTIF = Dialect("martif", "martifHeader", "termEntry", "langSet", "tig")
DCA = Dialect("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec")
DCT = Dialect("tbx", "tbxHeader", "conceptEntry", "langSec", "termSec", by_element=True)


def write(dialect: Dialect, path: Path, header: Header, units: Iterable[Unit]) -> None:
    """Units of one concept must follow each other. Raises OSError."""
    doctype = 'martif SYSTEM "TBXcoreStructV02.dtd"' if dialect is MARTIF else ""
    with writing(path, _MIXED, doctype) as out, out.element(dialect.root, _root(dialect)):
        out.write(_header(dialect))
        with out.element("text"), out.element("body"):
            for _, group in groupby(units, key=lambda unit: unit.id):
                out.write(_concept(dialect, header.language, list(group)))


def _root(dialect: Dialect) -> dict[str, str]:
    attributes = {"type": "TBX-Basic", "xml:lang": "de"}
    if dialect is MARTIF:
        return attributes
    attributes |= {"style": "dct" if dialect.by_element else "dca", "xmlns": NAMESPACE}
    if dialect.by_element:
        attributes |= {f"xmlns:{name}": f"{_MODULES}{name}" for name in set(_MODULE_OF.values())}
    return attributes


def _header(dialect: Dialect) -> Element:
    made = Element(dialect.header)
    file = made.add("fileDesc")
    file.add("titleStmt").add("title", "Sprachpult: Fachwörter")
    file.add("sourceDesc").add("p", f"{CATEGORY}:glossary")
    if dialect is MARTIF:
        made.add("encodingDesc").add("p", "TBXBasicXCSV02.xcs", type="XCSURI")
    return made


def _concept(dialect: Dialect, language: str, units: list[Unit]) -> Element:
    first = units[0]
    made = Element(dialect.concept, {"id": unit_token(first).removesuffix(f".{first.form}")})
    _category(dialect, made, "descrip", "subjectField", first.id.split("/", 1)[0])
    if first.meta.get("definition"):
        _category(dialect, made, "descrip", "definition", first.meta["definition"])
    rest = {key: value for key, value in first.meta.items() if key not in _ELSEWHERE}
    made.add("note", OWN + json.dumps(rest, ensure_ascii=False))
    german = made.add(dialect.language, **{"xml:lang": "de"})
    _term(dialect, german, first.source, TERM)
    for synonym in filter(None, first.meta.get("synonyms", "").split(" | ")):
        _term(dialect, german, synonym, VARIANT)
    translated = [unit for unit in units if unit.target]
    if translated:
        target = made.add(dialect.language, **{"xml:lang": language})
        for unit in translated:
            notes = [unit.meta.get("reason", ""), unit.comment]
            _term(dialect, target, unit.target, unit.form.split(".")[0], notes)
    return made


def _term(dialect: Dialect, parent: Element, text: str, form: str, notes: Iterable[str] = ()) -> None:
    made = parent.add(dialect.term)
    made.add("term", text)
    _category(dialect, made, "termNote", "administrativeStatus", _STATUS[form] + _SUFFIX)
    for note in filter(None, notes):
        made.add("note", note)


def _category(dialect: Dialect, parent: Element, element: str, kind: str, text: str) -> None:
    if dialect.by_element:
        parent.add(f"{_MODULE_OF[kind]}:{kind}", text)
    else:
        parent.add(element, text, type=kind)
