"""ONNX Runtime sessions that neither spin nor take all cores."""

from pathlib import Path
from typing import Any

_ERRORS_ONLY = 3


def quiet_session(model: Path, threads: int) -> Any:
    """An InferenceSession on the processor with `threads` threads whose idle workers sleep.

    Raises whatever onnxruntime raises for a model it cannot read.
    """
    import onnxruntime

    # Windows builds report usage to their maker unless told not to.
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = max(1, threads)
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    # The arena keeps the peak of every run for good; sentences differ in length.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
