"""How far fetching is, for other processes: the desk can't fetch, but it can show what `models pull` does."""

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from app.modelstore.store import PARTIAL, Store

_NAME = "status.json"
_FRESH = 60.0
"""Seconds after which a note counts as left behind by a process that is gone."""
_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class Status:
    """The latest news; sizes in bytes, total 0 if a server did not say."""

    step: str
    done: int
    total: int

    @property
    def share(self) -> float:
        return min(1.0, self.done / self.total) if self.total else 0.0


def read_status(store: Store) -> Status | None:
    """What a fetch that is running said last; None if none is running."""
    path = _path(store)
    try:
        if time.time() - path.stat().st_mtime > _FRESH:
            return None
        table = json.loads(path.read_text("utf-8"))
        return Status(str(table["step"]), int(table["done"]), int(table["total"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


class StatusNote:
    """Writes the news at most twice a second; a disk that refuses does not stop the fetch."""

    def __init__(self, store: Store) -> None:
        self._path = _path(store)
        self._next = 0.0

    def write(self, status: Status) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _PAUSE
        partial = self._path.with_suffix(".part")
        try:
            partial.write_text(json.dumps(asdict(status)), "utf-8")
            partial.replace(self._path)
        except OSError:
            return

    def clear(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _path(store: Store) -> Path:
    return store.root / PARTIAL / _NAME
