"""Sentences for a human interpreter in the live loop: stopped, told, let through for a reason, counted."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.core.settings import Settings
from app.core.types import CheckedTranslation, Finding, Level, Origin, Speaker, Translation
from app.desk.human_stop import Reason
from app.desk.interpreter import Interpreter
from tests.desk.parts import Events, Parts, Room, silence, word
from tests.desk.test_interpreter import HOLD, Bench

STOP = Finding("human-suizid", "Suizidgedanken: einen Menschen holen.", Level.RED, source_span=(0, 4))


def find(translation: Translation) -> Finding | None:
    """„drei“ is a topic; where it stands in a prepared phrase it is only pointed out."""
    if "drei" not in translation.source:
        return None
    return replace(STOP, level=Level.AMBER) if translation.origin is Origin.DRAFT else STOP


class StopBench(Bench):
    def __init__(self) -> None:
        self.parts, self.room, self.events = Parts(), Room(), Events()
        tools = replace(self.parts.tools(), human=find)
        self.loop = Interpreter(tools, self.room, Settings(), self.events)

    def last(self) -> CheckedTranslation:
        return [p for p in self.events.payloads() if isinstance(p, CheckedTranslation)][-1]


@pytest.fixture
def bench() -> Iterator[StopBench]:
    bench = StopBench()
    yield bench
    bench.loop.close()


def test_free_text_is_stopped_with_its_reason(bench: StopBench) -> None:
    bench.loop.say_text(Speaker.STAFF, "drei")
    bench.ended("blocked")
    checked = bench.last()
    assert (checked.translation.origin, checked.translation.text) == (Origin.BLOCKED, "")
    assert checked.verdict.level is Level.RED and STOP in checked.verdict.findings
    assert bench.room.said() == [] and not bench.loop.overrides


def test_what_was_heard_is_stopped_too(bench: StopBench) -> None:
    bench.loop.listen(Speaker.PATIENT)
    bench.room.feed(silence(15), word(3), HOLD)
    bench.ended("blocked")
    assert STOP in bench.last().verdict.findings


def test_staff_let_it_through_for_a_reason_and_confirm_it(bench: StopBench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "drei")
    bench.ended("blocked")
    bench.loop.override(turn, Reason.HUMAN_PRESENT)
    checked = bench.checked(2)
    assert checked.turn == turn.revised() and checked.translation.text == "tr drei"
    assert checked.verdict.level is Level.AMBER and bench.room.said() == []
    bench.loop.confirm(checked.turn)
    bench.ended("spoken")
    assert bench.room.said() == ["tr drei"]
    assert bench.loop.overrides == {("human-suizid", Reason.HUMAN_PRESENT): 1}


def test_a_red_verdict_of_the_guard_stays(bench: StopBench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "drei rot")
    bench.ended("blocked")
    bench.loop.override(turn, Reason.URGENT)
    bench.ended("blocked", 2)
    assert bench.room.said() == []


def test_only_what_was_stopped_can_be_let_through_and_only_once(bench: StopBench) -> None:
    free = bench.loop.say_text(Speaker.STAFF, "eins")
    bench.ended("spoken")
    bench.loop.override(free, Reason.FALSE_ALARM)
    assert bench.failure().turn == free
    turn = bench.loop.say_text(Speaker.STAFF, "drei")
    bench.ended("blocked")
    bench.loop.override(turn, Reason.FALSE_ALARM)
    bench.checked(3)
    bench.loop.override(turn, Reason.FALSE_ALARM)
    assert sum(bench.loop.overrides.values()) == 1


def test_a_corrected_sentence_is_judged_anew(bench: StopBench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "drei")
    bench.ended("blocked")
    bench.loop.correct(turn, "zwei")
    bench.ended("spoken")
    bench.loop.override(turn, Reason.FALSE_ALARM)
    assert bench.failure().turn == turn and bench.room.said() == ["tr zwei"]


def test_a_prepared_phrase_of_the_patient_is_shown_with_the_hint(bench: StopBench) -> None:
    phrase = Translation("drei", "Ich höre Stimmen.", "tr", "de", Origin.DRAFT, phrase="x/y")
    bench.loop.say_translation(Speaker.PATIENT, phrase)
    bench.ended("shown")
    checked = bench.last()
    assert checked.translation.text == "Ich höre Stimmen." and checked.verdict.level is Level.AMBER


def test_nothing_is_remembered_after_the_consultation_but_the_count(bench: StopBench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "drei")
    bench.ended("blocked")
    bench.loop.override(turn, Reason.FALSE_ALARM)
    other = bench.loop.say_text(Speaker.STAFF, "drei")
    bench.ended("blocked", 2)
    bench.loop.forget()
    bench.loop.override(other, Reason.FALSE_ALARM)
    assert bench.failure().turn == other
    assert sum(bench.loop.overrides.values()) == 1


def test_reasons_are_german_and_distinct() -> None:
    assert len({reason.label for reason in Reason}) == len(Reason)
