"""Keeps one device served: starts its child, watches it, says what is wrong, replaces it."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.core.events import AudioState
from app.desk.audio import messages
from app.desk.audio.offspring import Offspring
from app.desk.audio.watchdog import Judgement, Trouble, backoff, judge
from app.desk.audio.wire import Command, Job

TICK_SECONDS = 0.1
LATE_SECONDS = 0.5
"""A tick this late says that the desk itself was held up, not the child: judge at the next one."""
STEADY_SECONDS = 3.0
"""A device that fails again before this is left alone for longer each time."""
CLOSE_SECONDS = 5.0
NO_LIBRARY_SECONDS = 30.0
"""Between two looks for a missing library: somebody may install it while the desk runs."""


@dataclass(frozen=True, slots=True)
class Hooks:
    """What the owner of a device does; called on threads of the supervisor."""

    notify: Callable[[AudioState], None]
    hear: Callable[[object], None]
    """A report of the present child: Ready, Sound, SessionEnded or Played."""
    abandon: Callable[[], str]
    """The device no longer plays: forget what was queued and say in German what that was."""


class Supervisor:
    """One device with its watchdog thread."""

    def __init__(self, job: Job, hooks: Hooks) -> None:
        self._job = job
        self._hooks = hooks
        self._closing = threading.Event()
        self._child: Offspring | None = None
        self._failures = 0
        self._well_at = math.inf
        self._shown: Trouble | None = None
        self._shown_well = False
        self._lost = 0
        self._thread = threading.Thread(target=self._run, name=f"{job.device}-watch", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong now, as last shown."""
        return self._shown

    @property
    def lost(self) -> int:
        """Blocks of 20 ms that the library or this device's children had to drop so far."""
        child = self._child
        return self._lost + (child.vitals().beat.lost if child else 0)

    @property
    def child(self) -> Offspring | None:
        """The present child, if its device is open."""
        child = self._child
        return child if child and child.ready else None

    def send(self, command: Command) -> None:
        """Hand a command to the present child; without one it is dropped."""
        if child := self.child:
            child.send(command)

    def close(self) -> None:
        """End watchdog and child. A `notify` that never returns cannot keep the desk from closing."""
        self._closing.set()
        if self._thread is not threading.current_thread():
            self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        pause = 0.0
        while not self._closing.wait(pause):
            try:
                self._serve()
            except OSError:
                self._show_trouble(Judgement(Trouble.DIED, restart=True))
            self._failures = 1 if self._steady() else self._failures + 1
            pause = NO_LIBRARY_SECONDS if self._shown is Trouble.NO_LIBRARY else backoff(self._failures)

    def _steady(self) -> bool:
        """The device worked for a while: its next child need not wait."""
        steady = time.monotonic() - self._well_at > STEADY_SECONDS
        self._well_at = math.inf
        return steady

    def _serve(self) -> None:
        """The life of one child. Raises OSError if the system has no room for one."""
        child = self._child = Offspring(self._job, self._hear)
        child.begin()
        hanging = self._watch(child)
        self._child = None
        child.end(at_once=hanging)
        self._lost += child.vitals().beat.lost

    def _watch(self, child: Offspring) -> bool:
        """Returns True when the child must be replaced, False when the desk closes."""
        before = time.monotonic()
        while not self._closing.wait(TICK_SECONDS):
            late, before = time.monotonic() - before > LATE_SECONDS, time.monotonic()
            if late:
                continue
            judgement = judge(child.vitals())
            if judgement.well:
                self._show_well(child)
            elif judgement.trouble and self._show_trouble(judgement):
                return True
        return False

    def _show_well(self, child: Offspring) -> None:
        if child.ready and not self._shown_well:
            self._shown, self._shown_well, self._well_at = None, True, time.monotonic()
            self._hooks.notify(messages.well(self._job.device, child.ready.name, child.ready.rate))

    def _show_trouble(self, judgement: Judgement) -> bool:
        """Say it once; True if the child has to go, which is also so when it still holds speech."""
        assert judgement.trouble
        sounding = judgement.trouble in (Trouble.MUTED, Trouble.ZEROS)
        starting = self.child is None and not judgement.restart
        lost = "" if sounding or starting else self._hooks.abandon()
        if lost or judgement.trouble != self._shown:
            self._shown, self._shown_well = judgement.trouble, False
            self._hooks.notify(
                messages.state(self._job.device, judgement.trouble, wanted=self._job.name, lost=lost)
            )
        return judgement.restart or bool(lost)

    def _hear(self, child: Offspring, report: object) -> None:
        if child is self._child:
            self._hooks.hear(report)
