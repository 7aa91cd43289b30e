"""A voice model with the inputs and outputs of Piper's VITS, and a valid configuration beside it.

It hums: longer with more phonemes and with `length_scale`, higher with higher phoneme numbers.
"""

import json
from pathlib import Path
from typing import Any

import onnx
from onnx import TensorProto, helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE = 16_000
SAMPLES_PER_PHONEME = 256
LENGTH_SCALE = 1.2


def tiny_piper(folder: Path, espeak_voice: str, speakers: int = 1) -> Path:
    """Write `tiny.onnx` and `tiny.onnx.json` into the folder and return it."""
    folder.mkdir(parents=True)
    inputs: list[Any] = [
        ("input", TensorProto.INT64, [1, "phonemes"]),
        ("input_lengths", TensorProto.INT64, [1]),
    ]
    inputs.append(("scales", TensorProto.FLOAT, [3]))
    if speakers > 1:
        inputs.append(("sid", TensorProto.INT64, [1]))
    graph = helper.make_graph(
        _nodes(),
        "hum",
        [helper.make_tensor_value_info(*each) for each in inputs],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])],
        [
            _constant("one", [1]), _constant("zero", [0.0], TensorProto.FLOAT, scalar=True),
            _constant("step", [1.0], TensorProto.FLOAT, scalar=True),
            _constant("per", [float(SAMPLES_PER_PHONEME)], TensorProto.FLOAT),
            _constant("hertz", [0.01], TensorProto.FLOAT), _constant("shape", [1, 1, 1, -1]),
        ],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / "tiny.onnx"))
    (folder / "tiny.onnx.json").write_text(json.dumps(_config(espeak_voice, speakers)), "utf-8")
    return folder


def _constant(name: str, values: list[Any], kind: int = TensorProto.INT64, scalar: bool = False) -> Any:
    return helper.make_tensor(name, kind, [] if scalar else [len(values)], values)


def _nodes() -> list[Any]:
    """samples = lengths × 256 × length_scale; sin(range × 0.01 × mean phoneme number)."""
    node = helper.make_node
    return [
        node("Cast", ["input_lengths"], ["count"], to=TensorProto.FLOAT),
        node("Gather", ["scales", "one"], ["stretch"]),
        node("Mul", ["count", "per"], ["plain"]),
        node("Mul", ["plain", "stretch"], ["many"]),
        node("Squeeze", ["many"], ["limit"]),
        node("Range", ["zero", "limit", "step"], ["times"]),
        node("Cast", ["input"], ["numbers"], to=TensorProto.FLOAT),
        node("ReduceMean", ["numbers"], ["pitch"], axes=[0, 1], keepdims=0),
        node("Mul", ["times", "pitch"], ["turned"]),
        node("Mul", ["turned", "hertz"], ["angle"]),
        node("Sin", ["angle"], ["wave"]),
        node("Reshape", ["wave", "shape"], ["output"]),
    ]


def _config(espeak_voice: str, speakers: int) -> dict[str, Any]:
    return {
        "audio": {"sample_rate": RATE, "quality": "medium"},
        "espeak": {"voice": espeak_voice},
        "inference": {"noise_scale": 0.667, "length_scale": LENGTH_SCALE, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_map": {},
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"s{i}": i for i in range(speakers)} if speakers > 1 else {},
    }
