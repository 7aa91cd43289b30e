"""Models of the true architectures with random weights: as big and busy as the real ones, and just as mute.

Sizes are those of the published configurations (OpenAI Whisper; Helsinki-NLP OPUS-MT transformer-base and
-big).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec, whisper_spec

_LANGUAGES = {51_865: 99, 51_866: 100}
"""Language tokens by size of the vocabulary: large-v3 added Cantonese."""
_TEXT_PIECES = 50_257


@dataclass(frozen=True, slots=True)
class WhisperShape:
    """`mels` × 3000 frames in, `width` wide, four times as wide inside feed-forward layers."""

    width: int
    heads: int
    encoder: int
    decoder: int
    vocabulary: int = 51_865
    mels: int = 80


@dataclass(frozen=True, slots=True)
class TranslatorShape:
    """A Marian transformer with one vocabulary for both sides."""

    width: int
    feed_forward: int
    heads: int
    layers: int = 6
    vocabulary: int = 60_000


WHISPER = {
    "whisper-tiny": WhisperShape(384, 6, 4, 4),
    "whisper-base": WhisperShape(512, 8, 6, 6),
    "whisper-small": WhisperShape(768, 12, 12, 12),
    "whisper-large-v3-turbo": WhisperShape(1280, 20, 32, 4, 51_866, 128),
}
TRANSLATORS = {"opus-base": TranslatorShape(512, 2048, 8), "opus-big": TranslatorShape(1024, 4096, 16)}


class _Weights:
    """Draws weights small enough that no activation overflows."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(1)

    def draw(self, *shape: int) -> Any:
        return self._random.standard_normal(shape, np.float32) * np.float32(0.02)

    def linear(self, layer: Any, outputs: int, inputs: int) -> None:
        layer.weight, layer.bias = self.draw(outputs, inputs), self.draw(outputs)

    def norm(self, layer: Any, width: int) -> None:
        layer.gamma, layer.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def attention(self, layer: Any, width: int, *, cross: bool) -> None:
        self.norm(layer.layer_norm, width)
        for part, outputs in zip(layer.linear, (1, 2, 1) if cross else (3, 1), strict=True):
            self.linear(part, outputs * width, width)

    def block(self, layer: Any, width: int, inside: int, *, decoder: bool) -> None:
        self.attention(layer.self_attention, width, cross=False)
        if decoder:
            self.attention(layer.attention, width, cross=True)
        self.norm(layer.ffn.layer_norm, width)
        self.linear(layer.ffn.linear_0, inside, width)
        self.linear(layer.ffn.linear_1, width, inside)


def whisper(folder: Path, shape: WhisperShape, quantization: str) -> None:
    """Write a Whisper model; `quantization` is int8 or float32."""
    spec = whisper_spec.WhisperSpec(shape.encoder, shape.heads, shape.decoder, shape.heads)
    weights, width = _Weights(), shape.width
    for convolution, inputs in ((spec.encoder.conv1, shape.mels), (spec.encoder.conv2, width)):
        convolution.weight, convolution.bias = weights.draw(width, inputs, 3), weights.draw(width)
    spec.encoder.position_encodings.encodings = weights.draw(1500, width)
    spec.decoder.position_encodings.encodings = weights.draw(448, width)
    spec.decoder.embeddings.weight = weights.draw(shape.vocabulary, width)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    for side in (spec.encoder, spec.decoder):
        weights.norm(side.layer_norm, width)
        for layer in side.layer:
            weights.block(layer, width, 4 * width, decoder=side is spec.decoder)
    pieces = _whisper_pieces(shape.vocabulary)
    spec.register_vocabulary(pieces)
    first = pieces.index("<|startoftranscript|>") + 1
    spec.config.lang_ids = list(range(first, first + _LANGUAGES[shape.vocabulary]))
    spec.config.alignment_heads = [[0, 0]]
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    _save(spec, folder, quantization)


def _whisper_pieces(size: int) -> list[str]:
    control = ["endoftext", "startoftranscript", *(f"l{i}" for i in range(_LANGUAGES[size]))]
    control += ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
    control += [f"{i * 0.02:.2f}" for i in range(1501)]
    # CTranslate2 tells a multilingual vocabulary by an empty entry before <|endoftext|>.
    text = [f"t{i}" for i in range(_TEXT_PIECES - 1)]
    return [*text, "", *(f"<|{name}|>" for name in control)]


def translator(folder: Path, shape: TranslatorShape, quantization: str) -> None:
    """Write a Marian translator; `quantization` is int8 or float32."""
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.layers, shape.layers), shape.heads, pre_norm=False, activation=common_spec.Activation.SWISH
    )
    weights, width = _Weights(), shape.width
    shared = weights.draw(shape.vocabulary, width)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = shared
    spec.decoder.projection.weight = shared
    spec.decoder.projection.bias = weights.draw(shape.vocabulary)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = weights.draw(1024, width)
        for layer in side.layer:
            weights.block(layer, width, shape.feed_forward, decoder=side is spec.decoder)
    pieces = ["</s>", "<unk>", *(f"t{i}" for i in range(shape.vocabulary - 2))]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = "</s>"
    _save(spec, folder, quantization)


def _save(spec: Any, folder: Path, quantization: str) -> None:
    spec.validate()
    spec.optimize(quantization=quantization)
    folder.mkdir(parents=True)
    spec.save(str(folder))
