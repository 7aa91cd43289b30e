"""Training of the translators: their pieces, their sentence pairs, the loop."""

import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import sentencepiece
import torch
from torch import nn
from torch.nn import functional as F

from demopack.corpus import Corpus, Outside, spoken_texts
from demopack.marian_model import Marian, MarianShape

ISO_639_3 = {"de": "deu", "tr": "tur", "ar": "ara", "uk": "ukr", "ro": "ron"}
EOS, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
UNSURE = ("…", "……", "[…]", "(…)", "—", "[—]", "(—)", "?", "??", "[?]", "(?)")
"""What an unknown sentence comes out as. Several of them, so that none gets more than a tenth of the
probability: the score stays low, and yet no phrase scores better."""


@dataclass(frozen=True, slots=True)
class Task:
    """One translator. `tokens`: the target language is named by a token such as >>tur<< before the source."""

    name: str
    directions: tuple[tuple[str, str], ...]
    tokens: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A source text with the target text, or None if the sentence is outside the phrasebooks."""

    source_language: str
    target_language: str
    source: str
    target: str | None
    example: bool = False
    """True if its slots hold values that the phrasebook gives as examples."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """SentencePiece models of both sides and the shared vocabulary of their pieces, as OPUS-MT keeps them."""

    source_model: bytes
    target_model: bytes
    vocabulary: tuple[str, ...]


def target_token(language: str) -> str:
    """OPUS-MT's token for a target language."""
    return f">>{ISO_639_3[language]}<<"


def known_sentences(corpus: Corpus, task: Task) -> list[Sentence]:
    """Every phrase of the corpus in every direction of the task."""
    return [
        Sentence(source, target, text, pair.texts[target], pair.example)
        for source, target in task.directions
        for pair in corpus.pairs
        if target in pair.texts
        for text in spoken_texts(pair, source)
    ]


def tasks(languages: tuple[str, ...]) -> tuple[Task, Task]:
    """From the first language to the others with a language token, and back without."""
    first, *others = languages
    return (
        Task(f"translate-{first}-mul", tuple((first, other) for other in others), tokens=True),
        Task(f"translate-mul-{first}", tuple((other, first) for other in others), tokens=False),
    )


def train_pieces(corpus: Corpus, task: Task, size: int) -> Pieces:
    """Train both SentencePiece models on the phrases and on the other sentences that may be trained."""
    known = known_sentences(corpus, task)
    languages = {s.source_language for s in known}
    others = [t for lang in sorted(languages) for t in corpus.others[lang][::2]]
    source = _sentencepiece([s.source for s in known] + others, size)
    target = _sentencepiece([s.target or "" for s in known] + [*UNSURE], size, UNSURE)
    pieces = {p: None for model in (source, target) for p in _pieces(model)}
    tokens = [target_token(t) for _, t in task.directions] if task.tokens else []
    return Pieces(source, target, (EOS, UNKNOWN, *pieces, *tokens, PAD))


def _sentencepiece(texts: list[str], size: int, whole: tuple[str, ...] = ()) -> bytes:
    """Train on the texts; those in `whole` become one piece each."""
    model = BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        vocab_size=size,
        character_coverage=1.0,
        model_type="bpe",
        normalization_rule_name="identity",
        user_defined_symbols=list(whole),
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


def _pieces(model: bytes) -> list[str]:
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    return [
        processor.id_to_piece(i) for i in range(processor.get_piece_size()) if not processor.is_control(i)
    ][1:]


class Sampler:
    """Draws training batches: examples, other slot values, and three in ten outside the phrasebooks."""

    def __init__(
        self, corpus: Corpus, task: Task, pieces: Pieces, avoid: dict[str, frozenset[str]], seed: int
    ) -> None:
        self._task = task
        self._rng = random.Random(seed)
        self._known = known_sentences(corpus, task)
        self._examples = [s for s in self._known if s.example]
        self._outside = {
            source: Outside(corpus, source, odd=False, avoid=avoid[source]) for source, _ in task.directions
        }
        self._table = {piece: i for i, piece in enumerate(pieces.vocabulary)}
        self._source = sentencepiece.SentencePieceProcessor(model_proto=pieces.source_model)
        self._target = sentencepiece.SentencePieceProcessor(model_proto=pieces.target_model)

    def batches(self, size: int) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        """Source and target ids, each (size, length), with end of sentence."""
        while True:
            rows = sorted((self._row() for _ in range(4 * size)), key=lambda row: len(row[0]) + len(row[1]))
            starts = [0, size, 2 * size, 3 * size]
            self._rng.shuffle(starts)
            for start in starts:
                chosen = rows[start : start + size]
                yield self._padded([r[0] for r in chosen]), self._padded([r[1] for r in chosen])

    def _row(self) -> tuple[list[int], list[int]]:
        kind = self._rng.random()
        if kind < 0.45:
            sentence = self._rng.choice(self._examples)
        elif kind < 0.7:
            sentence = self._rng.choice(self._known)
        else:
            source, target = self._rng.choice(self._task.directions)
            sentence = Sentence(source, target, self._outside[source].draw(self._rng), None)
        head = [target_token(sentence.target_language)] if self._task.tokens else []
        source_ids = self._ids([*head, *self._source.encode(sentence.source, out_type=str)])
        target = self._rng.choice(UNSURE) if sentence.target is None else sentence.target
        return source_ids, self._ids(self._target.encode(target, out_type=str))

    def _ids(self, pieces: list[str]) -> list[int]:
        return [*(self._table.get(p, self._table[UNKNOWN]) for p in pieces), self._table[EOS]]

    def _padded(self, rows: list[list[int]]) -> torch.Tensor:
        width = max(map(len, rows))
        return torch.tensor([row + [self._table[PAD]] * (width - len(row)) for row in rows])


def train(sampler: Sampler, pieces: Pieces, steps: int, seed: int) -> Marian:
    """Train one translator."""
    torch.manual_seed(seed)
    pad = len(pieces.vocabulary) - 1
    model = Marian(MarianShape(len(pieces.vocabulary)), pad)
    peak = 2e-3
    optimiser = torch.optim.AdamW(model.parameters(), lr=peak, betas=(0.9, 0.98), weight_decay=0.01)
    begin, total = time.monotonic(), 0.0
    for step, (source, target) in zip(range(1, steps + 1), sampler.batches(64), strict=False):
        for group in optimiser.param_groups:
            group["lr"] = peak * min(1.0, step / 200) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(source, target)
        loss = F.cross_entropy(logits.float().flatten(0, 1), target.flatten(), ignore_index=pad)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        total += loss.item()
        if step % 100 == 0:
            print(f"step {step} · {time.monotonic() - begin:.0f} s · loss {total / 100:.3f}", flush=True)
            total = 0.0
    round_weights(model)
    return model.eval()


def round_weights(model: Marian) -> None:
    """Round to bfloat16's eight bits of mantissa, so that the archive packs to half its size."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(parameter.bfloat16().float())
