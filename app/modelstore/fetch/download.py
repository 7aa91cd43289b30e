"""One file from one address: resumed, bounded, checked, then renamed; a part never looks complete.

Beside `name.part` lies `name.part.json` with the address and the server's version tag. A part is only gone on
with if both still fit; the digest over the whole file decides in the end.
"""

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from app.modelstore.errors import ModelStoreError, disk_error
from app.modelstore.fetch.client import Temporary, explained, refused
from app.modelstore.fetch.policy import Policy

CHUNK = 1 << 18
_REAL_PROGRESS = 1 << 16
"""Bytes that a try must bring to count as progress; less, and the tries run out."""

Report = Callable[[int], None]
"""Called with bytes gained; negative when a part was thrown away."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Item:
    """A file to fetch. `digests` holds (algorithm, hexadecimal); algorithms: sha256, md5, git-sha1."""

    url: str
    name: str
    size: int = 0
    """0 where it was not published."""
    digests: tuple[tuple[str, str], ...] = ()


class Stopped(Exception):
    """Somebody asked for the end; what is there stays."""


class _Wrong(Exception):
    """What came is not the file."""


def retrying(policy: Policy, stop: threading.Event, step: Callable[[], Result]) -> Result:
    """Run a step until it succeeds or has failed too often. A step that got further raises _Further."""
    left, wait = policy.attempts, policy.first_wait
    while True:
        if stop.is_set():
            raise Stopped
        try:
            return step()
        except Temporary as failure:
            left = policy.attempts - 1 if isinstance(failure, _Further) else left - 1
            if left <= 0:
                raise failure.error from failure
            if stop.wait(min(max(wait, failure.wait), policy.most_wait)):
                raise Stopped from failure
            wait = policy.first_wait if isinstance(failure, _Further) else wait * 2


class _Further(Temporary):
    """A try that failed but brought a good piece of the file."""


class Download:
    """One file on its way into a folder."""

    def __init__(
        self, client: httpx2.Client, item: Item, folder: Path, policy: Policy, report: Report
    ) -> None:
        self._client, self._item, self._policy, self._report = client, item, policy, report
        self.target = folder / item.name
        self._part = folder / f"{item.name}.part"
        self._note = folder / f"{item.name}.part.json"
        self._wrong = 0

    def run(self, stop: threading.Event) -> None:
        """Fetch, check and rename. Raises ModelStoreError, or Stopped with the part kept."""
        try:
            if self._complete(self.target):
                self._report(self.target.stat().st_size)
                return
            self.target.parent.mkdir(parents=True, exist_ok=True)
            self._report(self._offset())
            retrying(self._policy, stop, lambda: self._try(stop))
            self._note.unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(error, self.target) from error

    def _try(self, stop: threading.Event) -> None:
        before = self._size()
        try:
            self._receive(stop)
            self._check()
        except _Wrong as problem:
            self._throw_away()
            self._wrong += 1
            error = ModelStoreError(
                f"{self._item.name}: {problem}",
                "Spiegel oder Proxy liefern etwas anderes als die Quelle; später oder anderswo versuchen",
            )
            if self._wrong > 1:
                raise error from problem
            raise Temporary(error) from problem
        except (httpx2.HTTPError, httpx2.InvalidURL) as problem:
            found = explained(problem, self._item.url, self._policy.stall)
            if isinstance(found, ModelStoreError):
                raise found from problem
            raise self._judged(found, before) from problem
        except Temporary as problem:
            raise self._judged(problem, before) from problem

    def _judged(self, failure: Temporary, before: int) -> Temporary:
        gained = self._size() - before
        return _Further(failure.error, failure.wait) if gained >= _REAL_PROGRESS else failure

    def _receive(self, stop: threading.Event) -> None:
        offset, tag = self._offset(), self._tag()
        if self._item.size and offset == self._item.size:
            return
        headers = {"Range": f"bytes={offset}-"} if offset else {}
        if offset and tag:
            headers["If-Range"] = tag
        with self._client.stream("GET", self._item.url, headers=headers) as response:
            total = self._accepted(response, offset)
            if response.status_code == 416:
                return
            if response.status_code == 200:
                self._throw_away()
                offset = 0
            self._write_note(response)
            self._append(response, offset, total, stop)
        if self._size() < total:
            raise Temporary(ModelStoreError(f"{self._item.name}: die Übertragung bricht immer wieder ab"))

    def _accepted(self, response: httpx2.Response, offset: int) -> int:
        """Size of the whole file as the server gives it. Raises what the answer means otherwise."""
        status, headers, wanted = response.status_code, response.headers, self._item.size
        if status == 416 and offset and _range_total(headers) == offset:
            return offset
        if status == 416:
            raise _Wrong("der Server kennt die Stelle nicht, an der es weitergehen soll")
        if status not in (200, 206):
            raise refused(status, self._item.url, _asked_wait(headers))
        if headers.get("content-type", "").startswith("text/html"):
            raise ModelStoreError(
                f"Statt {self._item.name} kam eine Webseite",
                "Meldet sich hier ein Netzzugang oder Proxy? Im Browser anmelden, dann noch einmal",
            )
        if headers.get("content-encoding", "identity") != "identity":
            raise _Wrong("der Server hat die Datei umgepackt")
        total = _length(headers) if status == 200 else _range_total(headers, offset)
        if total is None:
            what = (
                "der Server nennt keine Länge" if status == 200 else "der Server schickt eine andere Stelle"
            )
            raise _Wrong(what)
        if wanted and total != wanted:
            raise _Wrong(f"{total} statt {wanted} Byte")
        return total

    def _append(self, response: httpx2.Response, offset: int, total: int, stop: threading.Event) -> None:
        size = offset
        # Unbuffered: what has come survives if the process is killed.
        with self._part.open("ab", buffering=0) as file:
            for chunk in response.iter_raw():
                if stop.is_set():
                    raise Stopped
                size += len(chunk)
                if size > total:
                    raise _Wrong(f"mehr als die angekündigten {total} Byte")
                file.write(chunk)
                self._report(len(chunk))

    def _check(self) -> None:
        """Digest, flush, rename."""
        if not self._complete(self._part, any_size=not self._item.size):
            raise _Wrong("die Prüfsumme stimmt nicht")
        with self._part.open("rb+") as file:
            os.fsync(file.fileno())
        self._part.replace(self.target)

    def _complete(self, path: Path, any_size: bool = False) -> bool:
        if not path.is_file() or (not any_size and path.stat().st_size != self._item.size):
            return False
        return all(hash_of(path, name) == value for name, value in self._item.digests)

    def _offset(self) -> int:
        """Bytes of the part that can be gone on with; a part of something else is removed."""
        tag = self._tag()
        if self._size() and (tag is None or not (tag or self._item.digests)):
            self._throw_away()
        return self._size()

    def _tag(self) -> str | None:
        """The server's tag of the part's version, empty if it gave none; None for another file's part."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            return str(note["tag"]) if note["url"] == self._item.url else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write_note(self, response: httpx2.Response) -> None:
        headers = response.headers
        strong = headers.get("etag", "") if not headers.get("etag", "").startswith("W/") else ""
        tag = strong or headers.get("last-modified", "")
        self._note.write_text(json.dumps({"url": self._item.url, "tag": tag}), "utf-8")

    def _size(self) -> int:
        return self._part.stat().st_size if self._part.exists() else 0

    def _throw_away(self) -> None:
        self._report(-self._size())
        self._part.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)


def hash_of(path: Path, algorithm: str) -> str:
    """Digest of a file; git-sha1 is what git names a file by."""
    found: Any = hashlib.new("sha1" if algorithm == "git-sha1" else algorithm, usedforsecurity=False)
    if algorithm == "git-sha1":
        found.update(f"blob {path.stat().st_size}\0".encode())
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            found.update(chunk)
    return str(found.hexdigest())


def total_size(items: Iterable[Item]) -> int:
    return sum(item.size for item in items)


def _length(headers: httpx2.Headers) -> int | None:
    text = headers.get("content-length", "")
    return int(text) if text.isdecimal() else None


def _range_total(headers: httpx2.Headers, offset: int | None = None) -> int | None:
    """Total of `bytes a-b/total`; None unless the range starts at the offset (where one is given)."""
    found = re.fullmatch(r"bytes (?:(\d+)-\d+|\*)/(\d+)", headers.get("content-range", ""))
    if found is None or (offset is not None and found[1] != str(offset)):
        return None
    return int(found[2])


def _asked_wait(headers: httpx2.Headers) -> float:
    text = headers.get("retry-after", "")
    return float(text) if text.isdecimal() else 0.0
