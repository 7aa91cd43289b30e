"""The office's model folder: work in progress apart from what is whole, one writer at a time.

A model is put together under `.partial/<name>/` and moved to its place by one rename when it is whole.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import EngineError
from app.core.paths import user_root
from app.engines import intact
from app.engines.catalog import ModelRow
from app.engines.intact import Record
from app.modelstore.errors import ModelStoreError, disk_error

PARTIAL = ".partial"


def megabytes(count: float) -> str:
    """A size for people: MB below one GB, with a decimal comma above."""
    return f"{count / 1e6:.0f} MB" if count < 1e9 else f"{count / 1e9:.1f} GB".replace(".", ",")


class Store:
    """Models under one root; by default the office's own folder."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or user_root() / "models"

    def work(self, name: str) -> Path:
        """Folder for the parts of a model that is being fetched. Raises ModelStoreError."""
        folder = self.root / PARTIAL / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_error(error, folder) from error
        return folder

    @contextmanager
    def lock(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Only one process changes models; another one is told through `waiting` and waits."""
        from filelock import FileLock, Timeout

        folder = self.work("")
        lock = FileLock(folder / "lock")
        try:
            lock.acquire(blocking=False)
        except Timeout:
            waiting()
            lock.acquire()
        except OSError as error:
            raise disk_error(error, folder) from error
        try:
            yield
        finally:
            lock.release()

    def whole(self, row: ModelRow) -> Record | None:
        """The record of an installed model whose files are all right; None if it is absent or damaged."""
        folder = self.root / row.folder
        try:
            record = intact.read_record(folder)
        except EngineError:
            return None
        return record if record and not any(intact.problems(folder, record)) else None

    def earlier(self, row: ModelRow) -> Record:
        """What an earlier fetch recorded, also of a model that is damaged now; an empty record if nothing."""
        # A process that is killed while a model changes places leaves the older one beside.
        for folder in (self.root / row.folder, self.root / PARTIAL / row.name / "old"):
            try:
                record = intact.read_record(folder)
            except EngineError:
                continue
            if record:
                return record
        return Record({})

    def place(self, name: str, folder: str, ready: Path, record: Record) -> None:
        """Move a finished folder to its place, an older one out of the way. Raises ModelStoreError."""
        final, old = self.root / folder, self.work(name) / "old"
        try:
            intact.write_record(ready, record)
            _flush(ready)
            final.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(old, ignore_errors=True)
            if final.exists():
                final.rename(old)
            ready.rename(final)
            intact.remember(final, record.files)
        except OSError as error:
            raise disk_error(error, final) from error
        shutil.rmtree(self.work(name), ignore_errors=True)

    def require_space(self, wanted: int) -> None:
        """Raise ModelStoreError if fewer than `wanted` bytes are free."""
        free = shutil.disk_usage(self.work("")).free
        if free < wanted:
            raise ModelStoreError(
                f"Es fehlt Platz in {self.root}: gebraucht werden {megabytes(wanted)}, frei sind "
                f"{megabytes(free)}",
                "Platz schaffen, weniger Sprachen holen, oder SPRACHPULT_HOME anderswohin setzen",
            )


def _flush(folder: Path) -> None:
    """Have everything on the disk before the rename, so that a power cut leaves no hollow model."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
