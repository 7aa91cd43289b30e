"""Frames and resampling: nothing lost at the ends, whatever the size of the blocks; pure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.types import Samples
from app.desk.audio.resample import Framer, Resampler
from app.desk.ports import FRAME_SAMPLES, FRAME_SECONDS

RATES = st.sampled_from([8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])


def blocks(samples: Samples, sizes: list[int]) -> list[Samples]:
    """The samples in blocks of these sizes, the rest in a last one."""
    return [np.asarray(part) for part in np.split(samples, np.cumsum(sizes)[np.cumsum(sizes) < len(samples)])]


@settings(deadline=None)
@given(rate=RATES, count=st.integers(1, 6_000), sizes=st.lists(st.integers(1, 2_000), max_size=8))
def test_framing_does_not_depend_on_blocks(rate: int, count: int, sizes: list[int]) -> None:
    samples = np.random.default_rng(count).normal(0, 0.1, count).astype(np.float32)
    framer, whole = Framer(rate, start=5.0), Framer(rate, start=5.0)
    frames = [frame for block in blocks(samples, sizes) for frame in framer.push(block)] + framer.finish()
    expected = whole.push(samples) + whole.finish()
    times = [5.0 + n * FRAME_SECONDS for n in range(len(frames))]
    assert [time for time, _ in frames] == pytest.approx(times)
    assert all(len(frame) == FRAME_SAMPLES for _, frame in frames)
    assert len(frames) == len(expected)
    for (_, frame), (_, other) in zip(frames, expected, strict=True):
        np.testing.assert_allclose(frame, other, atol=1e-6)


@settings(deadline=None)
@given(rate=RATES, count=st.integers(1, 6_000))
def test_length_is_kept_to_the_sample(rate: int, count: int) -> None:
    resampler = Resampler(rate, 16_000)
    for _ in range(2):
        out = len(resampler.push(np.ones(count, np.float32))) + len(resampler.finish())
        assert abs(out - count * 16_000 / rate) <= 1


def test_16_khz_passes_unchanged() -> None:
    samples = np.linspace(-1, 1, 3 * FRAME_SAMPLES, dtype=np.float32)
    framer = Framer(16_000, 0.0)
    frames = framer.push(samples)
    np.testing.assert_array_equal(np.concatenate([frame for _, frame in frames]), samples)
    assert framer.finish() == []
