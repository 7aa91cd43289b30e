"""Topics for humans: what stops free text, what does not, and how the list itself is kept."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content import load_glossary, load_library
from app.core.types import Level, Origin, Translation
from app.guard.humans import HumanTopics, human_finding, human_topic, stopped, topic_of
from tests.guard.humans import installed_topics, measure, phrases

MANY = ("de", "tr", "ar", "uk", "ro", "ru", "en")
SOME = ("pl", "bg", "fr", "es", "fa", "prs", "sq", "sr", "hr", "it")


@pytest.fixture(scope="module")
def topics() -> HumanTopics:
    return installed_topics()


def test_the_development_set_is_found_and_near_misses_stay_quiet(topics: HumanTopics) -> None:
    figures = measure(topics)
    assert set(figures.counts) == {*MANY, *SOME}
    for language, row in figures.counts.items():
        assert row.total() >= (40 if language in MANY else 15), language
        assert figures.share(language, "found", "other") >= 0.9, (language, figures.wrong)
        assert figures.share(language, "alarm") <= 0.1, (language, figures.wrong)


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("Ich will nicht mehr leben", "de", "suizid"),
        ("ICH WILL NICHT STERBEN", "de", "suizid"),
        ("Denken Sie an Selbst Mord?", "de", "suizid"),
        ("Es geht um eine Vergewaltigng.", "de", "gewalt"),
        ("Želim da umrem.", "sr", "suizid"),
        ("Желим да умрем.", "sr", "suizid"),
        ("Не хочу жить.", "uk", "suizid"),
        ("нe хочу", "ru", None),
        ("", "de", None),
        ("…", "ar", None),
        ("I want to die", "so", None),
        ("a" * 20_000, "de", None),
    ],
)
def test_inflected_misspelt_and_odd_text(
    topics: HumanTopics, text: str, language: str, topic: str | None
) -> None:
    found = human_topic(text, language, topics)
    assert (found.slug if found else None) == topic
    assert found is None or text[slice(*found.span)] == found.cue


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60), st.sampled_from([*MANY, *SOME, "bs", "so"]))
def test_any_text_gets_an_answer(text: str, language: str) -> None:
    found = human_topic(text, language, installed_topics())
    assert found is None or text[slice(*found.span)] == found.cue != ""


def test_the_most_urgent_topic_is_named(topics: HumanTopics) -> None:
    found = human_topic("Mein Mann schlägt mich, ich will nicht mehr leben.", "de", topics)
    assert found is not None and found.slug == "suizid" and found.title and "112" in found.reason


@pytest.mark.parametrize("language", [*MANY, *SOME])
def test_few_prepared_sentences_touch_a_topic(topics: HumanTopics, language: str) -> None:
    count, hits = phrases(topics, load_library(), language)
    assert count > 500 and len(hits) <= 5, hits


def translation(text: str, origin: Origin, language: str = "de", risk: str = "green") -> Translation:
    return Translation(text, "…", language, "tr" if language == "de" else "de", origin, risk=risk)


@pytest.mark.parametrize(
    ("row", "level"),
    [
        (translation("Ich höre Stimmen.", Origin.MACHINE), Level.RED),
        (translation("Ich höre Stimmen.", Origin.NONE), Level.RED),
        (translation("Ich höre Stimmen.", Origin.DRAFT), None),
        (translation("Ich höre Stimmen.", Origin.APPROVED), None),
        (translation("Ich höre Stimmen.", Origin.APPROVED, risk="red"), Level.RED),
        (translation("Sesler duyuyorum.", Origin.DRAFT, "tr"), Level.AMBER),
        (translation("Sesler duyuyorum.", Origin.MACHINE, "tr"), Level.RED),
        (translation("Ich habe Hunger.", Origin.MACHINE), None),
    ],
)
def test_what_is_stopped(topics: HumanTopics, row: Translation, level: Level | None) -> None:
    finding = human_finding(row, topics)
    assert (finding.level if finding else None) is level
    if finding:
        assert topic_of([finding]) == "psychische-krise"
        assert row.source[slice(*(finding.source_span or ()))] in row.source
        assert stopped(row).origin is Origin.BLOCKED and stopped(row).text == ""


def test_the_list_has_no_problem_and_a_reason_for_every_topic() -> None:
    glossary = load_glossary()
    assert [str(p.error) for p in glossary.problems() if p.phrase.startswith("menschen/")] == []
    for concept in glossary.stop_list:
        assert concept.definition.endswith(".") and concept.synonyms
        for language in (*MANY[1:], *SOME):
            found = concept.translation(language)
            assert found is not None and found.variants, (concept.id, language)


def test_cues_come_from_content(tmp_path: Path) -> None:
    folder = tmp_path / "menschen"
    folder.mkdir()
    head = 'title = "Test"\nfetch_human = true\n[probe]\nterm = "Probe"\ndefinition = "Grund."\n'
    text = head + 'synonyms = ["blaue* … Katze"]\n'
    (folder / "concepts.toml").write_text(text, "utf-8")
    own = HumanTopics(load_glossary(tmp_path).stop_list)
    assert human_topic("Die blauen und roten Katze", "de", own) is not None
    assert human_topic("Eine Probe", "de", own) is None
    assert own.knows("de") and not own.knows("tr")
