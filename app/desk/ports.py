"""What the live loop expects of sound: the audio process and a file replay both fulfil it."""

from dataclasses import dataclass, field
from typing import Protocol

from app.core.types import Samples, Speech

FRAME_SAMPLES = 512
"""Samples per frame: 32 ms at 16 kHz, the window Silero v5/v6 was trained on."""
FRAME_SECONDS = FRAME_SAMPLES / 16_000


@dataclass(frozen=True, slots=True)
class Frame:
    """512 samples at 16 kHz; `time` is that of its first sample on the source's clock, in seconds."""

    samples: Samples = field(repr=False, compare=False)
    time: float


class EndOfSound(Exception):
    """The source has no further frame: the file is at its end, or the audio was closed."""


class Audio(Protocol):
    """One microphone and one loudspeaker."""

    def open_microphone(self) -> None:
        """Begin to deliver frames; frames from before are discarded."""

    def close_microphone(self) -> None:
        """Stop capturing; what was captured until now is still delivered by `read`: the tail is never lost.

        The first None from `read` after that means that the tail is complete.
        """

    def read(self, timeout: float) -> Frame | None:
        """Next frame, or None if there is none within `timeout` seconds. Raises EndOfSound."""

    def play(self, speech: Speech) -> None:
        """Queue sound for the loudspeaker; returns at once."""

    def stop(self) -> None:
        """Silence the loudspeaker at once and forget what is queued."""

    @property
    def playing(self) -> bool:
        """True from `play` until the last sample has left the loudspeaker (device latency included)."""

    @property
    def unplayed(self) -> tuple[Speech, ...]:
        """Pieces that the last fault of the loudspeaker swallowed, whole or in part; empty again once it
        plays."""

    @property
    def dropped(self) -> int:
        """Frames lost so far because nobody read them in time."""

    def close(self) -> None:
        """Release the devices; safe to call twice."""
