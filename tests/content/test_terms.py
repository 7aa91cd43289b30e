"""Terms in running text: longest match, inflected forms, nothing that only looks alike."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content import load_glossary, load_library
from app.content.inflection import inflection
from app.content.term_cards import term_cards
from app.core.languages import languages
from app.core.types import Origin

GLOSSARY = load_glossary(Path(__file__).parent.parent / "data" / "glossary")

FOUND = [
    ("de", "Haben Sie Husten?", ["husten"]),
    ("de", "Nehmen Sie 2 Tabletten.", ["tablette"]),
    ("de", "haben sie fieber oder husten", ["fieber", "husten"]),
    ("de", "Bei erhöhter Temperatur: Maske auf!", ["fieber", "maske"]),
    ("de", "Ihr Blutdruck ist hoch.", ["blutdruck"]),
    ("de", "Der TB-Verdacht bleibt.", ["tuberkulose"]),
    ("de", "Kopfschmerzen und Schmerzen", ["kopfschmerz", "schmerz"]),
    ("de", "Ich blute nicht.", []),
    ("de", "Das ist mir zu arm.", []),
    ("de", "Er ist handlich und brüstet sich.", []),
    ("de", "", []),
    ("tr", "Tüberkülozunuz yok.", ["tuberkulose"]),
    ("tr", "Aşı karneniz yanınızda mı?", ["impfpass"]),
    ("tr", "İlaçlarımı aldım.", ["medikament"]),
    ("tr", "İlacınız var mı?", ["medikament"]),
    ("tr", "Ellerinizi yıkayın, kolunuzu açın.", ["hand", "arm"]),
    ("tr", "Kanal tedavisi kolay.", ["behandlung"]),
    ("tr", "Elli kişi geldi.", []),
    ("ar", "هل لديك السعال والحمى؟", ["husten", "fieber"]),
    ("ar", "مصاب بالسل", ["tuberkulose"]),
    ("ar", "أدويتك معك؟", ["medikament"]),
    ("ar", "سأقيس ضغط دمك", ["blutdruck"]),
    ("ar", "هل لديك أَلَمٌ؟", ["schmerz"]),
    ("ar", "قدم", []),
    ("uk", "Ви приймаєте таблетки?", ["tablette"]),
    ("uk", "Людина хворіє на туберкульоз, без кашлю.", ["tuberkulose", "husten"]),
    ("uk", "кров'яного тиску", ["blutdruck"]),
    ("ru", "У него нет температуры, принесите прививочный паспорт", ["fieber", "impfpass"]),
    ("ru", "Больна туберкулезом", ["tuberkulose"]),
    ("ro", "Luați tabletele, nu medicamentul.", ["tablette", "medikament"]),
    ("ro", "măştile", ["maske"]),
    ("pl", "Proszę zażyć tabletkę na gorączkę.", ["tablette", "fieber"]),
    ("fa", "داروهایتان کجاست؟", ["medikament"]),
    ("fa", "دست‌هایم درد می‌کند", ["hand", "schmerz"]),
    ("en", "Any allergies to tablets?", ["allergie", "tablette"]),
    ("xx", "Husten", []),
]


@pytest.mark.parametrize(("language", "text", "concepts"), FOUND)
def test_terms_are_found(language: str, text: str, concepts: list[str]) -> None:
    hits = GLOSSARY.terms_in(text, language)
    assert [hit.concept.id.split("/")[1] for hit in hits] == concepts
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)


def test_the_head_of_a_compound_is_only_a_part() -> None:
    (hit,) = GLOSSARY.terms_in("Lungentuberkulose ist heilbar.", "de")
    assert hit.part and hit.concept.term == "Tuberkulose" and hit.text == "Lungentuberkulose"
    assert GLOSSARY.terms_in("Reisetabletten", "de") == ()


def test_a_term_may_be_rendered_by_a_word_formed_from_it() -> None:
    cough = GLOSSARY.concepts["arzt/husten"]
    assert not GLOSSARY.accepted_in(cough, "Öksürüyor musunuz?", "tr")
    assert GLOSSARY.rendered(cough, "Öksürüyor musunuz?", "tr")
    assert not GLOSSARY.rendered(cough, "Ateşiniz var mı?", "tr")


def test_words_to_avoid_count_unless_they_are_part_of_a_right_one() -> None:
    person = GLOSSARY.concepts["arzt/kontaktperson"]
    ((avoid, start, end),) = GLOSSARY.avoided_in(person, "Akrabalarınız hasta mı?", "tr")
    assert (avoid.term, start, end) == ("akraba", 0, 13)
    assert GLOSSARY.avoided_in(person, "Temaslı kişi hasta mı?", "tr") == ()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200), st.sampled_from([*languages(), "xx"]))
def test_any_text_gives_spans_inside_it(text: str, language: str) -> None:
    last = 0
    for hit in GLOSSARY.terms_in(text, language):
        assert last <= hit.start < hit.end <= len(text) and hit.text == text[hit.start : hit.end]
        last = hit.end
    for concept in GLOSSARY.terms[:3]:
        GLOSSARY.rendered(concept, text, language)
        GLOSSARY.avoided_in(concept, text, language)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([f for c in GLOSSARY.terms for f in c.forms]), min_size=1, max_size=5))
def test_every_listed_german_form_is_found_among_others(forms: list[str]) -> None:
    found = [hit.text for hit in GLOSSARY.terms_in(", ".join(forms), "de")]
    assert found == forms


def test_every_listed_form_of_the_installed_glossaries_is_found() -> None:
    glossary = load_glossary()
    for code in glossary.languages:
        for concept in glossary.terms:
            for form in glossary.forms(concept, code):
                assert glossary.accepted_in(concept, form, code), (code, form)


def test_german_phrases_hold_no_term_that_is_not_written_in_them() -> None:
    """Every hit is a listed form but for an ending or a compound's head."""
    glossary = load_glossary()
    for phrase in load_library().phrases.values():
        for hit in glossary.terms_in(phrase.source, "de"):
            forms = [form.lower() for form in hit.concept.forms]
            assert hit.part or any(hit.text.lower().startswith(form[:4]) for form in forms), hit


@pytest.mark.parametrize(
    ("language", "listed", "written", "follows"),
    [
        ("ru", "прием", "при", False),
        ("ru", "рука", "руки", True),
        ("ru", "рука", "рук", False),
        ("ru", "таблетка", "таблеткой", True),
        ("uk", "кашель", "кашлю", True),
        ("tr", "el", "ellerinizi", True),
        ("tr", "el", "elli", False),
        ("tr", "alma", "almanya", False),
        ("tr", "kalp", "kalbiniz", True),
        ("ar", "رجلان", "رجل", False),
        ("ar", "ادويه", "ادويتك", False),
        ("ar", "ادوية", "ادويتك", True),
        ("pl", "gorączka", "gorączce", True),
        ("ro", "tabletă", "tabletele", True),
        ("de", "arm", "arme", False),
        ("vi", "ho", "hoa", False),
    ],
)
def test_what_may_follow_a_stem(language: str, listed: str, written: str, follows: bool) -> None:
    rules = inflection(language)
    found = any(
        written.startswith(stem)
        and ((whole and stem == written) or rules.inflects(written, len(stem), whole))
        for stem, whole in rules.stems(listed)
    )
    assert found is follows


def test_search_finds_terms_before_definitions() -> None:
    first, *others = [concept.id for concept in GLOSSARY.search("lunge")]
    assert first == "koerper/lunge" and "arzt/tuberkulose" in others
    assert [concept.id for concept in GLOSSARY.search("öks", "tr")] == ["arzt/husten"]
    assert GLOSSARY.search("gibtesnicht") == [] and len(GLOSSARY.search("")) == len(GLOSSARY.terms)


def test_hot_words_are_the_topic_s_most_frequent_terms() -> None:
    phrases = load_library().phrases.values()
    words = GLOSSARY.hotwords("tr", "tb", 4, phrases)
    assert len(words) == 4 and {"tüberküloz", "öksürük"} <= {*GLOSSARY.hotwords("tr", "tb", 20, phrases)}
    assert GLOSSARY.hotwords("tr", "wege", 4, phrases) != words
    assert GLOSSARY.hotwords("vi", "tb", 4, phrases) == GLOSSARY.hotwords("tr", "tb", 4) == ()


def test_a_card_explains_in_german_whoever_speaks() -> None:
    (card,) = term_cards(GLOSSARY, "Temaslı kişi kim?", "tr", "tr")
    assert card.concept.term == "Kontaktperson" and card.term == "temaslı kişi"
    assert card.origin is Origin.DRAFT and card.avoid[0].term == "akraba"
    (german,) = term_cards(GLOSSARY, "Husten, Husten!", "de", "vi")
    assert (german.term, german.origin) == ("", Origin.NONE)


def test_a_sentence_takes_less_than_half_a_millisecond() -> None:
    glossary = load_glossary()
    texts = [phrase.source for phrase in load_library().phrases.values()]
    for text in texts:
        glossary.terms_in(text, "de")
    start = time.process_time()
    for text in texts:
        glossary.terms_in(text, "de")
    assert (time.process_time() - start) / len(texts) < 0.0005
