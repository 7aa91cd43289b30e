"""Reads TBX of every version and style: concepts with terms by language, metadata as far as known."""

import json
from collections.abc import Iterator
from pathlib import Path

from app.content.exchange.inline import read_text
from app.content.exchange.states import read_claim
from app.content.exchange.tbx import OWN
from app.content.exchange.unit import AVOID, TERM, VARIANT, Claim, Header, Remarks, Unit
from app.content.exchange.xml_reading import Node, Progress, read_records

_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = ("langSet", "langSec")
_TERMS = ("tig", "ntig", "termSec")
_GROUPS = frozenset({"termGrp", "termNoteGrp", "descripGrp", "adminGrp"})
_BY_TYPE = frozenset({"descrip", "termNote", "admin", "transac", "transacNote", "ref", "xref"})
_KNOWN = frozenset({"term", "note", "definition", "subjectField", "administrativeStatus", "processStatus"})
_AVOIDED = ("deprecated", "obsolete")


def read(path: Path, remarks: Remarks, progress: Progress | None = None) -> Iterator[tuple[Header, Unit]]:
    """One unit per term of every language but German. Raises InputError with the line."""
    for record in read_records(path, _CONCEPTS, progress):
        yield from _units(record.node, remarks)


def _units(concept: Node, remarks: Remarks) -> Iterator[tuple[Header, Unit]]:
    sections = [
        (section.get("xml:lang") or section.get("lang"), section) for section in concept.all(*_LANGUAGES)
    ]
    german = next((section for tag, section in sections if tag.lower().split("-")[0] == "de"), None)
    meta = _metadata(concept, remarks)
    identifier = concept.get("id").replace(".", "/", 1)
    source = _main_term(german) if german is not None else ""
    if german is None:
        remarks.add("Begriffe ohne deutsche Benennung", concept.line)
    others = [(tag, section) for tag, section in sections if section is not german]
    for tag, section in others:
        for unit in _terms(section, identifier, source, meta, remarks):
            yield Header("glossary", tag, "de" if german is not None else ""), unit
    if not others:
        yield Header("glossary", "", "de"), Unit(identifier, TERM, source, meta=meta, line=concept.line)


def _terms(
    section: Node, identifier: str, source: str, meta: dict[str, str], remarks: Remarks
) -> Iterator[Unit]:
    found = [(term, _status(term)) for term in section.all(*_TERMS)]
    good = [term for term, status in found if not status.startswith(_AVOIDED)]
    good.sort(key=lambda term: not _status(term).startswith("preferred"))
    bad = [term for term, status in found if status.startswith(_AVOIDED)]
    forms = [TERM, *(f"{VARIANT}.{n}" for n in range(1, len(good)))][: len(good)]
    forms += [f"{AVOID}.{n}" for n in range(1, len(bad) + 1)]
    for form, term in zip(forms, [*good, *bad], strict=True):
        yield _unit(term, form, (identifier, source), meta, remarks)


def _unit(term: Node, form: str, about: tuple[str, str], meta: dict[str, str], remarks: Remarks) -> Unit:
    categories = _categories(term, remarks)
    notes = [text for kind, text in categories if kind == "note" and text.strip()]
    own = dict(meta)
    if form.startswith(AVOID) and notes:
        own["reason"] = notes.pop(0)
    process = next((text for kind, text in categories if kind == "processStatus"), "")
    # We write no processStatus: where there is one, it is the translator's and newer than our own word.
    claim = read_claim(process or meta.get("status", ""), Claim.DRAFT) or Claim.DRAFT
    text = next((read_text(node, remarks, {}, {}) for node in _flat(term) if node.name == "term"), "")
    return Unit(about[0], form, about[1], text, claim, "\n".join(notes), own, term.line)


def _metadata(concept: Node, remarks: Remarks) -> dict[str, str]:
    """Our own metadata if the file is ours; what a foreign one says about the concept is only reported."""
    for kind, text in _categories(concept, remarks):
        if kind == "note" and text.startswith(OWN):
            try:
                found = json.loads(text.removeprefix(OWN))
            except ValueError:
                found = None
            if isinstance(found, dict):
                return {str(key): str(value) for key, value in found.items()}
            remarks.add("Metadaten beschädigt, nicht ausgewertet", concept.line)
    return {}


def _flat(node: Node) -> Iterator[Node]:
    """Children, with those of grouping elements."""
    for child in node.all():
        if child.name in _GROUPS:
            yield from _flat(child)
        else:
            yield child


def _categories(node: Node, remarks: Remarks) -> list[tuple[str, str]]:
    """(data category, text) of what stands directly at a concept or term; both styles look the same here."""
    found = []
    for child in _flat(node):
        if child.name in _LANGUAGES:
            continue
        kind = child.get("type") if child.name in _BY_TYPE else child.name
        if kind not in _KNOWN:
            remarks.add(f"Datenkategorie „{kind}“ nicht ausgewertet", child.line)
        found.append((kind, child.text()))
    return found


def _status(term: Node) -> str:
    for child in _flat(term):
        if "administrativeStatus" in (child.get("type"), child.name):
            return child.text().strip().lower()
    return ""


def _main_term(section: Node) -> str:
    terms = list(section.all(*_TERMS))
    terms.sort(key=lambda term: not _status(term).startswith("preferred"))
    return next((node.text() for term in terms for node in _flat(term) if node.name == "term"), "")
