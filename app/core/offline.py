"""Offline for good: after `go_offline` this process and its children can't open an internet socket.

On Linux the kernel refuses (seccomp): sockets of any family but local ones, and io_uring, which could make
sockets past that filter. Elsewhere, or where libseccomp is missing, a Python audit hook refuses; it can't see
what native code does, so `doctor --network` asks for a firewall rule there. Neither can be taken back.
"""

import errno
import os
import sys
from enum import StrEnum
from ipaddress import ip_address

_LOCAL_FAMILIES = {1, 16}
"""AF_UNIX (sound server, print service) and AF_NETLINK (the kernel's device lists), as Linux numbers them."""
_FAMILIES = 64
"""Linux knows 46 address families today; the filter covers some to come."""
_OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
_ADDRESS_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.bind": 1}
"""Audit events with the place of the address in their arguments."""
_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname"}


class Guard(StrEnum):
    """What keeps this process offline."""

    NONE = "none"
    KERNEL = "kernel"
    """seccomp: native code and child processes included."""
    PYTHON = "python"
    """Audit hook: Python code of this process only."""


_guards: list[Guard] = []


def guard() -> Guard:
    """The guard in force."""
    return _guards[-1] if _guards else Guard.NONE


def go_offline() -> Guard:
    """Lock this process, once; gives the guard now in force. Called before threads and engines exist."""
    if not _guards:
        # Libraries that could reach for the network are told so, and then do not try.
        os.environ.update(_OFFLINE)
        _guards.append(Guard.KERNEL if sys.platform == "linux" and _lock_kernel() else Guard.PYTHON)
        if _guards[-1] is Guard.PYTHON:
            sys.addaudithook(_refuse)
    return guard()


def _lock_kernel() -> bool:
    try:
        import pyseccomp as seccomp

        rules = seccomp.SyscallFilter(defaction=seccomp.ALLOW)
        for family in set(range(_FAMILIES)) - _LOCAL_FAMILIES:
            rules.add_rule(seccomp.ERRNO(errno.EACCES), "socket", seccomp.Arg(0, seccomp.EQ, family))
        rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "io_uring_setup")
        rules.load()
    except (ImportError, OSError, RuntimeError, ValueError):
        # No libseccomp, an old one, or a kernel without filters: the other guard takes over.
        return False
    return True


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _LOOKUPS:
        address = arguments[0]
    elif event in _ADDRESS_EVENTS:
        place = arguments[_ADDRESS_EVENTS[event]]
        # Addresses of local sockets are no tuples.
        address = place[0] if isinstance(place, tuple) and place else None
    else:
        return
    if isinstance(address, bytes):
        address = address.decode("ascii", "replace")
    if isinstance(address, str) and not _is_local(address):
        raise PermissionError(errno.EACCES, "Sprachpult öffnet keine Netzverbindung")


def _is_local(address: str) -> bool:
    """True for this machine itself: Windows' event loops talk to themselves over loopback."""
    if address in ("localhost", ""):
        return True
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
