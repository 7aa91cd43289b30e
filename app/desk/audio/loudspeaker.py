"""The loudspeaker as the live loop sees it: pieces queued, silenced, and accounted for to the last one."""

import threading
import time
from collections.abc import Callable

import numpy as np

from app.core.events import AudioState
from app.core.types import Speech
from app.desk.audio import messages
from app.desk.audio.supervisor import Hooks, Supervisor
from app.desk.audio.watchdog import Trouble
from app.desk.audio.wire import Job, Play, Played, Stop


class Loudspeaker:
    """Owns the child that plays."""

    def __init__(self, name: str, rate: int | None, notify: Callable[[AudioState], None]) -> None:
        self._lock = threading.Lock()
        self._notify = notify
        self._waiting: dict[int, Speech] = {}
        self._pieces = 0
        self._sounds_until = 0.0
        self._unplayed: tuple[Speech, ...] = ()
        self._supervisor = Supervisor(
            Job("loudspeaker", name, rate), Hooks(notify, self._hear, self._abandon)
        )

    @property
    def playing(self) -> bool:
        with self._lock:
            return bool(self._waiting) or time.monotonic() < self._sounds_until

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
            self._waiting[self._pieces] = speech
            pcm = np.ascontiguousarray(speech.samples, np.float32).tobytes()
            self._supervisor.send(Play(self._pieces, pcm, speech.rate, speech.last))

    def stop(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._sounds_until = 0.0
        self._supervisor.send(Stop())

    def close(self) -> None:
        self._supervisor.close()
        self.stop()

    def _refuse(self, speech: Speech, trouble: Trouble) -> None:
        with self._lock:
            self._unplayed += (speech,)
            lost = messages.not_played(_seconds(self._unplayed))
        self._notify(messages.state("loudspeaker", trouble, lost=lost))

    def _hear(self, report: object) -> None:
        if isinstance(report, Played):
            with self._lock:
                if self._waiting.pop(report.piece, None):
                    self._sounds_until = report.ends

    def _abandon(self) -> str:
        with self._lock:
            if not self._waiting:
                return ""
            self._unplayed = tuple(self._waiting.values())
            self._waiting.clear()
            self._sounds_until = 0.0
            return messages.not_played(_seconds(self._unplayed))


def _seconds(pieces: tuple[Speech, ...]) -> float:
    return sum(len(piece.samples) / piece.rate for piece in pieces)
