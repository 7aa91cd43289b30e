"""Real speech and the real detector: no syllable of a short answer is cut off, with and without noise."""

import numpy as np
import pytest
import soxr

from app.core.types import RECOGNITION_RATE, Samples
from app.desk.ports import FRAME_SAMPLES, FRAME_SECONDS, Frame
from app.desk.segment import Segment, Segmenter
from app.engines.espeak import Espeak
from app.engines.vad import SileroDetector

BEGIN = 0.5
ANSWERS = [
    ("de", "Ja"),
    ("de", "Nein"),
    ("de", "Drei"),
    ("tr", "Evet"),
    ("tr", "İki"),
    ("ar", "لا"),
    ("uk", "Ні"),
    ("ro", "Da"),
    ("de", "Husten Sie länger als drei Wochen?"),
]


def speech(text: str, voice: str, words_per_minute: int, variant: str) -> Samples:
    """The audible part alone."""
    sound, rate = Espeak().synthesise(text, voice, words_per_minute=words_per_minute, variant=variant)
    sound = soxr.resample(sound, rate, RECOGNITION_RATE)
    audible = np.flatnonzero(np.abs(sound) > 0.003)
    cut = sound[audible[0] : audible[-1] + 1]
    return np.asarray(0.3 * cut / np.abs(cut).max(), np.float32)


def energy(samples: Samples) -> float:
    return float(np.sum(np.square(samples, dtype=np.float64)))


def segments(samples: Samples) -> list[Segment]:
    detector, segmenter = SileroDetector(), Segmenter()
    events = []
    for number in range(samples.size // FRAME_SAMPLES):
        frame = samples[number * FRAME_SAMPLES : (number + 1) * FRAME_SAMPLES]
        events += segmenter.push(Frame(frame, number * FRAME_SECONDS), detector.probability(frame))
    return [event for event in events + segmenter.flush() if isinstance(event, Segment) and event.final]


@pytest.mark.parametrize(("voice", "text"), ANSWERS, ids=[text for _, text in ANSWERS])
@pytest.mark.parametrize("noise", [0.0, 0.1], ids=["quiet", "20 dB"])
def test_answers_are_heard_whole(voice: str, text: str, noise: float) -> None:
    generator = np.random.default_rng(3)
    for variant in ("", "m3", "f2"):
        for rate in (140, 200):
            spoken = speech(text, voice, rate, variant)
            pad = round(BEGIN * RECOGNITION_RATE)
            sound = np.pad(spoken, (pad, 2 * RECOGNITION_RATE))
            loudness = float(np.sqrt(np.mean(np.square(spoken))))
            sound += (noise * loudness * generator.standard_normal(sound.size)).astype(np.float32)
            heard = segments(sound)
            assert heard, f"{variant} {rate}: nothing heard"
            assert heard[0].start <= BEGIN - 0.1
            # A vowel that dies away may end a little late, with nothing of it left to hear.
            missed = spoken[round((heard[-1].end - BEGIN) * RECOGNITION_RATE) :]
            assert energy(missed) < 0.001 * energy(spoken)
