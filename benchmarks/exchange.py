"""Import of many sentences, per format: `python benchmarks/exchange.py [--topics 100] [--formats csv,tmx]`.

A made-up phrasebook of 1000 sentences per topic is exported to Turkish, its translation is removed, the file
is read, compared and applied. Prints processor time (a busy machine must not change the figure) and the
memory of the whole process at the end, phrasebook included.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.content import load_library, source_hash
from app.content.exchange.entries import Stock
from app.content.exchange.formats import FORMATS, PHRASES
from app.content.exchange.phrases import phrase_stock
from app.content.exchange.transfer import apply, export, prepare

PER_TOPIC = 1000
T = TypeVar("T")


def main() -> None:
    """Each format in its own folder, one after the other."""
    sentences = [name for name, entry in FORMATS.items() if PHRASES in entry.kinds]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", type=int, default=100)
    parser.add_argument("--formats", default=",".join(sentences))
    arguments = parser.parse_args()
    print(f"{'format':8}{'texts':>9}{'MB':>6}{'export':>9}{'compare':>9}{'apply':>9}{'memory':>9}")
    for name in arguments.formats.split(","):
        with tempfile.TemporaryDirectory() as folder:
            measure(name, arguments.topics, Path(folder))


def measure(name: str, topics: int, folder: Path) -> None:
    root, path = folder / "books", folder / "file"
    for topic in range(topics):
        write_topic(root / f"thema-{topic}", topic)

    def stock(language: str) -> Stock:
        return phrase_stock(load_library(root), language)

    count, out = timed(lambda: export(stock("tr"), name, path))
    for file in root.glob("*/tr.toml"):
        file.unlink()
    plan, compared = timed(lambda: prepare(path, stock, PHRASES))
    _, applied = timed(lambda: apply(plan))
    memory = psutil.Process().memory_info().rss >> 20
    size = path.stat().st_size >> 20
    print(f"{name:8}{count:9}{size:6}{out:8.1f}s{compared:8.1f}s{applied:8.1f}s{memory:6} MB", flush=True)


def timed(call: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return call(), time.process_time() - start


def write_topic(folder: Path, topic: int) -> None:
    folder.mkdir(parents=True)
    german, turkish = ['title = "T"\n'], []
    for number in range(PER_TOPIC):
        text = f"Satz {topic}, {number}: Warten Sie {{minuten:number}} Minuten."
        german.append(f'[satz-{number}]\ntext = "{text}"\n')
        turkish.append(
            f'[satz-{number}]\ntext = "Cümle {topic}, {number}: {{minuten:number}} dakika bekleyin."\n'
            f'status = "draft"\nsource_hash = "{source_hash(text)}"\n'
        )
    (folder / "phrases.toml").write_text("\n".join(german), "utf-8")
    (folder / "tr.toml").write_text("\n".join(turkish), "utf-8")


if __name__ == "__main__":
    main()
