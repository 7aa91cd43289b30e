"""The program on a real terminal: it comes up, ends by key at any moment, and leaves nothing behind."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of this kind are POSIX only", allow_module_level=True)

import fcntl
import pty
import struct
import termios

ROOT = Path(__file__).parent.parent.parent
LEFT_ALTERNATE_SCREEN = b"\x1b[?1049l"
CTRL_C, CTRL_Q = b"\x03", b"\x11"


class Terminal:
    """A program on a pseudo-terminal of 100 × 30 characters."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(slave)
        environment = {**os.environ, "SPRACHPULT_HOME": str(home), "TERM": "xterm-256color"}
        command = [sys.executable, "-m", "app", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        self._slave = slave
        self.output = b""

    def wait_for(self, text: str, seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while text.encode() not in self.output:
            assert time.monotonic() < deadline, self.output[-2000:]
            self._read(0.2)

    def _read(self, timeout: float) -> bool:
        """Take what is there within the time; False if nothing came."""
        if not select.select([self._master], [], [], timeout)[0]:
            return False
        with contextlib.suppress(OSError):
            self.output += os.read(self._master, 65_536)
        return True

    def press(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def family(self) -> list[psutil.Process]:
        found: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
        return found

    def end(self, seconds: float = 30.0) -> int:
        """Exit status; keeps reading, so that the program is never blocked by a full terminal."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "the program did not end"
            self._read(0.1)
        while self._read(0.2):
            pass
        return self.process.returncode

    def restored(self) -> bool:
        return bool(termios.tcgetattr(self._slave)[3] == self.before[3])

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        os.close(self._master)
        os.close(self._slave)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@contextlib.contextmanager
def running(home: Path, *arguments: str) -> Iterator[Terminal]:
    terminal = Terminal(home, *arguments)
    try:
        yield terminal
    finally:
        terminal.close()


@pytest.mark.parametrize("key", [CTRL_Q, CTRL_C])
@pytest.mark.parametrize("moment", ["Personal", "bereit"])
def test_desk_ends_by_key_at_any_moment(home: Path, key: bytes, moment: str) -> None:
    with running(home) as terminal:
        terminal.wait_for(moment)
        family = terminal.family()
        terminal.press(key)
        assert terminal.end() == 0
        assert LEFT_ALTERNATE_SCREEN in terminal.output
        assert terminal.restored()
        _, left = psutil.wait_procs(family, timeout=10)
        assert left == []


def test_second_desk_says_that_one_is_open(home: Path) -> None:
    with running(home) as first:
        first.wait_for("Personal")
        with running(home) as second:
            assert second.end() == 1
            second.wait_for("Das Pult ist schon offen")
        first.press(CTRL_Q)
        assert first.end() == 0
    with running(home) as third:
        third.wait_for("Personal")
        third.press(CTRL_Q)
        assert third.end() == 0


def test_command_is_interrupted_in_one_line(home: Path) -> None:
    with running(home, "demo", "--no-audio") as terminal:
        terminal.wait_for("Personal sagt")
        os.killpg(terminal.process.pid, signal.SIGINT)
        assert terminal.end() == 130
        assert b"abgebrochen" in terminal.output
        assert b"Traceback" not in terminal.output
