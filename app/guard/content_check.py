"""What the guard finds in prepared translations, as findings of the content check."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.content import Library, Phrase
from app.content.checking import ERROR, WARNING, ContentFinding, Scope
from app.content.glossaries import Glossary
from app.core.languages import STAFF_LANGUAGE
from app.guard.phrases import mismatch, renderings

_COMPARE = "mit dem deutschen Satz vergleichen"


def check_meaning(
    library: Library, scope: Scope, report: Callable[[float], None]
) -> Iterator[ContentFinding]:
    """Numbers, units, sides, negation, script … of every usable translation, in every plural form.

    `report` is called with the share done, 0…1.
    """
    phrases = list(library.phrases.values())
    for number, phrase in enumerate(phrases):
        for code in library.languages:
            if code != STAFF_LANGUAGE and scope.has(phrase.topic, code):
                yield from _of_phrase(phrase, code)
        report((number + 1) / len(phrases))


def check_terms(library: Library, glossary: Glossary, scope: Scope) -> Iterator[ContentFinding]:
    """Words that the glossary says to avoid for a term of the German sentence."""
    for phrase in library.phrases.values():
        hits = {hit.concept.id: hit.concept for hit in glossary.terms_in(phrase.source, STAFF_LANGUAGE)}
        for code in glossary.languages if hits else ():
            if code == STAFF_LANGUAGE or not scope.has(phrase.topic, code):
                continue
            for text in _texts(phrase, code):
                for concept in hits.values():
                    for avoid, _, _ in glossary.avoided_in(concept, text, code, hits.values()):
                        message = f"„{avoid.term}“ steht für {concept.term}: {avoid.reason}"
                        accepted = concept.translation(code)
                        hint = f"besser: {accepted.term}" if accepted else "anderes Wort nehmen"
                        yield _finding(phrase, code, "forbidden-term", ERROR, message, hint)


def _of_phrase(phrase: Phrase, code: str) -> Iterator[ContentFinding]:
    seen = set()
    for rendering in renderings(phrase, code):
        for found in rendering.verdict.findings:
            if found.code not in seen:
                seen.add(found.code)
                form = f" ({rendering.form}: „{rendering.target}“)" if rendering.form else ""
                severity, hint = (ERROR, _correct(phrase, code)) if mismatch(found) else (WARNING, _LOOK)
                yield _finding(phrase, code, found.code, severity, f"{found.message}{form}", hint)


_LOOK = "ansehen; ist sie richtig, so lassen"


def _correct(phrase: Phrase, code: str) -> str:
    return f"sprachpult phrases edit {phrase.id} --language {code}"


def _texts(phrase: Phrase, code: str) -> list[str]:
    translation = phrase.translation(code)
    return [*translation.text.values(), *translation.alternatives.values()] if translation else []


def _finding(
    phrase: Phrase, language: str, code: str, severity: str, message: str, hint: str
) -> ContentFinding:
    translation = phrase.translation(language)
    path = (translation.path if translation else None) or Path()
    line = translation.line if translation else None
    slug = phrase.id.split("/", 1)[1]
    return ContentFinding(code, severity, path, line, f"[{slug}] {message}", hint, phrase.id, language)
