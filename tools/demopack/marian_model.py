"""A small Marian-architecture translator in torch, and its weights under Marian's names.

Post-norm Transformer (Vaswani et al. 2017) as OPUS-MT trains it: embeddings shared between source, target and
output, swish in the feed-forward network, sinusoidal positions, and a decoder that starts from a zero vector.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional as F

POSITIONS = 1024
"""CTranslate2 cuts its input there by default."""


@dataclass(frozen=True, slots=True)
class MarianShape:
    """Sizes of a translator."""

    vocabulary: int
    width: int = 128
    heads: int = 4
    layers: int = 2
    feed_forward: int = 384
    dropout: float = 0.05


def positions(width: int) -> Tensor:
    """Marian's position table, (POSITIONS, width)."""
    rates = torch.exp(-math.log(10000) * torch.arange(width // 2) / (width // 2 - 1))
    angles = torch.arange(POSITIONS)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention under Marian's parameter names (weights are input × output)."""

    def __init__(self, shape: MarianShape) -> None:
        super().__init__()
        self.heads, width = shape.heads, shape.width
        for part in "qkvo":
            self.register_parameter(
                f"W{part}", nn.Parameter(nn.init.xavier_uniform_(torch.empty(width, width)))
            )
            self.register_parameter(f"b{part}", nn.Parameter(torch.zeros(1, width)))
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Residual attention from x (batch, n, width) to memory (batch, m, width); mask is added to the
        weights."""
        q = self._split(x @ self.Wq + self.bq)
        k = self._split(memory @ self.Wk + self.bk)
        v = self._split(memory @ self.Wv + self.bv)
        weights = (q @ k.transpose(2, 3)) * q.shape[-1] ** -0.5 + mask
        y = (weights.softmax(-1) @ v).transpose(1, 2).flatten(2) @ self.Wo + self.bo
        return self.norm(x + self.dropout(y))

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(2, (self.heads, -1)).transpose(1, 2)


class FeedForward(nn.Module):
    """Residual feed-forward network."""

    def __init__(self, shape: MarianShape) -> None:
        super().__init__()
        self.W1 = nn.Parameter(nn.init.xavier_uniform_(torch.empty(shape.width, shape.feed_forward)))
        self.b1 = nn.Parameter(torch.zeros(1, shape.feed_forward))
        self.W2 = nn.Parameter(nn.init.xavier_uniform_(torch.empty(shape.feed_forward, shape.width)))
        self.b2 = nn.Parameter(torch.zeros(1, shape.width))
        self.norm = nn.LayerNorm(shape.width)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, n, width) to the same."""
        return self.norm(x + self.dropout(F.silu(x @ self.W1 + self.b1) @ self.W2 + self.b2))


class Marian(nn.Module):
    """The translator: token ids in, logits out; id `pad` fills rows up."""

    def __init__(self, shape: MarianShape, pad: int) -> None:
        super().__init__()
        self.shape, self.pad = shape, pad
        self.Wemb = nn.Parameter(
            nn.init.normal_(torch.empty(shape.vocabulary, shape.width), std=shape.width**-0.5)
        )
        self.logit_bias = nn.Parameter(torch.zeros(1, shape.vocabulary))
        self.register_buffer("Wpos", positions(shape.width), persistent=False)
        layers = range(shape.layers)
        self.encoder = nn.ModuleList(
            nn.ModuleDict({"self": Attention(shape), "ffn": FeedForward(shape)}) for _ in layers
        )
        self.decoder = nn.ModuleList(
            nn.ModuleDict({"self": Attention(shape), "context": Attention(shape), "ffn": FeedForward(shape)})
            for _ in layers
        )
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Logits (batch, m, vocabulary) of each target token, given source (batch, n) and target (batch,
        m)."""
        hidden = torch.zeros(source.shape).masked_fill(source == self.pad, -1e9)[:, None, None, :]
        x = self._embedded(self._vectors(source))
        for layer in self.encoder:
            x = layer["ffn"](layer["self"](x, x, hidden))
        ahead = torch.full((target.shape[1], target.shape[1]), -1e9).triu(1)
        y = self._embedded(F.pad(self._vectors(target[:, :-1]), (0, 0, 1, 0)))
        for layer in self.decoder:
            y = layer["self"](y, y, ahead)
            y = layer["ffn"](layer["context"](y, x, hidden))
        return y @ self.Wemb.T + self.logit_bias

    def _vectors(self, ids: Tensor) -> Tensor:
        return F.embedding(ids, self.Wemb) * self.shape.width**0.5

    def _embedded(self, vectors: Tensor) -> Tensor:
        return self.dropout(vectors + self.Wpos[: vectors.shape[1]])


def marian_weights(model: Marian) -> dict[str, npt.NDArray[np.float32]]:
    """The weights under the names of a Marian archive, without the configuration."""
    weights = {"Wemb": model.Wemb, "Wpos": model.Wpos, "decoder_ff_logit_out_b": model.logit_bias}
    for side, layers in (("encoder", model.encoder), ("decoder", model.decoder)):
        for number, layer in enumerate(layers, 1):
            for part, module in layer.items():
                prefix = f"{side}_l{number}_{part}"
                norm = f"{prefix}_{'ffn' if part == 'ffn' else 'Wo'}_ln"
                weights |= {
                    f"{prefix}_{name}": p for name, p in module.named_parameters() if "norm" not in name
                }
                weights[f"{norm}_scale"] = module.norm.weight[None]
                weights[f"{norm}_bias"] = module.norm.bias[None]
    return {name: value.detach().float().numpy().copy() for name, value in weights.items()}
