"""Glossary terms of a sentence that its translation lacks, and words that must not stand for them."""

from collections.abc import Iterator, Sequence

from app.content.glossaries import Glossary
from app.content.glossary_types import TermHit
from app.core.types import Finding, Level


def check_terms(
    source: str, target: str, source_language: str, target_language: str, glossary: Glossary
) -> list[Finding]:
    """`term-missing` and `term-avoided`, both amber, with the accepted word beside the term.

    Inflected and derived forms count as right. A sentence may say a thing without its noun, so that a missing
    term is asked about, never forbidden.
    """
    found: list[Finding] = []
    hits = glossary.expected(source, source_language, target_language)
    for hit in hits:
        avoided = list(_avoided(hit, hits, target, target_language, glossary))
        found += avoided
        if not avoided and not glossary.rendered(hit.concept, target, target_language):
            found.append(_missing(hit, target_language, glossary))
    return found


def _missing(hit: TermHit, target_language: str, glossary: Glossary) -> Finding:
    word = glossary.forms(hit.concept, target_language)[0]
    message = f"Fachwort „{hit.text}“ fehlt in der Übersetzung, üblich ist „{word}“"
    return Finding("term-missing", message, Level.AMBER, (hit.start, hit.end))


def _avoided(
    hit: TermHit, hits: Sequence[TermHit], target: str, target_language: str, glossary: Glossary
) -> Iterator[Finding]:
    beside = [other.concept for other in hits]
    word = glossary.forms(hit.concept, target_language)[0]
    for avoid, start, end in glossary.avoided_in(hit.concept, target, target_language, beside):
        message = f"„{target[start:end]}“ steht für „{hit.text}“: {avoid.reason}; üblich ist „{word}“"
        yield Finding("term-avoided", message, Level.AMBER, (hit.start, hit.end), (start, end))
