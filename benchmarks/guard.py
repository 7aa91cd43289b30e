"""Pairs the guard checks per second on one core: `python benchmarks/guard.py`. Wanted: at least 500."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.guard.report import check_rows
from tests.guard.corruption import KINDS, LANGUAGES, correct_pairs, corrupted

PER_KIND = 25


def main() -> None:
    """Print processor time, not wall time: a busy machine must not change the figure."""
    rows = [pair.row() for language in LANGUAGES for pair in correct_pairs(language)[:100]]
    for language in LANGUAGES:
        rows += [pair.row() for kind in KINDS for pair in corrupted(language, kind, PER_KIND)]
    warm = [rows[index] for index in range(0, len(rows), 7)]
    start = time.process_time()
    list(check_rows(warm))
    loaded = time.process_time()
    list(check_rows(rows))
    seconds = time.process_time() - loaded
    print(f"{len(rows)} Paare, {len(rows) / seconds:.0f} je Sekunde; Tabellen laden {loaded - start:.1f} s")


if __name__ == "__main__":
    main()
