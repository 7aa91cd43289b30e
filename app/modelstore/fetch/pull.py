"""Fetches models: files side by side, each model put in place as soon as it is whole."""

import datetime
import shutil
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx2

from app.core.errors import EngineError, SprachpultError
from app.engines import intact
from app.engines.catalog import ModelRow, TranslateRow
from app.engines.model_files import require
from app.modelstore.archive import DamagedArchive, UntrustedArchive, convert, unpack
from app.modelstore.errors import ModelStoreError, disk_error
from app.modelstore.fetch.client import open_client
from app.modelstore.fetch.download import Download, Item, Stopped, hash_of
from app.modelstore.fetch.policy import Policy
from app.modelstore.fetch.sources import ARCHIVE, ARCHIVE_SHA256, Source
from app.modelstore.store import Store

WAITING = "ein anderer Vorgang holt gerade Modelle; warte auf ihn"
_PARTS = {
    "faster-whisper": ("model.bin", "config.json", "tokenizer.json"),
    "ctranslate2": ("model.bin", "config.json"),
}
_ROOM = 64 << 20
"""Bytes to leave free besides."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far fetching is, over all models."""

    step: str
    done: int
    """Bytes."""
    total: int
    """Bytes; 0 if a server did not say."""


Report = Callable[[Progress], None]


class Puller:
    """Fetches the sources into a store. `report` is called from several threads, one at a time."""

    def __init__(self, store: Store, policy: Policy, report: Report) -> None:
        self._store, self._policy, self._report = store, policy, report
        self.stop = threading.Event()
        self._guard = threading.Lock()
        self._done = self._total = 0
        self._step = ""

    def pull(self, sources: Sequence[Source]) -> dict[str, SprachpultError]:
        """Fetch what is not whole yet; gives the errors by model, what failed can be gone on with.

        Raises ModelStoreError if nothing can be done at all (no space, no rights), and KeyboardInterrupt
        after what is running was told to stop.
        """
        with self._store.lock(lambda: self._tell(WAITING)):
            wanted = [source for source in sources if not self._is_whole(source)]
            self._total = sum(source.size for source in wanted)
            self._store.require_space(sum(map(self._space, wanted)) + _ROOM if wanted else 0)
            with open_client(self._policy) as client:
                return self._all(wanted, client)

    def _all(self, sources: Sequence[Source], client: httpx2.Client) -> dict[str, SprachpultError]:
        pool = ThreadPoolExecutor(self._policy.parallel)
        try:
            running = [(source, [self._start(pool, source, item, client) for item in source.items])
                       for source in sources]  # fmt: skip
            return {
                source.row.name: error
                for source, files in running
                if (error := self._finish(source, files, client))
            }
        except KeyboardInterrupt:
            self.stop.set()
            raise
        finally:
            pool.shutdown(wait=not self.stop.is_set(), cancel_futures=True)

    def _start(
        self, pool: ThreadPoolExecutor, source: Source, item: Item, client: httpx2.Client
    ) -> "Future[None]":
        self._tell(source.row.name)
        return pool.submit(self._download(source, item, client).run, self.stop)

    def _download(self, source: Source, item: Item, client: httpx2.Client) -> Download:
        return Download(client, item, self._parts(source), self._policy, self._count)

    def _finish(
        self, source: Source, files: "Sequence[Future[None]]", client: httpx2.Client
    ) -> SprachpultError | None:
        try:
            for file in files:
                file.result()
            self._install(source, client)
        except SprachpultError as error:
            return error
        except Stopped:
            return ModelStoreError("abgebrochen", "derselbe Befehl noch einmal macht weiter")
        return None

    def _install(self, source: Source, client: httpx2.Client) -> None:
        row, parts = source.row, self._parts(source)
        ready, fetched = parts, {}
        _keep_only(parts, {item.name for item in source.items})
        if row.source == "archive":
            fetched = {ARCHIVE_SHA256: hash_of(parts / ARCHIVE, "sha256")}
            ready = self._converted(source, client)
        self._tell(f"prüfe {row.name}")
        _require_parts(row, ready)
        try:
            record = intact.record_of(
                ready, name=row.name, origin=row.origin, revision=source.revision,
                fetched=datetime.date.today().isoformat(), licence=row.licence, extra=fetched,
            )  # fmt: skip
        except OSError as error:
            raise disk_error(error, ready) from error
        self._store.place(row.name, row.folder, ready, record)

    def _converted(self, source: Source, client: httpx2.Client) -> Path:
        """The archive as a CTranslate2 model. One that arrived damaged is fetched once more."""
        row, work = source.row, self._store.work(source.row.name)
        assert isinstance(row, TranslateRow)
        self._tell(f"wandle {row.name} um")
        archive = work / "files" / ARCHIVE
        try:
            self._unpack(source, archive, work / "unpacked", client)
            convert(work / "unpacked", row, work / "ready")
        except UntrustedArchive:
            archive.unlink()
            raise
        finally:
            shutil.rmtree(work / "unpacked", ignore_errors=True)
        return work / "ready"

    def _unpack(self, source: Source, archive: Path, folder: Path, client: httpx2.Client) -> None:
        (item,) = source.items
        for last in (False, True):
            try:
                unpack(archive, folder)
                break
            except DamagedArchive as error:
                archive.unlink()
                if last:
                    raise ModelStoreError(
                        f"Das Archiv {item.url} ist beschädigt ({error})",
                        "Später oder über einen anderen Spiegel versuchen",
                    ) from error
                self._count(-item.size)
                self._download(source, item, client).run(self.stop)

    def _parts(self, source: Source) -> Path:
        return self._store.work(source.row.name) / "files"

    def _space(self, source: Source) -> int:
        """Bytes still to be written; what an earlier try brought lies there already."""
        there = sum(
            path.stat().st_size for path in self._store.work(source.row.name).rglob("*") if path.is_file()
        )
        return max(0, source.space - there)

    def _is_whole(self, source: Source) -> bool:
        self._tell(f"prüfe {source.row.name}")
        record = self._store.whole(source.row)
        return record is not None and (record.origin, record.revision) == (source.row.origin, source.revision)

    def _count(self, gained: int) -> None:
        with self._guard:
            self._done += gained
            self._report(Progress(self._step, self._done, self._total))

    def _tell(self, step: str) -> None:
        with self._guard:
            self._step = step
            self._report(Progress(step, self._done, self._total))


def _require_parts(row: ModelRow, folder: Path) -> None:
    """Raise ModelStoreError if the source does not hold what the library wants to read."""
    names = list(_PARTS.get(row.runtime, ()))
    if isinstance(row, TranslateRow):
        names += [row.source_pieces, row.target_pieces]
    try:
        require(folder, names, row.name)
    except EngineError as error:
        raise ModelStoreError(
            f"In {row.origin} fehlt, was {row.runtime} braucht: {error.message.rpartition(': ')[2]}",
            "Ein anderes Modell wählen oder den Eintrag im Katalog berichtigen",
        ) from error


def _keep_only(folder: Path, names: set[str]) -> None:
    """Remove what an earlier try left there for other files of the model."""
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
