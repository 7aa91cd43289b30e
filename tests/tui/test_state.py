"""The fold of events into what is shown, without any screen."""

from dataclasses import replace

import pytest

from app.core.events import Activity, AudioState, Event, Payload, Status, TurnEnded
from app.core.types import (
    CheckedTranslation,
    Failure,
    Finding,
    Level,
    Origin,
    Speaker,
    Speech,
    Stage,
    Transcript,
    Translation,
    Turn,
    Verdict,
    Word,
)
from app.tui import state
from app.tui.state import Conversation
from tests.tui.conftest import WAITING, checked

RED = Finding("negation", "„nicht“ fehlt", Level.RED)
AMBER = Finding("number", "Zahl prüfen", Level.AMBER)


def folded(*payloads: Payload) -> Conversation:
    conversation = Conversation()
    for time, payload in enumerate(payloads):
        conversation = state.fold(conversation, Event(float(time), payload))
    return conversation


def heard(number: int, text: str, revision: int = 0) -> Transcript:
    return Transcript(Turn(number, revision), Speaker.STAFF, "de", text)


def test_transcript_then_translation_is_one_line() -> None:
    conversation = folded(heard(1, "Haben Sie Fieber"), checked("Haben Sie Fieber?", "Ateşiniz var mı?"))
    (line,) = conversation.lines
    assert (line.german, line.foreign, line.foreign_language) == (
        "Haben Sie Fieber?",
        "Ateşiniz var mı?",
        "tr",
    )


def test_patients_line_has_german_on_its_german_side() -> None:
    conversation = folded(checked("Evet.", "Ja.", speaker=Speaker.PATIENT))
    assert (conversation.lines[0].german, conversation.lines[0].foreign) == ("Ja.", "Evet.")


def test_older_revision_changes_nothing() -> None:
    conversation = folded(heard(1, "neu", revision=1), heard(1, "alt", revision=0))
    assert [line.said for line in conversation.lines] == ["neu"]


def test_lines_stay_in_the_order_of_turns() -> None:
    conversation = folded(heard(2, "zwei"), heard(1, "eins"))
    assert [line.said for line in conversation.lines] == ["eins", "zwei"]


def test_taking_back_reaches_the_turn_whatever_its_revision() -> None:
    conversation = state.taken_back(folded(heard(1, "eins")), Turn(1, 1))
    assert conversation.lines[0].outcome == state.TAKEN_BACK


@pytest.mark.parametrize(
    ("payloads", "may_speak"),
    [
        ((checked("a", "b", findings=(AMBER,)), WAITING), True),
        ((checked("a", "b", findings=(RED,)),), False),
        ((checked("a", "", origin=Origin.NONE),), False),
    ],
)
def test_decision_is_asked(payloads: tuple[Payload, ...], may_speak: bool) -> None:
    decision = folded(*payloads).decision
    assert decision is not None
    assert decision.may_speak is may_speak


def test_green_needs_no_decision_and_a_finished_turn_has_none() -> None:
    assert folded(checked("a", "b")).decision is None
    assert folded(checked("a", "b", findings=(RED,)), TurnEnded(Turn(1), "cancelled")).decision is None


def test_failure_is_a_notice_with_a_hint_and_a_new_turn_clears_it() -> None:
    conversation = folded(Failure(None, Stage.SPEAK, "Keine Stimme", "Text zeigen"))
    assert conversation.shown_notice == state.Notice("error", "Keine Stimme", "Text zeigen")
    assert state.fold(conversation, Event(9.0, heard(1, "a"))).shown_notice is None


def test_lost_microphone_is_shown_until_it_is_back() -> None:
    gone = folded(AudioState("microphone", ok=False, message="Mikrofon weg", hint="anschließen"))
    assert gone.shown_notice is not None
    assert gone.shown_notice.text == "Mikrofon weg"
    back = state.fold(gone, Event(1.0, AudioState("microphone", ok=True)))
    assert back.shown_notice is None


def test_dropped_sound_is_told() -> None:
    notice = folded(Status(Activity.LISTENING, dropped=7)).shown_notice
    assert notice is not None
    assert "7" in notice.text


def test_speech_marks_the_line_as_voiced() -> None:
    import numpy as np

    conversation = folded(checked("a", "b"), Speech(Turn(1), "tr", "b", np.zeros(4, np.float32), 16_000))
    assert conversation.lines[0].voiced


def test_nothing_heard_is_said_without_a_line() -> None:
    conversation = folded(TurnEnded(Turn(1), "nothing-heard"))
    assert conversation.lines == ()
    assert conversation.shown_notice is not None


def test_words_that_were_not_surely_heard_keep_their_place_until_the_text_changes() -> None:
    words = (Word("fünfzehn", 0.0, 0.5, 0.3), Word("Tabletten", 0.5, 1.0, 0.9))
    now = folded(Transcript(Turn(1), Speaker.STAFF, "de", "fünfzehn Tabletten", words=words))
    assert [line.doubtful for line in now.lines] == [((0, 8),)]
    translation = Translation("fünfzehn Tabletten", "on beş tablet", "de", "tr", Origin.MACHINE)
    checked = CheckedTranslation(Turn(1), Speaker.STAFF, translation, Verdict(Level.GREEN))
    assert state.fold(now, Event(1.0, checked)).lines[0].doubtful == ((0, 8),)
    other = replace(checked, translation=replace(translation, source="fünfzig Tabletten"))
    assert state.fold(now, Event(1.0, other)).lines[0].doubtful == ()
