"""Lets the open desk have models fetched, though the desk itself is locked out of every network.

The lock is inherited by children, so a small process is started before it: it waits for language codes on its
standard input and runs `sprachpult models pull` for them, the only command that goes online. It sees nothing
else of the desk.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable

import psutil

_WAIT = """
import json, subprocess, sys
for line in sys.stdin:
    pull = [sys.executable, "-m", "app", "models", "pull", "--yes", "--languages", line.strip()]
    quiet = subprocess.DEVNULL
    ways = {"stdin": quiet, "stdout": quiet, "stderr": subprocess.PIPE}
    done = subprocess.run(pull, encoding="utf-8", errors="replace", **ways)
    last = (done.stderr.strip().splitlines() or [""])[-1]
    print(json.dumps({"code": done.returncode, "message": last.removeprefix("sprachpult: ")}), flush=True)
"""
Done = Callable[[str], None]
"""Gets the complaint of a fetch that has ended, empty if all went well."""


class Fetcher:
    """One waiting process; create it before `go_offline`."""

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _WAIT],
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._busy = threading.Event()

    @property
    def running(self) -> bool:
        return self._busy.is_set()

    def fetch(self, language: str, done: Done) -> bool:
        """Have the models of a language fetched; `done` is called from a thread. False if one runs."""
        if self.running:
            return False
        self._busy.set()
        threading.Thread(target=self._fetch, args=(language, done), name="fetch", daemon=True).start()
        return True

    def close(self) -> None:
        """End it, and a fetch that runs; what was fetched so far is kept and continued next time."""
        try:
            children = psutil.Process(self._process.pid).children(recursive=True)
        except psutil.Error:
            children = []
        for child in children:
            child.terminate()
        self._process.terminate()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _fetch(self, language: str, done: Done) -> None:
        try:
            message = self._asked(language)
        except (OSError, ValueError):
            message = "das Holen wurde beendet"
        self._busy.clear()
        done(message)

    def _asked(self, language: str) -> str:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None and stdout is not None
        stdin.write(f"{language}\n")
        stdin.flush()
        answer = json.loads(stdout.readline())
        return str(answer["message"]) or "gescheitert" if answer["code"] else ""
