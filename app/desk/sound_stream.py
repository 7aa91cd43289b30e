"""Reads a sound file piece by piece as 16 kHz mono, so that an hour needs no more memory than a second."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.core.errors import InputError
from app.core.types import RECOGNITION_RATE, Samples

if TYPE_CHECKING:
    import soundfile

_PIECE_SECONDS = 4


def stream(path: Path) -> Iterator[Samples]:
    """Pieces of sound, mono, 16 kHz. Raises InputError at once if the file cannot be opened as sound."""
    import soundfile

    hint = "eine WAV-, FLAC-, OGG- oder MP3-Datei angeben"
    try:
        sound = soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, OSError) as error:
        raise InputError(f"{path}: nicht als Ton lesbar", hint) from error
    if sound.frames == 0:
        sound.close()
        raise InputError(f"{path}: enthält keinen Ton", hint)
    return _pieces(sound)


def _pieces(sound: "soundfile.SoundFile") -> Iterator[Samples]:
    import soxr

    with sound:
        change = soxr.ResampleStream(sound.samplerate, RECOGNITION_RATE, 1, dtype="float32")
        for block in sound.blocks(sound.samplerate * _PIECE_SECONDS, dtype="float32", always_2d=True):
            mono = np.ascontiguousarray(np.nan_to_num(block).mean(axis=1))
            yield change.resample_chunk(mono)
        yield change.resample_chunk(np.zeros(0, np.float32), last=True)
