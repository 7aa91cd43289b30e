"""Does sound really go out and come in? A short tone is played and listened for."""

import threading
import time
from dataclasses import dataclass

import numpy as np

from app.core.events import AudioState
from app.core.types import RECOGNITION_RATE, Samples, Speech, Turn
from app.desk.audio import messages
from app.desk.audio.process import AudioProcess
from app.desk.audio.watchdog import Trouble

TONE_HERTZ = 1_000
TONE_SECONDS = 0.8
TONE_LEVEL = 0.1
"""Peak: audible at the desk, not startling."""
TONE_RATE = 16_000
READY_SECONDS = 12.0
"""A slow Bluetooth headset on a busy machine takes this long."""
SURE_SECONDS = 3.0
"""A device in trouble may still be on its way: wait this much longer for it."""
EXACT = 0.02
"""A wrong rate is off by 8 % at least (44.1 against 48 kHz)."""
LOWEST_HERTZ = 300
"""Below lies the hum of mains and fans; a tone played at a third of its rate is still above."""
CLEAR_DECIBELS = 10.0
"""A tone is taken for heard when its band stands out this far from all the rest."""


@dataclass(frozen=True, slots=True)
class Tone:
    """The strongest tone in a recording."""

    hertz: float
    level: float
    """RMS, 0…1."""
    clearness: float
    """Decibels by which it stands out from the rest of the recording."""


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Outcome of a test; `message` and `hint` are German."""

    ok: bool
    message: str
    hint: str = ""
    heard: Tone | None = None
    """None where nothing but silence or no sound at all came in."""


def self_test(microphone: str, loudspeaker: str, rate: int | None = None) -> SelfTest:
    """Play a tone and listen for it: takes 2–3 s, up to 15 s where a device does not answer.

    A headset does not hear its own loudspeaker: a tone that stays unheard is not a fault, a wrong pitch is.
    """
    states: dict[str, AudioState] = {}
    news = threading.Condition()

    def notify(state: AudioState) -> None:
        with news:
            states[state.device] = state
            news.notify_all()

    with AudioProcess(microphone, loudspeaker, notify, rate) as audio:
        audio.open_microphone()
        with news:
            news.wait_for(lambda: len(states) == 2, READY_SECONDS)
            news.wait_for(lambda: all(state.ok for state in states.values()), SURE_SECONDS)
        for device in ("microphone", "loudspeaker"):
            state = states.get(device)
            if state is None or not (state.ok or device == "microphone"):
                return SelfTest(False, *_said(state))
        recording = _play_and_record(audio)
        return verdict(recording, states["microphone"])


def _said(state: AudioState | None) -> tuple[str, str]:
    if state is None:
        return "Tongerät antwortet nicht", "Gerät neu anstecken oder ein anderes wählen"
    return state.message, state.hint


def _play_and_record(audio: AudioProcess) -> Samples:
    moments = np.arange(round(TONE_SECONDS * TONE_RATE)) / TONE_RATE
    tone = (TONE_LEVEL * np.sin(2 * np.pi * TONE_HERTZ * moments)).astype(np.float32)
    frames = [np.empty(0, np.float32)]
    until = time.monotonic() + 3 * TONE_SECONDS + READY_SECONDS
    audio.play(Speech(Turn(0), "", "", tone, TONE_RATE))
    while audio.playing and time.monotonic() < until:
        if frame := audio.read(0.05):
            frames.append(frame.samples)
    audio.close_microphone()
    while frame := audio.read(0):
        frames.append(frame.samples)
    return np.concatenate(frames)


def strongest_tone(recording: Samples) -> Tone | None:
    """The strongest tone of 300 Hz or more in 16 kHz sound; None in exact silence."""
    if not recording.any():
        return None
    power = np.abs(np.fft.rfft(recording * np.hanning(len(recording)))) ** 2
    power[: round(LOWEST_HERTZ * len(recording) / RECOGNITION_RATE)] = 0
    peak = int(power.argmax())
    width = max(3, round(0.01 * peak))
    band = float(power[max(0, peak - width) : peak + width + 1].sum())
    rest = max(float(power.sum()) - band, band * 1e-9)
    level = float(np.sqrt(np.mean(recording**2)))
    return Tone(peak * RECOGNITION_RATE / len(recording), level, 10 * float(np.log10(band / rest)))


def verdict(recording: Samples, microphone: AudioState) -> SelfTest:
    """What a recording made during the tone says about both devices."""
    tone = strongest_tone(recording)
    if tone is None:
        silent = messages.state("microphone", Trouble.ZEROS)
        return SelfTest(False, *_said(silent if microphone.ok else microphone))
    if tone.clearness < CLEAR_DECIBELS:
        return SelfTest(True, "Mikrofon nimmt auf; Prüfton nicht zu hören (bei Kopfhörern richtig)", "", tone)
    if abs(tone.hertz / TONE_HERTZ - 1) > EXACT:
        return SelfTest(
            False, f"Prüfton kommt mit falscher Tonhöhe zurück ({tone.hertz:.0f} statt {TONE_HERTZ} Hz)",
            "Abtastrate des Geräts im System auf 48 kHz stellen", tone,
        )
    return SelfTest(True, f"Prüfton gehört ({tone.hertz:.0f} Hz)", "", tone)
