"""Writes content files: several as one, safe against a second writer, a full disk and a kill in between.

New texts lie beside their targets before any target is touched; a journal in the content root says which
moves belong together. Whoever writes next finishes what a killed process left behind.
"""

import errno
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core.errors import ContentError

LOCK, JOURNAL = ".schreiben.lock", ".schreiben.json"
"""Files in the content root; the lock file stays, the journal exists only while files are being moved."""
_STAGED, _OLD = ".neu", ".alt"
"""Endings of texts that wait for their move, and of those that a failed move is taken back with."""
PATIENCE = 10.0
"""Seconds to wait for another writer; one write takes milliseconds."""
_MOVE_ATTEMPTS = 20 if os.name == "nt" else 1
"""On Windows a file that somebody is just reading cannot be replaced for a moment."""


class ChangedError(ContentError):
    """A file is no longer what the changes were made from."""


Move = tuple[Path | None, Path]
"""What takes the place of a target; None: the target is removed."""


def read_text(path: Path) -> str | None:
    """The text of a file, line ends as they are and without byte order mark; None if there is no file.

    Raises ContentError for a file that is not UTF-8 or cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise ContentError("nicht in UTF-8 gespeichert", "Datei als UTF-8 speichern", path=path) from error
    except OSError as error:
        raise ContentError(f"nicht lesbar ({error.strerror})", "Rechte prüfen", path=path) from error


def write_files(changes: Mapping[Path, str], read_as: Mapping[Path, str | None]) -> None:
    """Write all files of one content root (`root/folder/file.toml`), or none of them.

    `read_as` holds the texts (of `read_text`) the changes were made from; None for a file that was not there.
    It may name files that are not changed but must not have changed meanwhile. Raises ChangedError if one
    did, ContentError if somebody else keeps writing or the disk is full or read-only; then all is as before.
    """
    if not changes:
        return
    targets = {path.resolve(): text for path, text in changes.items()}
    root = _root_of(targets)
    with _writing(root):
        _finish(root)
        before = {path: read_text(path) for path in targets}
        _compare({path.resolve(): text for path, text in read_as.items()})
        moves = _stage_all(targets)
        _write_journal(root, moves)
        try:
            _move_all(root, moves)
        except OSError as error:
            _take_back(root, before)
            _discard(moves)
            raise _refused(error, Path(error.filename2 or error.filename or root)) from error


def finish_interrupted(root: Path) -> bool:
    """Finish what a killed process left half-moved below `root`; True if there was something.

    Raises ContentError like `write_files`.
    """
    if not (root / JOURNAL).exists():
        return False
    with _writing(root.resolve()):
        _finish(root.resolve())
    return True


def _root_of(targets: Mapping[Path, str]) -> Path:
    roots = {path.parent.parent for path in targets}
    if len(roots) != 1:
        raise ValueError(f"files of several content roots: {sorted(roots)}")
    return roots.pop()


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(root / LOCK, timeout=PATIENCE).acquire()
    except Timeout:
        raise ContentError(
            "jemand anderes schreibt hier gerade", "gleich noch einmal versuchen", path=root
        ) from None
    except OSError as error:
        raise _refused(error, root) from error
    with lock:
        yield


def _compare(read_as: Mapping[Path, str | None]) -> None:
    for path, text in read_as.items():
        if read_text(path) != text:
            raise ChangedError(
                "wurde inzwischen geändert", "neu laden und die Änderung wiederholen", path=path
            )


def _stage_all(targets: Mapping[Path, str], ending: str = _STAGED) -> list[Move]:
    moves: list[Move] = []
    try:
        for path, text in targets.items():
            staged = path.with_name(f".{path.name}{ending}")
            moves.append((staged, path))
            path.parent.mkdir(exist_ok=True)
            _write(staged, text)
            if path.exists():
                shutil.copymode(path, staged)
    except OSError as error:
        _discard(moves)
        raise _refused(error, moves[-1][1]) from error
    return moves


def _write(path: Path, text: str) -> None:
    with path.open("wb") as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())


def _discard(moves: Sequence[Move]) -> None:
    for staged, _ in moves:
        if staged is not None:
            with suppress(OSError):
                staged.unlink()


def _write_journal(root: Path, moves: Sequence[Move]) -> None:
    """From here on the moves happen, if need be when somebody writes next."""
    rows = [
        [str(staged.relative_to(root)) if staged else None, str(path.relative_to(root))]
        for staged, path in moves
    ]
    journal = root / JOURNAL
    staged = root / f"{JOURNAL}{_STAGED}"
    try:
        _write(staged, json.dumps(rows))
        staged.replace(journal)
    except OSError as error:
        _discard([(staged, journal), *moves])
        raise _refused(error, journal) from error


def _move_all(root: Path, moves: Sequence[Move]) -> None:
    for move in moves:
        _move(*move)
    for folder in {path.parent for _, path in moves}:
        _sync_folder(folder)
    (root / JOURNAL).unlink()


def _move(staged: Path | None, path: Path) -> None:
    if staged is None:
        path.unlink(missing_ok=True)
        return
    for attempt in range(_MOVE_ATTEMPTS):
        try:
            staged.replace(path)
            return
        except PermissionError:
            if attempt + 1 == _MOVE_ATTEMPTS:
                raise
            time.sleep(0.05)


def _take_back(root: Path, before: Mapping[Path, str | None]) -> None:
    """Put the old texts back as one set of moves. Raises ContentError if even that fails."""
    try:
        old = _stage_all({path: text for path, text in before.items() if text is not None}, _OLD)
        moves = [*old, *((None, path) for path, text in before.items() if text is None)]
        _write_journal(root, moves)
        _move_all(root, moves)
    except (OSError, ContentError) as error:
        raise ContentError(
            "nur teilweise gespeichert", "das nächste Speichern bringt es zu Ende", path=root
        ) from error


def _finish(root: Path) -> None:
    journal = root / JOURNAL
    try:
        if journal.exists():
            for staged, path in json.loads(journal.read_bytes()):
                source = None if staged is None else _inside(root, staged)
                if source is None or source.exists():
                    _move(source, _inside(root, path))
            journal.unlink()
        for left in (*root.glob(f"*/.*{_STAGED}"), *root.glob(f"*/.*{_OLD}"), root / f"{JOURNAL}{_STAGED}"):
            left.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(error, journal) from error


def _inside(root: Path, name: str) -> Path:
    path = (root / name).resolve()
    if root not in path.parents:
        raise ContentError(
            f"{name} liegt nicht in diesem Ordner", f"{JOURNAL} prüfen und löschen", path=root / JOURNAL
        )
    return path


def _sync_folder(folder: Path) -> None:
    """Make the moves themselves durable; Windows has no such call and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def _refused(error: OSError, path: Path) -> ContentError:
    if error.errno in _FULL:
        return ContentError(
            "nicht gespeichert, der Platz reicht nicht; alles ist wie vorher", "Platz schaffen", path=path
        )
    if error.errno in _FORBIDDEN:
        return ContentError(
            "nicht gespeichert, hier darf nicht geschrieben werden; alles ist wie vorher",
            "Schreibrechte für diesen Ordner geben lassen",
            path=path,
        )
    return ContentError(
        f"nicht gespeichert ({error.strerror}); alles ist wie vorher", "noch einmal versuchen", path=path
    )
