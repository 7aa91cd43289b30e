"""Glossary terms of a pair, for `sprachpult eval`."""

from functools import cache

from app.content.glossaries import Glossary, load_glossary


@cache
def _glossary() -> Glossary:
    return load_glossary()


def term_counts(source: str, target: str, source_language: str, target_language: str) -> tuple[int, int]:
    """How many terms with a translation the source holds, and how many of them the target renders."""
    wanted = {
        hit.concept.id
        for hit in _glossary().terms_in(source, source_language)
        if target_language == "de" or hit.concept.translation(target_language) is not None
    }
    rendered = {hit.concept.id for hit in _glossary().terms_in(target, target_language)}
    return len(wanted), len(wanted & rendered)
