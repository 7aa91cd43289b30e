"""A child process of the desk: started, spoken to without ever blocking, and ended for certain."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import app
from app.desk.audio.watchdog import Beat, Vitals
from app.desk.audio.wire import Command, Failed, Job, Ready, receive, send

SOUND_PRIORITY = -10
"""POSIX nice value, as PulseAudio gives itself; an ordinary user may not, and stays at the desk's own."""
END_SECONDS = 1.0
"""A child that is asked to end does so within milliseconds; after this it is killed."""


class Offspring:
    """One child for one device, started by `begin`. `hear` gets its reports on a reader thread.

    A plain subprocess rather than `multiprocessing`: that would import the desk's main module again, and its
    resource tracker cannot start under a terminal interface that has replaced `sys.stderr`.
    """

    def __init__(self, job: Job, hear: Callable[["Offspring", object], None]) -> None:
        self._hear = hear
        self._born = self._beat_at = time.monotonic()
        self._beat = Beat()
        self._gone = False
        self.ready: Ready | None = None
        self.failed: Failed | None = None
        self._process = subprocess.Popen(
            command_line("app.desk.audio.child"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=environment(), **apart(),
        )
        prefer(self._process.pid)
        self._outbox: SimpleQueue[Job | Command | None] = SimpleQueue()
        self._outbox.put(job)
        self._threads = [
            threading.Thread(target=work, name=f"{job.device}-{work.__name__}", daemon=True)
            for work in (self._read, self._write)
        ]

    def begin(self) -> None:
        """Give the child its job and listen to it."""
        for thread in self._threads:
            thread.start()

    def send(self, command: Command) -> None:
        self._outbox.put(command)

    def vitals(self) -> Vitals:
        now = time.monotonic()
        return Vitals(
            age=now - self._born,
            quiet=now - self._beat_at,
            ready=self.ready is not None,
            gone=self._gone,
            failed=self.failed.trouble if self.failed else None,
            beat=self._beat,
        )

    def end(self, *, at_once: bool = False) -> None:
        """Close its standard input, on which it ends; kill it if it does not, or if it is known to hang."""
        if at_once:
            self._process.kill()
        self._outbox.put(None)
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    def _write(self) -> None:
        assert self._process.stdin
        try:
            while (message := self._outbox.get()) is not None:
                send(self._process.stdin, message)
        except OSError:
            pass
        finally:
            _close(self._process.stdin)

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as pipe:
            while (report := receive(pipe)) is not None:
                match report:
                    case Beat():
                        self._beat, self._beat_at = report, time.monotonic()
                    case Ready():
                        self.ready, self._beat_at = report, time.monotonic()
                        self._hear(self, report)
                    case Failed():
                        self.failed = report
                    case _:
                        self._hear(self, report)
        self._gone = True


def command_line(module: str) -> list[str]:
    """Run a module of ours in the interpreter of the desk; `-P` keeps the current folder out of its path."""
    return [sys.executable, "-P", "-m", module]


def environment() -> dict[str, str]:
    """The desk's environment, with our package findable and number libraries kept from starting threads."""
    root = str(Path(app.__file__).resolve().parent.parent)
    path = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | {
        "PYTHONPATH": os.pathsep.join(path), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
    }


def apart() -> dict[str, Any]:
    """Keep a child out of the terminal's reach: Ctrl-C is for the desk, which then ends its children."""
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        return {"creationflags": flags | subprocess.HIGH_PRIORITY_CLASS}
    return {"start_new_session": True}


def prefer(pid: int) -> None:
    """Sound goes before computing, where the system lets us say so; it needs 2 % of a core."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, SOUND_PRIORITY)


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return



