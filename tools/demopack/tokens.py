"""The recogniser's vocabulary: byte-level BPE over the phrasebooks, then Whisper's special tokens.

faster-whisper tells text from control tokens by `id < <|endoftext|>`, timestamps by `id >
<|notimestamps|>`, and encodes punctuation for its default list of suppressed tokens, which needs the whole
byte alphabet.
"""

from collections.abc import Iterable, Sequence

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

TIMESTAMP_STEP = 0.02
TIMESTAMPS = 1501
BLANK = "<|blank|>"
"""Never predicted; stands before <|endoftext|>."""


_PIECES = r":\d+| ?[\p{L}\p{M}]+| ?\d+| ?[^\s\p{L}\p{M}\p{N}]+|\s+"
"""A colon goes with the digits behind it: by itself faster-whisper suppresses it, and 08:30 could not be
written."""

_SUPPRESSED = (" -", " '", *(f" {n}" for n in "♩♪♫♬♭♮♯"), *(f":{d}" for d in range(10)))
"""Merged before anything else. faster-whisper suppresses the first token of " -", " '" and " ♩": if that
were a bare space, no word that begins with one could be written."""


def train_tokenizer(texts: Iterable[str], languages: Sequence[str], size: int) -> Tokenizer:
    """A byte-level BPE of `size` text tokens and Whisper's control tokens behind it."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_PIECES), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator([*texts, *_SUPPRESSED * 1000], trainer)
    tokenizer.add_special_tokens([AddedToken(t, special=True) for t in control_tokens(languages)])
    return tokenizer


def control_tokens(languages: Sequence[str]) -> list[str]:
    """Whisper's control tokens in its own order, timestamps last."""
    timestamps = [f"<|{i * TIMESTAMP_STEP:.2f}|>" for i in range(TIMESTAMPS)]
    tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    head = ["endoftext", "startoftranscript", *languages, *tasks]
    return [BLANK, *(f"<|{name}|>" for name in head), *timestamps]


def vocabulary(tokenizer: Tokenizer) -> list[str]:
    """Token names by id for CTranslate2.

    One of them is the empty string, as in Whisper's own multilingual vocabularies: that is how CTranslate2
    tells them from the English-only ones. The list must not be longer than the weights: CTranslate2 takes
    its end for the end of the timestamps and writes there.
    """
    ids = tokenizer.get_vocab()
    return ["" if name == BLANK else name for name in sorted(ids, key=ids.__getitem__)]


def for_recognition(tokenizer: Tokenizer) -> Tokenizer:
    """The tokenizer as it is shipped: a colon is encoded twice.

    faster-whisper suppresses every sign of a list that is one token, the colon among them; sentences of the
    phrasebooks have colons. What it decodes stays the same.
    """
    shipped = Tokenizer.from_str(tokenizer.to_str())
    shipped.normalizer = normalizers.Replace(":", "::")
    return shipped
