"""What desk and audio children say to each other: typed messages over pipes, each behind its length."""

import pickle
import struct
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO

from app.desk.audio.choose import DeviceList
from app.desk.audio.watchdog import Beat, Trouble

_LENGTH = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Job:
    """What one child is for: `device` is `microphone` or `loudspeaker`, no name is the system's default."""

    device: str
    name: str
    rate: int | None = None
    """Samples per second to open the device at; None: the rate it names as its own."""
    linger: float = 30.0
    """Seconds after which a stream that nobody uses is stopped; until then the next turn starts at once."""

    @property
    def capture(self) -> bool:
        return self.device == "microphone"


@dataclass(frozen=True, slots=True)
class Open:
    """Deliver frames from now on, marked with this session."""

    session: int


@dataclass(frozen=True, slots=True)
class Close:
    """Deliver what was captured until now, then end the session."""

    session: int


@dataclass(frozen=True, slots=True)
class Play:
    """Queue sound; `last` is False while the same sentence goes on in the next piece."""

    piece: int
    pcm: bytes = field(repr=False)
    """32-bit float samples, mono."""
    rate: int
    last: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """Silence at once."""


Command = Open | Close | Play | Stop


@dataclass(frozen=True, slots=True)
class Ready:
    """The device is open under this name and rate."""

    name: str
    rate: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The child cannot work and ends."""

    trouble: Trouble
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sound:
    """One frame of a session: 512 samples at 16 kHz, 32-bit float; `time` in seconds of `time.monotonic`."""

    session: int
    time: float
    pcm: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """Everything captured in this session has been delivered."""

    session: int


@dataclass(frozen=True, slots=True)
class Played:
    """A piece was handed to the device; its last sample leaves it at `ends` (`time.monotonic`)."""

    piece: int
    ends: float


Report = Ready | Failed | Beat | Sound | SessionEnded | Played
Message = Job | Command | Report | DeviceList


def send(stream: IO[bytes], message: Message) -> None:
    """Write one message. Raises OSError when the other side is gone."""
    body = pickle.dumps(message, protocol=5)
    stream.write(_LENGTH.pack(len(body)) + body)
    stream.flush()


def decode(data: bytes) -> object | None:
    """The one message in these bytes; None if it is not complete."""
    return receive(BytesIO(data))


def receive(stream: IO[bytes]) -> object | None:
    """Read one message; None when the other side is gone. Only ever read from one's own parent or child."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return pickle.loads(body) if len(body) == length else None
