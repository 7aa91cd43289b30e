"""The segmenter: no speech lost, nothing twice, the same segments however the sound arrives."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.desk.ports import FRAME_SAMPLES, FRAME_SECONDS, Frame
from app.desk.segment import Resumed, Rules, Segment, Segmenter, SegmentEvent

SHORT = Rules(longest=2.0)
"""Splits after two seconds, so that examples stay small."""


def frame(index: int, probability: float = 0.0) -> Frame:
    """A frame whose first sample carries its index; the others are loud where speech is likely."""
    samples = np.full(FRAME_SAMPLES, 1e6 if probability > 0.3 else 0.0, np.float32)
    samples[0] = index
    return Frame(samples, index * FRAME_SECONDS)


def feed(segmenter: Segmenter, probabilities: list[float], start: int = 0) -> list[SegmentEvent]:
    events: list[SegmentEvent] = []
    for index, probability in enumerate(probabilities, start):
        events += segmenter.push(frame(index, probability), probability)
    return events


def run(probabilities: list[float], rules: Rules | None = None) -> list[SegmentEvent]:
    segmenter = Segmenter(rules)
    return feed(segmenter, probabilities) + segmenter.flush()


def finals(events: list[SegmentEvent]) -> list[Segment]:
    return [event for event in events if isinstance(event, Segment) and event.final]


def indices(segment: Segment) -> list[int]:
    return [int(value) for value in segment.samples[::FRAME_SAMPLES]]


SILENCE, SPEECH = 0.01, 0.95

levels = st.sampled_from([0.0, 0.1, 0.34, 0.36, 0.49, 0.5, 0.9])
stretches = st.lists(st.tuples(levels, st.integers(1, 40)), max_size=12)
sounds = stretches.map(lambda runs: [level for level, length in runs for _ in range(length)])


def test_first_syllable_is_kept_and_tail_is_short() -> None:
    (segment,) = finals(run([SILENCE] * 30 + [SPEECH] * 20 + [SILENCE] * 40))
    assert indices(segment) == list(range(20, 53))
    assert segment.start == pytest.approx(20 * FRAME_SECONDS)
    assert segment.end == pytest.approx(53 * FRAME_SECONDS)


@pytest.mark.parametrize(("loud", "taken"), [(2, 23), (5, 26), (30, 28)], ids=["short", "dies away", "hum"])
def test_a_drawn_out_vowel_is_waited_for(loud: int, taken: int) -> None:
    segmenter = Segmenter()
    levels = [SPEECH] * (20 + loud) + [SILENCE] * (40 - loud)
    events: list[SegmentEvent] = []
    for index, level in enumerate(levels):
        events += segmenter.push(frame(index, level), level if index < 20 else SILENCE)
    assert indices(finals(events)[0]) == list(range(taken))


def test_work_begins_at_the_pause_and_the_final_is_the_same_sound() -> None:
    first, last = run([SPEECH] * 20 + [SILENCE] * 40)
    assert isinstance(first, Segment) and isinstance(last, Segment)
    assert (first.final, last.final) == (False, True)
    assert (first.number, first.revision) == (last.number, last.revision)
    assert np.array_equal(first.samples, last.samples)


def test_resumed_speech_voids_what_was_offered() -> None:
    events = run([SPEECH] * 20 + [SILENCE] * 6 + [SPEECH] * 20 + [SILENCE] * 40)
    kinds = [event if isinstance(event, Resumed) else (event.revision, event.final)
             for event in events if isinstance(event, Resumed | Segment)]
    assert kinds == [(0, False), Resumed(0, 1), (1, False), (1, True)]
    assert indices(finals(events)[0])[:46] == list(range(46))


def test_weak_last_syllable_is_not_left_out() -> None:
    events = run([SPEECH] * 20 + [SILENCE] * 5 + [0.45] * 2 + [SILENCE] * 40)
    assert set(range(27)) <= set(indices(finals(events)[0]))
    assert finals(events)[0].revision == 1


@pytest.mark.parametrize(
    ("probabilities", "heard"),
    [
        ([SPEECH] * 4 + [SILENCE] * 40, 0),
        ([SPEECH] * 5 + [SILENCE] * 40, 1),
        ([SILENCE] * 9 + [SPEECH] * 3, 1),
        ([SILENCE] * 9 + [SPEECH] * 2, 0),
        ([], 0),
    ],
    ids=["click", "short word", "word cut by the stop", "click cut by the stop", "nothing"],
)
def test_shortest_speech(probabilities: list[float], heard: int) -> None:
    assert len(finals(run(probabilities))) == heard


def test_very_long_turn_is_cut_at_its_pause_and_released_at_its_end() -> None:
    events = run([SPEECH] * 50 + [SILENCE] * 10 + [SPEECH] * 40 + [SILENCE] * 40, SHORT)
    first, second = finals(events)
    assert 50 <= indices(second)[0] < 60
    assert indices(first) + indices(second) == list(range(indices(second)[-1] + 1))
    assert events[-2:] == [first, second]


def test_endless_noise_is_released_in_pieces() -> None:
    events = feed(Segmenter(SHORT), [SPEECH] * 1200)
    parts = [event for event in events if isinstance(event, Segment) and not event.final]
    assert len(parts) > 15
    assert [part.number for part in finals(events)] == [part.number for part in parts[: -SHORT.most_parts]]


@given(sounds, st.booleans())
def test_no_speech_is_lost_and_none_is_heard_twice(probabilities: list[float], long: bool) -> None:
    segments = finals(run(probabilities, None if long else SHORT))
    heard = [index for segment in segments for index in indices(segment)]
    assert heard == sorted(set(heard))
    missed = [p >= 0.5 and i not in set(heard) for i, p in enumerate(probabilities)]
    # What is left out is too short to be a word: fewer frames than the shortest speech within one hold.
    runs = "".join("x" if lost else "." for lost in missed).split(".")
    assert max(map(len, runs)) < 5


@given(sounds)
def test_times_are_in_order_and_fit_the_samples(probabilities: list[float]) -> None:
    segments = finals(run(probabilities, SHORT))
    for segment in segments:
        assert segment.end - segment.start == pytest.approx(segment.samples.size / 16_000)
    for before, after in pairwise(segments):
        assert before.end <= after.start + 1e-9
        assert before.number < after.number


@given(sounds)
def test_same_number_and_revision_is_the_same_sound(probabilities: list[float]) -> None:
    seen: dict[tuple[int, int], Segment] = {}
    current: dict[int, int] = {}
    for event in run(probabilities, SHORT):
        if isinstance(event, Resumed):
            assert event.revision == current[event.number] + 1
        else:
            earlier = seen.setdefault((event.number, event.revision), event)
            assert np.array_equal(earlier.samples, event.samples)
            assert event.revision >= current.get(event.number, 0)
        current[event.number] = event.revision


@given(sounds, st.integers(0, 480))
def test_a_stop_loses_no_word(probabilities: list[float], at: int) -> None:
    head = probabilities[:at]
    heard = {index for segment in finals(run(head)) for index in indices(segment)}
    tail = 0
    while tail < len(head) and head[-1 - tail] >= 0.5:
        tail += 1
    if tail >= 3:
        assert set(range(len(head) - tail, len(head))) <= heard


@pytest.mark.parametrize(("loudness", "count"), [(0.001, 0), (0.0024, 0), (0.003, 1), (0.1, 1)])
def test_near_silence_is_no_utterance_whatever_the_detector_says(loudness: float, count: int) -> None:
    segmenter, events = Segmenter(), []
    for index in range(90):
        speech = 20 <= index < 50
        samples = np.full(FRAME_SAMPLES, loudness if speech else 0.0005, np.float32)
        events += segmenter.push(Frame(samples, index * FRAME_SECONDS), SPEECH if speech else SILENCE)
    assert len(finals(events + segmenter.flush())) == count
