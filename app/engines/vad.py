"""Silero voice activity v6, from the copy inside the faster-whisper wheel.

Wrapped by hand because the library's own call starts from a fresh state every time and writes into the
samples it is given; here the state lives between frames and the caller's array is left alone.
"""

import importlib.util
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import EngineError
from app.core.types import Samples
from app.engines.onnx_session import quiet_session

FRAME = 512
"""Samples per frame: 32 ms at 16 kHz, the window Silero v5 and v6 are trained on."""
CONTEXT = 64
"""Samples of the frame before that the model sees again in front of each frame."""
_STATE = (1, 1, 128)


class SileroDetector:
    """Probability of speech per frame; one instance per sound source.

    Raises EngineError if the model is missing from the installation or a frame has the wrong length.
    """

    def __init__(self) -> None:
        try:
            self._session = quiet_session(_asset(), threads=1)
        except Exception as error:
            raise EngineError(
                f"Die Spracherkennung der Pausen (Silero) lässt sich nicht laden: {error}",
                "faster-whisper neu einrichten: uv sync --reinstall-package faster-whisper",
            ) from error
        self.reset()

    def reset(self) -> None:
        """Forget what was heard."""
        self._hidden: NDArray[np.float32] = np.zeros(_STATE, np.float32)
        self._cell: NDArray[np.float32] = np.zeros(_STATE, np.float32)
        # The last CONTEXT samples of the frame before, followed by the frame itself.
        self._window: NDArray[np.float32] = np.zeros((1, CONTEXT + FRAME), np.float32)

    def probability(self, frame: Samples) -> float:
        """Probability of speech (0…1) in the next frame of 512 samples, shape (512,), 16 kHz."""
        if frame.shape != (FRAME,):
            raise EngineError(f"Ein Rahmen braucht {FRAME} Abtastwerte, nicht {frame.shape}")
        self._window[0, :CONTEXT] = self._window[0, -CONTEXT:]
        self._window[0, CONTEXT:] = frame
        inputs = {"input": self._window, "h": self._hidden, "c": self._cell}
        speech, self._hidden, self._cell = self._session.run(None, inputs)
        return float(speech[0])


def _asset() -> Path:
    # find_spec locates the wheel without importing it.
    spec = importlib.util.find_spec("faster_whisper")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("faster-whisper fehlt")
    return Path(spec.origin).parent / "assets" / "silero_vad_v6.onnx"
