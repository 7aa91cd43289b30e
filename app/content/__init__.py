"""Phrasebooks and glossaries as data: load, validate, fill slots, search."""

from app.content.glossaries import Glossary, load_glossary
from app.content.glossary_types import Avoid, Concept, Domain, TermHit, TermTranslation
from app.content.phrasebooks import Library, Problem, load_library
from app.content.render import format_value, render
from app.content.source_hash import source_hash
from app.content.types import Phrase, PhraseTranslation, Slot, SlotKind, Status, Topic

__all__ = [
    "Avoid",
    "Concept",
    "Domain",
    "Glossary",
    "Library",
    "Phrase",
    "PhraseTranslation",
    "Problem",
    "Slot",
    "SlotKind",
    "Status",
    "TermHit",
    "TermTranslation",
    "Topic",
    "format_value",
    "load_glossary",
    "load_library",
    "render",
    "source_hash",
]
