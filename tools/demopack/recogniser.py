"""Training of the recogniser: which sentences, how batches are made, the loop."""

import math
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor, distributed, nn
from torch import multiprocessing as mp
from torch.nn import functional as F

from demopack.corpus import Corpus, Outside, spoken_texts
from demopack.speech import Bank, Line
from demopack.tokens import TIMESTAMP_STEP, TIMESTAMPS
from demopack.whisper_model import FULL_POSITIONS, Whisper, WhisperShape

IGNORED = -100
FRAMES_PER_SECOND = 100
PADDING = 12
"""Positions that stand for the rest of the 30 s, see Whisper.encode."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many utterances are spoken for training."""

    voices_per_example: int
    voices_per_variant: int
    outside_per_language: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of training: `steps` batches of about `frames` frames in every process.

    The learning rate starts at `rate` and would reach zero after `decay_steps`, by a cosine.
    """

    steps: int
    decay_steps: int
    frames: int
    rate: float
    warm_up: int
    outside_kept: float
    """Share of the sentences outside the phrasebooks that is drawn in every epoch."""
    letters_weight: float
    """Weight of the CTC loss in the first half; a third of it later."""


def training_lines(
    corpus: Corpus, amounts: Amounts, avoid: dict[str, frozenset[str]], seed: int
) -> list[Line]:
    """Known sentences, each several times, and sentences outside the phrasebooks; none of `avoid`."""
    rng = random.Random(seed)
    lines: list[Line] = []
    for language in corpus.languages:
        for pair in corpus.pairs:
            times = amounts.voices_per_example if pair.example else amounts.voices_per_variant
            lines += [Line(language, t, True) for t in spoken_texts(pair, language) for _ in range(times)]
        outside = Outside(corpus, language, odd=False, avoid=avoid[language])
        lines += [Line(language, outside.draw(rng), False) for _ in range(amounts.outside_per_language)]
    rng.shuffle(lines)
    return lines


@dataclass(frozen=True, slots=True)
class Batch:
    """features (batch, 80, frames); tokens in and wanted (batch, length); letters of all rows one after the
    other, how many each row has (none: silence); frames of each row."""

    features: Tensor
    tokens: Tensor
    wanted: Tensor
    letters: Tensor
    letter_counts: Tensor
    frames: Tensor


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of the work a process does."""

    rank: int
    size: int
    seed: int


class Batches:
    """Makes batches of similar length, each time with other noise, level, gaps and prompts."""

    def __init__(self, bank: Bank, part: Part, tokenizer: Tokenizer, stage: Stage) -> None:
        self._stage = stage
        self._lines, self._mels = bank.part(part.rank, part.size)
        self._rng = np.random.default_rng([part.seed, part.rank])
        self._ids = [tokenizer.encode(" " + line.text).ids for line in self._lines]
        self._special = tokenizer.token_to_id
        self._text_size = tokenizer.token_to_id("<|endoftext|>") - 1
        alphabet = {
            c: i for i, c in enumerate(sorted({c for line in bank.lines for c in line.text.casefold()}))
        }
        self.letters = len(alphabet)
        self._letters = [[alphabet[c] for c in line.text.casefold()] for line in self._lines]

    def forever(self) -> Iterator[Batch]:
        """Epoch after epoch; the next batch is made while the last one is trained on."""
        with ThreadPoolExecutor(1) as pool:
            while True:
                chunks = self._chunks()
                coming = pool.submit(self._batch, chunks[0])
                for chunk in chunks[1:]:
                    batch, coming = coming.result(), pool.submit(self._batch, chunk)
                    yield batch
                yield coming.result()

    def _chunks(self) -> list[list[int]]:
        """Every example once, in batches of similar length."""
        rng, mels = self._rng, self._mels
        kept = [i for i, x in enumerate(self._lines) if x.known or rng.random() < self._stage.outside_kept]
        order = rng.permutation(kept)
        chunks: list[list[int]] = []
        for start in range(0, len(order), 2000):
            part = sorted(order[start : start + 2000], key=lambda i: mels[i].shape[1])
            chunk: list[int] = []
            for i in part:
                if (len(chunk) + 1) * mels[i].shape[1] > self._stage.frames:
                    chunks.append(chunk)
                    chunk = []
                chunk.append(i)
            chunks.append(chunk)
        return [chunks[k] for k in rng.permutation(len(chunks)) if chunks[k]]

    def _batch(self, indices: list[int]) -> Batch:
        rows = [self._speech(i) for i in indices]
        rows += [self._silence() for _ in range(max(1, len(rows) // 25))]
        frames = [min(r[0].shape[1], 2 * FULL_POSITIONS) for r in rows]
        features = np.zeros((len(rows), 80, max(frames) + max(frames) % 2), dtype=np.float32)
        length = max(len(r[1]) for r in rows) - 1
        tokens = np.full((len(rows), length), self._special("<|endoftext|>"))
        wanted = np.full((len(rows), length), IGNORED)
        for k, (mel, ids, first, _) in enumerate(rows):
            features[k, :, : frames[k]] = mel[:, : frames[k]]
            tokens[k, : len(ids) - 1] = ids[:-1]
            wanted[k, first : len(ids) - 1] = ids[first + 1 :]
            start = ids.index(self._special("<|startoftranscript|>"))
            wanted[k, start] = ids[start + 1] if rows[k][3] else self._special("<|nospeech|>")
        return Batch(
            torch.from_numpy(features),
            torch.from_numpy(tokens),
            torch.from_numpy(wanted),
            torch.tensor([letter for r in rows for letter in r[3]]),
            torch.tensor([len(r[3]) for r in rows]),
            torch.tensor(frames),
        )

    def _speech(self, i: int) -> tuple[npt.NDArray[np.float32], list[int], int, list[int]]:
        rng, mel = self._rng, self._mels[i].astype(np.float32)
        if rng.random() < 0.5:
            mel = np.logaddexp(mel * math.log(10), self._noise(mel, rng.uniform(14, 40))) / math.log(10)
        features = _scaled(mel + rng.uniform(-0.8, 0.4))
        self._mask(features)
        head, tail = self._framing(self._lines[i].language, features.shape[1])
        ids = [*head, *self._ids[i], *tail, self._special("<|endoftext|>")]
        first = len(head) - 1 - (len(tail) > 0)
        return features, ids, first, self._letters[i]

    def _silence(self) -> tuple[npt.NDArray[np.float32], list[int], int, list[int]]:
        """Noise alone. Told to transcribe it, the model is to be unsure of every word."""
        rng = self._rng
        count = int(rng.integers(60, 400))
        mel = (
            rng.normal(0, 0.25, (80, count))
            + np.linspace(0, rng.uniform(-3, 1), 80)[:, None]
            - rng.uniform(0, 6)
        )
        head, _ = self._framing("", count)
        words = rng.integers(0, self._text_size, rng.integers(0, 6)).tolist()
        ids = [*head, *words, self._special("<|endoftext|>")]
        return _scaled(mel.astype(np.float32)), ids, len(head) - 1, []

    def _framing(self, language: str, frames: int) -> tuple[list[int], list[int]]:
        """Control tokens before and after the text; sometimes a prompt, sometimes timestamps."""
        rng, special = self._rng, self._special
        head: list[int] = []
        if rng.random() < 0.1:
            prompt = [t for _ in range(rng.integers(1, 4)) for t in self._ids[rng.integers(len(self._ids))]]
            head = [special("<|startofprev|>"), *prompt[:60]]
        code = language or str(rng.choice(("de", "tr", "ar", "uk", "ro")))
        head += [special(f"<|{t}|>") for t in ("startoftranscript", code, "transcribe")]
        if not language or rng.random() < 0.4:
            return [*head, special("<|notimestamps|>")], []
        zero = special("<|0.00|>")
        half_seconds = math.ceil(frames / FRAMES_PER_SECOND * 2)
        return [*head, zero], [zero + min(TIMESTAMPS - 1, round(half_seconds / 2 / TIMESTAMP_STEP))]

    def _noise(self, mel: npt.NDArray[np.float32], snr: float) -> npt.NDArray[np.float32]:
        """Natural logarithm of a noise's mel power, `snr` dB below the speech's mean power."""
        rng = self._rng
        level = float(np.mean(10.0**mel)) / 10 ** (snr / 10)
        slope = np.linspace(0, rng.uniform(-3, 1), 80)[:, None]
        shape = np.exp(slope) / np.exp(slope).mean()
        power = rng.gamma(1.5, 1 / 1.5, mel.shape) * shape * level
        return np.log(np.maximum(power, 1e-10)).astype(np.float32)

    def _mask(self, features: npt.NDArray[np.float32]) -> None:
        rng = self._rng
        low = int(rng.integers(0, 70))
        features[low : low + int(rng.integers(0, 10))] = features.mean()
        for _ in range(rng.integers(0, 2)):
            start = int(rng.integers(0, features.shape[1]))
            features[:, start : start + int(rng.integers(0, 10))] = features.mean()


def _scaled(mel: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return (np.maximum(mel, mel.max() - 8.0) + 4.0) / 4.0


@dataclass(frozen=True, slots=True)
class Job:
    """What every process of a training run gets. `folder` holds the weights between the stages."""

    shape: WhisperShape
    tokenizer: str
    bank: Bank
    stages: tuple[Stage, ...]
    seed: int
    folder: Path

    @property
    def weights(self) -> Path:
        return self.folder / "recogniser.pt"


def train(job: Job, processes: int) -> Whisper:
    """Train in `processes` processes of one thread each, which average their gradients after every batch.

    For matrices as small as these two processes are twice as fast as two threads.
    """
    for number in range(len(job.stages)):
        mp.start_processes(_work, args=(processes, job, number), nprocs=processes, start_method="spawn")
    model = Whisper(job.shape)
    model.load_state_dict(torch.load(job.weights))
    return model.eval()


def _work(rank: int, size: int, job: Job, number: int) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(job.seed)
    store = distributed.FileStore(str(job.folder / f"meeting-point-{number}"), size)
    distributed.init_process_group("gloo", store=store, rank=rank, world_size=size)
    stage = job.stages[number]
    part = Part(rank, size, job.seed + number)
    batches = Batches(job.bank, part, Tokenizer.from_str(job.tokenizer), stage)
    model = Whisper(job.shape)
    if number:
        model.load_state_dict(torch.load(job.weights))
    ctc = nn.Linear(job.shape.width, batches.letters + 1)
    torch.manual_seed(job.seed + rank)
    _loop(model, ctc, batches, stage, job.weights if rank == 0 else None)
    distributed.destroy_process_group()


def _loop(model: Whisper, ctc: nn.Linear, batches: Batches, stage: Stage, keep: Path | None) -> None:
    """Train in bfloat16 with float32 master weights; leave them in `keep`, now and then and at the end.

    The CTC head, which reads the letters off the encoder, speeds up the first minutes a lot; it is thrown
    away afterwards.
    """
    trainer = Trainer([*model.parameters(), *ctc.parameters()], stage)
    model.to(torch.bfloat16).train()
    ctc.to(torch.bfloat16)
    begin, sums = time.monotonic(), [0.0, 0.0, 0.0]
    for step, batch in zip(range(1, stage.steps + 1), batches.forever(), strict=False):
        text, letters = _losses(model, ctc, batch)
        (text + stage.letters_weight * (1 if step < stage.steps / 2 else 1 / 3) * letters).backward()
        trainer.step(step)
        found = (text.item(), letters.item(), len(batch.tokens))
        sums = [a + b for a, b in zip(sums, found, strict=True)]
        if keep and step % 50 == 0:
            print(
                f"step {step} · {time.monotonic() - begin:.0f} s · text {sums[0] / 50:.3f} · "
                f"letters {sums[1] / 50:.3f} · {sums[2]:.0f} utterances",
                flush=True,
            )
            sums = [0.0, 0.0, 0.0]
        if keep and step % 250 == 0:
            torch.save(model.state_dict(), keep)
    model.float()
    trainer.finish()
    if keep:
        torch.save(model.state_dict(), keep)


class Trainer:
    """AdamW on float32 copies of bfloat16 parameters, warm-up and cosine decay by the number of steps."""

    def __init__(self, parameters: list[nn.Parameter], stage: Stage) -> None:
        self._stage, self._parameters = stage, parameters
        self._masters = [p.detach().float().clone().requires_grad_() for p in parameters]
        self._optimiser = torch.optim.AdamW(
            self._masters, lr=stage.rate, betas=(0.9, 0.98), weight_decay=0.01
        )

    def step(self, step: int) -> None:
        """One update from the gradients of the parameters; clears them."""
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in self._parameters]
        flat = torch.cat([g.float().flatten() for g in gradients])
        distributed.all_reduce(flat)
        flat /= distributed.get_world_size()
        for master, parameter, part in zip(
            self._masters, self._parameters, flat.split([p.numel() for p in self._parameters]), strict=True
        ):
            master.grad = part.view_as(master)
            parameter.grad = None
        nn.utils.clip_grad_norm_(self._masters, 1.0)
        decay = 0.5 + 0.5 * math.cos(math.pi * step / self._stage.decay_steps)
        for group in self._optimiser.param_groups:
            group["lr"] = self._stage.rate * min(1.0, step / self._stage.warm_up) * decay
        self._optimiser.step()
        self.finish()

    def finish(self) -> None:
        """Copy the master weights into the parameters, in the parameters' precision."""
        with torch.no_grad():
            for master, parameter in zip(self._masters, self._parameters, strict=True):
                parameter.copy_(master)


def _losses(model: Whisper, ctc: nn.Linear, batch: Batch) -> tuple[Tensor, Tensor]:
    memory, mask = model.encode(batch.features.to(torch.bfloat16), PADDING)
    logits = model.decode(batch.tokens, memory, mask)
    text = F.cross_entropy(logits.float().flatten(0, 1), batch.wanted.flatten(), ignore_index=IGNORED)
    spoken = batch.letter_counts > 0
    aligned = ctc(memory[spoken, : batch.features.shape[2] // 2])
    letters = F.ctc_loss(
        aligned.float().log_softmax(2).transpose(0, 1),
        batch.letters,
        batch.frames[spoken] // 2,
        batch.letter_counts[spoken],
        blank=ctc.out_features - 1,
        zero_infinity=True,
    )
    return text, letters
