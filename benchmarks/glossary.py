"""Cost and effect of the glossary: `python benchmarks/glossary.py`.

Prints what loading and finding terms costs, then the share of glossary terms that the demo pack's translators
get right: as they are, after ranking eight hypotheses, and after putting words in. The demo pack knows one
wording per sentence and renders nearly every term of it as listed, so the glossary asked for here accepts
only another word than the one the model was trained on: "verem" where it says "tüberküloz". Once the model's
word is listed as one to avoid, so that its place is certain; once nothing is said about it. Times are
processor time.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.content import (
    Avoid,
    Concept,
    Domain,
    Glossary,
    Phrase,
    Status,
    TermTranslation,
    load_glossary,
    load_library,
    render,
)
from app.core.protocols import GuidedTranslator
from app.core.types import Level, Origin, Translation
from app.engines.catalog import TranslateRow
from app.engines.registry import EngineRegistry
from app.engines.translate import CTranslator
from app.guard import check
from app.routing.glossary_true import GlossaryTrue

ROOT = Path(__file__).resolve().parent.parent
TOPICS = ("tb", "antworten", "empfang", "notfall")
OTHER_WORDS = {
    "tr": {
        "tuberkulose": ("tüberküloz", "verem"),
        "fieber": ("ateş", "hararet"),
        "tablette": ("tablet", "hap"),
        "schwangerschaft": ("hamile", "gebe"),
        "behandlung": ("tedavi", "terapi"),
        "auswurf": ("balgam", "mukus"),
    },
    "ar": {
        "tuberkulose": ("السل", "الدرن"),
        "husten": ("سعال", "كحة"),
        "fieber": ("حمى", "سخونة"),
        "tablette": ("حبة", "قرص"),
        "auswurf": ("البلغم", "البصاق"),
        "maske": ("الكمامة", "القناع"),
    },
    "uk": {
        "tuberkulose": ("туберкульоз", "сухоти"),
        "medikament": ("ліки", "медикаменти"),
        "tablette": ("таблетка", "пігулка"),
        "fieber": ("температура", "гарячка"),
        "behandlung": ("лікування", "терапія"),
        "auswurf": ("мокротиння", "харкотиння"),
    },
    "ro": {
        "fieber": ("febră", "temperatură"),
        "tablette": ("tabletă", "pastilă"),
        "auswurf": ("flegmă", "spută"),
        "behandlung": ("tratament", "terapie"),
        "schwangerschaft": ("însărcinată", "gravidă"),
        "lunge": ("plămâni", "pulmon"),
    },
}
"""By concept of tests/data/glossary: the word of the phrasebook, and another one that is right as well."""


@dataclass(frozen=True)
class Case:
    """A sentence as the demo pack translates it, and the concept whose other word is wanted."""

    language: str
    best: Translation
    concept: Concept
    own: str
    other: str

    def glossary(self, avoid: bool) -> Glossary:
        """Accepts the other word alone."""
        words = (Avoid(self.own, "hier nicht gewünscht"),) if avoid else ()
        term = TermTranslation(self.language, self.other, Status.DRAFT, "", avoid=words)
        concept = replace(
            self.concept, find_translation=lambda _, code: term if code == self.language else None
        )
        return Glossary(
            Path(), {concept.domain: Domain(concept.domain, "")}, {concept.id: concept}, ("de", self.language)
        )


def main() -> None:
    costs()
    engines = EngineRegistry([ROOT / "models"])
    found = [case for code in OTHER_WORDS for case in cases(engines, code)]
    for case in found:
        check(case.best)  # reads the guard's tables
    print(f"\n{len(found)} sentences of the demo pack with a term whose other word is wanted")
    print(f"{'':34}{'terms right':>12}{'rest kept':>11}{'ms more':>9}")
    report("as translated", found, lambda case: case.best)
    for beam in (1, 8):
        wide = {code: widen(engines, code, beam) for code in OTHER_WORDS}
        report(f"ranked, catalog beam {beam}", found, partial(rank_with, wide))
    report("put in, wrong word listed", found, partial(splice_with, engines, True))
    report("put in, wrong word not listed", found, partial(splice_with, engines, False))
    harmless(engines)


def costs() -> None:
    first, again = _timed(load_glossary), _timed(load_glossary)
    glossary = load_glossary()
    print(f"load {len(glossary.concepts)} concepts in German: first {first:.0f} ms, warm {again:.0f} ms")
    library = load_library()
    for code in ("de", *(code for code in ("tr", "ar", "uk") if code in glossary.languages)):
        texts = [text for phrase in library.phrases.values() for text in _texts(phrase, code)]
        index = _timed(partial(glossary.terms_in, "Ja.", code))
        took = [_timed(partial(glossary.terms_in, text, code)) for text in texts * 2]
        warm = took[len(texts) :]
        print(
            f"  terms of {len(warm)} sentences in {code}: index {index:.0f} ms once, then median "
            f"{statistics.median(warm):.3f} ms, slowest {max(warm):.3f} ms"
        )


def cases(engines: EngineRegistry, language: str) -> Iterator[Case]:
    """What the demo pack translates word for word as the phrasebook does."""
    concepts = load_glossary(ROOT / "tests/data/glossary").concepts.values()
    by_slug = {concept.id.split("/")[1]: concept for concept in concepts}
    translator = engines.translator("de", language)
    for text in german():
        hypotheses = translator.translate(text, "de", language)
        if not hypotheses:
            continue
        best = Translation(
            text, hypotheses[0].text, "de", language, Origin.MACHINE, score=hypotheses[0].score
        )
        for slug, (own, other) in OTHER_WORDS[language].items():
            case = Case(language, best, by_slug[slug], own, other)
            glossary = case.glossary(avoid=True)
            concept = glossary.concepts[case.concept.id]
            if glossary.terms_in(text, "de") and glossary.avoided_in(concept, best.text, language):
                yield case


@cache
def german() -> tuple[str, ...]:
    """Sentences of the demo pack's topics with their first example values."""
    phrases = [phrase for phrase in load_library().phrases.values() if phrase.topic in TOPICS]
    return tuple(
        render(phrase, "de", {slot.name: phrase.examples[slot.name][0] for slot in phrase.slots})
        for phrase in phrases
        if all(slot.name in phrase.examples for slot in phrase.slots)
    )


def report(name: str, found: list[Case], way: Callable[[Case], Translation]) -> None:
    """Share of terms that are right, share of those whose other words stayed, time per sentence."""
    right = kept = 0
    took = 0.0
    for case in found:
        start = time.process_time()
        text = way(case).text
        took += time.process_time() - start
        glossary = case.glossary(avoid=True)
        (concept,) = glossary.concepts.values()
        if not GlossaryTrue(glossary, check).wrong([concept], text, case.language):
            right += 1
            kept += _without(glossary, text, case) == _without(glossary, case.best.text, case)
    share = f"{100 * kept / right:.0f} %" if right else "–"
    print(f"{name:34}{100 * right / len(found):>10.0f} %{share:>11}{1000 * took / len(found):>9.1f}")


def rank_with(wide: Mapping[str, CTranslator], case: Case) -> Translation:
    glossary = case.glossary(avoid=True)
    candidates = wide[case.language].candidates(case.best.source, "de", case.language)
    return GlossaryTrue(glossary, check).reranked(case.best, tuple(glossary.concepts.values()), candidates)


def splice_with(engines: EngineRegistry, avoid: bool, case: Case) -> Translation:
    translator = engines.translator("de", case.language)
    assert isinstance(translator, GuidedTranslator)
    glossary = case.glossary(avoid)
    return GlossaryTrue(glossary, check).spliced(case.best, tuple(glossary.concepts.values()), translator)


def widen(engines: EngineRegistry, language: str, beam: int) -> CTranslator:
    """The demo translator with a beam that its row does not ask for."""
    (row,) = engines.catalog.translator("de", language)
    assert isinstance(row, TranslateRow)
    return CTranslator(replace(row, beam=beam))


def harmless(engines: EngineRegistry) -> None:
    """The listed words on the pack's own sentences: how many are right, and what the glossary changes."""
    glossary = load_glossary(ROOT / "tests/data/glossary")
    service = GlossaryTrue(glossary, check)
    terms = right = changed = amber = sentences = 0
    took = 0.0
    for language in OTHER_WORDS:
        translator = engines.translator("de", language)
        for text in german():
            for best in translator.translate(text, "de", language)[:1]:
                found = Translation(text, best.text, "de", language, Origin.MACHINE, score=best.score)
                concepts = service.terms(text, "de", language)
                start = time.process_time()
                better = service.improve(translator, found)
                took += time.process_time() - start
                sentences += 1
                terms += len(concepts)
                right += len(concepts) - len(service.wrong(concepts, best.text, language))
                changed += better.text != best.text
                amber += check(better, glossary).level is not check(better).level is Level.GREEN
    print(
        f"\nlisted words: {right} of {terms} terms right in {sentences} sentences as translated; the "
        f"glossary changes {changed} and asks about {amber} more, {1000 * took / sentences:.2f} ms each"
    )


def _without(glossary: Glossary, text: str, case: Case) -> str:
    """A sentence without the term, whichever word stands for it."""
    (concept,) = glossary.concepts.values()
    spans = [(hit.start, hit.end) for hit in glossary.accepted_in(concept, text, case.language)]
    spans += [(start, end) for _, start, end in glossary.avoided_in(concept, text, case.language)]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text.strip().casefold()


def _texts(phrase: Phrase, language: str) -> list[str]:
    if language == "de":
        return [phrase.source]
    found = phrase.translation(language)
    return [found.text["other"]] if found else []


def _timed(work: Callable[[], object]) -> float:
    """Milliseconds of processor time."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main()
