"""The microphone as the live loop sees it: sessions of frames, the last of which is never lost."""

import time
from collections import deque
from collections.abc import Callable
from threading import Condition

import numpy as np

from app.core.events import AudioState
from app.desk.audio.supervisor import Hooks, Supervisor
from app.desk.audio.wire import Close, Job, Open, Ready, SessionEnded, Sound
from app.desk.ports import FRAME_SECONDS, EndOfSound, Frame

HELD_FRAMES = round(30 / FRAME_SECONDS)
"""Thirty seconds may wait for a reader; then the oldest are dropped and counted."""
TAIL_SECONDS = 1.0
"""The tail of a session arrives within 0.3 s; a device in trouble is not waited for longer than this."""


class Microphone:
    """Owns the child that captures."""

    def __init__(self, name: str, rate: int | None, notify: Callable[[AudioState], None]) -> None:
        self._news = Condition()
        self._frames: deque[Frame] = deque()
        self._session = 0
        self._open = False
        self._tail_until = 0.0
        self._closed = False
        self._dropped = 0
        hooks = Hooks(notify, self._hear, lambda: "")
        self._supervisor = Supervisor(Job("microphone", name, rate), hooks)

    @property
    def dropped(self) -> int:
        return self._dropped + self._supervisor.lost

    def open(self) -> None:
        with self._news:
            if self._open:
                return
            self._session += 1
            self._open, self._tail_until = True, 0.0
            self._frames.clear()
        self._supervisor.send(Open(self._session))

    def close_session(self) -> None:
        with self._news:
            if not self._open:
                return
            self._open, self._tail_until = False, time.monotonic() + TAIL_SECONDS
        self._supervisor.send(Close(self._session))

    def read(self, timeout: float) -> Frame | None:
        """Next frame; after the session was closed, None means that its tail is complete. EndOfSound."""
        until = time.monotonic() + timeout
        with self._news:
            while not self._frames:
                if self._closed:
                    raise EndOfSound
                left = max(until, self._tail_until) - time.monotonic()
                if left <= 0:
                    return None
                self._news.wait(left)
            return self._frames.popleft()

    def close(self) -> None:
        with self._news:
            self._closed = True
            self._news.notify_all()
        self._supervisor.close()

    def _hear(self, report: object) -> None:
        match report:
            case Ready() if self._open:
                self._supervisor.send(Open(self._session))
            case Sound():
                self._keep(report)
            case SessionEnded(session):
                with self._news:
                    if session == self._session and not self._open:
                        self._tail_until = 0.0
                        self._news.notify_all()

    def _keep(self, sound: Sound) -> None:
        with self._news:
            if sound.session != self._session:
                return
            if len(self._frames) == HELD_FRAMES:
                self._frames.popleft()
                self._dropped += 1
            self._frames.append(Frame(np.frombuffer(sound.pcm, np.float32), sound.time))
            self._news.notify_all()
