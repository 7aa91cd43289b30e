"""What the machine is doing, as one value for the top of the desk."""

import threading
from collections.abc import Callable

from app.core.events import Activity, Status
from app.core.types import Speaker, Turn
from app.desk.turns import Turns


class Board:
    """Collects what each thread is doing and shows the most telling of it; safe to call from any thread.

    Work ahead of the end of a turn happens behind the scenes: until then the speaker has the floor.
    """

    def __init__(self, show: Callable[[Status], None], turns: Turns) -> None:
        self._show = show
        self._turns = turns
        self._listening: tuple[Speaker | None] | None = None
        self._working: tuple[Activity, Turn] | None = None
        self._speaking: tuple[Speaker | None] | None = None
        self._dropped_frames = 0
        self._dropped_utterances = 0
        self._shown = Status(Activity.IDLE)
        self._lock = threading.RLock()

    def listen(self, speaker: Speaker | None) -> None:
        """The microphone is open for this speaker; None: for both."""
        with self._lock:
            self._listening = (speaker,)
            self.refresh()

    def stop_listening(self) -> None:
        with self._lock:
            self._listening = None
            self.refresh()

    def work(self, activity: Activity, turn: Turn) -> None:
        with self._lock:
            self._working = (activity, turn)
            self.refresh()

    def stop_working(self) -> None:
        with self._lock:
            self._working = None
            self.refresh()

    def speak(self, speaker: Speaker | None) -> None:
        with self._lock:
            self._speaking = (speaker,)
            self.refresh()

    def stop_speaking(self) -> None:
        with self._lock:
            self._speaking = None
            self.refresh()

    def drop_frames(self, total: int) -> None:
        """Frames that the sound source has lost so far."""
        if total != self._dropped_frames:
            with self._lock:
                self._dropped_frames = total
                self.refresh()

    def drop_utterance(self) -> None:
        with self._lock:
            self._dropped_utterances += 1
            self.refresh()

    def refresh(self) -> None:
        """Show the state if it changed."""
        with self._lock:
            activity, speaker = self._now()
            status = Status(activity, speaker, self._dropped_frames + self._dropped_utterances)
            if status != self._shown:
                self._shown = status
                self._show(status)

    def _now(self) -> tuple[Activity, Speaker | None]:
        if self._speaking:
            return Activity.SPEAKING, self._speaking[0]
        if self._working and self._turns.is_final(self._working[1]):
            return self._working[0], self._turns.speaker(self._working[1])
        if self._listening:
            return Activity.LISTENING, self._listening[0]
        return Activity.WAITING if self._turns.any_waits() else Activity.IDLE, None
