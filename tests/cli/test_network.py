"""No way into a network: the program's own word, a machine without one, and the kernel's record."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command, rows

ROOT = Path(__file__).parent.parent.parent
APP = [sys.executable, "-m", "app"]

if sys.platform != "linux":
    pytest.skip("unshare, strace and seccomp are Linux only", allow_module_level=True)


def run(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SPRACHPULT_HOME": str(home)}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=150
    )


def test_doctor_shows_that_every_way_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, *APP, "doctor", "--network", "--json")
    states = {row["check"]: row["state"] for row in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0 and set(states.values()) == {"fine"}
    assert {"Sperre", "IPv4", "IPv6", "UDP", "Systemaufruf", "Kindprozess", "Offene Sockets"} <= set(states)


def test_doctor_says_so_if_there_is_no_guard(command: Command) -> None:
    # Commands called inside a test process are not locked: exactly what the officer must be told.
    status, out, _ = command("doctor", "--network", "--json")
    states = {row["check"]: row["state"] for row in rows(out)}
    assert status == 1 and states["Sperre"] == "missing" and states["Kindprozess"] == "missing"


def test_a_whole_consultation_on_a_machine_without_network(tmp_path: Path) -> None:
    done = run(tmp_path, "unshare", "-rn", *APP, "demo", "--no-audio", "--json")
    events = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert events.count("speech") >= 3 and "failure" not in events


def recorded(tmp_path: Path, *command: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run under strace; gives the calls of all its processes that name an internet address family."""
    strace = shutil.which("strace")
    assert strace, "strace fehlt: apt install strace"
    record = tmp_path / "calls.txt"
    done = run(tmp_path, strace, "-f", "-qq", "-e", "trace=network", "-o", str(record), *command)
    calls = record.read_text("utf-8", "replace")
    return done, re.findall(r"(?:socket|connect|bind|sendto)\(.*AF_INET6?\b.*", calls)


def test_the_kernel_records_no_internet_socket_in_a_whole_consultation(tmp_path: Path) -> None:
    done, calls = recorded(tmp_path, *APP, "demo", "--no-audio", "--json")
    assert done.returncode == 0, done.stderr
    assert '"event": "speech"' in done.stdout
    assert not calls


def test_the_record_would_show_one(tmp_path: Path) -> None:
    _, calls = recorded(tmp_path, sys.executable, "-c", "import socket; socket.socket()")
    assert len(calls) == 1
