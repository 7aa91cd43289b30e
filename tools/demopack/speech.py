"""Synthetic utterances: espeak-ng voices, rooms, microphones and noise, as log-mel features."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import soxr
from faster_whisper.feature_extractor import FeatureExtractor
from scipy.fft import next_fast_len

from app.engines.diacritise import ARABIC, diacritise
from app.engines.espeak import Espeak
from app.engines.spoken import spoken

RATE = 16000
TRAINED_VARIANTS = (
    *("", "", "", "m1", "m2", "m3", "m4", "m5", "m6", "m8", "f1", "f2", "f3", "f5"),
    *("Alex", "Alicia", "Andrea", "Annie", "Diogo", "Jacky", "Lee", "Marco", "Mario", "Mike", "Nguyen"),
    *("adam", "anika", "antonio", "belinda", "caleb", "david", "edward", "grandma", "ian", "john", "max"),
    *("miguel", "norbert", "pablo", "paul", "quincy", "rob", "sandro", "shelby", "steph", "travis", "zac"),
)
HELD_OUT_VARIANTS = ("m7", "f4", "linda", "Henrique", "Michael", "Gene")
TRAINED_RATES = tuple(range(120, 211, 10))
HELD_OUT_RATES = (135, 155, 175)
TRAINED_PITCHES = tuple(range(20, 81, 10))
HELD_OUT_PITCHES = (35, 45, 55, 65)

Samples: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence to be spoken. `known`: it is in a phrasebook."""

    language: str
    text: str
    known: bool


@dataclass(frozen=True, slots=True)
class Bank:
    """Spoken lines as log10 mel power, not yet floored and scaled as Whisper does.

    `file` holds the frames of all lines one after the other, (frames, 80) float16, so that several processes
    share them; line k has the frames starts[k] to starts[k + 1].
    """

    lines: tuple[Line, ...]
    starts: tuple[int, ...]
    file: Path

    def part(self, number: int, parts: int) -> tuple[list[Line], list[npt.NDArray[np.float16]]]:
        """Every `parts`-th line from `number` on, with its features (80, frames)."""
        frames = np.load(self.file, mmap_mode="r")
        chosen = range(number, len(self.lines), parts)
        return [self.lines[k] for k in chosen], [
            frames[self.starts[k] : self.starts[k + 1]].T for k in chosen
        ]


@cache
def spoken_form(text: str, language: str) -> str:
    """What the desk hands to the voice: numbers spelled out, Arabic with its short vowels."""
    words = spoken(text, language)
    return diacritise(words) if language == ARABIC else words


@cache
def _espeak() -> Espeak:
    return Espeak()


def speak(text: str, language: str, variant: str, words_per_minute: int, pitch: int) -> Samples:
    """Synthesised speech at 16 kHz, peak 0.5."""
    samples, rate = _espeak().synthesise(
        spoken_form(text, language), language, words_per_minute, pitch, variant
    )
    samples = soxr.resample(_trimmed(samples), rate, RATE)
    return np.asarray(0.5 * samples / max(1e-4, float(np.abs(samples).max())), dtype=np.float32)


def _trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.003)
    return samples[loud[0] : loud[-1] + 1] if len(loud) else samples[:1]


def held_out(line: Line, rng: np.random.Generator, snr: float = 20.0) -> Samples:
    """A line in a voice, at a rate and a pitch that were not trained, with white noise at `snr` dB."""
    variant = HELD_OUT_VARIANTS[rng.integers(len(HELD_OUT_VARIANTS))]
    rate, pitch = int(rng.choice(HELD_OUT_RATES)), int(rng.choice(HELD_OUT_PITCHES))
    speech = speak(line.text, line.language, variant, rate, pitch)
    samples = np.pad(speech, (int(RATE * rng.uniform(0.1, 0.4)), int(RATE * rng.uniform(0.2, 0.6))))
    return with_noise(samples, speech, snr, rng, slope=0.0)


def with_noise(
    samples: Samples, speech: Samples, snr: float, rng: np.random.Generator, slope: float
) -> Samples:
    """Add noise at `snr` dB below the speech; its power falls with frequency by `slope` (0 white, 1 pink)."""
    noise = coloured_noise(len(samples), slope, rng)
    power = float(np.mean(speech**2)) / 10 ** (snr / 10)
    return samples + noise * np.float32(np.sqrt(power / max(1e-12, float(np.mean(noise**2)))))


def coloured_noise(count: int, slope: float, rng: np.random.Generator) -> Samples:
    """Noise whose power falls with frequency as f^-slope."""
    size = next_fast_len(count, real=True)
    spectrum = np.fft.rfft(rng.standard_normal(size))
    spectrum *= np.maximum(np.arange(len(spectrum)), 1.0) ** (-slope / 2)
    return np.fft.irfft(spectrum, size)[:count].astype(np.float32)


def trained(line: Line, rng: np.random.Generator) -> Samples:
    """A line as it is trained: any trained voice, now and then a room, a microphone's colour, noise."""
    variant = TRAINED_VARIANTS[rng.integers(len(TRAINED_VARIANTS))]
    rate, pitch = int(rng.choice(TRAINED_RATES)), int(rng.choice(TRAINED_PITCHES))
    speech = speak(line.text, line.language, variant, rate, pitch)
    if rng.random() < 0.25:
        speech = _in_a_room(speech, rng)
    if rng.random() < 0.4:
        speech = _coloured(speech, rng)
    samples = np.pad(speech, (int(RATE * rng.uniform(0, 0.4)), int(RATE * rng.uniform(0.02, 0.5))))
    if rng.random() < 0.7:
        samples = with_noise(samples, speech, rng.uniform(12, 40), rng, slope=rng.uniform(0, 1.5))
    return samples * np.float32(10 ** rng.uniform(-1.0, 0.2))


def _in_a_room(samples: Samples, rng: np.random.Generator) -> Samples:
    length = int(RATE * rng.uniform(0.05, 0.3))
    tail = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    response = np.concatenate([[1.0], tail * rng.uniform(0.01, 0.06)])
    size = next_fast_len(len(samples) + length, real=True)
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)
    return wet[: len(samples)].astype(np.float32)


def _coloured(samples: Samples, rng: np.random.Generator) -> Samples:
    size = next_fast_len(len(samples), real=True)
    spectrum = np.fft.rfft(samples, size)
    decibels = np.interp(np.linspace(0, 1, len(spectrum)), np.linspace(0, 1, 6), rng.uniform(-8, 4, 6))
    return np.fft.irfft(spectrum * 10 ** (decibels / 20), size)[: len(samples)].astype(np.float32)


def log_mel(samples: Samples) -> npt.NDArray[np.float16]:
    """faster-whisper's features, its last step (scaling) undone, (80, frames): log10 of mel power.

    What lies 8 below the maximum stays floored; noise is added to this afterwards, and is louder.
    """
    features = _extractor()(samples)
    return (features * 4.0 - 4.0).astype(np.float16)


@cache
def _extractor() -> FeatureExtractor:
    return FeatureExtractor()


def make_bank(lines: Sequence[Line], file: Path, seed: int, workers: int) -> Bank:
    """Speak every line once, in `workers` processes at a time.

    Every thousand lines get a fresh process: espeak-ng goes on from where it was, and only so does the bank
    repeat from the seed whatever the number of workers.
    """
    size = 1000
    jobs = [(list(lines[i : i + size]), seed + i) for i in range(0, len(lines), size)]
    with ProcessPoolExecutor(workers, max_tasks_per_child=1) as pool:
        mels = [mel for part in pool.map(_make_part, jobs) for mel in part]
    np.save(file, np.concatenate([mel.T for mel in mels]))
    starts = np.cumsum([0, *(mel.shape[1] for mel in mels)])
    return Bank(tuple(lines), tuple(starts.tolist()), file)


def _make_part(job: tuple[list[Line], int]) -> list[npt.NDArray[np.float16]]:
    lines, seed = job
    rng = np.random.default_rng(seed)
    return [log_mel(trained(line, rng)) for line in lines]
