"""One PortAudio stream inside an audio child: starting, stopping, and what its heartbeat says."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from app.desk.audio.choose import Device
from app.desk.audio.server import RouteWatch
from app.desk.audio.watchdog import Beat
from app.desk.audio.wire import Command, Job, Report

BLOCK_SECONDS = 0.02
LATENCY_SECONDS = 0.1
"""Buffer asked of the device: outlasts the pauses of a busy office PC, short enough for a conversation."""

Tell = Callable[[Report], None]


class Line(ABC):
    """Commands arrive on one thread, callbacks on PortAudio's, `beat` is asked from a third."""

    def __init__(self, sounddevice: Any, device: Device, job: Job, tell: Tell) -> None:
        self._sound = sounddevice
        self._tell = tell
        self.rate = job.rate or device.rate
        self._called_at: float | None = None
        self._started_at = 0.0
        self._running = False
        self._ended = False
        self._in_call: float | None = None
        self._home: str | None = None
        self._lost = 0
        self._watch = RouteWatch(capture=job.capture)
        self._stream = self._open(device.index)

    @abstractmethod
    def obey(self, command: Command) -> None:
        """Carry out one command."""

    @property
    @abstractmethod
    def idle(self) -> bool:
        """Nobody needs the stream now."""

    @property
    @abstractmethod
    def _kind(self) -> Any:
        """PortAudio's stream class for this direction."""

    @abstractmethod
    def _callback(self, block: Any, frames: int, times: Any, status: Any) -> None:
        """Hand a block over and return."""

    def _open(self, index: int) -> Any:
        try:
            return self._open_with(index, channels=1)
        except self._sound.PortAudioError:
            return self._open_with(index, channels=2)

    def _open_with(self, index: int, channels: int) -> Any:
        with self._calling():
            return self._kind(
                device=index, samplerate=self.rate, channels=channels, dtype="float32",
                blocksize=round(self.rate * BLOCK_SECONDS), latency=LATENCY_SECONDS,
                callback=self._callback, finished_callback=self._finished,
            )

    def start(self) -> None:
        """Let the stream run, if it does not. Raises PortAudioError."""
        if not self._running:
            self._called_at, self._home, self._started_at = None, None, time.monotonic()
            with self._calling():
                self._stream.start()
            self._running = True

    def halt(self) -> None:
        """Stop at once; what the device still holds is dropped."""
        if self._running:
            self._running = False
            with self._calling():
                self._stream.abort()

    def beat(self) -> Beat:
        """How the stream is."""
        now = time.monotonic()
        since, called, in_call = self._started_at, self._called_at, self._in_call
        route = self._watch.route
        if self._running and route and self._home is None:
            self._home = route.device
        return Beat(
            running=self._running,
            called=called is not None,
            silent=now - (called if called is not None else since) if self._running else 0.0,
            call=now - in_call if in_call is not None else 0.0,
            zeros=self._zeros(now),
            ended=self._ended,
            lost=self._lost,
            moved=self._running and route is not None and route.device != self._home,
            muted=route is not None and route.muted,
            suspended=self._running and route is not None and route.suspended,
        )

    def _zeros(self, now: float) -> float:
        return 0.0

    def _finished(self) -> None:
        self._ended = self._running

    @contextmanager
    def _calling(self) -> Iterator[None]:
        self._in_call = time.monotonic()
        try:
            yield
        finally:
            self._in_call = None


def in_background(work: Callable[[], None], name: str) -> None:
    """Run `work` in a thread that does not keep the child alive."""
    threading.Thread(target=work, name=name, daemon=True).start()
