"""Keeps engines from stealing cores: thread counts, and idle workers that sleep instead of spinning.

The libraries read these variables when they are loaded, so `tame_threads` runs before numpy, ctranslate2 or
onnxruntime are imported. A variable that is set already is left alone.
"""

import os

from app.engines.machine import measured_speed, physical_cores

MOST_THREADS = 4
"""Whisper gains nothing from more (published runs level off at four physical cores)."""


def engine_threads() -> int:
    """Threads for one engine: what was measured to be best, else the physical cores, at most four."""
    found = measured_speed()
    return found.threads if found else min(MOST_THREADS, physical_cores())


def tame_threads() -> None:
    """Set what OpenMP, the matrix libraries read from the environment."""
    threads = str(engine_threads())
    wanted = {
        # GNU and Intel OpenMP: a worker without work sleeps.
        "OMP_WAIT_POLICY": "PASSIVE",
        "GOMP_SPINCOUNT": "0",
        "KMP_BLOCKTIME": "0",
        "OMP_NUM_THREADS": threads,
        "OPENBLAS_NUM_THREADS": threads,
        "MKL_NUM_THREADS": threads,
        "TOKENIZERS_PARALLELISM": "false",
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)


def hush_ctranslate2() -> None:
    """Errors only: a warning on standard error would tear the desk's screen."""
    import logging

    import ctranslate2

    ctranslate2.set_log_level(logging.ERROR)
