"""Time and memory of recognition and translation at true size, without weights.

`python benchmarks/real_size.py`

Models of the published architectures are made with random weights and run as the desk runs them: one 30 s
window encoded once, a sentence of 20 tokens written, the same number translated. What they write is
nonsense; how long it takes is not. Every configuration runs in a process of its own, so that peak memory is
its own.

The share of the hardware limit is limit ÷ measured, with the limit of a model from its matrix sizes:
encoding can't be faster than its multiplications at this machine's measured float32 rate (`--int8-ratio`
times that for int8), a decoder step not faster than reading its weights and attention memory once at the
measured bandwidth. A share above 1 means that a cache held part of them, or that other work disturbed the
measured rate.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.desk.memory import peak_memory

TOKENS = 20
"""Text tokens of one utterance, about seven seconds of speech."""
ROUNDS = 3
MODELS = ["whisper-small", "whisper-large-v3-turbo", "opus-base", "opus-big"]
CONTEXT = 1500
"""Encoder positions of a 30 s window."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("models", nargs="*", default=MODELS)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--types", nargs="*", default=["int8", "float32"])
    parser.add_argument("--int8-ratio", type=float, default=4.0, help="int8 operations per float32 operation")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--build", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        folder, name, threads = options.one
        print(json.dumps(measure(Path(folder), name, int(threads))))
        return
    if options.build:
        folder, name, kind = options.build
        build(Path(folder), name, kind)
        return
    rates = {threads: (multiplications(threads), bandwidth(threads)) for threads in options.threads}
    for threads, (operations, read) in rates.items():
        found = f"{operations / 1e9:.0f} GFLOP/s float32, {read / 1e9:.1f} GB/s"
        print(f"{threads} Threads: {found}", file=sys.stderr)
    for name in options.models:
        for kind in options.types:
            with tempfile.TemporaryDirectory() as scratch:
                folder = Path(scratch) / "model"
                # In a process of its own: a parent's peak would count as the child's.
                subprocess.run([sys.executable, __file__, "--build", str(folder), name, kind], check=True)
                size = sum(file.stat().st_size for file in folder.iterdir()) / 2**20
                for threads in options.threads:
                    row = {"model": name, "type": kind, "threads": threads, "model_mb": round(size)}
                    row |= separately(folder, name, threads)
                    row |= shares(row, *rates[threads], options.int8_ratio if kind == "int8" else 1.0)
                    print(json.dumps(row) if options.json else line(row), flush=True)


def build(folder: Path, name: str, kind: str) -> None:
    from benchmarks.random_models import TRANSLATORS, WHISPER, translator, whisper

    if name in WHISPER:
        whisper(folder, WHISPER[name], kind)
    else:
        translator(folder, TRANSLATORS[name], kind)


def separately(folder: Path, name: str, threads: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", str(folder), name, str(threads)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(folder: Path, name: str, threads: int) -> dict[str, Any]:
    """Best of a few rounds, so that other work on the machine counts as little as it can."""
    begin = time.perf_counter()
    if name.startswith("whisper"):
        run = whisper_stages(folder, name, threads)
    else:
        run = translate_stages(folder, threads)
    loaded = time.perf_counter() - begin
    rounds = [run() for _ in range(ROUNDS + 1)][1:]
    best = {stage: min(each[stage] for each in rounds) for stage in rounds[0]}
    return {"load_s": loaded, **best, "peak_mb": round(peak_memory() / 2**20)}


def whisper_stages(folder: Path, name: str, threads: int) -> Any:
    import ctranslate2
    import numpy as np

    from benchmarks.random_models import WHISPER

    shape = WHISPER[name]
    model = ctranslate2.models.Whisper(str(folder), device="cpu", intra_threads=threads)
    sound = np.random.default_rng(1).standard_normal((1, shape.mels, 2 * CONTEXT)).astype(np.float32)
    end = 50_257
    prompt = [end + 1, end + 2, shape.vocabulary - 1501 - 5, shape.vocabulary - 1501 - 1]

    def run() -> dict[str, float]:
        stages = {}
        begin = time.perf_counter()
        encoded = model.encode(ctranslate2.StorageView.from_array(sound))
        stages["encode_s"] = time.perf_counter() - begin
        for beam in (1, 5):
            begin = time.perf_counter()
            # The library halves the length, and without its end it writes just that many tokens.
            written = model.generate(
                encoded,
                [prompt],
                beam_size=beam,
                max_length=2 * TOKENS,
                suppress_tokens=[end],
                suppress_blank=False,
                sampling_temperature=0,
            )
            tokens = len(written[0].sequences_ids[0])
            stages[f"token_beam{beam}_ms"] = (time.perf_counter() - begin) / tokens * 1e3
        return stages

    return run


def translate_stages(folder: Path, threads: int) -> Any:
    import ctranslate2

    model = ctranslate2.Translator(str(folder), device="cpu", intra_threads=threads)
    source = [[f"t{100 + 7 * i}" for i in range(TOKENS)]]

    def run() -> dict[str, float]:
        stages = {}
        for beam in (1, 4):
            begin = time.perf_counter()
            written = model.translate_batch(
                source,
                beam_size=beam,
                min_decoding_length=TOKENS,
                max_decoding_length=TOKENS,
                return_scores=True,
            )
            tokens = len(written[0].hypotheses[0])
            stages[f"token_beam{beam}_ms"] = (time.perf_counter() - begin) / tokens * 1e3
        return stages

    return run


def shares(row: dict[str, Any], operations: float, read: float, ratio: float) -> dict[str, float]:
    """Limit ÷ measured of the stages; the encoder of a translator is too short to matter."""
    from benchmarks.random_models import TRANSLATORS, WHISPER

    width_of_weight = 1 if row["type"] == "int8" else 4
    if row["model"] in WHISPER:
        shape = WHISPER[row["model"]]
        width = shape.width
        linear = shape.encoder * 12 * width**2 * CONTEXT * 2
        linear += 2 * 3 * width * (shape.mels * 2 * CONTEXT + width * CONTEXT)
        attention = shape.encoder * 2 * 2 * CONTEXT**2 * width
        limit = linear / (operations * ratio) + attention / operations
        weights = (shape.decoder * 14 * width**2 + shape.vocabulary * width) * width_of_weight
        memory = shape.decoder * 2 * CONTEXT * width * 4
        token = (weights + memory) / read
        return {
            "encode_limit_share": limit / row["encode_s"],
            "token_limit_share": token / (row["token_beam1_ms"] / 1e3),
        }
    shape_mt = TRANSLATORS[row["model"]]
    per_layer = 6 * shape_mt.width**2 + 2 * shape_mt.width * shape_mt.feed_forward
    weights = (shape_mt.layers * per_layer + shape_mt.vocabulary * shape_mt.width) * width_of_weight
    return {"token_limit_share": weights / read / (row["token_beam1_ms"] / 1e3)}


def multiplications(threads: int) -> float:
    """Float32 operations per second of a matrix product as large as an encoder's, by the same library."""
    code = (
        "import numpy as np, time\n"
        "a, b = (np.random.rand(1536, 1536).astype(np.float32) for _ in range(2))\n"
        "a @ b; best = 9.0\n"
        "for _ in range(8):\n t = time.perf_counter(); a @ b; best = min(best, time.perf_counter() - t)\n"
        "print(2 * 1536**3 / best)"
    )
    return float(with_threads(code, threads))


def bandwidth(threads: int) -> float:
    """Bytes read per second from memory that no cache holds, added over threads."""
    code = (
        "import numpy as np, time\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        f"n = {threads}\n"
        "parts = [np.ones(64 * 2**20, np.float32) for _ in range(n)]\n"
        "pool = ThreadPoolExecutor(n); best = 9.0\n"
        "for _ in range(5):\n t = time.perf_counter(); list(pool.map(np.max, parts)); "
        "best = min(best, time.perf_counter() - t)\n"
        "print(n * 256 * 2**20 / best)"
    )
    return float(with_threads(code, threads))


def with_threads(code: str, threads: int) -> str:
    own = {"OPENBLAS_NUM_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, **own}
    ).stdout


def line(row: dict[str, Any]) -> str:
    cells = [f"{row['model']:24} {row['type']:8} {row['threads']} Threads"]
    cells += [
        f"{name} {value:.3g}" for name, value in row.items() if name not in ("model", "type", "threads")
    ]
    return "  ".join(cells)


if __name__ == "__main__":
    main()
