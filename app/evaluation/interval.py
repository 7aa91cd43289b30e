"""95 % intervals: how far a figure may lie off because only so many sentences were tried."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1_000
CORPUS_RESAMPLES = 200
"""Fewer where every draw scores the whole text anew (about 4 ms for 40 sentences)."""
SEED = 12_345
_NORMAL = 1.96
"""Quantile of the normal distribution for 95 %."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"value": round(self.value, 4), "low": round(self.low, 4), "high": round(self.high, 4)}


def ratio(parts: list[float], wholes: list[float]) -> Estimate:
    """Σ parts / Σ wholes over sentences, e.g. errors by words; by bootstrap. 0 where nothing divides."""
    if not parts or not sum(wholes):
        return Estimate(0.0, 0.0, 0.0)
    top, bottom = np.asarray(parts, float), np.asarray(wholes, float)
    chosen = np.random.default_rng(SEED).integers(0, top.size, (RESAMPLES, top.size))
    sums = bottom[chosen].sum(axis=1)
    drawn = top[chosen].sum(axis=1)[sums > 0] / sums[sums > 0]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Estimate(float(top.sum() / bottom.sum()), float(low), float(high))


def resampled(figure: Callable[[Sequence[int]], float], count: int) -> Estimate:
    """A figure of a whole text of `count` sentences, by bootstrap over the sentences' numbers."""
    draws = np.random.default_rng(SEED).integers(0, count, (CORPUS_RESAMPLES, count))
    low, high = np.percentile([figure([int(i) for i in draw]) for draw in draws], [2.5, 97.5])
    return Estimate(figure(range(count)), float(low), float(high))


def share(hits: list[bool]) -> Estimate:
    """How many of the sentences, 0…1, with Wilson's interval: "all of ten" still leaves room for doubt."""
    count = len(hits)
    if not count:
        return Estimate(0.0, 0.0, 1.0)
    value, room = sum(hits) / count, _NORMAL**2 / count
    middle = (value + room / 2) / (1 + room)
    width = math.sqrt(value * (1 - value) * room + room**2 / 4) / (1 + room)
    return Estimate(value, max(0.0, middle - width), min(1.0, middle + width))
