"""The micro-benchmark: which number format and how many threads are fastest here, and how fast that is.

One encoder layer of Whisper small's shape with random weights on the positions of 30 s of sound, run by the
library that runs the models. Takes a few seconds, once; the result is kept in the office's folder.
"""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.engines.machine import Speed, measured_speed, physical_cores, speed_file

WIDTH, FEED_FORWARD, HEADS, LAYERS, POSITIONS = 768, 3072, 12, 1, 1500
LINEAR = 2 * POSITIONS * (4 * WIDTH * WIDTH + 2 * WIDTH * FEED_FORWARD) * LAYERS
ATTENTION = 4 * POSITIONS * POSITIONS * WIDTH * LAYERS
OPERATIONS = (LINEAR + ATTENTION) / 1e9
"""Billions, as the limits in published tables count them."""
_REPEATS = 2
_MOST_THREADS = 8
_WORTH = 1.1
"""More threads must be this much faster: cores are wanted by voices and screen too."""


def machine_speed(report: Callable[[str, float], None] = lambda *_: None) -> Speed:
    """The note of this machine; measured and written if there is none."""
    return measured_speed() or _noted(measure(report))


def measure(report: Callable[[str, float], None]) -> Speed:
    """Try thread counts with int8, then float32 with the best of them."""
    cores = physical_cores()
    counts = [count for count in (1, 2, 3, 4, 6, 8) if count <= min(cores, _MOST_THREADS)]
    with tempfile.TemporaryDirectory() as folder:
        _random_encoder(Path(folder) / "model")
        best, best_time = counts[0], float("inf")
        for number, count in enumerate(counts):
            report(f"messe diesen Rechner: {count} Threads", number / (len(counts) + 1))
            seconds = _seconds(Path(folder) / "model", "int8", count)
            if seconds * _WORTH < best_time:
                best, best_time = count, seconds
        report("messe diesen Rechner: float32", len(counts) / (len(counts) + 1))
        plain = _seconds(Path(folder) / "model", "float32", best)
    kind = "int8" if best_time <= plain else "float32"
    return Speed(cores, kind, best, round(OPERATIONS / min(best_time, plain), 1))


def _noted(speed: Speed) -> Speed:
    path = speed_file()
    partial = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        table = {name: getattr(speed, name) for name in ("cores", "compute_type", "threads", "gops")}
        partial.write_text(json.dumps(table), "utf-8")
        partial.replace(path)
    except OSError:
        # A read-only folder: measured again next time.
        return speed
    return speed


def _seconds(folder: Path, kind: str, threads: int) -> float:
    """Fastest of a few runs."""
    import ctranslate2

    encoder = ctranslate2.Encoder(str(folder), compute_type=kind, intra_threads=threads)
    ids = [[number % 64 for number in range(POSITIONS)]]
    encoder.forward_batch(ids)
    times = []
    for _ in range(_REPEATS):
        begin = time.perf_counter()
        encoder.forward_batch(ids)
        times.append(time.perf_counter() - begin)
    return min(times)


def _random_encoder(folder: Path) -> None:
    import numpy as np
    from ctranslate2.specs import transformer_spec

    random = np.random.default_rng(0)

    def linear(layer: Any, outputs: int, inputs: int) -> None:
        layer.weight = random.standard_normal((outputs, inputs), np.float32) / 30
        layer.bias = np.zeros(outputs, np.float32)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    encoder = transformer_spec.TransformerEncoderSpec(LAYERS, HEADS, pre_norm=True)
    encoder.embeddings[0].weight = random.standard_normal((64, WIDTH), np.float32)
    encoder.position_encodings.encodings = np.zeros((POSITIONS, WIDTH), np.float32)
    norm(encoder.layer_norm)
    for layer in encoder.layer:
        norm(layer.self_attention.layer_norm)
        linear(layer.self_attention.linear[0], 3 * WIDTH, WIDTH)
        linear(layer.self_attention.linear[1], WIDTH, WIDTH)
        norm(layer.ffn.layer_norm)
        linear(layer.ffn.linear_0, FEED_FORWARD, WIDTH)
        linear(layer.ffn.linear_1, WIDTH, FEED_FORWARD)
    model = transformer_spec.TransformerEncoderModelSpec(encoder)
    model.register_vocabulary([str(number) for number in range(64)])
    model.validate()
    model.optimize(quantization="float32")
    folder.mkdir()
    model.save(str(folder))
