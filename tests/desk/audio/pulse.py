"""A PulseAudio server of one's own with null sinks: sound without a sound card, also for root."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path

REQUIRED = ("pulseaudio", "pactl")
SET_UP = "apt install libportaudio2 libasound2-plugins pulseaudio pulseaudio-utils"
START_SECONDS = 20


def absent() -> str:
    """What this machine lacks for a sound server of one's own; empty if nothing."""
    if sys.platform != "linux":
        return "a Linux sound server"
    missing = [program for program in REQUIRED if shutil.which(program) is None]
    if find_library("portaudio") is None:
        missing.append("libportaudio2")
    return f"{', '.join(missing)} ({SET_UP})" if missing else ""


class Pulse:
    """The server and its two null sinks: what is played into `patient` is heard by the microphone.

    `norewinds`: a null sink otherwise renders up to two seconds ahead, takes it back when a stream starts,
    and loses sound of that stream.
    """

    def __init__(self, folder: Path, rate: int = 48_000) -> None:
        self.folder = folder
        self.rate = rate
        self.socket = folder / "socket"
        self._server: subprocess.Popen[bytes] | None = None
        self._modules: dict[str, str] = {}

    def environment(self) -> dict[str, str]:
        """What a process must be started with to hear this server and nothing else."""
        return {
            "PULSE_SERVER": f"unix:{self.socket}", "PULSE_RUNTIME_PATH": str(self.folder / "runtime"),
            "ALSA_CONFIG_PATH": str(self.folder / "alsa.conf"), "HOME": str(self.folder),
            "XDG_RUNTIME_DIR": str(self.folder),
        }

    def configure(self, names: Mapping[str, str]) -> None:
        """Give PortAudio its devices: name → device on the server (empty: the server's own default)."""
        rows = []
        for name, device in {"default": "", **names}.items():
            where = f'device "{device}"' if device else ""
            rows.append(
                f'pcm.!{name} {{ type pulse server "unix:{self.socket}" {where} '
                f'hint {{ show on description "{name}" }} }}'
            )
        (self.folder / "alsa.conf").write_text("\n".join(rows) + "\n")

    def start(self, *sinks: str) -> None:
        """Start the server and load the sinks."""
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
             "--disable-shm=yes", "-L", f"module-native-protocol-unix socket={self.socket} auth-anonymous=1"],
            env=os.environ | self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        until, tick = time.monotonic() + START_SECONDS, threading.Event()
        while not self.socket.exists():
            if self._server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("pulseaudio did not start")
            tick.wait(0.02)
        self._modules.clear()
        for sink in sinks:
            self.add(sink)

    def add(self, sink: str) -> None:
        self._modules[sink] = self.control(
            "load-module", "module-null-sink", f"sink_name={sink}", f"rate={self.rate}", "norewinds=1"
        )

    def remove(self, sink: str) -> None:
        self.control("unload-module", self._modules.pop(sink))

    def control(self, *words: str) -> str:
        """Run pactl against this server and return what it prints."""
        done = subprocess.run(
            ["pactl", *words], env=os.environ | self.environment(), capture_output=True, text=True,
            timeout=20, check=True,
        )
        return done.stdout.strip()

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def kill(self) -> None:
        """End the server without any goodbye."""
        assert self._server
        self._server.kill()
        self._server.wait()
        self.socket.unlink(missing_ok=True)

    def _signal(self, number: int) -> None:
        assert self._server
        self._server.send_signal(number)

    def stop(self) -> None:
        if self._server and self._server.poll() is None:
            self.thaw()
            self.kill()


@contextmanager
def pulse(rate: int = 48_000) -> Iterator[Pulse]:
    """A running server: what goes to `Probe-Lautsprecher` is heard by `Probe-Mikrofon`."""
    with tempfile.TemporaryDirectory(prefix="sp-") as folder:
        server = Pulse(Path(folder), rate)
        server.configure({"Probe-Mikrofon": "patient.monitor", "Probe-Lautsprecher": "patient"})
        server.start("patient")
        try:
            yield server
        finally:
            server.stop()
