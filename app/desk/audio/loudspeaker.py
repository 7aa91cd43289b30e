"""The loudspeaker as the live loop sees it: pieces queued, silenced, and accounted for to the last one."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.core.events import AudioState
from app.core.types import Speech
from app.desk.audio import messages
from app.desk.audio.offspring import Offspring
from app.desk.audio.supervisor import Hooks, Supervisor
from app.desk.audio.watchdog import Trouble
from app.desk.audio.wire import Job, Play, Played, Ready, Stop


@dataclass(slots=True)
class _Queued:
    """A piece, and the child that was given it."""

    speech: Speech
    child: Offspring | None = None


class Loudspeaker:
    """Owns the child that plays."""

    def __init__(self, name: str, rate: int | None, notify: Callable[[AudioState], None]) -> None:
        self._lock = threading.Lock()
        self._notify = notify
        self._queue: dict[int, _Queued] = {}
        self._pieces = 0
        self._leaving: Speech | None = None
        self._sounds_until = 0.0
        self._unplayed: tuple[Speech, ...] = ()
        self._supervisor = Supervisor(
            Job("loudspeaker", name, rate), Hooks(notify, self._hear, self._abandon)
        )

    @property
    def playing(self) -> bool:
        with self._lock:
            return bool(self._queue) or time.monotonic() < self._sounds_until

    @property
    def unplayed(self) -> tuple[Speech, ...]:
        """What the last fault swallowed, whole or in part; empty again when something is played after it."""
        with self._lock:
            return self._unplayed

    def play(self, speech: Speech) -> None:
        """Queue sound. While the device is in trouble it counts as unplayed at once, and that is notified."""
        trouble = self._supervisor.trouble
        if trouble and trouble is not Trouble.MUTED:
            self._refuse(speech, trouble)
            return
        with self._lock:
            self._pieces += 1
            self._unplayed = ()
            self._queue[self._pieces] = _Queued(speech)
            self._hand_over()

    def stop(self) -> None:
        with self._lock:
            self._forget()
        self._supervisor.send(Stop())

    def close(self) -> None:
        self._supervisor.close()
        self.stop()

    def _refuse(self, speech: Speech, trouble: Trouble) -> None:
        with self._lock:
            self._unplayed += (speech,)
            lost = messages.not_played(_seconds(self._unplayed))
        self._notify(messages.state("loudspeaker", trouble, lost=lost))

    def _hand_over(self) -> None:
        """Give the present child what it does not have: pieces queued before it was ready included."""
        child = self._supervisor.child
        for number, queued in self._queue.items():
            if child and queued.child is not child:
                speech, queued.child = queued.speech, child
                pcm = np.ascontiguousarray(speech.samples, np.float32).tobytes()
                child.send(Play(number, pcm, speech.rate, speech.last))

    def _hear(self, report: object) -> None:
        with self._lock:
            match report:
                case Ready():
                    self._hand_over()
                case Played(number, ends) if queued := self._queue.pop(number, None):
                    self._leaving, self._sounds_until = queued.speech, ends

    def _abandon(self) -> str:
        with self._lock:
            swallowed = [queued.speech for queued in self._queue.values()]
            if self._leaving and time.monotonic() < self._sounds_until:
                swallowed.insert(0, self._leaving)
            self._forget()
            if not swallowed:
                return ""
            self._unplayed = tuple(swallowed)
            return messages.not_played(_seconds(self._unplayed))

    def _forget(self) -> None:
        self._queue.clear()
        self._leaving, self._sounds_until = None, 0.0


def _seconds(pieces: tuple[Speech, ...]) -> float:
    return sum(len(piece.samples) / piece.rate for piece in pieces)
