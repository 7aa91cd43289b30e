"""The recogniser's vocabulary: byte-level BPE over the phrasebooks, then Whisper's special tokens.

faster-whisper tells text from control tokens by `id < <|endoftext|>`, timestamps by `id > <|notimestamps|>`, and
encodes punctuation for its default list of suppressed tokens, which needs the whole byte alphabet.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

MULTILINGUAL_SIZE = 51865
"""CTranslate2 calls a Whisper model multilingual from this vocabulary size on."""

TIMESTAMP_STEP = 0.02
TIMESTAMPS = 1501


def train_tokenizer(texts: Iterable[str], languages: Sequence[str], size: int) -> Tokenizer:
    """A byte-level BPE of `size` text tokens and Whisper's control tokens behind it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(list(texts), trainer)
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in control_tokens(languages)])
    return tokenizer


def control_tokens(languages: Sequence[str]) -> list[str]:
    """Whisper's control tokens in its own order, timestamps last."""
    timestamps = [f"<|{i * TIMESTAMP_STEP:.2f}|>" for i in range(TIMESTAMPS)]
    tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    head = ["endoftext", "startoftranscript", *languages, *tasks]
    return [f"<|{name}|>" for name in head] + timestamps


def write_vocabulary(tokenizer: Tokenizer, path: Path) -> None:
    """Write vocabulary.json, filled up with empty names until CTranslate2 takes it for multilingual.

    The weights have no rows for the fillers, so they cost two bytes each on disk and nothing at run time.
    """
    vocab = tokenizer.get_vocab()
    names = sorted(vocab, key=vocab.__getitem__)
    names += [""] * max(0, MULTILINGUAL_SIZE - len(names))
    path.write_text(json.dumps(names, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
