"""The bench: what it computes from measurements, and that both ways really run at real time."""

from dataclasses import replace

import numpy as np
import pytest

from app.core.settings import Settings
from app.core.types import RECOGNITION_RATE, Samples
from app.desk.bench import LIVE, Prompt, bench, prompt
from app.desk.bench_report import Measured, lines, summarise
from app.desk.memory import peak_memory
from tests.desk.parts import Parts, Reader, silence, word

PARTS = {"recognise": 0.1, "translate": 0.05, "check": 0.0, "speak": 0.02}


def row(way: str, wait: float | None, text: str = "eins") -> Measured:
    return Measured(way, text, 2.0, 0.4, text, f"tr {text}", wait, PARTS, 0.7, hidden=1.0)


def test_ratio_and_percentiles() -> None:
    waits = [0.5, 0.6, 0.7, 0.8]
    measured = [row(LIVE, wait, str(n)) for n, wait in enumerate(waits)]
    measured += [row("plain", 2 * wait, str(n)) for n, wait in enumerate(waits)]
    report = summarise(measured, [LIVE, "plain"], 0.7, 1)
    assert (report.ways[0].p50, report.ways[0].p95) == (0.6, 0.8)
    assert report.ratio_p50 == {"plain": 2.0} and report.ratio_p95 == {"plain": 2.0}
    assert report.ways[1].same_as_live == 1.0
    assert report.ways[0].cpu_per_second == pytest.approx(0.2)
    assert report.as_json()["ways"][0]["hidden"] == 1.0
    said = "\n".join(lines(report))
    assert "Gegen „plain“: 2.00-mal so schnell" in said and "100% der Rechenarbeit" in said


def test_prompt_that_was_not_spoken_is_compared_in_no_way() -> None:
    measured = [row(LIVE, None), row(LIVE, 0.5, "zwei"), row("plain", 9.0), row("plain", 1.0, "zwei")]
    report = summarise(measured, [LIVE, "plain"], 0.7, 1)
    assert [way.spoken for way in report.ways] == [1, 2]
    assert report.ratio_p50 == {"plain": 2.0}


class Hummer:
    """A voice with silence before and after what it says."""

    rate = 8_000

    def synthesise(self, text: str, speed: float = 1.0) -> "list[Samples]":
        tone = 0.3 * np.sin(np.arange(8_000) * 2 * np.pi * 200 / 8_000)
        return [np.concatenate([np.zeros(4_000), tone, np.zeros(4_000)]).astype(np.float32)]


def test_true_end_of_speech_is_known() -> None:
    made = prompt("eins", "de", Hummer(), tail=1.0)  # type: ignore[arg-type]
    end = round(made.end * RECOGNITION_RATE)
    assert np.abs(made.samples[end - 100 : end]).max() > 0.003
    assert not made.samples[end:].any()
    assert made.seconds == pytest.approx(made.end + 1.0)
    assert made.end == pytest.approx(1.4, abs=0.01)


def test_live_and_plain_way_side_by_side() -> None:
    sound = np.concatenate([word(1), silence(14)])
    prompts = [Prompt("eins", "de", sound, 15 * 0.032)]
    settings = replace(Settings(), end_of_turn_seconds=0.25)
    report = bench(prompts, Parts().tools(), settings, {"plain": Reader})
    live, plain = report.ways
    assert (live.spoken, plain.spoken, plain.same_as_live) == (2, 2, 1.0)
    # Neither can know the end of the turn before the hold is over.
    assert 0.2 < live.p50 < 0.45 and 0.2 < plain.p50 < 0.45
    assert live.hidden is not None and live.hidden > 0.9
    assert 0 < report.peak_bytes <= peak_memory()
