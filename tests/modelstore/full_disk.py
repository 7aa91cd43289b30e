"""Fetches onto a small disk of its own that fills up in the middle, or is read-only; prints what came of it.

Run under `unshare -rm`: the disk is a tmpfs in a mount namespace, so that it really is full.
"""

import contextlib
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from app.core.errors import SprachpultError
from app.modelstore.errors import ModelStoreError
from app.modelstore.fetch.pull import Progress, Puller
from app.modelstore.fetch.sources import ask
from app.modelstore.store import PARTIAL, Store
from tests.modelstore.campaign import AGAIN, RESUMED, WHOLE, require_absent_or_whole, require_whole
from tests.modelstore.offered import ROWS, impatient

MEGABYTES = 90
MOMENTS = (0.0, 0.3, 0.6, 0.9, "wandle", "prüfe")
"""Share of the bytes that have come, or the step that begins, when the disk fills up."""


class Disk:
    """A small tmpfs that fills up at a moment."""

    def __init__(self, folder: Path, moment: float | str) -> None:
        self._folder, self._moment = folder, moment
        self._full = False
        _system("mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder))

    def watch(self, progress: Progress) -> None:
        if isinstance(self._moment, str):
            reached = progress.step.startswith(self._moment)
        else:
            reached = progress.total > 0 and progress.done / progress.total > self._moment
        if reached and not self._full:
            self._full = True
            self._fill()

    def protect(self, how: str) -> None:
        """`ro` or `rw`."""
        _system("mount", "-o", f"remount,{how}", str(self._folder))

    def clear(self) -> None:
        (self._folder / "filler").unlink(missing_ok=True)

    def __enter__(self) -> "Disk":
        return self

    def __exit__(self, *_: object) -> None:
        _system("umount", str(self._folder))

    def _fill(self) -> None:
        with (self._folder / "filler").open("wb", buffering=0) as filler:
            for size in (1 << 16, 1 << 12):
                with contextlib.suppress(OSError):
                    while True:
                        filler.write(bytes(size))


def attempt(url: str, folder: Path, model: str, moment: float | str | None) -> dict[str, object]:
    """One fetch onto a disk that fills up (no moment: is read-only), and one after it was repaired."""
    row, root, begin = ROWS[model], folder / "models", time.perf_counter()
    with Disk(folder, "never" if moment is None else moment) as disk:
        if moment is None:
            disk.protect("ro")
        error = _pull(url, root, model, disk)
        if error is None:
            # The last byte was already written.
            require_whole(root, row)
        else:
            assert isinstance(error, ModelStoreError) and error.hint and "\n" not in str(error), error
        require_absent_or_whole(root, row)
        disk.clear() if moment is not None else disk.protect("rw")
        kept = any((root / PARTIAL / model / "files").glob("*"))
        assert _pull(url, root, model, disk) is None
        require_whole(root, row)
    return {
        "model": model,
        "event": "read-only" if moment is None else "full",
        "message": str(error or ""),
        "outcome": WHOLE if error is None else RESUMED if kept else AGAIN,
        "seconds": time.perf_counter() - begin,
    }


def _pull(url: str, root: Path, model: str, disk: Disk) -> SprachpultError | None:
    store, policy = Store(root), impatient(url)
    try:
        sources, failed = ask([ROWS[model]], store, policy, threading.Event())
        return failed.get(model) or Puller(store, policy, disk.watch).pull(sources).get(model)
    except ModelStoreError as error:
        return error


def _system(*command: str) -> None:
    subprocess.run(command, check=True)


def main(url: str, folder: str, *models: str) -> None:
    for model in models:
        for moment in (None, *MOMENTS):
            if model == "archive-model" or moment != "wandle":
                print(json.dumps(attempt(url, Path(folder), model, moment)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
