"""The guard's answer for a sentence and its translation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.content.glossaries import Glossary
from app.core.languages import languages
from app.core.types import Finding, Level, Origin, Translation, Verdict
from app.guard import form
from app.guard.compare import compare
from app.guard.facts import Facts, extract
from app.guard.names import check_names, skeleton
from app.guard.rules import rules
from app.guard.terms import check_terms

MAX_CHARACTERS = 5_000
"""Longer texts are no sentence of a conversation; they are asked about and compared up to here."""
LOW_SCORE = -1.2
"""Mean log-probability per token below which staff are asked (proposal, not measured)."""
COMPARED_HYPOTHESES = 4
CONTRADICTIONS = (
    "-changed",
    "-swapped",
    "negation-missing",
    "negation-added",
    "mixed-digits",
    "direction-",
    "source-copied",
    "script-wrong",
)
"""Codes, or parts of them, that also count for prepared sentences without slots."""
DISAGREEMENT = frozenset(
    {"number-changed", "side-changed", "order-changed", "negation-missing", "negation-added"}
)
"""Differences between hypotheses of a model that make staff look twice."""
_ORDER = {Level.GREEN: 0, Level.AMBER: 1, Level.RED: 2}


def check(translation: Translation, glossary: Glossary | None = None) -> Verdict:
    """Compare a translation with its source. Any text gives a verdict; nothing is raised for it.

    Machine translations and phrases with filled slots are compared in full. Prepared sentences without slots
    were written by people: only contradictions count there, and they are asked, not forbidden. In machine
    translations the terms of a glossary are looked for too.
    """
    if translation.origin in (Origin.NONE, Origin.BLOCKED) or form.is_blank(translation.text):
        return verdict_of([Finding("no-translation", "Es gibt keine Übersetzung", Level.RED)])
    source, target = _facts(translation)
    findings = list(differences(translation, source, target))
    prepared = translation.origin in (Origin.APPROVED, Origin.DRAFT)
    if prepared and not translation.slots:
        findings = [
            replace(finding, level=Level.AMBER)
            for finding in findings
            if any(code in finding.code for code in CONTRADICTIONS)
        ]
    findings += _slots(translation, target)
    findings += _scores(translation, source, target)
    if glossary is not None and not prepared:
        findings += _terms(translation, glossary)
    if not prepared or translation.risk != "green":
        findings += _unchecked(translation)
    return verdict_of(findings)


def check_pair(
    source: str, target: str, source_language: str, target_language: str, glossary: Glossary | None = None
) -> Verdict:
    """Compare two sentences as if the second were a machine translation of the first."""
    return check(Translation(source, target, source_language, target_language, Origin.MACHINE), glossary)


def _terms(translation: Translation, glossary: Glossary) -> list[Finding]:
    return check_terms(
        translation.source[:MAX_CHARACTERS],
        translation.text[:MAX_CHARACTERS],
        translation.source_language,
        translation.target_language,
        glossary,
    )


def _facts(translation: Translation) -> tuple[Facts, Facts]:
    source = extract(translation.source[:MAX_CHARACTERS], rules(translation.source_language))
    return source, extract(translation.text[:MAX_CHARACTERS], rules(translation.target_language))


def differences(translation: Translation, source: Facts, target: Facts) -> Iterator[Finding]:
    """What differs between both texts, whoever wrote them."""
    yield from _by_sentence(source, target)
    yield from check_names(source, target)
    yield from form.inspect(source, target, translation.source_language, translation.target_language)
    if max(len(translation.source), len(translation.text)) > MAX_CHARACTERS:
        yield Finding("too-much", "Der Text ist zu lang zum Prüfen: bitte in Sätze teilen", Level.AMBER)


def _by_sentence(source: Facts, target: Facts) -> Iterator[Finding]:
    """Compare sentence with sentence where both have equally many, so that none excuses the other."""
    own, other = sentences(source.text), sentences(target.text)
    if len(own) != len(other) or len(own) == 1:
        yield from compare(source, target, question=bool(_QUESTION.search(source.text)))
        return
    for (start, end), (target_start, target_end) in zip(own, other, strict=True):
        text = source.text[start:end]
        left, right = extract(text, source.rules), extract(target.text[target_start:target_end], target.rules)
        for finding in compare(left, right, question=bool(_QUESTION.search(text))):
            yield replace(
                finding,
                source_span=_shift(finding.source_span, start),
                target_span=_shift(finding.target_span, target_start),
            )


def _shift(span: tuple[int, int] | None, by: int) -> tuple[int, int] | None:
    return (span[0] + by, span[1] + by) if span else None


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a text; a full stop after a number or a single letter ends none."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()] or [(0, len(text))]


_QUESTION = re.compile("[?؟]")
_SENTENCE_END = re.compile(r"(?:(?<![\W\d])(?<!\b\w)\.|[!?؟…]|(?<=[»“”\")])\.)\s+")


def _unchecked(translation: Translation) -> list[Finding]:
    missing = [c for c in (translation.source_language, translation.target_language) if rules(c) is None]
    if not missing:
        return []
    names = " und ".join(languages()[c].name if c in languages() else c for c in missing)
    message = f"Nicht geprüft: für {names} gibt es keine Prüfregeln"
    return [Finding("not-checked", f"{message}, nur Ziffern und Schrift wurden verglichen", Level.AMBER)]


def _slots(translation: Translation, target: Facts) -> Iterator[Finding]:
    """Names and places put into a phrase stand in its translation, in their own or another script."""
    known = rules(translation.source_language)
    skeletons = {skeleton(token.text) for token in target.tokens}
    for name, value in translation.slots.items():
        if known is not None and extract(str(value), known).kinds:
            continue
        words = [t.text for t in extract(str(value), target.rules).tokens if len(t.text) >= NAME_LENGTH]
        if any(skeleton(word) not in skeletons and word not in target.text.casefold() for word in words):
            message = f"Eingesetzter Wert „{value}“ ({name}) fehlt in der Übersetzung"
            yield Finding("slot-missing", message, Level.RED)


NAME_LENGTH = 4


def _scores(translation: Translation, source: Facts, target: Facts) -> Iterator[Finding]:
    if translation.score is not None and translation.score < LOW_SCORE:
        yield Finding("score-low", "Das Übersetzungsmodell ist sich unsicher", Level.AMBER)
    if not translation.alternatives or compare(source, target, question=False):
        return
    for text in translation.alternatives[:COMPARED_HYPOTHESES]:
        other = extract(text[:MAX_CHARACTERS], target.rules)
        findings = compare(target, other, question=False)
        differing = [finding for finding in findings if finding.code in DISAGREEMENT]
        if differing:
            message = differing[0].message.replace("in der Übersetzung", "in einer Fassung")
            yield Finding("versions-differ", f"Das Modell schwankt: {message}", Level.AMBER)
            return


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    unique = list({(f.code, f.message): f for f in findings}.values())
    unique.sort(key=lambda finding: -_ORDER[finding.level])
    level = max((finding.level for finding in unique), key=lambda value: _ORDER[value], default=Level.GREEN)
    return Verdict(level, tuple(unique))
