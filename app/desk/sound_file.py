"""Sound files in and out: whatever libsndfile reads (WAV, FLAC, OGG, MP3 …) becomes 16 kHz mono.

Judged by content, never by the name of the file. Broken files end in one line that says what is wrong.
"""

import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from app.core.errors import InputError
from app.core.types import RECOGNITION_RATE, Samples

if TYPE_CHECKING:
    import soundfile

BLOCK_SECONDS = 4
LOWEST_RATE, HIGHEST_RATE = 4_000, 768_000
"""Samples per second; anything outside is a broken header, not a recording."""
COMPLETE = 0.9
"""Share of the announced sound that must be there; MP3 headers only estimate it."""
_OPEN_END = 0x7FFF_0000
"""Lengths from here on are what programs write that do not know it yet, e.g. into a pipe."""
_READABLE = "eine WAV-, FLAC-, OGG- oder MP3-Datei angeben"
_CUT = "Datei noch einmal kopieren oder neu aufnehmen"


def read_wave(path: Path) -> Samples:
    """The whole file at 16 kHz, mono. Raises InputError."""
    return np.concatenate(list(read_blocks(path)))


def read_blocks(path: Path) -> Iterator[Samples]:
    """The file in pieces of about four seconds at 16 kHz, mono: an hour needs no more memory than a minute.

    Raises InputError at once if the file cannot be read as sound, and at the end if it breaks off there.
    """
    import soundfile

    _check(path)
    try:
        sound = soundfile.SoundFile(path)
    except (soundfile.SoundFileError, OSError) as error:
        raise InputError(f"{path}: nicht als Ton lesbar", _READABLE) from error
    if sound.frames == 0 or not LOWEST_RATE <= sound.samplerate <= HIGHEST_RATE:
        sound.close()
        raise InputError(f"{path}: enthält keinen Ton", _READABLE)
    return _blocks(path, sound)


def _blocks(path: Path, sound: "soundfile.SoundFile") -> Iterator[Samples]:
    import soundfile
    import soxr

    resampler = soxr.ResampleStream(sound.samplerate, RECOGNITION_RATE, 1, dtype="float32")
    read = 0
    # Not SoundFile.blocks: where a file breaks off, its last block holds memory that was never written.
    with sound:
        try:
            while len(block := sound.read(sound.samplerate * BLOCK_SECONDS, "float32", always_2d=True)):
                read += len(block)
                yield resampler.resample_chunk(_mono(block))
        except soundfile.SoundFileError as error:
            raise InputError(f"{path}: bricht nach {_seconds(read / sound.samplerate)} ab", _CUT) from error
        yield resampler.resample_chunk(np.empty(0, np.float32), last=True)
        if read < COMPLETE * sound.frames:
            raise _cut(path, read / sound.samplerate, sound.frames / sound.samplerate)


def _mono(block: Samples) -> Samples:
    """Mean of the channels; a float file may hold values that are no numbers."""
    finite = np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0)
    return np.ascontiguousarray(finite.mean(axis=1, dtype=np.float32))


def _check(path: Path) -> None:
    """Raises InputError for all that is wrong before the first sample."""
    try:
        if path.is_dir():
            raise InputError(f"{path}: ist ein Ordner", "eine Tondatei angeben")
        if not path.is_file():
            raise InputError(f"{path}: gibt es nicht", "Pfad prüfen")
        with path.open("rb") as file:
            if path.stat().st_size == 0:
                raise InputError(f"{path}: ist leer", _CUT)
            _check_length(path, file)
    except OSError as error:
        raise InputError(f"{path}: nicht lesbar ({error.strerror})", "Zugriffsrechte prüfen") from error


def _check_length(path: Path, file: BinaryIO) -> None:
    """Refuse a WAV whose data ends before its header says so: libsndfile would read the rest in silence."""
    size = path.stat().st_size
    if (head := file.read(12))[:4] != b"RIFF" or head[8:] != b"WAVE":
        return
    bytes_per_second = 0
    while len(chunk := file.read(8)) == 8:
        name, length = struct.unpack("<4sI", chunk)
        if name == b"fmt ":
            bytes_per_second = int.from_bytes(file.read(12)[8:], "little")
            length -= 12
        elif name == b"data":
            there = size - file.tell()
            if there < length < _OPEN_END and bytes_per_second:
                raise _cut(path, there / bytes_per_second, length / bytes_per_second)
            return
        file.seek(length + length % 2, os.SEEK_CUR)


def _cut(path: Path, there: float, announced: float) -> InputError:
    return InputError(f"{path}: abgeschnitten, {_seconds(there)} von {_seconds(announced)} da", _CUT)


def _seconds(value: float) -> str:
    return f"{value:.1f} s".replace(".", ",")


def write_wave(path: Path, pieces: Iterable[Samples], rate: int) -> None:
    """Write 16-bit mono WAV; an older file of that name stays until the new one is whole. InputError."""
    import soundfile

    part = path.with_name(f".{path.name}.part{os.getpid()}")
    try:
        with soundfile.SoundFile(part, "w", rate, 1, "PCM_16", format="WAV") as sound:
            for piece in pieces:
                sound.write(piece)
        part.replace(path)
    except (soundfile.SoundFileError, OSError) as error:
        raise InputError(f"{path}: lässt sich nicht schreiben", "Ordner und Zugriffsrechte prüfen") from error
    finally:
        part.unlink(missing_ok=True)
