"""The guard over prepared phrases: every plural form and every alternative, rendered with sample values.

A person who signs a phrase and the check of all content see the same findings.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from app.content import Phrase, PhraseTranslation, SlotKind, render
from app.content.pattern import locale_of, plural_numbers
from app.core.languages import STAFF_LANGUAGE
from app.core.types import Finding, Level, Origin, Translation, Verdict
from app.guard.facts import Facts, extract
from app.guard.rules import rules
from app.guard.verdict import differences, verdict_of

SAMPLES: Mapping[SlotKind, str] = {
    SlotKind.NUMBER: "3",
    SlotKind.DATE: "2026-03-12",
    SlotKind.TIME: "08:30",
    SlotKind.QUANTITY: "5 ml",
    SlotKind.PLACE: "Zimmer 7",
}
"""Values for slots whose phrase gives no examples."""
_LARGEST_SAMPLE = 110
"""Up to here every plural category of integers that any of the languages has occurs."""
MISMATCHES = ("number-", "measure-", "side-", "negation-missing", "negation-added")
"""Codes, or how they begin, that are a mistake in a prepared phrase even where the desk would only ask."""
_ONLY_ASKED = frozenset({"number-ambiguous"})


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way a phrase reaches the patient."""

    form: str
    """What it is a sample of: a plural category, an alternative, or empty."""
    source: str
    target: str
    verdict: Verdict


def renderings(phrase: Phrase, language: str) -> Iterator[Rendering]:
    """Every plural form and alternative of a usable translation, with the guard's findings."""
    translation = phrase.translation(language)
    if translation is None:
        return
    samples, seen = _samples(phrase), set()
    for values in [samples, *_of_every_form(phrase, language, translation, samples)]:
        if (key := tuple(values.values())) not in seen:
            seen.add(key)
            form = _form(language, translation, values.get(phrase.plural or ""))
            yield _rendering(phrase, language, form, values, None)
    for variant in translation.alternatives:
        yield _rendering(phrase, language, variant, samples, variant)


def mismatch(finding: Finding) -> bool:
    """True where a finding means that a prepared translation says something else than the German."""
    clear = finding.code.startswith(MISMATCHES) and finding.code not in _ONLY_ASKED
    return finding.level is Level.RED or clear


def objections(phrase: Phrase, language: str) -> list[str]:
    """Reasons in German why nobody may sign the translation; empty if the guard has none."""
    found = [
        finding.message
        for rendering in renderings(phrase, language)
        for finding in rendering.verdict.findings
        if mismatch(finding)
    ]
    return list(dict.fromkeys(found))


def _samples(phrase: Phrase) -> dict[str, str]:
    return {slot.name: phrase.examples.get(slot.name, (SAMPLES[slot.kind],))[0] for slot in phrase.slots}


def _of_every_form(
    phrase: Phrase, language: str, translation: PhraseTranslation, samples: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """The sample values with a number of each plural category that either side has a text for."""
    for code, texts in ((language, translation.text), (STAFF_LANGUAGE, phrase.text)):
        for category in texts if phrase.plural and len(texts) > 1 else ():
            number = _member(code, category)
            if phrase.plural and number is not None:
                yield {**samples, phrase.plural: str(number)}


def _form(language: str, translation: PhraseTranslation, number: str | None) -> str:
    """The plural category that a number takes; empty where the translation has only one text."""
    if number is None or len(translation.text) == 1:
        return ""
    category = str(locale_of(language).plural_form(Decimal(number)))
    return category if category in translation.text else "other"


@lru_cache(maxsize=256)
def _member(language: str, category: str) -> int | None:
    """The smallest positive number of a category; None if it has no integers."""
    single = plural_numbers(language).get(category)
    if single is not None:
        return single
    locale = locale_of(language)
    members = (n for n in range(1, _LARGEST_SAMPLE) if locale.plural_form(n) == category)
    return next(members, None)


def _rendering(
    phrase: Phrase, language: str, form: str, values: Mapping[str, str], variant: str | None
) -> Rendering:
    source, target = render(phrase, STAFF_LANGUAGE, values), render(phrase, language, values, variant)
    pair = Translation(
        source,
        target,
        STAFF_LANGUAGE,
        language,
        Origin.MACHINE,
        phrase=phrase.id,
        slots=values,
        risk=phrase.risk,
    )
    return Rendering(form, source, target, verdict_of(list(_differences(pair))))


def _differences(pair: Translation) -> Iterator[Finding]:
    return differences(pair, _german(pair.source), extract(pair.text, rules(pair.target_language)))


@lru_cache(maxsize=64)
def _german(text: str) -> Facts:
    """Facts of a German sentence of the phrasebook, read once for all its languages."""
    return extract(text, rules(STAFF_LANGUAGE))
