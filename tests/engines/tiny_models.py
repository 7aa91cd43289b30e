"""Random-weight models in the very file formats of the real ones, a few kilobytes each.

They prove what a trained pack cannot: language tokens, scores, pivots, prompts, half-copied folders.
"""

import re
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
from ctranslate2.converters import marian
from ctranslate2.specs import transformer_spec, whisper_spec
from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE

WIDTH, FEED_FORWARD, HEADS = 16, 32, 2
LANGUAGE_TOKENS = (">>tur<<", ">>ron<<", "__tr__", "__de__", "__en__")

_SENTENCES = (
    "Haben Sie Husten? Seit wann haben Sie Husten? Nehmen Sie drei Tabletten am Tag.",
    "Öksürüyor musunuz? Ne zamandan beri? Günde üç tablet alın. Ja, seit vier Wochen. Evet, dört haftadır.",
)


class _RandomWeights(dict[str, Any]):
    """Marian weights of one layer a side by name; what is not part of the layout is absent."""

    def __init__(self, vocabulary: int, seed: int) -> None:
        super().__init__()
        self._random = np.random.default_rng(seed)
        self["Wemb"] = self._draw(vocabulary, WIDTH)
        self["decoder_ff_logit_out_b"] = self._draw(1, vocabulary)
        # Ends are likely, so that sentences are short.
        self["decoder_ff_logit_out_b"][0, 0] = 6.0
        for side, blocks in (("encoder", ("self",)), ("decoder", ("self", "context"))):
            for block in blocks:
                self._attention(f"{side}_l1_{block}")
            self._feed_forward(f"{side}_l1_ffn")

    def _draw(self, *shape: int) -> Any:
        return self._random.normal(0, 0.6, shape).astype(np.float32)

    def _norm(self, scope: str) -> None:
        self[f"{scope}_ln_scale"] = np.ones((1, WIDTH), np.float32)
        self[f"{scope}_ln_bias"] = np.zeros((1, WIDTH), np.float32)

    def _attention(self, scope: str) -> None:
        for part in "qkvo":
            self[f"{scope}_W{part}"] = self._draw(WIDTH, WIDTH)
            self[f"{scope}_b{part}"] = self._draw(1, WIDTH)
        self._norm(f"{scope}_Wo")

    def _feed_forward(self, scope: str) -> None:
        for part, shape in (("1", (WIDTH, FEED_FORWARD)), ("2", (FEED_FORWARD, WIDTH))):
            self[f"{scope}_W{part}"] = self._draw(*shape)
            self[f"{scope}_b{part}"] = self._draw(1, shape[1])
        self._norm(f"{scope}_ffn")


def tiny_translator(folder: Path, seed: int = 1) -> Path:
    """A Marian-shaped CTranslate2 model with its SentencePiece models; returns the folder."""
    folder.mkdir(parents=True)
    vocabulary = ["</s>", "<unk>", *LANGUAGE_TOKENS, *_pieces(folder)]
    spec = transformer_spec.TransformerSpec.from_config((1, 1), HEADS, pre_norm=False)
    weights = _RandomWeights(len(vocabulary), seed)
    # Words come out, and no language tokens.
    wordless = [piece in LANGUAGE_TOKENS or not re.search(r"[^\W_]", piece) for piece in vocabulary]
    weights["decoder_ff_logit_out_b"][0, 1:][wordless[1:]] = -30
    marian.set_transformer_spec(spec, weights)
    # The library's scoring of given tokens, the reference in the tests, knows no zero embedding at the start.
    spec.decoder.start_from_zero_embedding = False
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.save(str(folder))
    return folder


def _pieces(folder: Path) -> list[str]:
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_SENTENCES * 4),
        model_prefix=str(folder / "source"),
        vocab_size=60,
        normalization_rule_name="identity",
        hard_vocab_limit=False,
        minloglevel=2,
        num_threads=1,
    )
    (folder / "source.vocab").unlink()
    (folder / "source.model").rename(folder / "source.spm")
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    numbers = range(model.get_piece_size())
    return [model.id_to_piece(i) for i in numbers if not model.is_control(i) and not model.is_unknown(i)]


def tiny_whisper(folder: Path) -> Path:
    """A Whisper-shaped CTranslate2 model that writes nonsense; returns the folder."""
    folder.mkdir(parents=True)
    tokenizer = _whisper_tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    ids = tokenizer.get_vocab()
    spec = whisper_spec.WhisperSpec(1, HEADS, 1, HEADS)
    _fill(spec, len(ids))
    # Letters only, and surely, so that what it writes does not depend on chance.
    spec.decoder.projection.bias = np.full(len(ids), -30, np.float32)
    spec.decoder.projection.bias[[ids[letter] for letter in "aeinrst"]] = 30
    spec.register_vocabulary(sorted(ids, key=ids.__getitem__))
    spec.config.lang_ids = [ids["<|de|>"], ids["<|tr|>"]]
    spec.config.alignment_heads = [[0, 0]]
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.validate()
    spec.save(str(folder))
    return folder


def _whisper_tokenizer() -> Tokenizer:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    # CTranslate2 tells a multilingual vocabulary by an empty entry before <|endoftext|>.
    vocabulary = {piece: i for i, piece in enumerate([*alphabet, ""])}
    tokenizer = Tokenizer(BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    control = ["endoftext", "startoftranscript", "de", "tr", "translate", "transcribe", "startoflm"]
    control += ["startofprev", "nospeech", "notimestamps", *(f"{i * 0.02:.2f}" for i in range(1501))]
    tokenizer.add_special_tokens([AddedToken(f"<|{name}|>", special=True) for name in control])
    return tokenizer


def _fill(spec: whisper_spec.WhisperSpec, vocabulary: int) -> None:
    random = np.random.default_rng(1)

    def draw(*shape: int) -> Any:
        return random.normal(0, 0.3, shape).astype(np.float32)

    def linear(layer: Any, outputs: int, inputs: int) -> None:
        layer.weight, layer.bias = draw(outputs, inputs), draw(outputs)

    def norm(layer: Any) -> None:
        layer.gamma, layer.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def attention(layer: Any, cross: bool) -> None:
        norm(layer.layer_norm)
        for part, outputs in zip(layer.linear, (1, 2, 1) if cross else (3, 1), strict=True):
            linear(part, outputs * WIDTH, WIDTH)

    for convolution, inputs in ((spec.encoder.conv1, 80), (spec.encoder.conv2, WIDTH)):
        convolution.weight, convolution.bias = draw(WIDTH, inputs, 3), draw(WIDTH)
    spec.encoder.position_encodings.encodings = draw(1500, WIDTH)
    spec.decoder.position_encodings.encodings = draw(448, WIDTH)
    spec.decoder.embeddings.weight = 4 * draw(vocabulary, WIDTH)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    attention(spec.decoder.layer[0].attention, cross=True)
    for side in (spec.encoder, spec.decoder):
        norm(side.layer_norm)
        attention(side.layer[0].self_attention, cross=False)
        norm(side.layer[0].ffn.layer_norm)
        linear(side.layer[0].ffn.linear_0, FEED_FORWARD, WIDTH)
        linear(side.layer[0].ffn.linear_1, WIDTH, FEED_FORWARD)
