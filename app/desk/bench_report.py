"""From single measurements to what `sprachpult bench` says; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import fmean, median
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Measured:
    """One replay of one prompt; times are seconds."""

    way: str
    prompt: str
    seconds: float
    """Length of the replayed sound."""
    cpu: float
    heard: str
    translated: str
    first_sample: float | None
    """From the true end of speech to the first sample of the translation; None if nothing was spoken."""
    parts: dict[str, float]
    """Time per stage of the work that counted."""
    sure: float
    """From the true end of speech to the moment at which the end of the turn was sure."""
    hidden: float | None = None
    """Share of that work that was done before the end of the turn was sure."""
    dropped: float = 0.0
    """Work on beginnings that went on after a pause."""


@dataclass(frozen=True, slots=True)
class Way:
    """Figures of one way of working."""

    name: str
    turns: int
    spoken: int
    p50: float
    p95: float
    sure: float
    """Median seconds from the true end of speech to the certain end of the turn."""
    parts: dict[str, float]
    """Median seconds per stage."""
    cpu_per_second: float
    """CPU seconds per second of sound."""
    hidden: float | None
    dropped: float
    """Seconds of work dropped per turn, mean."""
    same_as_live: float
    """Share of turns heard and translated exactly as by the live loop."""


@dataclass(frozen=True, slots=True)
class Report:
    """`ratio_p50` and `ratio_p95`: waiting time of a plain way divided by that of the live loop."""

    hold: float
    peak_bytes: int
    """Most memory held before the plain ways were loaded."""
    ways: list[Way]
    ratio_p50: dict[str, float]
    ratio_p95: dict[str, float]
    measured: list[Measured] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """For `--json`: plain values, names as in this class."""
        return asdict(self)


def summarise(measured: Sequence[Measured], ways: Sequence[str], hold: float, peak_bytes: int) -> Report:
    """Only prompts that were spoken every time and in every way are compared."""
    silent = {each.prompt for each in measured if each.first_sample is None}
    live = {(m.prompt, m.heard, m.translated) for m in measured if m.way == ways[0]}
    rows = [_way(name, [m for m in measured if m.way == name], silent, live) for name in ways]
    return Report(
        hold,
        peak_bytes,
        rows,
        {row.name: row.p50 / rows[0].p50 for row in rows[1:]},
        {row.name: row.p95 / rows[0].p95 for row in rows[1:]},
        list(measured),
    )


def _way(name: str, measured: list[Measured], silent: set[str], live: set[tuple[str, str, str]]) -> Way:
    compared = [m for m in measured if m.prompt not in silent]
    waits = [m.first_sample for m in compared if m.first_sample is not None]
    return Way(
        name=name,
        turns=len(measured),
        spoken=sum(m.first_sample is not None for m in measured),
        p50=_percentile(waits, 50),
        p95=_percentile(waits, 95),
        sure=_median(m.sure for m in compared),
        parts={
            part: _median(m.parts[part] for m in compared) for part in (measured[0].parts if measured else ())
        },
        cpu_per_second=sum(m.cpu for m in measured) / sum(m.seconds for m in measured),
        hidden=_mean(m.hidden for m in compared),
        dropped=_mean(m.dropped for m in measured) or 0.0,
        same_as_live=_mean((m.prompt, m.heard, m.translated) in live for m in measured) or 0.0,
    )


def _percentile(values: list[float], share: int) -> float:
    """Nearest rank; nan without values."""
    return float(np.percentile(values, share, method="inverted_cdf")) if values else float("nan")


def _median(values: Iterable[float]) -> float:
    return median(list(values) or [float("nan")])


def _mean(values: Iterable[float | None]) -> float | None:
    given = [value for value in values if value is not None]
    return fmean(given) if given else None


_PART_WORDS = {"recognise": "erkennen", "translate": "übersetzen", "check": "prüfen", "speak": "sprechen"}


def lines(report: Report) -> list[str]:
    """The report for people, in German."""
    head = f"{'':<28}{'p50':>8}{'p95':>8}   Wartezeit vom Ende des Sprechens bis zum ersten Ton"
    rows = [f"{way.name:<28}{way.p50:>6.2f} s{way.p95:>6.2f} s   {_way_words(way)}" for way in report.ways]
    live = report.ways[0]
    found = [head, *rows, ""]
    if live.hidden is not None:
        found.append(
            f"{live.hidden:.0%} der Rechenarbeit sind getan, bevor das Ende des Satzes sicher ist "
            f"(Wartezeit dafür {report.hold:.1f} s, sicher nach {live.sure:.2f} s); "
            f"verworfen {live.dropped:.2f} s je Satz."
        )
    found += [
        f"Gegen „{name}“: {ratio:.2f}-mal so schnell (p50), {report.ratio_p95[name]:.2f}-mal (p95)."
        for name, ratio in report.ratio_p50.items()
    ]
    found.append(f"Speicher höchstens {report.peak_bytes / 2**20:.0f} MB.")
    return found


def _way_words(way: Way) -> str:
    parts = ", ".join(f"{_PART_WORDS[part]} {seconds:.2f} s" for part, seconds in way.parts.items())
    counts = f"{way.spoken} von {way.turns} gesprochen, {way.same_as_live:.0%} wortgleich"
    return f"{parts}; {way.cpu_per_second:.2f} s Rechenzeit je Sekunde Ton; {counts}"
