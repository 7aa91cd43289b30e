"""What goes wrong with getting, keeping and carrying models."""

import errno
from pathlib import Path

from app.core.errors import SprachpultError

GO_ON = "derselbe Befehl noch einmal macht dort weiter"


class ModelStoreError(SprachpultError):
    """A model could not be got, checked, converted or carried; nothing is half-installed."""


def disk_error(error: OSError, path: Path) -> ModelStoreError:
    """What an operating system says about a folder, in one line."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return ModelStoreError(f"Kein Platz mehr für {path}", f"Platz schaffen; {GO_ON}")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = "Rechte prüfen, oder SPRACHPULT_HOME auf einen eigenen Ordner setzen"
        return ModelStoreError(f"In {path} darf nicht geschrieben werden", hint)
    return ModelStoreError(f"{path}: {error.strerror or error}", f"Datenträger prüfen; {GO_ON}")
