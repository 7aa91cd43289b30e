"""The guard's answer for a sentence and its translation."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.languages import languages
from app.core.types import Finding, Level, Origin, Translation, Verdict
from app.guard import form
from app.guard.compare import compare
from app.guard.facts import Facts, extract
from app.guard.names import check_names, skeleton
from app.guard.rules import rules

MAX_CHARACTERS = 5_000
"""Longer texts are not one sentence of a conversation; they are asked about and compared up to here."""
LOW_SCORE = -1.2
"""Mean log-probability per token below which a machine translation is asked about (proposal, not measured)."""
COMPARED_HYPOTHESES = 4
CONTRADICTIONS = ("-changed", "-swapped", "negation-missing", "negation-added", "name-", "mixed-digits", "direction-")
"""Codes, or parts of them, that also count for prepared sentences without slots."""
_ORDER = {Level.GREEN: 0, Level.AMBER: 1, Level.RED: 2}


def check(translation: Translation) -> Verdict:
    """Compare a translation with its source. Any text gives a verdict; nothing is raised for it.

    Machine translations and phrases with filled slots are compared in full. Prepared sentences without slots were
    written by people: only contradictions count there, and they are asked, not forbidden.
    """
    if translation.origin in (Origin.NONE, Origin.BLOCKED) or form.is_blank(translation.text):
        return verdict_of([Finding("no-translation", "Es gibt keine Übersetzung", Level.RED)])
    source, target = _facts(translation)
    findings = list(_findings(translation, source, target))
    prepared = translation.origin in (Origin.APPROVED, Origin.DRAFT)
    if prepared and not translation.slots:
        findings = [replace(f, level=Level.AMBER) for f in findings if any(c in f.code for c in CONTRADICTIONS)]
    findings += _slots(translation, target)
    findings += _scores(translation, source, target)
    if not prepared or translation.risk != "green":
        findings += _unchecked(translation)
    return verdict_of(findings)


def check_pair(source: str, target: str, source_language: str, target_language: str) -> Verdict:
    """Compare two sentences as if the second were a machine translation of the first."""
    return check(Translation(source, target, source_language, target_language, Origin.MACHINE))


def _facts(translation: Translation) -> tuple[Facts, Facts]:
    source = extract(translation.source[:MAX_CHARACTERS], rules(translation.source_language))
    return source, extract(translation.text[:MAX_CHARACTERS], rules(translation.target_language))


def _findings(translation: Translation, source: Facts, target: Facts) -> Iterator[Finding]:
    yield from compare(source, target, question="?" in translation.source or "؟" in translation.source)
    yield from check_names(source, target)
    yield from form.inspect(source, target, translation.source_language, translation.target_language)
    if max(len(translation.source), len(translation.text)) > MAX_CHARACTERS:
        yield Finding("too-much", "Der Text ist zu lang zum Prüfen: bitte in Sätze teilen", Level.AMBER)


def _unchecked(translation: Translation) -> list[Finding]:
    missing = [c for c in (translation.source_language, translation.target_language) if rules(c) is None]
    if not missing:
        return []
    names = " und ".join(languages()[c].name if c in languages() else c for c in missing)
    message = f"Nicht geprüft: für {names} gibt es keine Prüfregeln, nur Ziffern und Schrift wurden verglichen"
    return [Finding("not-checked", message, Level.AMBER)]


def _slots(translation: Translation, target: Facts) -> Iterator[Finding]:
    """Names and places put into a phrase stand in its translation, in their own or another script."""
    skeletons = [skeleton(token.text) for token in target.tokens]
    for name, value in translation.slots.items():
        words = [t.text for t in extract(str(value), target.rules).tokens if t.kind == "word" and len(t.text) > 3]
        known = rules(translation.source_language)
        if known is not None and any(facts for facts in extract(str(value), known).kinds.values()):
            continue
        if any(skeleton(word) not in skeletons and word not in target.text.casefold() for word in words):
            message = f"Eingesetzter Wert „{value}“ ({name}) fehlt in der Übersetzung"
            yield Finding("slot-missing", message, Level.RED)


def _scores(translation: Translation, source: Facts, target: Facts) -> Iterator[Finding]:
    if translation.score is not None and translation.score < LOW_SCORE:
        yield Finding("score-low", "Das Übersetzungsmodell ist sich unsicher", Level.AMBER)
    known = {finding.code for finding in compare(source, target, question=False)}
    for text in translation.alternatives[:COMPARED_HYPOTHESES]:
        other = extract(text[:MAX_CHARACTERS], target.rules)
        differing = [f for f in compare(target, other, question=False) if f.code.endswith(_DISAGREEMENT)]
        if differing and not known:
            message = f"Das Modell schwankt: {differing[0].message.replace('in der Übersetzung', 'in einer Fassung')}"
            yield Finding("versions-differ", message, Level.AMBER)
            return


_DISAGREEMENT = ("number-changed", "side-changed", "order-changed", "negation-missing", "negation-added")


def verdict_of(findings: Sequence[Finding]) -> Verdict:
    unique = list({(f.code, f.message): f for f in findings}.values())
    unique.sort(key=lambda finding: -_ORDER[finding.level])
    level = max((finding.level for finding in unique), key=lambda value: _ORDER[value], default=Level.GREEN)
    return Verdict(level, tuple(unique))
