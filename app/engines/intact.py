"""A model is checked before an engine opens it: the files are those recorded when it was fetched.

`digests.json` in a model's folder records size and SHA-256 of every file. What was checked on this machine
is remembered in the office's folder with size and time, so that a start costs a few `stat` calls; a file
whose size or time differs is read again. A folder that somebody put there without a record is recorded when
it is first loaded, and refused when it changes afterwards.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from app.core.errors import EngineError
from app.core.paths import user_root
from app.engines.catalog import ModelRow

RECORD, MODEL = "digests.json", "model.toml"
_CHUNK = 1 << 20
# Added files of these kinds could be read by a library; others (notes, thumbnails) do not matter.
_READ_BY_LIBRARIES = {".bin", ".onnx", ".spm", ".model", ".npz", ".json", ".txt"}
_OWN_NOTES = {RECORD, "measured.json"}

Loaded = TypeVar("Loaded")
Report = Callable[[int], None]
"""Called with the number of bytes read since the last call."""


@dataclass(frozen=True, slots=True)
class Digest:
    """Size in bytes and SHA-256 in hexadecimal of one file."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """What a model folder is made of and where it came from."""

    files: Mapping[str, Digest]
    """By path inside the folder, with forward slashes."""
    name: str = ""
    origin: str = ""
    revision: str = ""
    fetched: str = ""
    """ISO date."""
    licence: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of what was fetched, where that is not what lies in the folder (archives)."""


def require_intact(row: ModelRow) -> None:
    """Raise EngineError if the model's files are not the recorded ones; fast for what was checked before."""
    if not row.folder:
        return
    stamps = _Stamps(row.path)
    record = read_record(row.path) or stamps.record()
    if record is None:
        return
    problem = next(problems(row.path, record, stamps.knows), "")
    if problem:
        raise EngineError(f"Das Modell „{row.name}“ ist beschädigt oder vertauscht: {problem}", repair(row))
    stamps.save(record.files)


def load_checked(row: ModelRow, load: Callable[[], Loaded]) -> Loaded:
    """Check the model, load it, and remember the files of a folder without record if they could be loaded.

    Raises EngineError.
    """
    require_intact(row)
    loaded = load()
    if known_record(row.path) is None:
        accept(row.path)
    return loaded


def repair(row: ModelRow) -> str:
    """How to get a broken model whole again."""
    if row.source:
        return f"„sprachpult models pull {row.name}“ holt es neu"
    if row.folder.startswith("demo/"):
        return f"Ordner models/{row.folder} aus dem Projekt wiederherstellen"
    return f"Ordner neu kopieren; selbst geändert: „sprachpult models verify {row.name} --accept“"


def problems(
    folder: Path,
    record: Record,
    known: Callable[[Path, str, Digest], bool] | None = None,
    report: Report = lambda _: None,
) -> Iterator[str]:
    """Complaints, one per file. `known` may vouch for a file, which then is not read."""
    for name, digest in record.files.items():
        path = folder / name
        if path.is_symlink() or not path.is_file():
            yield f"{name} fehlt"
        elif path.stat().st_size != digest.size:
            yield f"{name} hat {path.stat().st_size} statt {digest.size} Byte"
        elif not (known and known(path, name, digest)) and digest_of(path, report) != digest:
            yield f"die Prüfsumme von {name} stimmt nicht"
    for name in _present(folder):
        if name not in record.files:
            yield f"{name} gehört nicht dazu"


def digest_of(path: Path, report: Report = lambda _: None) -> Digest:
    """Read a file and give its digest. Raises EngineError if it cannot be read."""
    found, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
                size += len(chunk)
                report(len(chunk))
    except OSError as error:
        raise EngineError(
            f"{path}: nicht lesbar ({error.strerror})", "Rechte prüfen oder neu holen"
        ) from error
    return Digest(size, found.hexdigest())


def record_of(folder: Path, **facts: Any) -> Record:
    """The record of a folder as it lies there now, its `model.toml` included."""
    rows = [MODEL] if (folder / MODEL).is_file() else []
    return Record({name: digest_of(folder / name) for name in [*_present(folder), *rows]}, **facts)


def read_record(folder: Path) -> Record | None:
    """The record that came with the folder; None if there is none. Raises EngineError if it is damaged."""
    path = folder / RECORD
    if not path.is_file():
        return None
    try:
        table = json.loads(path.read_text("utf-8"))
        files = {
            str(name): Digest(int(f["size"]), str(f["sha256"])) for name, f in table.pop("files").items()
        }
        return Record(files, **table)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise EngineError(
            f"{path}: nicht lesbar", "Das Modell neu holen: „sprachpult models pull“"
        ) from error


def write_record(folder: Path, record: Record) -> None:
    """Write the record into the folder and remember its files as checked."""
    table = {name: value for name in ("name", "origin", "revision", "fetched", "licence", "extra")
             if (value := getattr(record, name))}  # fmt: skip
    files = {name: {"size": f.size, "sha256": f.sha256} for name, f in sorted(record.files.items())}
    text = json.dumps({**table, "files": files}, ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", "utf-8")


def known_record(folder: Path) -> Record | None:
    """The folder's own record, or what was noted when a folder without one was first loaded."""
    return read_record(folder) or _Stamps(folder).record()


def accept(folder: Path) -> None:
    """Note the files of a folder without a record as they are now."""
    remember(folder, {name: digest_of(folder / name) for name in _present(folder)})


def remember(folder: Path, files: Mapping[str, Digest]) -> None:
    """Note that these files have just been read and found right."""
    _Stamps(folder).save(files)


def _present(folder: Path) -> list[str]:
    """Files below the folder that a library could read, sorted."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix.lower() in _READ_BY_LIBRARIES and path.name not in _OWN_NOTES and path.is_file()
    )


class _Stamps:
    """What was checked on this machine: size, time and digest by file, one note per model folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]
        self._note = user_root() / "checked" / f"{key}.json"
        self._known = self._read()

    def knows(self, path: Path, name: str, digest: Digest) -> bool:
        return self._known.get(name) == [*_stamp(path), digest.sha256]

    def record(self) -> Record | None:
        """The record of a folder that has none of its own, from when it was first loaded."""
        if not self._known:
            return None
        return Record({name: Digest(size, sha256) for name, (size, _, sha256) in self._known.items()})

    def save(self, files: Mapping[str, Digest]) -> None:
        """Remember; where that is not possible, the next start reads the files again."""
        known = {name: [*_stamp(self._folder / name), digest.sha256] for name, digest in files.items()}
        if known == self._known:
            return
        partial = self._note.with_suffix(f".{os.getpid()}.part")
        try:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps({"folder": str(self._folder), "files": known}), "utf-8")
            partial.replace(self._note)
        except OSError:
            return

    def _read(self) -> dict[str, list[Any]]:
        try:
            files = json.loads(self._note.read_text("utf-8"))["files"]
            return {name: [int(size), int(time), str(sha)] for name, (size, time, sha) in files.items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns
