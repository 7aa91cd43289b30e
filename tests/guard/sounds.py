"""Sounds without words, made with a seed: noise, hum, tones, knocks, breath, voices without words."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.core.protocols import Voice
from app.core.types import RECOGNITION_RATE, Samples

RATE = RECOGNITION_RATE
BACKWARDS = "Sprache rückwärts"
FOREIGN = (
    "Où se trouve la salle d'attente ?", "Je viens pour un rendez-vous.", "Il pleut depuis ce matin.",
    "Ma sœur habite à Lyon.", "Le bus numéro quatre est en retard.", "Bonjour madame.", "Non, pas du tout.",
)
"""Spoken backwards by a voice of a language that is not under test."""

Random = np.random.Generator
Spectrum = NDArray[np.floating[Any]]
Maker = Callable[[int, Random], Samples]


def _shaped(size: int, random: Random, gain: Callable[[Spectrum], Spectrum]) -> Samples:
    """Noise whose spectrum is multiplied with `gain(frequencies in Hz)`."""
    spectrum = np.fft.rfft(random.standard_normal(size))
    frequencies = np.fft.rfftfreq(size, 1 / RATE)
    return np.fft.irfft(spectrum * gain(frequencies), size).astype(np.float32)


def _slow(size: int, random: Random, hertz: float) -> Samples:
    """A random curve in 0…1 that changes at most so fast."""
    points = max(4, int(size / RATE * hertz * 2))
    curve = np.interp(np.linspace(0, points - 1, size), np.arange(points), random.random(points))
    return curve.astype(np.float32)


def white(size: int, random: Random) -> Samples:
    return random.standard_normal(size, np.float32)


def pink(size: int, random: Random) -> Samples:
    return _shaped(size, random, lambda f: 1 / np.sqrt(np.maximum(f, 20)))


def brown(size: int, random: Random) -> Samples:
    return _shaped(size, random, lambda f: 1 / np.maximum(f, 20))


def silence(size: int, random: Random) -> Samples:
    """The floor of a quiet room, or nothing at all."""
    return np.zeros(size, np.float32) if random.random() < 0.3 else white(size, random) * np.float32(1e-4)


def _time(size: int) -> Samples:
    return (np.arange(size) / RATE).astype(np.float32)


def hum(size: int, random: Random) -> Samples:
    """Mains and ventilators: 50 Hz with harmonics, a little unsteady."""
    base = float(random.choice([50.0, 100.0, 120.0, 147.0]))
    phase = 2 * np.pi * base * (_time(size) + 0.002 * _slow(size, random, 1))
    parts = [random.random() / n * np.sin(n * phase) for n in range(1, 12)]
    sound: Samples = np.sum(parts, axis=0).astype(np.float32)
    return sound + white(size, random) * np.float32(0.02)


def tones(size: int, random: Random) -> Samples:
    """Music-like: notes with harmonics, attack and decay, sometimes in chords, sometimes with vibrato."""
    sound = np.zeros(size, np.float32)
    start = 0
    while start < size:
        length = min(int(RATE * random.uniform(0.12, 0.8)), size - start)
        time = _time(length)
        for _ in range(random.integers(1, 4)):
            pitch = 110 * 2 ** (random.integers(0, 36) / 12)
            sway = random.choice([0.0, 0.01]) * np.sin(2 * np.pi * 5.5 * time)
            for n in range(1, random.integers(2, 7)):
                wave = np.sin(2 * np.pi * pitch * n * time * (1 + sway)) / n**1.3
                sound[start : start + length] += (wave * np.exp(-2.5 * time)).astype(np.float32)
        start += length
    return sound


def clicks(size: int, random: Random) -> Samples:
    """Keyboard, pen, mouse: very short bursts."""
    return _bursts(size, random, per_second=random.uniform(1, 9), seconds=(0.002, 0.02), band=(800, 6000))


def knocks(size: int, random: Random) -> Samples:
    """Chairs, doors, steps: longer thuds, some scraping."""
    sound = _bursts(size, random, per_second=random.uniform(0.5, 4), seconds=(0.04, 0.35), band=(60, 900))
    if random.random() < 0.5:
        scrape = _shaped(size, random, lambda f: np.exp(-((f - 700) ** 2) / 3e5))
        sound = sound / loudness(sound)
        sound += scrape / loudness(scrape) * _slow(size, random, 3) ** 3
    return sound


def breathing(size: int, random: Random) -> Samples:
    """Breath and blowing into the microphone: noise that swells and sinks."""
    middle = random.uniform(400, 2500)
    noise = _shaped(size, random, lambda f: np.exp(-(((f - middle) / 900) ** 2)) / np.sqrt(np.maximum(f, 50)))
    swell = np.maximum(0, np.sin(2 * np.pi * random.uniform(0.2, 0.7) * _time(size) + random.uniform(0, 6)))
    return np.asarray(noise * swell**1.5, np.float32)


def babble(size: int, random: Random) -> Samples:
    """Several voices at once, in the rhythm of syllables, without words."""
    voices = [_voice(size, random, syllables=random.uniform(3, 6)) for _ in range(random.integers(2, 7))]
    return np.asarray(np.sum([voice / loudness(voice) for voice in voices], axis=0), np.float32)


def cries(size: int, random: Random) -> Samples:
    """One voice without words: humming, moaning, crying, a child's „aaa“."""
    return _voice(size, random, syllables=random.uniform(0.3, 1.5))


def _voice(size: int, random: Random, syllables: float) -> Samples:
    """A buzz of falling harmonics through three resonances that wander; `syllables` per second."""
    pitch = random.uniform(90, 320) * (1 + 0.25 * (_slow(size, random, syllables) - 0.5))
    phase = np.cumsum(pitch) / RATE
    buzz = 2 * (phase % 1) - 1 + 0.05 * random.standard_normal(size)
    hop, width = 160, 320
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(buzz, (0, width)), width)[: size + 1 : hop]
    spectra = np.fft.rfft(frames * np.hanning(width), axis=1)
    hertz = np.fft.rfftfreq(width, 1 / RATE)
    shape = np.zeros_like(spectra, dtype=np.float64)
    for low, high, gain in ((300, 850, 1.0), (900, 2300, 0.5), (2300, 3300, 0.2)):
        centre = low + (high - low) * _slow(len(frames), random, syllables * hop)
        shape += gain * np.exp(-(((hertz[None, :] - centre[:, None]) / 120) ** 2))
    pieces = np.fft.irfft(spectra * shape, width, axis=1)
    sound = np.zeros(len(frames) * hop + width)
    for number, piece in enumerate(pieces):
        sound[number * hop : number * hop + width] += piece
    return (sound[:size] * (0.1 + _slow(size, random, syllables * 2)) ** 1.5).astype(np.float32)


def backwards(voice: Voice) -> Maker:
    """Speech played backwards: everything about it is speech, only no word is."""

    def make(size: int, random: Random) -> Samples:
        pieces: list[Samples] = []
        while sum(piece.size for piece in pieces) < size:
            text, speed = str(random.choice(FOREIGN)), random.uniform(0.8, 1.2)
            spoken = np.concatenate(list(voice.synthesise(text, speed)))
            places = np.arange(0, spoken.size, voice.rate / RATE)
            pieces.append(np.interp(places, np.arange(spoken.size), spoken)[::-1].astype(np.float32))
        return np.concatenate(pieces)[:size]

    return make


def _bursts(
    size: int, random: Random, *, per_second: float, seconds: tuple[float, float], band: tuple[float, float]
) -> Samples:
    sound = np.zeros(size + RATE, np.float32)
    for start in random.integers(0, size, max(1, int(size / RATE * per_second))):
        length = int(RATE * random.uniform(*seconds)) + 64
        middle = random.uniform(*band)
        burst = _shaped(length, random, lambda f, m=middle: np.exp(-(((f - m) / m) ** 2)))  # type: ignore[misc]
        burst *= np.exp(-6 * np.linspace(0, 1, length)).astype(np.float32)
        sound[start : start + length] += burst / loudness(burst) * np.float32(random.uniform(0.2, 1))
    return sound[:size]


def loudness(sound: Samples) -> np.float32:
    return np.float32(np.sqrt(np.mean(np.square(sound))) + 1e-9)


KINDS: dict[str, Maker] = {
    "weißes Rauschen": white, "rosa Rauschen": pink, "braunes Rauschen": brown, "Stille": silence,
    "Brummen": hum, "Töne": tones, "Klicken": clicks, "Klopfen": knocks, "Atmen": breathing,
    "Stimmengewirr": babble, "Laute": cries,
}
