"""The live loop: order, cancellation, gates. Sound and engines are the small parts of `parts.py`."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from app.core.errors import AudioError
from app.core.events import Activity, Payload, Status, TurnEnded
from app.core.settings import Settings
from app.core.types import CheckedTranslation, Failure, Speaker, Speech, Stage, Transcript, Turn, Utterance
from app.desk.interpreter import Interpreter
from tests.desk.parts import SECONDS, Events, Parts, Room, silence, translate, word

HOLD = silence(30)
PAUSE = silence(5)


class Bench:
    """An interpreter with its parts at hand."""

    def __init__(self, parts: Parts | None = None, settings: Settings | None = None) -> None:
        self.parts = parts or Parts()
        self.room = Room()
        self.events = Events()
        self.loop = Interpreter(self.parts.tools(), self.room, settings or Settings(), self.events)

    def ended(self, outcome: str, count: int = 1) -> TurnEnded:
        found = self.events.wait(lambda p: isinstance(p, TurnEnded) and p.outcome == outcome, count)
        assert isinstance(found, TurnEnded)
        return found

    def checked(self, count: int = 1) -> CheckedTranslation:
        found = self.events.wait(lambda p: isinstance(p, CheckedTranslation), count)
        assert isinstance(found, CheckedTranslation)
        return found

    def failure(self) -> Failure:
        found = self.events.wait(lambda p: isinstance(p, Failure))
        assert isinstance(found, Failure)
        return found

    def status(self, activity: Activity) -> Status:
        found = self.events.wait(lambda p: isinstance(p, Status) and p.activity is activity)
        assert isinstance(found, Status)
        return found

    def of(self, kind: type) -> list[Payload]:
        return [payload for payload in self.events.payloads() if isinstance(payload, kind)]

    def idle(self) -> None:
        assert self.loop.wait_idle(SECONDS)


@pytest.fixture
def make() -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def build(parts: Parts | None = None, **changes: object) -> Bench:
        made.append(Bench(parts, replace(Settings(), **changes)))  # type: ignore[arg-type]
        return made[-1]

    yield build
    for bench in made:
        bench.loop.close()


@pytest.fixture
def bench(make: Callable[..., Bench]) -> Bench:
    return make()


def test_a_turn_from_microphone_to_loudspeaker(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(silence(15), word(1), PAUSE, word(2), HOLD)
    bench.ended("spoken")
    assert bench.room.said() == ["tr eins zwei"]
    kinds = [type(payload) for payload in bench.events.payloads() if not isinstance(payload, Status)]
    assert kinds[-4:] == [Transcript, CheckedTranslation, Speech, TurnEnded] or Utterance in kinds[-4:]
    bench.idle()
    assert bench.loop.level == 0.0


def test_work_starts_at_the_pause_and_is_done_once(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1), PAUSE)
    bench.checked()
    assert bench.room.said() == []
    bench.room.feed(HOLD)
    bench.ended("spoken")
    assert len(bench.parts.reader.heard) == 1
    assert bench.parts.beeper.asked == [("tr eins", 1.0)]
    assert [u.final for u in bench.of(Utterance)] == [False, True]  # type: ignore[union-attr]


def test_speech_is_synthesised_before_the_end_of_the_turn(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1), PAUSE)
    bench.checked()
    assert bench.loop._loop.pending.wait(SECONDS)
    assert bench.parts.beeper.asked == [("tr eins", 1.0)]
    assert bench.room.said() == []


def test_resumed_speech_drops_the_work_on_the_first_half(bench: Bench) -> None:
    bench.parts.reader.go.clear()
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1), PAUSE, word(2), PAUSE)
    bench.parts.reader.go.set()
    bench.room.feed(HOLD)
    ended = bench.ended("spoken")
    assert ended.turn == Turn(1, 1)
    assert [t.text for t in bench.of(Transcript)] == ["eins zwei"]  # type: ignore[union-attr]
    assert bench.room.said() == ["tr eins zwei"]


def test_the_last_word_before_a_stop_is_processed(bench: Bench) -> None:
    bench.loop.listen(Speaker.PATIENT)
    bench.room.feed(word(1, 5))
    bench.loop.stop_listening()
    bench.ended("shown")
    assert bench.checked().translation.text == "de eins"


def test_next_speaker_waits_for_the_tail_of_the_first(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1))
    bench.loop.listen(Speaker.PATIENT)
    bench.ended("spoken")
    bench.events.wait(
        lambda p: isinstance(p, Status) and (p.activity, p.speaker) == (Activity.LISTENING, Speaker.PATIENT)
    )
    bench.room.feed(word(2), HOLD)
    bench.ended("shown")
    assert [c.translation.text for c in bench.of(CheckedTranslation)] == ["tr eins", "de zwei"]  # type: ignore[union-attr]


@pytest.mark.parametrize(("sound", "stop"), [(silence(20), True), (silence(640), False)])
def test_silence_ends_the_turn_with_nothing_heard(bench: Bench, sound: object, stop: bool) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(sound)  # type: ignore[arg-type]
    if stop:
        bench.loop.stop_listening()
    bench.ended("nothing-heard")
    bench.idle()


def test_patient_is_spoken_aloud_only_on_request(make: Callable[..., Bench]) -> None:
    for aloud, said in ((False, []), (True, ["de eins"])):
        bench = make(speak_german=aloud)
        bench.loop.say_text(Speaker.PATIENT, "eins")
        bench.ended("spoken" if aloud else "shown")
        assert bench.room.said() == said


def test_amber_waits_for_staff(bench: Bench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "gelb")
    bench.status(Activity.WAITING)
    assert bench.room.said() == []
    bench.loop.confirm(turn)
    bench.ended("spoken")
    assert bench.room.said() == ["tr gelb"]


def test_dismissed_turn_is_never_spoken(bench: Bench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "gelb")
    bench.status(Activity.WAITING)
    bench.loop.dismiss(turn)
    bench.ended("cancelled")
    bench.loop.confirm(turn)
    assert bench.failure().stage is Stage.CHECK
    bench.idle()
    assert bench.room.said() == []


def test_red_is_never_spoken(bench: Bench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "rot")
    bench.ended("blocked")
    bench.loop.confirm(turn)
    assert "nicht gesprochen" in bench.failure().message
    bench.idle()
    assert bench.room.said() == [] and bench.parts.beeper.asked == []


def test_confirm_first_asks_for_green_too(bench: Bench) -> None:
    bench.loop.confirm_first = True
    assert bench.loop.confirm_first
    turn = bench.loop.say_text(Speaker.STAFF, "eins")
    bench.status(Activity.WAITING)
    bench.loop.confirm(turn)
    bench.ended("spoken")


def test_corrected_text_is_a_new_revision(bench: Bench) -> None:
    bench.loop.confirm_first = True
    turn = bench.loop.say_text(Speaker.STAFF, "eins")
    bench.status(Activity.WAITING)
    bench.loop.correct(turn, "zwei")
    checked = bench.checked(2)
    assert (checked.turn, checked.translation.text) == (turn.revised(), "tr zwei")
    bench.loop.confirm(turn)
    assert bench.failure().turn == turn
    bench.loop.confirm(checked.turn)
    bench.ended("spoken")
    assert bench.room.said() == ["tr zwei"]


def test_phrase_is_spoken_as_it_is(bench: Bench) -> None:
    bench.loop.say_translation(Speaker.STAFF, replace(translate("eins", "de", "tr"), text="Bir. İki."))
    bench.ended("spoken")
    assert bench.room.said() == ["Bir.", "İki."]
    assert [speech.last for speech in bench.room.played] == [False, True]


def test_first_sentence_plays_before_the_second_is_made(bench: Bench) -> None:
    bench.loop.say_translation(Speaker.STAFF, replace(translate("eins", "de", "tr"), text="Bir."))
    bench.ended("spoken")
    bench.parts.beeper.go.clear()
    bench.loop.say_translation(Speaker.STAFF, replace(translate("eins", "de", "tr"), text="Bir. İki."))
    bench.events.wait(lambda p: isinstance(p, Speech), 2)
    assert bench.room.said() == ["Bir.", "Bir."]
    bench.parts.beeper.go.set()
    bench.ended("spoken", 2)


def test_nothing_is_heard_while_the_loudspeaker_plays(bench: Bench) -> None:
    bench.room.long = True
    bench.loop.say_text(Speaker.STAFF, "eins")
    bench.status(Activity.SPEAKING)
    bench.loop.listen(Speaker.PATIENT)
    bench.room.feed(word(2), HOLD)
    bench.room.quiet()
    bench.ended("spoken")
    bench.room.feed(silence(8), word(3), HOLD)
    bench.ended("shown")
    assert [t.text for t in bench.of(Transcript)] == ["eins", "drei"]  # type: ignore[union-attr]


def test_own_voice_that_is_heard_all_the_same_is_dropped(bench: Bench) -> None:
    bench.loop.say_translation(Speaker.STAFF, replace(translate("x", "de", "tr"), text="zwei drei"))
    bench.ended("spoken")
    bench.loop.listen(Speaker.PATIENT)
    bench.room.feed(word(2), word(3), HOLD)
    bench.ended("own-voice")
    assert bench.of(CheckedTranslation)[1:] == []


def test_stop_speaking_is_at_once(bench: Bench) -> None:
    bench.room.long = True
    bench.loop.say_text(Speaker.STAFF, "eins")
    bench.status(Activity.SPEAKING)
    second = bench.loop.say_text(Speaker.STAFF, "zwei")
    bench.events.wait(lambda p: isinstance(p, CheckedTranslation) and p.turn == second)
    bench.loop.stop_speaking()
    bench.ended("spoken")
    bench.ended("cancelled")
    assert bench.room.said() == ["tr eins"] and not bench.room.playing


def test_repeat_normal_and_slow(bench: Bench) -> None:
    bench.loop.repeat()
    assert "noch nichts" in bench.failure().message
    bench.loop.say_text(Speaker.STAFF, "eins")
    bench.ended("spoken")
    bench.loop.repeat()
    bench.loop.repeat(slow=True)
    bench.events.wait(lambda p: isinstance(p, Speech), 3)
    bench.idle()
    assert bench.room.said() == ["tr eins"] * 3
    assert bench.parts.beeper.asked == [("tr eins", 1.0), ("tr eins", 0.7)]


@pytest.mark.parametrize(
    ("text", "before", "outcome"), [("gelb", "waiting", "cancelled"), ("eins", "spoken", "spoken")]
)
def test_take_back(bench: Bench, text: str, before: str, outcome: str) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, text)
    if before == "spoken":
        bench.ended("spoken")
    else:
        bench.status(Activity.WAITING)
    assert bench.loop.take_back() == turn.revised()
    found = bench.events.wait(lambda p: isinstance(p, TurnEnded) and p.turn == turn.revised())
    assert isinstance(found, TurnEnded) and found.outcome == outcome
    assert bench.loop.take_back() is None or outcome == "spoken"


def test_taken_back_while_speaking_goes_on(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1), PAUSE)
    bench.checked()
    bench.loop.take_back()
    bench.ended("cancelled")
    bench.room.feed(word(2), HOLD)
    bench.idle()
    assert bench.room.said() == []


def test_dismissed_while_spoken_falls_silent(bench: Bench) -> None:
    bench.room.long = True
    turn = bench.loop.say_text(Speaker.STAFF, "eins")
    bench.status(Activity.SPEAKING)
    bench.loop.dismiss(turn)
    bench.ended("spoken")
    assert not bench.room.playing


def test_nothing_of_a_consultation_is_kept(bench: Bench) -> None:
    turn = bench.loop.say_text(Speaker.STAFF, "gelb")
    bench.status(Activity.WAITING)
    bench.loop.say_text(Speaker.STAFF, "eins")
    bench.ended("spoken")
    bench.loop.forget()
    bench.idle()
    bench.loop.confirm(turn)
    bench.loop.repeat()
    bench.idle()
    assert bench.room.said() == ["tr eins"]
    bench.loop.say_text(Speaker.STAFF, "eins")
    bench.ended("spoken", 2)
    assert bench.parts.beeper.asked.count(("tr eins", 1.0)) == 2


def test_typed_text_works_without_audio() -> None:
    events, parts = Events(), Parts(languages=())
    with Interpreter(parts.tools(), None, Settings(), events) as loop:
        loop.say_text(Speaker.STAFF, "eins")
        events.wait(lambda p: isinstance(p, TurnEnded) and p.outcome == "shown")
        loop.listen(Speaker.STAFF)
        found = events.wait(lambda p: isinstance(p, Failure))
        assert isinstance(found, Failure) and "keinen Ton" in found.message
        assert loop.wait_idle(SECONDS)


def test_missing_recogniser_closes_the_microphone_with_a_hint(make: Callable[..., Bench]) -> None:
    bench = make(Parts(languages=("de",)))
    bench.loop.listen(Speaker.PATIENT)
    assert bench.failure().hint == "Modell holen"
    bench.idle()


def test_missing_voice_is_told_and_the_text_is_shown(make: Callable[..., Bench]) -> None:
    bench = make(Parts(languages=("de",)))
    bench.loop.say_text(Speaker.STAFF, "eins")
    assert bench.failure().stage is Stage.SPEAK
    bench.ended("shown")


def test_what_the_loudspeaker_swallowed_is_not_called_spoken(bench: Bench) -> None:
    bench.room.broken = True
    bench.loop.say_text(Speaker.STAFF, "eins")
    bench.ended("shown")


def test_microphone_that_does_not_open_is_told_and_can_be_tried_again(bench: Bench) -> None:
    bench.room.fault = AudioError("Mikrofon fehlt", "anschließen")
    bench.loop.hands_free = True
    assert bench.failure().hint == "anschließen"
    bench.idle()
    assert not bench.loop.hands_free
    bench.room.fault = None
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1), HOLD)
    bench.ended("spoken")


def test_words_before_a_fault_are_processed(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1))
    bench.room.fault = AudioError("Mikrofon weg", "anschließen")
    bench.ended("spoken")
    assert bench.failure().stage is Stage.LISTEN
    bench.idle()


def test_words_before_the_microphone_falls_silent_are_processed(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1))
    bench.ended("spoken")
    bench.idle()


@pytest.mark.parametrize(
    ("text", "outcome", "message"),
    [
        ("unbekannt", "failed", "Keine Übersetzung"),
        ("x" * 10_000, "failed", "zu lang"),
        ("  ", "nothing-heard", ""),
    ],
)
def test_text_that_cannot_be_translated(bench: Bench, text: str, outcome: str, message: str) -> None:
    bench.loop.say_text(Speaker.STAFF, text)
    bench.ended(outcome)
    assert not message or message in bench.failure().message


def test_unexpected_error_is_told_without_what_was_said(bench: Bench) -> None:
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(8), HOLD)
    found = bench.failure()
    assert "RuntimeError" in found.message and "Fehler" not in found.message + found.hint
    bench.ended("failed")
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1), HOLD)
    bench.ended("spoken")


def test_overload_is_told_and_counted(bench: Bench) -> None:
    bench.parts.reader.go.clear()
    bench.loop.listen(Speaker.PATIENT, many=True)
    for _ in range(10):
        bench.room.feed(word(1), HOLD)
    assert "kommt nicht nach" in bench.failure().message
    bench.events.wait(lambda p: isinstance(p, Status) and p.dropped == 1)
    bench.parts.reader.go.set()
    bench.ended("shown", 9)
    bench.ended("failed")


@pytest.mark.parametrize(("better", "speaker"), [("de", Speaker.STAFF), ("tr", Speaker.PATIENT)])
def test_hands_free_knows_only_the_two_languages(bench: Bench, better: str, speaker: Speaker) -> None:
    bench.parts.reader.confidence = {"de": 0.4, "tr": 0.4, better: 0.9}
    bench.loop.hands_free = True
    bench.room.feed(word(1), HOLD)
    assert bench.checked().speaker is speaker
    found = bench.events.wait(lambda p: isinstance(p, Utterance) and p.final)
    assert isinstance(found, Utterance) and (found.speaker, found.language) == (speaker, better)
    bench.loop.hands_free = False
    bench.idle()


def test_hands_free_playback_waits_for_whoever_goes_on_talking(bench: Bench) -> None:
    bench.parts.reader.confidence = {"de": 0.9, "tr": 0.4}
    bench.parts.beeper.go.clear()
    bench.loop.hands_free = True
    bench.room.feed(word(1), HOLD)
    bench.checked()
    bench.room.feed(word(2))
    bench.parts.beeper.go.set()
    bench.room.feed(HOLD)
    bench.events.wait(lambda p: isinstance(p, Speech), 2)
    # The second turn is over at the end of its hold, 22 frames after its 15 and the 45 of the first.
    assert bench.room.said() == ["tr eins", "tr zwei"] and bench.room.heard_before[0] >= 15 + 30 + 15 + 22


def test_close_does_not_wait_for_work(bench: Bench) -> None:
    bench.parts.reader.go.clear()
    bench.loop.listen(Speaker.STAFF)
    bench.room.feed(word(1), PAUSE)
    bench.loop.close()
    bench.parts.reader.go.set()
    bench.loop.close()
    assert bench.room.said() == []
