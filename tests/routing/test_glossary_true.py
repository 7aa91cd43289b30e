"""The glossary's words in machine translation, with the demo pack's translators."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.content import Avoid, Concept, Domain, Glossary, Status, TermTranslation, load_glossary, load_library
from app.core.errors import EngineError, MissingModelError
from app.core.paths import data_root
from app.core.protocols import GuidedTranslator, Spliced, Translator
from app.core.types import Finding, Hypothesis, Level, Origin, Translation, Verdict
from app.engines.registry import EngineRegistry
from app.guard import check
from app.routing import Router, TranslationService
from app.routing.gap import gap_at, same_sentence
from app.routing.glossary_true import GlossaryTrue

GLOSSARY = load_glossary(Path(__file__).parent.parent / "data" / "glossary")
TB, FEVER = GLOSSARY.concepts["arzt/tuberkulose"], GLOSSARY.concepts["arzt/fieber"]

HAD_TB = "Hatten Sie schon einmal Tuberkulose?"


@pytest.fixture(scope="module")
def engines() -> EngineRegistry:
    return EngineRegistry([data_root() / "models"])


def glossary(concept: Concept, language: str, term: str, *avoid: str) -> Glossary:
    """One concept with one accepted word."""
    entry = TermTranslation(
        term,
        avoid=tuple(Avoid(word, "hier nicht gewünscht") for word in avoid),
        language=language,
        status=Status.DRAFT,
        source_hash="",
    )
    concept = replace(concept, find_translation=lambda _, code: entry if code == language else None)
    domains = {concept.domain: Domain(concept.domain, "Test")}
    return Glossary(Path(), domains, {concept.id: concept}, ("de", language))


def translated(engines: EngineRegistry, text: str, target: str) -> tuple[Translator, Translation]:
    translator = engines.translator("de", target)
    best = translator.translate(text, "de", target)[0]
    return translator, Translation(text, best.text, "de", target, Origin.MACHINE, score=best.score)


SPLICED = [
    (
        "Hatten Sie schon einmal Tuberkulose?",
        TB,
        "tr",
        "verem",
        "tüberküloz",
        "Daha önce verem geçirdiniz mi?",
    ),
    ("Haben Sie Fieber?", FEVER, "tr", "hararet", "ateş", "Hararetiniz var mı?"),
    (HAD_TB, TB, "uk", "сухоти", "туберкульоз", "Ви вже хворіли на сухоти?"),
    (HAD_TB, TB, "ar", "الدرن", "السل", "هل أصبت بمرض الدرن من قبل؟"),
    ("Ich habe Fieber.", FEVER, "ro", "temperatură", "febră", "Am temperatură."),
]


@pytest.mark.parametrize(("text", "concept", "target", "term", "avoid", "expected"), SPLICED)
def test_the_right_word_takes_the_place_of_one_to_avoid(
    engines: EngineRegistry, text: str, concept: Concept, target: str, term: str, avoid: str, expected: str
) -> None:
    translator, best = translated(engines, text, target)
    found = GlossaryTrue(glossary(concept, target, term, avoid), check).improve(translator, best)
    assert (found.text, found.terms) == (expected, (concept.id,))
    assert found.origin is Origin.MACHINE and check(found).level is Level.GREEN


def test_without_a_sign_of_the_wrong_word_nothing_is_put_in(engines: EngineRegistry) -> None:
    translator, best = translated(engines, HAD_TB, "tr")
    found = GlossaryTrue(glossary(TB, "tr", "verem"), check).improve(translator, best)
    assert found == replace(best, terms=(TB.id,))


def test_listed_words_change_nothing(engines: EngineRegistry) -> None:
    for text in ("Haben Sie Fieber?", "Ich nehme Medikamente.", "Ist Blut in Ihrem Auswurf?"):
        for target in ("tr", "ar", "uk", "ro"):
            translator, best = translated(engines, text, target)
            assert GlossaryTrue(GLOSSARY, check).improve(translator, best).text == best.text


def test_a_splice_that_the_check_dislikes_is_not_taken(engines: EngineRegistry) -> None:
    def strict(translation: Translation) -> Verdict:
        if "verem" not in translation.text:
            return Verdict(Level.GREEN)
        return Verdict(Level.AMBER, (Finding("odd", "seltsam", Level.AMBER),))

    translator, best = translated(engines, HAD_TB, "tr")
    wanted = glossary(TB, "tr", "verem", "tüberküloz")
    assert GlossaryTrue(wanted, strict).improve(translator, best).text == best.text


class Answering:
    """A guided translator with known answers; `rated` believes in what it is told to believe in."""

    def __init__(self, candidates: Sequence[Hypothesis] = (), alone: str = "", rating: float = -0.1) -> None:
        self._candidates, self._alone, self._rating = tuple(candidates), alone, rating

    def translate(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        return (Hypothesis(self._alone, -0.1),) if self._alone else ()

    def candidates(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        return self._candidates

    def continued(self, text: str, source: str, target: str, beginnings: Sequence[str]) -> tuple[str, ...]:
        return tuple(f"{beginning} ve daha bir şeyler" for beginning in beginnings)

    def rated(self, text: str, source: str, target: str, pieces: Sequence[Spliced]) -> tuple[float, ...]:
        return (-0.1, *(self._rating for _ in pieces[1:]))


BEST = Translation("Haben Sie Fieber?", "Sıcaklığınız var mı?", "de", "tr", Origin.MACHINE, score=-0.2)


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([Hypothesis("Ateşiniz var mı?", -0.4)], "Ateşiniz var mı?"),
        ([Hypothesis("Ateşiniz var mı?", -0.9)], BEST.text),
        ([Hypothesis("Ateşiniz yok mu?", -0.3), Hypothesis("Ateşiniz var mı?", -0.5)], "Ateşiniz var mı?"),
        ([Hypothesis("Sıcak mı?", -0.3)], BEST.text),
        ([], BEST.text),
    ],
    ids=["has the term", "too unlikely", "negated", "no term either", "none"],
)
def test_hypotheses_are_ranked_by_terms(candidates: list[Hypothesis], expected: str) -> None:
    service = GlossaryTrue(GLOSSARY, check)
    found = service.improve(Answering(candidates), BEST)
    assert found.text == expected
    assert found.score == next((c.score for c in candidates if c.text == expected), BEST.score)


@pytest.mark.parametrize(
    ("alone", "rating", "expected"),
    [
        ("sıcaklık", -0.2, "Ateş var mı?"),
        ("sıcaklık", -3.0, BEST.text),
        ("hararet", -0.2, BEST.text),
        ("", -0.2, BEST.text),
    ],
    ids=["found", "model disagrees", "not in the sentence", "unknown"],
)
def test_the_wrong_word_is_known_from_the_term_alone(alone: str, rating: float, expected: str) -> None:
    answering = Answering(alone=alone, rating=rating)
    assert isinstance(answering, GuidedTranslator)
    assert GlossaryTrue(GLOSSARY, check).improve(answering, BEST).text == expected


def test_a_model_that_fails_on_the_way_leaves_the_translation(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = Answering(alone="sıcaklık", rating=-0.2)

    def fail(*_: object) -> tuple[float, ...]:
        raise EngineError("gescheitert")

    monkeypatch.setattr(answering, "rated", fail)
    assert GlossaryTrue(GLOSSARY, check).improve(answering, BEST).text == BEST.text


def test_a_translator_that_cannot_be_guided_only_gets_its_terms_named() -> None:
    class Plain:
        def translate(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
            return (Hypothesis("?", -1.0),)

    assert GlossaryTrue(GLOSSARY, check).improve(Plain(), BEST) == replace(BEST, terms=("arzt/fieber",))


@pytest.mark.parametrize(
    ("language", "text", "span", "listed", "term", "forms"),
    [
        ("ro", "Luați tabletele.", (6, 15), "tabletă", "pastilă", ("pastilele", "pastilă")),
        ("ro", "Nu întrerupeți tratamentul.", (15, 26), "tratament", "terapie", ("terapie",)),
        ("tr", "Ateşiniz var mı?", (0, 8), "ateş", "hararet", ("Hararetiniz", "Hararet")),
        ("tr", "Tabletleri alın.", (0, 10), "tablet", "hap", ("Hap",)),
        ("uk", "Я не приймаю ліків.", (13, 18), "ліки", "медикаменти", ("медикаментів", "медикаменти")),
        ("de", "Nehmen Sie Pillen.", (11, 17), "Pille", "Tablette", ("Tabletten", "Tablette")),
    ],
)
def test_a_term_takes_the_ending_of_the_word_it_replaces(
    language: str, text: str, span: tuple[int, int], listed: str, term: str, forms: tuple[str, ...]
) -> None:
    assert gap_at(text, *span, listed).fitted(term, language) == forms


def test_only_endings_may_differ_in_the_rest() -> None:
    assert same_sentence(" înainte să mâncați.", " înainte să mâncat.", "ro")
    assert not same_sentence(" înainte să mâncați.", ".", "ro")
    assert not same_sentence(" var mı?", " yok mu?", "tr")


def test_the_service_names_terms_whatever_the_origin(engines: EngineRegistry) -> None:
    service = TranslationService(Router(load_library()), engines, GlossaryTrue(GLOSSARY, check))
    phrase = service.translate("Haben Sie Fieber?", "de", "tr")
    assert (phrase.origin, phrase.terms) == (Origin.DRAFT, ("arzt/fieber",))
    both = service.translate("Haben Sie Fieber? Ich nehme Medikamente.", "de", "tr")
    assert both.terms == ("arzt/fieber", "arzt/medikament")
    assert service.translate("Xyzzy Tuberkulose plugh", "de", "tr").terms == ()


def test_a_machine_translation_goes_through_the_glossary() -> None:
    service = TranslationService(
        Router(load_library()), OnlyMachine("Sıcaklığınız çok mu?"), GlossaryTrue(GLOSSARY, check)
    )
    found = service.translate("Haben Sie sehr starkes Fieber?", "de", "tr")
    assert found.origin is Origin.MACHINE and found.terms == ("arzt/fieber",)
    assert found.text == "Ateşiniz çok mu?"
    assert service.translate("Haben Sie sehr starkes Fieber?", "de", "ar").origin is Origin.NONE


class OnlyMachine(EngineRegistry):
    """Engines with one guided translator, German to Turkish, whose second hypothesis has the term."""

    def __init__(self, first: str) -> None:
        self._first = first

    def translator(self, source: str, target: str) -> Translator:
        if target != "tr":
            raise MissingModelError("kein Modell")
        best = Hypothesis("Ateşiniz çok mu?", -0.3)
        return Answering([Hypothesis(self._first, -0.1), best], alone=self._first)
