"""Hands a finished sheet to the system: to its print service, or to whatever shows PDF files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from app.core.errors import SprachpultError

_HINT = "die Datei selbst öffnen und von dort drucken"


class PrintError(SprachpultError):
    """The system would not take the sheet."""


def print_sheet(path: Path) -> str:
    """Put a PDF into the queue of the default printer; gives what the print service said."""
    if sys.platform == "win32":
        try:
            os.startfile(path, "print")
        except OSError as error:
            raise PrintError(f"{path}: nicht gedruckt ({error.strerror})", _HINT) from error
        return "an Windows übergeben"
    lp = shutil.which("lp")
    if lp is None:
        raise PrintError("Kein Druckdienst: der Befehl lp fehlt", f"CUPS einrichten, oder {_HINT}")
    return _run([lp, "--", str(path)])


def show_sheet(path: Path) -> None:
    """Open a PDF in the system's viewer."""
    if sys.platform == "win32":
        os.startfile(path)
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        raise PrintError("Kein Programm zum Ansehen gefunden", f"{path} selbst öffnen")
    _run([opener, str(path)])


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PrintError(f"{command[0]} antwortet nicht ({type(error).__name__})", _HINT) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"Fehler {done.returncode}"]
        raise PrintError(lines[0], _HINT)
    return done.stdout.strip()
