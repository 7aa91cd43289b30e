"""Every kind of sound file is read to the same sound, or refused in one line."""

import os
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import InputError
from app.core.types import Samples
from app.desk.sound_file import read_blocks, read_wave, write_wave


def tone(rate: int, seconds: float = 1.0, level: float = 0.5) -> Samples:
    wave = level * np.sin(2 * np.pi * 440 * np.arange(round(rate * seconds)) / rate)
    return wave.astype(np.float32)


def expect_tone(sound: Samples, seconds: float = 1.0, level: float = 0.5) -> None:
    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert abs(len(sound) - 16_000 * seconds) <= 1
    middle = sound[len(sound) // 4 : len(sound) * 3 // 4]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(level / np.sqrt(2), rel=0.02)
    power = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert power.argmax() * 16_000 / len(middle) == pytest.approx(440, abs=3)


@pytest.mark.parametrize(
    ("rate", "container", "subtype", "channels"),
    [
        (16_000, "WAV", "PCM_16", 1),
        (8_000, "WAV", "PCM_U8", 1),
        (16_000, "WAV", "PCM_U8", 1),
        (16_000, "WAV", "PCM_16", 2),
        (48_000, "WAV", "PCM_24", 2),
        (44_100, "WAV", "FLOAT", 1),
        (48_000, "WAV", "DOUBLE", 6),
        (11_025, "WAV", "ULAW", 1),
        (48_000, "FLAC", "PCM_16", 1),
        (48_000, "OGG", "VORBIS", 1),
    ],
)
def test_kinds_that_are_read(tmp_path: Path, rate: int, container: str, subtype: str, channels: int) -> None:
    path = tmp_path / "sound.wav"
    samples = np.repeat(tone(rate)[:, None], channels, axis=1)
    soundfile.write(path, samples, rate, format=container, subtype=subtype)
    expect_tone(read_wave(path))


def test_mp3_named_wav_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    soundfile.write(path, tone(44_100, 3), 44_100, format="MP3")
    expect_tone(read_wave(path), 3)


def test_a_tenth_of_a_second_is_read(tmp_path: Path) -> None:
    path = tmp_path / "short.wav"
    soundfile.write(path, tone(48_000, 0.1), 48_000)
    assert abs(len(read_wave(path)) - 1_600) <= 1


def test_values_that_are_no_numbers_become_silence(tmp_path: Path) -> None:
    path = tmp_path / "odd.wav"
    samples = tone(16_000)
    samples[100:200] = np.nan
    soundfile.write(path, samples, 16_000, subtype="FLOAT")
    sound = read_wave(path)
    assert np.isfinite(sound).all()
    assert not sound[100:200].any()


def test_a_length_not_known_when_written_is_no_cut(tmp_path: Path) -> None:
    path = tmp_path / "piped.wav"
    soundfile.write(path, tone(16_000), 16_000)
    data = bytearray(path.read_bytes())
    data[4:8] = data[40:44] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    expect_tone(read_wave(path))


def _whole(path: Path) -> bytes:
    soundfile.write(path, tone(16_000, 2), 16_000)
    return path.read_bytes()


def _with_rate(path: Path, rate: int) -> bytes:
    data = bytearray(_whole(path))
    data[24:28] = rate.to_bytes(4, "little")
    return bytes(data)


BROKEN: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "empty": (lambda path: b"", "ist leer"),
    "header cut": (lambda path: _whole(path)[:20], "nicht als Ton lesbar"),
    "no sample": (lambda path: _whole(path)[:40] + bytes(4), "enthält keinen Ton"),
    "data cut": (lambda path: _whole(path)[:20_044], "abgeschnitten, 0,6 s von 2,0 s"),
    "text": (lambda path: b"Guten Tag. " * 50, "nicht als Ton lesbar"),
    "noise": (lambda path: np.random.default_rng(1).bytes(5_000), "nicht als Ton lesbar"),
    "rate 0": (lambda path: _with_rate(path, 0), "nicht als Ton lesbar"),
    "rate 3": (lambda path: _with_rate(path, 3), "enthält keinen Ton"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_files_are_refused_in_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "sound.wav"
    content, said = BROKEN[kind]
    path.write_bytes(content(path))
    _refused(path, said)


def test_mp3_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    soundfile.write(path, tone(16_000), 16_000, format="MP3")
    path.write_bytes(path.read_bytes()[:900])
    _refused(path, "abgeschnitten")


def test_folder_and_missing_file(tmp_path: Path) -> None:
    _refused(tmp_path, "ist ein Ordner")
    _refused(tmp_path / "none.wav", "gibt es nicht")
    _refused(tmp_path / "none" / "none.wav", "gibt es nicht")


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such permission bits")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "closed.wav"
    soundfile.write(path, tone(16_000), 16_000)
    path.chmod(0)
    with _ordinary_user():
        _refused(path, "nicht lesbar")


@contextmanager
def _ordinary_user() -> Iterator[None]:
    """Root may read everything: act as somebody else meanwhile."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(before)


def _refused(path: Path, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_wave(path)
    assert said in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


@settings(deadline=None)
@given(cut=st.integers(0, 1_000), data=st.binary(min_size=1, max_size=60))
def test_no_damage_to_the_head_escapes_as_another_error(
    tmp_path_factory: pytest.TempPathFactory, cut: int, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.wav"
    whole = bytearray(_whole(path))
    start = cut % 100
    whole[start : start + len(data)] = data
    path.write_bytes(whole)
    try:
        sound = read_wave(path)
    except InputError:
        return
    assert sound.dtype == np.float32


def test_an_hour_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "hour.wav"
    write_wave(path, (np.zeros(480_000, np.float32) for _ in range(60)), 8_000)
    tracemalloc.start()
    try:
        seconds = sum(len(block) for block in read_blocks(path)) / 16_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert seconds == pytest.approx(3_600)
    assert peak < 10_000_000


def test_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    write_wave(path, [tone(22_050, 0.5), tone(22_050, 0.5)], 22_050)
    with soundfile.SoundFile(path) as sound:
        assert (sound.samplerate, sound.channels, sound.subtype) == (22_050, 1, "PCM_16")
        assert sound.frames == 2 * round(22_050 * 0.5)
    assert [file.name for file in tmp_path.iterdir()] == ["out.wav"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    path.write_bytes(b"old")

    def pieces() -> Iterator[Samples]:
        yield tone(16_000)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_wave(path, pieces(), 16_000)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["out.wav"]


def test_an_unwritable_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="lässt sich nicht schreiben"):
        write_wave(tmp_path / "none" / "out.wav", [tone(16_000)], 16_000)
