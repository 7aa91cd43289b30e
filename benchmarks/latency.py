"""Waiting time by length of the hold and load of the machine, beside the plain way.

    python -m benchmarks.latency --language tr --holds 0.5,0.7 --busy 0,1 --out latency.json
"""

import json
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from app.cli.bench_prompts import prompts
from app.cli.compose import engines, prepared_tools
from app.core.languages import STAFF_LANGUAGE
from app.core.settings import Settings
from app.desk.bench import bench
from app.desk.bench_report import lines
from app.engines.plain_whisper import PlainWhisper


def main(
    language: str = "tr",
    count: Annotated[int, typer.Option(help="Sentences per speaker.")] = 4,
    holds: Annotated[str, typer.Option(help="Seconds of silence that end a turn.")] = "0.5,0.7",
    busy: Annotated[str, typer.Option(help="Cores kept busy by something else.")] = "0,1",
    out: Path | None = None,
) -> None:
    tools = prepared_tools([STAFF_LANGUAGE, language])
    row = engines().catalog.recogniser(language)
    if row is None:
        raise typer.Exit(1)
    plain = {
        "faster-whisper, Sprache gegeben": lambda: PlainWhisper(row, guess_language=False),
        "faster-whisper, Vorgaben": lambda: PlainWhisper(row, guess_language=True),
    }
    said = prompts(language, count)
    results = []
    for cores in map(int, busy.split(",")):
        for hold in map(float, holds.split(",")):
            with busy_cores(cores):
                settings = Settings(patient_language=language, end_of_turn_seconds=hold)
                report = bench(said, tools, settings, plain)
            print(f"\nhold {hold} s, {cores} busy cores", *lines(report), sep="\n", flush=True)
            results.append({"busy": cores, **report.as_json()})
    if out:
        out.write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")


def spin() -> None:
    while True:
        pass


@contextmanager
def busy_cores(count: int) -> Iterator[None]:
    others = [multiprocessing.Process(target=spin, daemon=True) for _ in range(count)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.join()


if __name__ == "__main__":
    typer.run(main)
