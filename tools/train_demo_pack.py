"""Trains the demo pack: `python tools/train_demo_pack.py`, about an hour on two free cores.

Reads models/demo/pack.toml and the phrasebooks, writes the models, their figures and the model card beside
it. Needs the dependency group "train" (torch, tokenizers, scipy). Repeats from the seed.
"""

import argparse
import os
import random
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
# Two processes of one thread each; a spinning pool in each of them would take the other's core.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch  # noqa: E402
from demopack import card, export, measure, recogniser, speech, tokens, translator  # noqa: E402
from demopack.corpus import Corpus, load_corpus  # noqa: E402
from demopack.whisper_model import WhisperShape  # noqa: E402

STAGES = ("translate", "recognise", "measure")
OUTSIDE = 200
"""Held-out sentences outside the phrasebooks per language; half calibrate the threshold, half measure."""

Outside: TypeAlias = dict[str, tuple[str, ...]]
"""Held-out sentences outside the phrasebooks, by language."""


def main() -> None:
    """Run the stages asked for, by default all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=STAGES, nargs="+", default=list(STAGES))
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--pack", type=Path, default=ROOT / "models" / "demo", help="folder with pack.toml")
    arguments = parser.parse_args()
    folder = arguments.pack
    pack = tomllib.loads((folder / "pack.toml").read_text("utf-8"))
    corpus = load_corpus(
        ROOT / "phrasebooks", pack["topics"], tuple(pack["languages"]), random.Random(pack["seed"])
    )
    outside = {
        language: measure.outside_texts(corpus, language, pack["seed"], OUTSIDE)
        for language in corpus.languages
    }
    begin = time.monotonic()
    if "translate" in arguments.only:
        print("== translate", flush=True)
        train_translators(folder, corpus, outside, pack, arguments.processes)
    if "recognise" in arguments.only:
        train_recogniser(folder, corpus, outside, pack, arguments.processes)
    if "measure" in arguments.only:
        card.measure_pack(folder, corpus, outside, pack, arguments.processes)
    print(f"{(time.monotonic() - begin) / 60:.1f} minutes")


def train_translators(
    folder: Path, corpus: Corpus, outside: Outside, pack: dict[str, Any], processes: int
) -> None:
    """German to the others with a language token, the others to German without; side by side."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        jobs = [
            pool.submit(train_translator, folder, task, corpus, outside, pack)
            for task in translator.tasks(corpus.languages)
        ]
        for job in jobs:
            job.result()


def train_translator(
    folder: Path, task: translator.Task, corpus: Corpus, outside: Outside, pack: dict[str, Any]
) -> None:
    """Train one translator in one thread; write its Marian archive and what CTranslate2 makes of it."""
    torch.set_num_threads(1)
    settings, seed = pack["translate"], pack["seed"]
    avoid = {language: frozenset(texts) for language, texts in outside.items()}
    pieces = translator.train_pieces(corpus, task, settings["pieces"])
    sampler = translator.Sampler(corpus, task, pieces, avoid, seed)
    model = translator.train(sampler, pieces, settings["steps"], seed)
    with tempfile.TemporaryDirectory() as passing:
        kept = task.name in settings["archives"]
        archive = folder / task.name.replace("translate", "marian") if kept else Path(passing) / "marian"
        export.write_archive(model, pieces, archive)
        export.convert_archive(archive, folder / task.name)


def train_recogniser(
    folder: Path, corpus: Corpus, outside: Outside, pack: dict[str, Any], processes: int
) -> None:
    """Speak the sentences, train on them, write the folder that faster-whisper loads."""
    settings = pack["recognise"]
    avoid = {language: frozenset(texts) for language, texts in outside.items()}
    amounts = recogniser.Amounts(**settings["amounts"])
    stages = tuple(recogniser.Stage(**stage) for stage in settings["stages"])
    lines = recogniser.training_lines(corpus, amounts, avoid, pack["seed"])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        print(f"== speaking {len(lines)} sentences", flush=True)
        bank = speech.make_bank(lines, work / "bank.npy", pack["seed"], processes)
        tokenizer = tokens.train_tokenizer(
            (f" {x.text}" for x in lines), corpus.languages, settings["vocabulary"]
        )
        shape = WhisperShape(vocabulary=tokenizer.get_vocab_size())
        job = recogniser.Job(shape, tokenizer.to_str(), bank, stages, pack["seed"], work)
        print("== recognise", flush=True)
        model = recogniser.train(job, processes)
    export.write_recogniser(model, tokenizer, corpus.languages, folder / "recognise")


if __name__ == "__main__":
    main()
