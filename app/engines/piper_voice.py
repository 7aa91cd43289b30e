"""Piper voices: a VITS model in ONNX with its `.onnx.json`.

Built by hand instead of with `PiperVoice.load`, whose session takes all cores and spins on them.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.errors import EngineError
from app.core.types import Samples
from app.engines.catalog import VoiceRow
from app.engines.model_files import PULL, first_line, not_loadable, require
from app.engines.onnx_session import quiet_session
from app.engines.speakable import speakable
from app.engines.threads import engine_threads

_OFFLINE = ("espeak", "text")
"""Ways from text to phonemes that piper-tts brings along; others fetch a model when they are first used."""


class PiperSpeaker:
    """One Piper model folder, for one language. Raises EngineError if it cannot be loaded."""

    def __init__(self, code: str, row: VoiceRow) -> None:
        self._code, self._row = code, row
        model = _model_file(row)
        try:
            from piper import PiperConfig, PiperVoice

            config = PiperConfig.from_dict(json.loads(Path(f"{model}.json").read_text("utf-8")))
            session = quiet_session(model, max(1, engine_threads() // 2))
            # Vowel signs are set here before the text is cut, so the library's own step stays off.
            self._voice: Any = PiperVoice(
                session=session, config=config, download_dir=model.parent, use_tashkeel=False
            )
        except Exception as error:
            raise not_loadable(row.name, row.path, error) from error
        if config.phoneme_type.value not in _OFFLINE:
            raise EngineError(
                f"Die Stimme „{row.name}“ braucht weitere Teile aus dem Netz ({config.phoneme_type.value})",
                "Den Ordner entfernen; espeak-ng übernimmt die Sprache",
            )
        self.rate = int(config.sample_rate)
        self._length_scale = float(config.length_scale)

    def synthesise(self, text: str, speed: float = 1.0) -> Iterator[Samples]:
        """Samples per sentence, as they are ready. Raises EngineError."""
        from piper import SynthesisConfig

        settings = SynthesisConfig(speaker_id=self._row.speaker, length_scale=self._length_scale / speed)
        for sentence in speakable(text, self._code):
            yield from self._say(sentence, settings)

    def _say(self, sentence: str, settings: Any) -> Iterator[Samples]:
        try:
            for chunk in self._voice.synthesize(sentence, settings):
                yield chunk.audio_float_array
        except Exception as error:
            raise EngineError(
                f"Die Stimme „{self._row.name}“ ist gescheitert: {first_line(error)}", "Text zeigen"
            ) from error


def _model_file(row: VoiceRow) -> Path:
    """The one .onnx of the folder, with its .onnx.json beside it."""
    models = sorted(row.path.glob("*.onnx"))
    if len(models) != 1:
        raise EngineError(
            f"Im Stimmordner {row.path} muss genau eine .onnx-Datei liegen, gefunden: {len(models)}", PULL
        )
    require(row.path, (models[0].name, f"{models[0].name}.json"), row.name)
    return models[0]
