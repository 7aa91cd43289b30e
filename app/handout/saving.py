"""Writes a file whole or not at all."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from app.core.errors import InputError


def save(path: Path, content: bytes) -> None:
    """Put `content` where `path` says; a reader sees the old file or the new one, never half of one.

    Raises InputError if that is not possible.
    """
    if path.is_dir():
        raise InputError(f"{path}: ist ein Ordner", "einen Dateinamen angeben")
    staged = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, staged = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes a file for its owner alone; a handout is there to be shared.
        Path(staged).chmod(0o644)
        Path(staged).replace(path)
    except OSError as error:
        if staged is not None:
            with suppress(OSError):
                Path(staged).unlink()
        message = f"{path}: nicht zu schreiben ({error.strerror})"
        raise InputError(message, "Ordner, Platz und Rechte prüfen") from error
