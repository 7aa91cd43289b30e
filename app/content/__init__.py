"""Phrasebooks and glossaries as data: load, validate, fill slots, search."""

from app.content.phrasebooks import Library, Problem, load_library
from app.content.render import format_value, render
from app.content.source_hash import source_hash
from app.content.types import Phrase, PhraseTranslation, Slot, SlotKind, Status, Topic

__all__ = [
    "Library",
    "Phrase",
    "PhraseTranslation",
    "Problem",
    "Slot",
    "SlotKind",
    "Status",
    "Topic",
    "format_value",
    "load_library",
    "render",
    "source_hash",
]
