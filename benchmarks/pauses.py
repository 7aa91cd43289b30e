"""Pauses inside a turn: how often a hold takes one for the end, and how much speculative work is thrown away.

    python -m benchmarks.pauses --language tr

Two sentences are joined by exact silence, as by somebody who thinks; a turn that is cut there is a false end.
"""

import json
import time
from pathlib import Path

import numpy as np
import typer

from app.cli.bench_prompts import prompts
from app.cli.compose import prepared_tools
from app.core.events import Event
from app.core.languages import STAFF_LANGUAGE
from app.core.settings import Settings
from app.core.types import RECOGNITION_RATE, Utterance
from app.desk.bench import Prompt
from app.desk.interpreter import Interpreter
from app.desk.replay import Replay
from app.desk.stopwatch import Stopwatch
from app.desk.tools import Tools

PAUSES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def main(language: str = "tr", count: int = 6, holds: str = "0.5,0.7,0.9", out: Path | None = None) -> None:
    tools = prepared_tools([STAFF_LANGUAGE, language])
    # What is read on first use must not count as work.
    tools.check(tools.translate("Ja.", STAFF_LANGUAGE, language))
    said = prompts(language, count)
    pairs = list(zip(said[:count:2], said[1:count:2], strict=False))
    rows = []
    print(f"{'hold':>6}{'pause':>7}{'cut':>6}{'dropped s':>11}{'work s':>8}")
    for hold in map(float, holds.split(",")):
        for pause in PAUSES:
            results = [measure(joined(a, b, pause), tools, hold, language, a) for a, b in pairs]
            cut, dropped, work = (sum(column) for column in zip(*results, strict=True))
            print(f"{hold:>6}{pause:>7}{cut:>3}/{len(pairs)}{dropped:>10.2f}{work:>9.2f}", flush=True)
            rows.append(
                {"hold": hold, "pause": pause, "cut": cut, "of": len(pairs), "dropped": dropped, "work": work}
            )
    if out:
        out.write_text(json.dumps(rows, indent=1), "utf-8")


def joined(first: Prompt, second: Prompt, pause: float) -> np.ndarray:
    """One turn: the first sentence, a pause of exactly this length, the second sentence, silence."""
    head = first.samples[: round(first.end * RECOGNITION_RATE)]
    lead = int(np.flatnonzero(second.samples)[0])
    gap = np.zeros(round(pause * RECOGNITION_RATE), np.float32)
    return np.concatenate([head, gap, second.samples[lead:]])


def measure(
    sound: np.ndarray, tools: Tools, hold: float, language: str, said: Prompt
) -> tuple[bool, float, float]:
    """Whether the turn was cut, and seconds of work: dropped, and all."""
    watch, events = Stopwatch(tools), list[Event]()
    settings = Settings(patient_language=language, end_of_turn_seconds=hold, speak_german=True)
    stamps = {}

    def note(event: Event) -> None:
        events.append(event)
        if isinstance(event.payload, Utterance):
            stamps[event.payload.turn] = min(time.monotonic(), stamps.get(event.payload.turn, np.inf))

    with Interpreter(watch.tools, Replay([sound], realtime=True), settings, note) as loop:
        loop.listen(said.speaker, many=True)
        loop.wait_idle()
    finals = [e.payload for e in events if isinstance(e.payload, Utterance) and e.payload.final]
    begun = stamps[finals[0].turn] if finals else 0.0
    dropped = sum(span.seconds for span in watch.spans if span.begin < begun)
    return len(finals) > 1, dropped, sum(span.seconds for span in watch.spans)


if __name__ == "__main__":
    typer.run(main)
