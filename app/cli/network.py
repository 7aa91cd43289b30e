"""`sprachpult doctor --network`: shows a data-protection officer that this program can't reach a network."""

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

from app.cli.row import FINE, MISSING, WARNING, Row
from app.core.offline import Guard, guard

_OUTSIDE = "192.0.2.1"
"""An address of TEST-NET-1 (RFC 5737): belongs to nobody, so a mistake here reaches nobody."""
_PROBE = f"import socket; socket.create_connection(({_OUTSIDE!r}, 443), 1)"
_GUARDS = {
    Guard.KERNEL: (FINE, "der Kern verweigert Internet-Sockets (seccomp), auch Kindprozessen", ""),
    Guard.PYTHON: (
        WARNING,
        "Python verweigert Internet-Verbindungen (Audit-Hook)",
        "zusätzlich in der Firewall ausgehende Verbindungen dieses Programms sperren",
    ),
    Guard.NONE: (MISSING, "keine Sperre in diesem Prozess", "über den Befehl sprachpult starten"),
}


def network_rows() -> Iterator[Row]:
    """The guard in force, then one real attempt of every kind; an attempt that gets through is `missing`."""
    state, detail, hint = _GUARDS[guard()]
    yield Row("Sperre", state, detail, hint)
    yield _attempt("IPv4", lambda: _connect(socket.AF_INET, (_OUTSIDE, 443)))
    yield _attempt("IPv6", lambda: _connect(socket.AF_INET6, ("100::1", 443)))
    yield _attempt("UDP", _datagram)
    if guard() is not Guard.PYTHON:
        yield _attempt("Systemaufruf", _native)
        yield _attempt("Kindprozess", _child)
    offline = os.environ.get("HF_HUB_OFFLINE") == "1"
    yield Row(
        "Bibliotheken", FINE if offline else MISSING, "ohne Netz gestellt" if offline else "nicht gestellt"
    )
    yield _open_sockets()
    yield Row(
        "Ausnahme", FINE, "nur „sprachpult models pull“ (am Pult: Strg+O) geht ins Netz, als eigener Prozess"
    )


def _attempt(name: str, act: Callable[[], None]) -> Row:
    try:
        act()
    except PermissionError:
        return Row(name, FINE, "verweigert")
    except OSError as error:
        # Refused by a missing network, not by the guard: it could work elsewhere.
        return Row(name, MISSING, f"nicht von der Sperre verweigert ({error.strerror or error})")
    return Row(name, MISSING, "ein Internet-Socket ließ sich öffnen")


def _connect(family: socket.AddressFamily, address: tuple[str, int]) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        connection.connect(address)


def _datagram() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        connection.sendto(b"", (_OUTSIDE, 9))


def _native() -> None:
    """Past Python, as a native library would do it."""
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(int(socket.AF_INET), int(socket.SOCK_STREAM), 0)
    if descriptor < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    os.close(descriptor)


def _child() -> None:
    done = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=False)
    if "PermissionError" in done.stderr:
        raise PermissionError
    if done.returncode:
        raise OSError(done.stderr.strip().rpartition("\n")[2])


def _open_sockets() -> Row:
    import psutil

    found = psutil.Process().net_connections(kind="inet")
    return Row(
        "Offene Sockets", MISSING if found else FINE, f"{len(found)} Internet-Sockets in diesem Prozess"
    )
