"""espeak-ng through its wheel: sounds, voices, limits, errors, several threads."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from app.core.errors import EngineError
from app.core.languages import languages
from app.engines.espeak import Espeak


@pytest.fixture(scope="module")
def espeak() -> Espeak:
    return Espeak()


@pytest.mark.parametrize("voice", sorted({row.espeak for row in languages().values() if row.espeak}))
def test_every_voice_of_the_language_table_is_there(espeak: Espeak, voice: str) -> None:
    samples, _ = espeak.synthesise("1", voice)
    assert samples.size > 0


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        ("de", "Husten Sie seit mehr als drei Wochen?"),
        ("tr", "Üç haftadan uzun süredir öksürüyor musunuz?"),
        ("ar", "هَلْ لَدَيْكَ سُعَالٌ؟"),
        ("uk", "Ви кашляєте більше ніж три тижні?"),
        ("ro", "Tușiți de mai mult de trei săptămâni?"),
    ],
)
def test_speaks(espeak: Espeak, voice: str, text: str) -> None:
    samples, rate = espeak.synthesise(text, voice)
    assert rate == espeak.rate == 22050
    assert samples.dtype == np.float32 and samples.ndim == 1
    assert 0.5 < samples.size / rate < 6
    assert 0.1 < float(np.abs(samples).max()) <= 1


def seconds(espeak: Espeak, text: str, voice: str = "de", **settings: Any) -> float:
    samples, rate = espeak.synthesise(text, voice, **settings)
    return samples.size / rate


def fundamental(samples: npt.NDArray[np.float32], rate: int) -> float:
    """Of the voice, Hz: the strongest self-similarity between 60 and 400 Hz in the middle of the sound."""
    middle = samples[samples.size // 4 : 3 * samples.size // 4]
    lags = np.fft.irfft(np.abs(np.fft.rfft(middle, 2 * middle.size)) ** 2)[: rate // 60]
    return rate / (rate // 400 + int(np.argmax(lags[rate // 400 :])))


def test_rate_pitch_and_variant_change_the_sound_and_leave_nothing_behind(espeak: Espeak) -> None:
    text = "Nehmen Sie bitte Platz."
    plain = seconds(espeak, text)
    assert seconds(espeak, text, words_per_minute=100) > 1.2 * plain
    low, high = (
        fundamental(*espeak.synthesise("Wo wohnen Sie nun?", "de", pitch=pitch)) for pitch in (10, 90)
    )
    assert high > 1.2 * low
    assert not np.isclose(seconds(espeak, text, variant="UniRobot"), plain, rtol=0.1)
    assert seconds(espeak, text) == pytest.approx(plain, rel=0.03)


@pytest.mark.parametrize(("asked", "taken"), [(1, 80), (10_000, 450)])
def test_rate_is_clipped(espeak: Espeak, asked: int, taken: int) -> None:
    text = "Sagen Sie bitte immer nur einen Satz."
    assert seconds(espeak, text, words_per_minute=asked) == pytest.approx(
        seconds(espeak, text, words_per_minute=taken), rel=0.03
    )


def test_nothing_to_say(espeak: Espeak) -> None:
    samples, rate = espeak.synthesise("", "de")
    assert not np.any(np.abs(samples) > 0.01) and rate == espeak.rate


@pytest.mark.parametrize("text", ["a\0b", "🙂🙂", "\ud800", "[[x]] <speak>", "١٢٣ abc ї"])
def test_odd_text_does_no_harm(espeak: Espeak, text: str) -> None:
    assert np.isfinite(espeak.synthesise(text, "de")[0]).all()


def test_long_text_is_spoken_to_its_end(espeak: Espeak) -> None:
    short = espeak.synthesise("Bitte warten.", "de", words_per_minute=300)[0]
    long = espeak.synthesise("Bitte warten. " * 50, "de", words_per_minute=300)[0]
    assert long.size > 40 * short.size * 0.8


@pytest.mark.parametrize(("voice", "variant"), [("tlh-klingon", ""), ("", ""), ("de", "nobody")])
def test_unknown_voice_is_named(espeak: Espeak, voice: str, variant: str) -> None:
    with pytest.raises(EngineError) as caught:
        espeak.synthesise("Hallo", voice, variant=variant)
    assert (variant or voice) in caught.value.message and caught.value.hint


def test_threads_do_not_mix_their_sounds(espeak: Espeak) -> None:
    jobs = [
        ("Guten Tag", "de"),
        ("Günaydın, bugün nasılsınız?", "tr"),
        ("Добрий день, як ваші справи?", "uk"),
    ] * 6
    alone = [seconds(espeak, *job) for job in jobs]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda job: seconds(Espeak(), *job), jobs))
    assert together == pytest.approx(alone, rel=0.05)
