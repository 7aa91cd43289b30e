"""No child stays behind, none disturbs the terminal, and a child that dies or hangs is replaced."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from app.desk.audio import AudioProcess
from tests.desk.audio.conftest import PATIENCE, Ear, desk, sine, speech, until
from tests.desk.audio.pulse import Pulse

SHOWN_SECONDS = 2.0

def _serves_sound(process: psutil.Process) -> bool:
    try:
        return "app.desk.audio.child" in process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def _audio_children(parent: int | None = None) -> list[psutil.Process]:
    return [c for c in psutil.Process(parent).children() if _serves_sound(c)]


DESK = """
import sys, time
import numpy as np
from app.core.types import Speech, Turn
from app.desk.audio import AudioProcess, devices
devices()
with AudioProcess("Mikrofon", "Lautsprecher", lambda state: None) as audio:
    audio.open_microphone()
    audio.play(Speech(Turn(1), "de", "", np.full(1_600_000, 0.1, np.float32), 16_000))
    assert audio.read(20), "no frame"
    try:
        print("ready", "sounddevice" in sys.modules, flush=True)
        while True:
            audio.read(1)
    except KeyboardInterrupt:
        for _ in range(200):
            audio.read(0)
        print("still hearing", audio.read(5) is not None, flush=True)
"""


@contextmanager
def running_desk() -> Iterator[tuple[subprocess.Popen[str], list[psutil.Process]]]:
    """A desk in a process of its own that listens and speaks, and its children."""
    process = subprocess.Popen(
        [sys.executable, "-c", DESK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )
    assert process.stdout and process.stderr
    with process.stdout, process.stderr:
        try:
            assert process.stdout.readline() == "ready False\n", "PortAudio is loaded in children alone"
            children = _audio_children(process.pid)
            assert len(children) == 2
            yield process, children
        finally:
            process.kill()
            process.wait()


def _gone(children: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(children, timeout=PATIENCE)[1]


@pytest.mark.parametrize("frozen", [False, True])
def test_children_end_with_a_desk_that_is_killed(server: Pulse, frozen: bool) -> None:
    with running_desk() as (process, children):
        if frozen:
            server.freeze()
        process.kill()
        process.wait()
        assert _gone(children)


def test_ctrl_c_is_for_the_desk_and_nothing_is_written_to_the_terminal(server: Pulse) -> None:
    with running_desk() as (process, children):
        os.killpg(process.pid, signal.SIGINT)
        assert process.stdout and process.stderr
        assert process.stdout.readline() == "still hearing True\n"
        assert process.wait(PATIENCE) == 0
        assert _gone(children)
        assert process.stdout.read() == process.stderr.read() == ""


def test_noise_of_a_dying_server_stays_off_the_terminal(server: Pulse) -> None:
    with running_desk() as (process, children):
        server.kill()
        assert _gone(children), "both are replaced"
        process.kill()
        assert process.stderr
        assert "ALSA" not in process.stderr.read()


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("number", "said"), [(signal.SIGKILL, "abgestürzt"), (signal.SIGSTOP, "antwortet nicht")]
)
def test_a_child_that_dies_or_hangs_is_replaced(number: int, said: str) -> None:
    with desk() as (audio, ear):
        audio.play(speech(sine(20)))
        before = _audio_children()
        for child in before:
            child.send_signal(number)
        struck = time.monotonic()
        for device in ("microphone", "loudspeaker"):
            shown, _ = ear.wait(device, ok=False, said=said)
            assert shown - struck < SHOWN_SECONDS
            ear.wait(device, ok=True, since=shown)
        assert "20,0 s nicht gesprochen" in " ".join(state.message for _, state in ear.states)
        assert not set(before) & set(_audio_children())


def test_exact_silence_is_said_and_no_reason_to_start_over(server: Pulse) -> None:
    carrier = server.control("load-module", "module-sine", "sink=patient", "frequency=300")
    with desk() as (audio, ear):
        audio.open_microphone()
        until(lambda: (frame := audio.read(1)) is not None and bool(frame.samples.any()))
        before = set(_audio_children())
        server.control("unload-module", carrier)
        silent = time.monotonic()
        shown, _ = ear.wait("microphone", ok=False, said="nur Stille")
        assert shown - silent < SHOWN_SECONDS
        server.control("load-module", "module-sine", "sink=patient", "frequency=300")
        ear.wait("microphone", ok=True, since=shown)
        assert set(_audio_children()) == before


def test_a_desk_without_devices_waits_for_them(server: Pulse) -> None:
    server.remove("patient")
    ear = Ear()
    with AudioProcess("", "", ear.notify) as audio:
        audio.open_microphone()
        for device in ("microphone", "loudspeaker"):
            ear.wait(device, ok=False)
        server.add("patient")
        server.control("load-module", "module-sine", "sink=patient", "frequency=300")
        plugged = time.monotonic()
        for device in ("microphone", "loudspeaker"):
            ear.wait(device, ok=True, since=plugged)
        assert audio.read(10) is not None
