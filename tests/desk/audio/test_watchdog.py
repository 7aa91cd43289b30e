"""What the watchdog concludes from what it sees; pure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk.audio import messages
from app.desk.audio.watchdog import (
    BEAT_SECONDS,
    QUIET_SECONDS,
    STALL_SECONDS,
    ZERO_SECONDS,
    Beat,
    Judgement,
    Trouble,
    Vitals,
    backoff,
    judge,
)

RUNNING = Beat(running=True, called=True, silent=0.02)


@pytest.mark.parametrize(
    ("vitals", "trouble", "restart"),
    [
        (Vitals(age=1), None, False),
        (Vitals(age=3.9), None, False),
        (Vitals(age=4.1), Trouble.HUNG, False),
        (Vitals(age=10.1), Trouble.HUNG, True),
        (Vitals(age=1, gone=True), Trouble.DIED, True),
        (Vitals(age=1, gone=True, failed=Trouble.NO_LIBRARY), Trouble.NO_LIBRARY, True),
        (Vitals(age=9, ready=True, quiet=0.9, beat=RUNNING), None, False),
        (Vitals(age=9, ready=True, quiet=1.1, beat=RUNNING), Trouble.HUNG, False),
        (Vitals(age=9, ready=True, quiet=2.6, beat=RUNNING), Trouble.HUNG, True),
    ],
)
def test_child(vitals: Vitals, trouble: Trouble | None, restart: bool) -> None:
    judgement = judge(vitals)
    assert (judgement.trouble, judgement.restart) == (trouble, restart)


@pytest.mark.parametrize(
    ("beat", "expected"),
    [
        (Beat(), Judgement(well=True)),
        (RUNNING, Judgement(well=True)),
        (Beat(running=True, silent=1.0), Judgement()),
        (Beat(running=True, silent=2.0), Judgement(Trouble.STALLED)),
        (Beat(running=True, silent=4.5), Judgement(Trouble.STALLED, restart=True)),
        (Beat(running=True, called=True, silent=1.1), Judgement(Trouble.STALLED)),
        (Beat(running=True, called=True, silent=2.6), Judgement(Trouble.STALLED, restart=True)),
        (Beat(running=True, called=True, silent=9.0, suspended=True), Judgement(Trouble.SUSPENDED)),
        (Beat(running=True, called=True, ended=True), Judgement(Trouble.ENDED, restart=True)),
        (Beat(running=True, called=True, moved=True), Judgement(Trouble.MOVED, restart=True)),
        (Beat(running=True, called=True, muted=True), Judgement(Trouble.MUTED)),
        (Beat(running=True, called=True, zeros=1.2), Judgement(well=True)),
        (Beat(running=True, called=True, zeros=1.4), Judgement(Trouble.ZEROS)),
        (Beat(running=True, called=True, call=1.4), Judgement(well=True)),
        (Beat(running=True, called=True, call=1.6), Judgement(Trouble.HUNG)),
        (Beat(call=4.1), Judgement(Trouble.HUNG, restart=True)),
    ],
)
def test_stream(beat: Beat, expected: Judgement) -> None:
    assert judge(Vitals(age=9, ready=True, beat=beat)) == expected


def test_every_limit_leaves_room_within_two_seconds() -> None:
    """The latest moment is the limit, then a beat, a tick of the supervisor, and the device's own delay."""
    for limit in (QUIET_SECONDS, STALL_SECONDS, ZERO_SECONDS):
        assert limit + BEAT_SECONDS + 0.1 + 0.2 < 2.0


@settings(deadline=None)
@given(st.builds(Beat), st.booleans(), st.booleans(), st.floats(0, 100), st.floats(0, 100))
def test_nothing_is_well_and_in_trouble(
    beat: Beat, ready: bool, gone: bool, age: float, quiet: float
) -> None:
    judgement = judge(Vitals(age=age, quiet=quiet, ready=ready, gone=gone, beat=beat))
    assert not (judgement.well and (judgement.trouble or judgement.restart))
    assert judgement.trouble or not judgement.restart


def test_backoff_grows_and_stays_bounded() -> None:
    assert [backoff(n) for n in range(8)] == [0, 0, 0.5, 1, 2, 4, 4, 4]


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("device", ["microphone", "loudspeaker", "sound"])
def test_every_trouble_says_what_to_do(device: str, trouble: Trouble) -> None:
    state = messages.state(device, trouble, wanted="Jabra", lost="2,0 s nicht gesprochen")
    assert not state.ok
    assert state.hint
    assert "{" not in state.message
    assert "nicht gesprochen" in state.message


def test_telephone_quality_is_worth_a_warning() -> None:
    assert messages.well("microphone", "Headset", 8_000).hint
    assert not messages.well("microphone", "Headset", 16_000).hint
    assert not messages.well("loudspeaker", "Headset", 8_000).hint


@pytest.mark.parametrize(("platform", "said"), [("linux", "libportaudio2"), ("win32", "sounddevice")])
def test_how_to_get_the_library(platform: str, said: str) -> None:
    assert said in messages.portaudio_hint(platform)
