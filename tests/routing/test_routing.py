"""Sentences that staff and patients say, and what becomes of them."""

import pytest

from app.content import load_library, render
from app.content.wordings import read_wordings
from app.core.types import Origin
from app.routing import Router
from tests.routing.figures import Figures, measure, rows

LIBRARY = load_library()
ROUTER = Router(LIBRARY)
PATIENTS = ["tr", "ar", "uk", "ro", "ru", "en", "pl", "fr", "fa", "bg", "es"]
"""Languages with further wordings of the patients' sentences."""
GERMAN = ["german.tsv", "german_second.tsv", "german_third.tsv", "german_fourth.tsv", "german_fifth.tsv"]


@pytest.fixture(scope="module")
def figures() -> Figures:
    return measure(ROUTER)


def test_size_of_the_development_set() -> None:
    german = list(rows("german.tsv"))
    phrases = {row["phrase"] for row in german}
    assert len(phrases) >= 60
    for phrase in phrases:
        kinds = [row["kind"] for row in german if row["phrase"] == phrase]
        assert kinds.count("paraphrase") >= 5 and kinds.count("near-miss") >= 3, phrase


def test_development_set_is_no_copy_of_the_phrasebook() -> None:
    sources = {phrase.source for phrase in LIBRARY.phrases.values()}
    further = {text for texts in read_wordings(LIBRARY, "de").texts.values() for text in texts}
    for name in GERMAN:
        said = {row["sentence"] for row in rows(name) if row["kind"] == "paraphrase"}
        assert not (sources | further) & said


@pytest.mark.parametrize("language", PATIENTS)
def test_patients_set_is_no_copy_of_the_wordings(language: str) -> None:
    further = {text for texts in read_wordings(LIBRARY, language).texts.values() for text in texts}
    said = {
        row["sentence"]
        for name in ("patients.tsv", "patients_second.tsv", "patients_third.tsv")
        for row in rows(name)
        if (row["language"], row["kind"]) == (language, "paraphrase")
    }
    assert further and not further & said


def test_paraphrases(figures: Figures) -> None:
    assert figures.share("paraphrase", "taken", "offered") >= 0.85
    assert figures.share("paraphrase", "taken") >= 0.60
    assert figures.counts["paraphrase"]["wrong"] == 0


@pytest.mark.parametrize("name", ["second", "third"])
def test_sets_written_after_the_rules(figures: Figures, name: str) -> None:
    assert figures.share(f"{name} paraphrase", "taken", "offered") >= 0.85
    assert figures.share(f"{name} paraphrase", "taken") >= 0.60


@pytest.mark.parametrize("name", ["fourth", "fifth"])
def test_sets_without_the_sentences_that_wordings_have(figures: Figures, name: str) -> None:
    """What is left of them when every sentence that a wording has by chance is taken out."""
    assert figures.share(f"{name} paraphrase", "taken", "offered") >= 0.85


@pytest.mark.parametrize("language", ["tr", "ar", "uk", "ro"])
def test_patients_paraphrases(figures: Figures, language: str) -> None:
    assert figures.share(f"{language} paraphrase", "taken", "offered") >= 0.85
    assert figures.share(f"{language} paraphrase", "taken") >= 0.60


def test_no_near_miss_is_taken(figures: Figures) -> None:
    taken = [line for line in figures.wrong if "near-miss\ttaken" in line]
    assert taken == []


def test_outside_sentences(figures: Figures) -> None:
    assert figures.counts["outside"].total() >= 100
    assert figures.share("outside", "taken") <= 0.01


def _said(phrase_id: str, language: str) -> tuple[str, dict[str, str]]:
    phrase = LIBRARY.phrases[phrase_id]
    slots = {slot.name: phrase.examples.get(slot.name, ("5",))[0] for slot in phrase.slots}
    return render(phrase, language, slots), slots


@pytest.mark.parametrize("language", ["de", *PATIENTS])
def test_every_phrase_finds_itself(language: str) -> None:
    target = "tr" if language == "de" else "de"
    missed = []
    for phrase in LIBRARY.phrases.values():
        if all(code == "de" or phrase.translation(code) for code in (language, target)):
            text, slots = _said(phrase.id, language)
            found = ROUTER.route(text, language, target)
            same = (
                found.phrase is not None
                and render(LIBRARY.phrases[found.phrase], "de", found.slots) == _said(phrase.id, "de")[0]
            )
            if not same:
                missed.append((phrase.id, text, found.phrase, found.slots, slots))
    assert missed == []


SLOTS = [
    ("Kommen Sie bitte am dritten März um halb neun wieder", {"tag": "--03-03", "uhr": "08:30"}),
    ("Kommen Sie am 3.3.2026 um Viertel nach acht wieder.", {"tag": "2026-03-03", "uhr": "08:15"}),
    ("Putzen Sie die Zähne dreimal täglich.", {"male": "3"}),
    ("Nehmen Sie morgens eine Tablette.", {"tabletten": "1"}),
    ("Geben Sie Ihrem Kind eins Komma fünf Milliliter von diesem Medikament.", {"menge": "1.5 ml"}),
    ("Fahren Sie bitte bis zur Haltestelle Stadtgarten.", {"halt": "Stadtgarten"}),
]


@pytest.mark.parametrize(("sentence", "slots"), SLOTS)
def test_slot_values(sentence: str, slots: dict[str, str]) -> None:
    found = ROUTER.route(sentence, "de", "tr")
    assert found.origin is Origin.DRAFT
    assert found.slots == slots


NOT_TAKEN = [
    "Kommen Sie übermorgen um halb neun wieder.",
    "Nehmen Sie morgens 1.000 Tabletten.",
    "Nehmen Sie nicht morgens zwei Tabletten, sondern abends.",
    "Nehmen Sie morgens zwei Tabletten, nicht abends.",
    "Fahren Sie bitte bis zur Haltestelle heute.",
    "Sie rufen uns einen Krankenwagen.",
    "Sie untersuchen eine Frau.",
    "nehmen sie zwei tabletten",
    "",
    "   ",
    "?!",
    "😀😀",
    "x" * 5000,
]


@pytest.mark.parametrize("sentence", NOT_TAKEN)
def test_not_taken(sentence: str) -> None:
    found = ROUTER.route(sentence, "de", "tr")
    assert found.origin is Origin.NONE and found.text == "" and found.phrase is None


def test_offers_are_few_and_ordered() -> None:
    near = ROUTER.route("Haben Sie Schmerzen im Bein?", "de", "tr").near
    assert 1 <= len(near) <= 3
    assert [offer.score for offer in near] == sorted((offer.score for offer in near), reverse=True)
    assert all(0 <= offer.score <= 1 for offer in near)


def test_phrase_without_translation_is_not_taken() -> None:
    found = ROUTER.route("Haben Sie Fieber?", "de", "rom")
    assert found.origin is Origin.NONE and found.near == ()


def test_question_and_instruction_are_told_apart_by_the_mark() -> None:
    assert ROUTER.route("Nehmen Sie jeden Tag Medikamente?", "de", "tr").phrase == "tb/medikamente-taeglich"
    assert ROUTER.route("Nehmen Sie jeden Tag Medikamente.", "de", "tr").phrase is None


def test_say_fills_a_phrase_chosen_by_hand() -> None:
    found = ROUTER.say("tb/husten-wochen", {"wochen": "3"}, "tr")
    assert found.source == "Husten Sie seit mehr als 3 Wochen?"
    assert (
        found.text.startswith("3 haftadan")
        and found.phrase_source == "Husten Sie seit mehr als {wochen} Wochen?"
    )
