"""Main program of an audio child: the only place where sounddevice and PortAudio are loaded.

Started as `python -m app.desk.audio.child`; the job arrives as the first message on standard input, commands
follow, reports leave on standard output. When standard input closes, the desk is gone and the child ends at
once, whatever PortAudio is doing.
"""

import os
import signal
import sys
import threading
import time
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

from app.desk.audio.capture import Capture
from app.desk.audio.choose import Unavailable, choose, listed
from app.desk.audio.line import Line, Tell
from app.desk.audio.playback import Playback
from app.desk.audio.watchdog import BEAT_SECONDS, Trouble
from app.desk.audio.wire import Command, Failed, Job, Ready, Report, receive, send


def main() -> None:
    """Serve one device until standard input closes or the device fails."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reports = private_output()
    lock = threading.Lock()

    def tell(report: Report) -> None:
        try:
            with lock:
                send(reports, report)
        except OSError:
            os._exit(0)

    commands: SimpleQueue[Command] = SimpleQueue()
    job = receive(sys.stdin.buffer)
    if not isinstance(job, Job):
        return
    threading.Thread(target=_work, args=(job, commands, tell), name="device", daemon=True).start()
    while (command := receive(sys.stdin.buffer)) is not None:
        commands.put(command)  # type: ignore[arg-type]
    os._exit(0)


def private_output() -> BinaryIO:
    """Standard output for reports alone; what libraries print goes nowhere (ALSA is talkative)."""
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return reports


def _work(job: Job, commands: SimpleQueue[Command], tell: Tell) -> None:
    try:
        line = _line(job, tell)
        line.start()
        threading.Thread(target=_beat, args=(line, tell), name="beat", daemon=True).start()
        _obey(line, commands, job.linger)
    except Unavailable as error:
        tell(Failed(error.trouble, error.message))
    except OSError as error:
        tell(Failed(Trouble.NO_LIBRARY, str(error)))
    except Exception as error:
        tell(Failed(Trouble.REFUSED, f"{type(error).__name__}: {error}"))
    os._exit(1)


def _line(job: Job, tell: Tell) -> Line:
    sounddevice = load_library()
    devices = listed(sounddevice.query_devices(), sounddevice.query_hostapis(), capture=job.capture)
    device = choose(devices, job.name)
    line = (Capture if job.capture else Playback)(sounddevice, device, job, tell)
    tell(Ready(device.name, line.rate))
    return line


def load_library() -> Any:
    """The sounddevice module. Raises OSError where PortAudio itself is missing."""
    import sounddevice

    return sounddevice


def _obey(line: Line, commands: SimpleQueue[Command], linger: float) -> None:
    while True:
        try:
            line.obey(commands.get(timeout=linger))
        except Empty:
            if line.idle:
                line.halt()


def _beat(line: Line, tell: Tell) -> None:
    while True:
        tell(line.beat())
        time.sleep(BEAT_SECONDS)


if __name__ == "__main__":
    main()
