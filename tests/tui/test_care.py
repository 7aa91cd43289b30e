"""Answers by key, teach-back, hints, topics for humans, and the care of words, on the recording loop."""

import shutil
from pathlib import Path

import pypdf
import pytest
from textual.widgets import Input

from app.content import load_library
from app.core.errors import UsageError
from app.core.events import BackTranslation, TurnEnded
from app.core.settings import Settings
from app.core.types import CheckedTranslation, Finding, Level, Origin, Speaker, Translation, Turn, Verdict
from app.desk.human_stop import Reason
from app.tui.answers import value_answer
from app.tui.desk import FetchNews
from tests.tui.conftest import LIBRARY, ROUTER, OpenDesk, Opened, checked
from tests.tui.double import RecordingShelf


def phrase(name: str, number: int, language: str = "tr", **slots: str) -> CheckedTranslation:
    """A prepared sentence as the loop reports it."""
    translation = ROUTER.say(name, slots, language)
    return CheckedTranslation(Turn(number), Speaker.STAFF, translation, Verdict(Level.GREEN))


async def asked(desk: Opened, name: str, number: int = 1, **slots: str) -> None:
    await desk.send(phrase(name, number, **slots), TurnEnded(Turn(number), "spoken"))


def last(desk: Opened) -> tuple[Speaker, Translation]:
    name, speaker, translation = desk.loop.calls[-1]
    assert name == "say_translation" and isinstance(translation, Translation) and isinstance(speaker, Speaker)
    return speaker, translation


async def test_answers_to_a_yes_no_question_are_the_patients_turn(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await asked(desk, "tb/fieber")
        await desk.shows("weiß nicht")
        await desk.pilot.press("6")
        speaker, translation = last(desk)
        assert speaker is Speaker.PATIENT
        assert (translation.source, translation.text, translation.target_language) == (
            "Hayır.",
            "Nein.",
            "de",
        )


async def test_no_answers_before_the_question_was_heard_nor_to_open_ones(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.send(phrase("tb/fieber", 1))
        assert "weiß nicht" not in desk.picture
        await asked(desk, "tb/medikamente-welche", 2)
        assert "weiß nicht" not in desk.picture
        await desk.pilot.press("5")
        assert desk.loop.calls == [] and desk.screen.query_one("#say", Input).value == "5"


async def test_a_number_is_shown_in_both_languages_before_it_is_taken(open_desk: OpenDesk) -> None:
    async with open_desk(Settings(patient_language="ar")) as desk:
        await desk.send(phrase("asyl/alter", 1, "ar"), TurnEnded(Turn(1), "spoken"))
        await desk.pilot.press("5", *"vier")
        await desk.pilot.press("enter")
        await desk.shows("✖")
        await desk.pilot.press(*["backspace"] * 4, *"34")
        await desk.shows("34")
        await desk.pilot.press("enter")
        assert last(desk)[1].text == "34" and last(desk)[1].source_language == "ar"


@pytest.mark.parametrize(
    ("kind", "typed", "german", "foreign"),
    [
        ("number", "2,5", "2,5", "2,5"),
        ("date", "3.5.2026", "3. Mai 2026", "3 Mayıs 2026"),
        ("duration", "3 Wochen", "3 Wochen", "3 hafta"),
        ("duration", "8 Wochen", "8 Wochen", "8 hafta"),
        ("duration", "1 Tag", "1 Tag", "1 gün"),
        ("duration", "10 min", "10 Minuten", "10 dakika"),
    ],
)
def test_values_are_written_in_both_languages(kind: str, typed: str, german: str, foreign: str) -> None:
    found = value_answer(kind, typed, "tr")
    assert (found.text, found.source) == (german, foreign)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("number", "viele"),
        ("date", "morgen"),
        ("duration", "lange"),
        ("duration", "2,5 Wochen"),
        ("date", ""),
    ],
)
def test_what_is_no_value_is_said_with_an_example(kind: str, typed: str) -> None:
    with pytest.raises(UsageError):
        value_answer(kind, typed, "tr")


async def test_a_part_of_the_body_is_chosen_by_its_name_in_either_language(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await asked(desk, "amtsarzt/wo-weh")
        await desk.pilot.press("5")
        await desk.shows("Bauch")
        await desk.pilot.press(*"Knie", "enter")
        assert last(desk)[1].text == "Knie" and last(desk)[1].source == "diz"


async def test_back_translation_is_shown_as_a_hint(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.send(checked("Ja.", "Evet."), BackTranslation(Turn(1), "Jawohl."))
        await desk.shows("Rückübersetzung (maschinell, nur ein Hinweis): Jawohl.")


async def test_teach_back_compares_what_the_patient_repeats(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await asked(desk, "tb/tabletten-morgens", tabletten="2")
        await desk.shows("^R lässt den Patienten wiederholen")
        await desk.pilot.press("ctrl+r")
        assert last(desk)[1].phrase == "verstanden/eigene-worte"
        answer = checked("Akşamları iki tablet.", "Abends zwei Tabletten.", number=2, speaker=Speaker.PATIENT)
        await desk.send(answer, TurnEnded(Turn(2), "shown"))
        await desk.shows("„morgens“ wurde zu „abends“")
        await desk.pilot.press("ctrl+r")
        assert last(desk)[1].phrase == "tb/tabletten-morgens"


async def test_staff_tick_that_it_was_understood(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await asked(desk, "tb/tabletten-morgens", tabletten="2")
        await desk.pilot.press("ctrl+r")
        said = ("Sabahları iki tablet.", "Morgens zwei Tabletten.")
        await desk.send(checked(*said, number=2, speaker=Speaker.PATIENT))
        await desk.shows("alles Wichtige kam vor")
        await desk.pilot.press("ctrl+y")
        await desk.shows("◎ verstanden")
        assert "Rückfrage" not in desk.picture


HUMAN = Finding("human-suizid", "Suizid: Holen Sie sofort einen Menschen.", Level.RED)


async def test_a_topic_for_humans_shows_why_and_whom_to_call(open_desk: OpenDesk) -> None:
    async with open_desk(size=(100, 40)) as desk:
        await desk.send(checked("…", "", origin=Origin.BLOCKED, findings=(HUMAN,)))
        await desk.shows("Holen Sie sofort einen Menschen")
        await desk.shows("ohne Menschen")
        await desk.pilot.pause(0.6)
        await desk.pilot.press("m")
        await desk.shows("112")
        assert last(desk)[1].phrase == "empfang/mensch-ihre-sprache"


async def test_staff_may_override_with_a_reason(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.send(checked("…", "", origin=Origin.BLOCKED, findings=(HUMAN,)))
        await desk.shows("ohne Menschen")
        await desk.pilot.pause(0.6)
        await desk.pilot.press("o")
        await desk.shows("Grund wird gezählt")
        await desk.pilot.press("down", "enter")
        assert desk.loop.calls[-1] == ("override", Turn(1), Reason.HUMAN_PRESENT)


async def test_a_new_sentence_may_be_typed_though_a_decision_is_open(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.send(checked("…", "", origin=Origin.NONE))
        await desk.shows("Mensch holen")
        await desk.pilot.pause(0.6)
        await desk.pilot.press(*"Immer")
        assert desk.screen.query_one("#say", Input).value == "Immer"


async def test_terms_of_the_newest_turn_are_explained(open_desk: OpenDesk) -> None:
    async with open_desk(size=(120, 40)) as desk:
        await desk.send(checked("Sie haben Tuberkulose.", "Tüberküloz hastasısınız."))
        await desk.pilot.press("f10")
        await desk.shows("Eine Krankheit durch Bakterien")
        await desk.shows("tüberküloz")
        await desk.pilot.press("f10")
        await desk.pilot.pause()
        assert "Eine Krankheit durch Bakterien" not in desk.picture


@pytest.fixture
def own_books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of two topics that may be changed."""
    for topic in ("antworten", "empfang"):
        shutil.copytree(LIBRARY.root / topic, tmp_path / topic)
    monkeypatch.setattr("tests.tui.conftest.LIBRARY", load_library(tmp_path))
    return tmp_path


async def test_a_sentence_is_kept_as_a_draft(open_desk: OpenDesk, own_books: Path) -> None:
    async with open_desk() as desk:
        await desk.send(checked("Bitte nur leise.", "Lütfen sessizce."))
        await desk.pilot.press("ctrl+s")
        await desk.shows("Als neue Phrase merken")
        await desk.pilot.press("enter")
        await desk.shows("Gemerkt als Entwurf")
        found = [p for p in load_library(own_books).phrases.values() if p.text["other"] == "Bitte nur leise."]
        translation = found[0].translation("tr")
        assert translation is not None and translation.text["other"] == "Lütfen sessizce."
        assert translation.status == "draft"
        assert desk.screen.desk is not None and found[0].id in desk.screen.desk.phrasebooks.phrases


async def test_a_wording_is_changed_from_the_phrase_browser(open_desk: OpenDesk, own_books: Path) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("f6", *"Ja")
        await desk.pilot.press("f2")
        await desk.shows("speichert als Entwurf")
        field = desk.app.screen.query_one(Input)
        before = field.value
        await desk.pilot.press(*"X", "enter")
        await desk.shows("Gespeichert als Entwurf")
        found = [phrase.translation("tr") for phrase in load_library(own_books).phrases.values()]
        assert f"{before}X" in {translation.text["other"] for translation in found if translation}


async def test_models_are_fetched_beside_the_conversation(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        assert desk.screen.desk is not None
        shelf = desk.screen.desk.models
        assert isinstance(shelf, RecordingShelf)
        await desk.pilot.press("ctrl+o")
        await desk.shows("nur Beispielsätze")
        await desk.pilot.press("enter")
        await desk.shows("3 von 9 MB")
        assert shelf.asked == ["tr"]
        await desk.pilot.press("escape", *"Fieber", "enter")
        assert ("say_text", Speaker.STAFF, "Fieber") in desk.loop.calls
        desk.screen._tell_fetching()
        shelf.told = FetchNews(False, "Modelle sind da", 1.0)
        desk.screen._tell_fetching()
        await desk.shows("Modelle sind da")


async def test_a_sheet_of_the_conversation_is_saved_on_demand(open_desk: OpenDesk, tmp_path: Path) -> None:
    file = tmp_path / "blatt.pdf"
    async with open_desk() as desk:
        await asked(desk, "tb/tabletten-morgens", tabletten="2")
        await asked(desk, "tb/fieber", 2)
        await desk.pilot.press("f11")
        await desk.shows("Dieses Gespräch (2 Sätze)")
        field = desk.app.screen.query_one("#file", Input)
        field.value = str(file)
        await desk.pilot.press("ctrl+s")
        await desk.shows("Gespeichert")
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert "Sabahları 2 tablet alın." in text and "Ateşiniz var mı?" in text


async def test_a_sheet_that_cannot_be_built_is_said_in_one_line(open_desk: OpenDesk) -> None:
    async with open_desk() as desk:
        await desk.pilot.press("f11")
        await desk.shows("Layout")
        desk.app.screen.query_one("#codes", Input).value = "xx"
        await desk.pilot.press("ctrl+s")
        await desk.shows("xx")
        await desk.shows("✖")
