"""Writes trained models in the layouts of faster-whisper, Marian and CTranslate2."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece
import yaml
from ctranslate2.converters import OpusMTConverter
from tokenizers import Tokenizer

from demopack.marian_model import Marian, marian_weights
from demopack.tokens import for_recognition, vocabulary
from demopack.translator import Pieces
from demopack.whisper_model import Whisper, to_spec

QUANTISATION = "int8"


def fresh(folder: Path) -> Path:
    """An empty folder in the place of what was there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def write_recogniser(model: Whisper, tokenizer: Tokenizer, languages: tuple[str, ...], folder: Path) -> None:
    """Write a folder that faster-whisper loads."""
    fresh(folder)
    token = tokenizer.token_to_id
    spec = to_spec(model)
    spec.register_vocabulary(vocabulary(tokenizer))
    config = spec.config
    config.suppress_ids = []
    config.suppress_ids_begin = [token("Ġ"), token("<|endoftext|>")]
    config.lang_ids = [token(f"<|{language}|>") for language in languages]
    last = model.shape.decoder_layers - 1
    config.alignment_heads = [[last, head] for head in range(model.shape.heads)]
    spec.validate()
    spec.optimize(quantization=QUANTISATION)
    spec.save(str(folder))
    for_recognition(tokenizer).save(str(folder / "tokenizer.json"), pretty=False)
    features = {"feature_size": model.shape.mels, "sampling_rate": 16000, "hop_length": 160, "n_fft": 400}
    _write_json(folder / "preprocessor_config.json", features | {"chunk_length": 30})


def write_archive(model: Marian, pieces: Pieces, folder: Path) -> None:
    """Write a Marian archive as OPUS-MT publishes them."""
    fresh(folder)
    shape = model.shape
    settings: dict[str, Any] = {
        "type": "transformer",
        "dim-emb": shape.width,
        "dim-vocabs": [shape.vocabulary, shape.vocabulary],
        "enc-depth": shape.layers,
        "dec-depth": shape.layers,
        "enc-type": "bidirectional",
        "tied-embeddings": False,
        "tied-embeddings-all": True,
        "tied-embeddings-src": False,
        "transformer-aan-activation": "swish",
        "transformer-decoder-autoreg": "self-attention",
        "transformer-dim-ffn": shape.feed_forward,
        "transformer-ffn-activation": "swish",
        "transformer-ffn-depth": 2,
        "transformer-guided-alignment-layer": "last",
        "transformer-heads": shape.heads,
        "transformer-no-projection": False,
        "transformer-postprocess": "dan",
        "transformer-postprocess-emb": "d",
        "transformer-preprocess": "",
        "transformer-tied-layers": [],
        "transformer-train-positions": True,
        "version": "v1.10.0",
    }
    weights: dict[str, Any] = dict(marian_weights(model))
    text = yaml.safe_dump(settings, allow_unicode=True).encode("utf-8") + b"\0"
    weights["special:model.yml"] = np.frombuffer(text, dtype=np.int8)
    np.savez_compressed(folder / "model.npz", **weights)
    lines = [f"{json.dumps(piece, ensure_ascii=False)}: {i}" for i, piece in enumerate(pieces.vocabulary)]
    (folder / "vocab.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    decoder = {
        "relative-paths": True,
        "models": ["model.npz"],
        "vocabs": ["vocab.yml", "vocab.yml"],
        "beam-size": 4,
        "normalize": 1,
        "word-penalty": 0,
        "mini-batch": 1,
        "maxi-batch": 1,
        "maxi-batch-sort": "src",
    }
    (folder / "decoder.yml").write_text(yaml.safe_dump(decoder), encoding="utf-8")
    (folder / "source.spm").write_bytes(pieces.source_model)
    (folder / "target.spm").write_bytes(pieces.target_model)


def convert_archive(archive: Path, folder: Path) -> None:
    """Make the CTranslate2 model of a Marian archive, as `ct2-opus-mt-converter` does, with its pieces
    beside it."""
    OpusMTConverter(str(archive)).convert(str(folder), quantization=QUANTISATION, force=True)
    for name in ("source.spm", "target.spm"):
        processor = sentencepiece.SentencePieceProcessor(model_file=str(archive / name))
        (folder / name).write_bytes(processor.serialized_model_proto())


def _write_json(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
