"""An hour of silence and an hour of noise through the loop: time, memory, and that nothing is heard in them.

    python -m benchmarks.long_files --minutes 60
"""

import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile
import typer

from app.cli.compose import prepared_tools
from app.core.events import Event
from app.core.settings import Settings
from app.core.types import RECOGNITION_RATE, Transcript, Utterance
from app.desk.memory import peak_memory
from app.desk.replay import interpret_file


def main(minutes: int = 60, language: str = "tr") -> None:
    tools = prepared_tools(["de", language])
    print(f"{peak_memory() / 2**20:.0f} MB with models")
    with tempfile.TemporaryDirectory() as folder:
        for name, loudness in (("silence", 0.0), ("noise", 0.05), ("loud noise", 0.3)):
            path = write(Path(folder) / "long.wav", minutes, loudness)
            events: list[Event] = []
            begin = time.monotonic()
            interpret_file(path, tools, Settings(), ("de", language), events.append)
            seconds = time.monotonic() - begin
            heard = sum(isinstance(event.payload, Utterance) for event in events)
            texts = [event.payload.text for event in events if isinstance(event.payload, Transcript)]
            print(
                f"{name}: {minutes} min in {seconds:.1f} s, {peak_memory() / 2**20:.0f} MB, "
                f"{heard} utterances, {len(texts)} transcripts {texts[:3]}"
            )


def write(path: Path, minutes: int, loudness: float) -> Path:
    generator = np.random.default_rng(7)
    with soundfile.SoundFile(path, "w", RECOGNITION_RATE, 1) as file:
        for _ in range(minutes):
            file.write(np.clip(loudness * generator.standard_normal(60 * RECOGNITION_RATE), -1, 1))
    return path


if __name__ == "__main__":
    typer.run(main)
