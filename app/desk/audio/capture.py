"""The microphone inside an audio child: blocks from the device become frames of a session."""

import threading
import time
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np

from app.core.types import Samples
from app.desk.audio.choose import Device
from app.desk.audio.line import BLOCK_SECONDS, Line, Tell, in_background
from app.desk.audio.resample import Framer
from app.desk.audio.wire import Close, Command, Job, Open, SessionEnded, Sound

WAITING_BLOCKS = round(10 / BLOCK_SECONDS)
"""Ten seconds may wait for a busy machine; then blocks are dropped and counted."""
TAIL_SECONDS = 0.1
"""A session goes on for this long after it was closed: devices do not tell all of their delay."""
LATEST_SECONDS = 0.5
"""A device that claims to be later than this does not know its own clock."""


@dataclass(frozen=True, slots=True)
class _Block:
    samples: Samples
    start: float
    """When its first sample was captured."""
    arrived: float


@dataclass(slots=True)
class _Session:
    number: int
    framer: Framer | None = None
    closed_at: float | None = None


class Capture(Line):
    """Sound of the microphone is looked at only for exact zeros unless a session is open."""

    def __init__(self, sounddevice: Any, device: Device, job: Job, tell: Tell) -> None:
        self._blocks: SimpleQueue[_Block] = SimpleQueue()
        self._session: _Session | None = None
        self._lock = threading.Lock()
        self._sounding_at = time.monotonic()
        self._zero = False
        super().__init__(sounddevice, device, job, tell)
        in_background(self._pump, "frames")

    @property
    def _kind(self) -> Any:
        return self._sound.InputStream

    @property
    def idle(self) -> bool:
        return self._session is None

    def obey(self, command: Command) -> None:
        match command:
            case Open(number):
                self._open_session(number)
            case Close(number):
                self._close_session(number)

    def start(self) -> None:
        self._zero = False
        super().start()

    def _open_session(self, number: int) -> None:
        with self._lock:
            if self._session is None or self._session.number != number:
                self._session = _Session(number)
        self.start()

    def _close_session(self, number: int) -> None:
        with self._lock:
            if self._session is None or self._session.number != number:
                self._tell(SessionEnded(number))
            else:
                self._session.closed_at = time.monotonic()

    def _callback(self, block: Any, frames: int, times: Any, status: Any) -> None:
        now = time.monotonic()
        self._called_at = now
        self._lost += bool(status.input_overflow)
        if self._blocks.qsize() < WAITING_BLOCKS:
            samples = block.mean(axis=1) if block.shape[1] > 1 else block[:, 0].copy()
            late = times.currentTime - times.inputBufferAdcTime
            start = now - (late if abs(late) < LATEST_SECONDS else frames / self.rate)
            self._blocks.put(_Block(samples, start, now))
        else:
            self._lost += 1

    def _pump(self) -> None:
        while True:
            try:
                block = self._blocks.get(timeout=TAIL_SECONDS)
            except Empty:
                now = time.monotonic()
                block = _Block(np.empty(0, np.float32), now - LATEST_SECONDS, now)
            else:
                self._look_for_zeros(block)
            with self._lock:
                self._deliver(block)

    def _look_for_zeros(self, block: _Block) -> None:
        self._zero = not block.samples.any()
        if not self._zero:
            self._sounding_at = block.arrived

    def _zeros(self, now: float) -> float:
        if not (self._running and self._zero):
            return 0.0
        return now - max(self._sounding_at, self._started_at)

    def _deliver(self, block: _Block) -> None:
        session = self._session
        if session is None:
            return
        if len(block.samples):
            session.framer = session.framer or Framer(self.rate, block.start)
            self._send(session, session.framer.push(block.samples))
        end = block.start + len(block.samples) / self.rate
        if session.closed_at is not None and end >= session.closed_at + TAIL_SECONDS:
            if session.framer is not None:
                self._send(session, session.framer.finish())
            self._session = None
            self._tell(SessionEnded(session.number))

    def _send(self, session: _Session, frames: list[tuple[float, Samples]]) -> None:
        for start, samples in frames:
            self._tell(Sound(session.number, start, samples.tobytes()))
