"""The lock can't be taken back, so every case runs in a process of its own."""

import subprocess
import sys

import pytest

LOCKED = "from app.core.offline import go_offline, guard, Guard; import socket; go_offline()\n"
HOOKED = "import app.core.offline as o; o._lock_kernel = lambda: False; import socket; o.go_offline()\n"


def outcome(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout.strip() or done.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_PACKET", "AF_VSOCK", "AF_ALG"])
@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux only")
def test_the_kernel_refuses_every_family_that_is_not_local(family: str) -> None:
    assert "PermissionError" in outcome(f"{LOCKED}socket.socket(socket.{family}, socket.SOCK_STREAM)")


@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux only")
def test_threads_children_and_programs_of_a_locked_process_are_locked() -> None:
    code = f"{LOCKED}import subprocess, sys\n"
    code += "child = 'import socket; socket.socket(socket.AF_INET)'\n"
    code += "done = subprocess.run([sys.executable, '-c', child], capture_output=True, text=True)\n"
    code += "print(guard() is Guard.KERNEL, 'PermissionError' in done.stderr)"
    assert outcome(code) == "True True"


@pytest.mark.parametrize("start", [LOCKED, HOOKED])
def test_what_the_desk_needs_still_works(start: str) -> None:
    code = f"{start}import asyncio, os\na, b = socket.socketpair(); a.send(b'x')\n"
    code += "asyncio.run(asyncio.sleep(0))\n"
    code += "print(b.recv(1).decode(), os.environ['HF_HUB_OFFLINE'])"
    assert outcome(code) == "x 1"


@pytest.mark.parametrize(
    "act",
    [
        "socket.create_connection(('192.0.2.1', 443), 1)",
        "socket.getaddrinfo('example.invalid', 443)",
        "socket.getaddrinfo(b'example.invalid', 443)",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 9))",
        "socket.socket(socket.AF_INET).bind(('0.0.0.0', 0))",
        "socket.socket(socket.AF_INET6).connect(('100::1', 443))",
    ],
)
def test_without_the_kernels_help_python_refuses_what_leaves_the_machine(act: str) -> None:
    assert "PermissionError" in outcome(HOOKED + act)


def test_loopback_stays_for_event_loops_where_there_is_no_kernel_filter() -> None:
    code = f"{HOOKED}s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()\n"
    code += "socket.create_connection(s.getsockname()); print(o.guard())"
    assert outcome(code) == "python"
