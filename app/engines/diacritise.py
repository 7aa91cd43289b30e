"""Arabic vowel signs, without which a voice reads consonants; from the model inside the piper-tts wheel."""

from functools import cache
from typing import Any

from app.core.errors import EngineError
from app.engines.model_files import first_line
from app.engines.onnx_session import quiet_session

ARABIC = "ar"
"""The one language the model knows; Persian, Urdu and Pashto share the script, not the vowels."""


def diacritise(text: str) -> str:
    """Arabic text with its vowel signs; signs that are there already are kept as hints. Raises
    EngineError."""
    try:
        return str(_model()(text))
    except Exception as error:
        raise EngineError(
            f"Die arabischen Vokalzeichen lassen sich nicht setzen: {first_line(error)}",
            "piper-tts neu einrichten: uv sync --reinstall-package piper-tts",
        ) from error


@cache
def _model() -> Any:
    from piper.tashkeel import TASHKEEL_DIR, TashkeelDiacritizer

    model = TashkeelDiacritizer()
    # Its own session would spin on every core.
    model.session = quiet_session(TASHKEEL_DIR / "model.onnx", threads=1)
    return model
