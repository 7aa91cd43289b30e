"""A small Whisper-architecture recogniser in torch, and its translation into a CTranslate2 specification.

The published architecture (Radford et al. 2022, section 2.2): two convolutions, the second of stride 2,
then a pre-norm Transformer encoder over 1,500 positions and a pre-norm decoder with tied embeddings.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec
from ctranslate2.specs.whisper_spec import WhisperSpec
from torch import Tensor, nn
from torch.nn import functional as F

FULL_POSITIONS = 1500
"""Encoder positions of 30 s: faster-whisper pads every segment to 3,000 frames."""


@dataclass(frozen=True, slots=True)
class WhisperShape:
    """Sizes of the recogniser."""

    vocabulary: int
    mels: int = 80
    width: int = 192
    heads: int = 3
    encoder_layers: int = 4
    decoder_layers: int = 2
    feed_forward: int = 576
    text_positions: int = 448
    dropout: float = 0.0


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's fixed position table, (length, width)."""
    scale = math.log(10000) / (width // 2 - 1)
    rates = torch.exp(-scale * torch.arange(width // 2))
    angles = torch.arange(length)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention with an optional additive mask."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None = None, causal: bool = False) -> Tensor:
        """Attend from x (batch, n, width) to memory (batch, m, width)."""
        q, k, v = (self._split(t) for t in (self.query(x), self.key(memory), self.value(memory)))
        weights = (q * q.shape[-1] ** -0.5) @ k.transpose(2, 3)
        if mask is not None:
            weights = weights + mask.to(weights.dtype)
        if causal:
            ahead = torch.ones(weights.shape[2:], dtype=torch.bool).triu(1)
            weights = weights.masked_fill(ahead, -torch.inf)
        y = weights.softmax(-1, dtype=weights.dtype) @ v
        return self.out(y.transpose(1, 2).flatten(2))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)


class Layer(nn.Module):
    """One pre-norm Transformer layer, with cross attention in the decoder."""

    def __init__(self, shape: WhisperShape, cross: bool) -> None:
        super().__init__()
        self.attention_norm = nn.LayerNorm(shape.width)
        self.attention = Attention(shape.width, shape.heads)
        self.cross_norm = nn.LayerNorm(shape.width) if cross else None
        self.cross = Attention(shape.width, shape.heads) if cross else None
        self.ffn_norm = nn.LayerNorm(shape.width)
        self.ffn_in = nn.Linear(shape.width, shape.feed_forward)
        self.ffn_out = nn.Linear(shape.feed_forward, shape.width)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor | None) -> Tensor:
        """Encoder: mask weighs the keys of x. Decoder: x attends causally, mask weighs the memory."""
        y = self.attention_norm(x)
        causal = self.cross is not None
        x = x + self.dropout(self.attention(y, y, None if causal else mask, causal))
        if self.cross is not None and self.cross_norm is not None and memory is not None:
            x = x + self.dropout(self.cross(self.cross_norm(x), memory, mask))
        y = self.ffn_out(F.gelu(self.ffn_in(self.ffn_norm(x))))
        return x + self.dropout(y)


class Whisper(nn.Module):
    """The recogniser. Features come as (batch, mels, frames), tokens as (batch, length)."""

    def __init__(self, shape: WhisperShape) -> None:
        super().__init__()
        self.shape = shape
        self.conv1 = nn.Conv1d(shape.mels, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.register_buffer("positions", sinusoids(FULL_POSITIONS, shape.width), persistent=False)
        self.register_buffer("text_positions", sinusoids(shape.text_positions, shape.width), persistent=False)
        self.encoder = nn.ModuleList(Layer(shape, cross=False) for _ in range(shape.encoder_layers))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.embeddings = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.embeddings.weight, std=shape.width**-0.5)
        self.decoder = nn.ModuleList(Layer(shape, cross=True) for _ in range(shape.decoder_layers))
        self.decoder_norm = nn.LayerNorm(shape.width)

    def encode(self, features: Tensor, padding: int = 0) -> tuple[Tensor, Tensor | None]:
        """Encode a short window as if it had been padded to 30 s.

        All padding positions hold the same vector except for their position, so `padding` of them, drawn at
        random, stand for the rest: their attention weight is multiplied by the number each one stands for.
        Returns the memory (batch, positions, width) and the additive mask for attention to it (None when
        padding is 0 and the window is taken as it is).
        """
        x = F.gelu(self.conv1(features))
        x = F.gelu(self.conv2(x)).transpose(1, 2)
        count = x.shape[1]
        x = x + self.positions[:count]
        mask = None
        if padding and count < FULL_POSITIONS:
            x, mask = self._with_padding(x, count, min(padding, FULL_POSITIONS - count))
        for layer in self.encoder:
            x = layer(x, None, mask)
        return self.encoder_norm(x), mask

    def _with_padding(self, x: Tensor, count: int, padding: int) -> tuple[Tensor, Tensor]:
        silent = torch.zeros(1, self.shape.mels, 12, dtype=x.dtype)
        blank = F.gelu(self.conv2(F.gelu(self.conv1(silent))))[0, :, 3]
        rest = FULL_POSITIONS - count
        picked = count + torch.randperm(rest)[:padding]
        tail = (blank + self.positions[picked]).expand(x.shape[0], -1, -1)
        mask = torch.zeros(1, 1, 1, count + padding)
        mask[..., count:] = math.log(rest / padding)
        return torch.cat([x, tail.to(x.dtype)], dim=1), mask

    def decode(self, tokens: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        """Logits (batch, length, vocabulary) of the token after each given one."""
        x = self.embeddings(tokens) + self.text_positions[: tokens.shape[1]]
        for layer in self.decoder:
            x = layer(x, memory, mask)
        return F.linear(self.decoder_norm(x), self.embeddings.weight)


def to_spec(model: Whisper) -> WhisperSpec:
    """The CTranslate2 specification holding this model's weights, vocabulary and config not yet set."""
    shape = model.shape
    spec = WhisperSpec(shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads)
    for conv_spec, conv in ((spec.encoder.conv1, model.conv1), (spec.encoder.conv2, model.conv2)):
        conv_spec.weight, conv_spec.bias = _array(conv.weight), _array(conv.bias)
    spec.encoder.position_encodings.encodings = _array(model.positions)
    _norm(spec.encoder.layer_norm, model.encoder_norm)
    for layer_spec, layer in zip(spec.encoder.layer, model.encoder, strict=True):
        _layer(layer_spec, layer)
    decoder = spec.decoder
    decoder.embeddings.weight = _array(model.embeddings.weight)
    decoder.projection.weight = decoder.embeddings.weight
    decoder.position_encodings.encodings = _array(model.text_positions)
    _norm(decoder.layer_norm, model.decoder_norm)
    for layer_spec, layer in zip(decoder.layer, model.decoder, strict=True):
        _layer(layer_spec, layer)
    return spec


def _array(tensor: Tensor) -> np.ndarray:
    return tensor.detach().float().numpy().copy()


def _norm(spec: common_spec.LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _linear(spec: common_spec.LinearSpec, *parts: nn.Linear) -> None:
    spec.weight = np.concatenate([_array(p.weight) for p in parts])
    spec.bias = np.concatenate([_array(p.bias) for p in parts])


def _layer(spec: transformer_spec.TransformerEncoderLayerSpec, layer: Layer) -> None:
    own = layer.attention
    _norm(spec.self_attention.layer_norm, layer.attention_norm)
    _linear(spec.self_attention.linear[0], own.query, own.key, own.value)
    _linear(spec.self_attention.linear[1], own.out)
    if layer.cross is not None and layer.cross_norm is not None:
        _norm(spec.attention.layer_norm, layer.cross_norm)
        _linear(spec.attention.linear[0], layer.cross.query)
        _linear(spec.attention.linear[1], layer.cross.key, layer.cross.value)
        _linear(spec.attention.linear[2], layer.cross.out)
    _norm(spec.ffn.layer_norm, layer.ffn_norm)
    _linear(spec.ffn.linear_0, layer.ffn_in)
    _linear(spec.ffn.linear_1, layer.ffn_out)
