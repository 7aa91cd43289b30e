"""A model hub and an archive server on loopback, which misbehave on demand.

They speak the shapes of the real ones: `/api/models/…`, `resolve` with a redirect for large files, ETag,
Range, If-Range, HEAD.
"""

import contextlib
import hashlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote, urlsplit

REVISION = hashlib.sha1(b"revision of the loopback repositories").hexdigest()
LARGE = 100_000
"""Files from this size on are served as the hub serves LFS files: by redirect, under their SHA-256."""
ALWAYS = 1_000_000


@dataclass
class Fault:
    """What goes wrong with requests whose path contains `match`, the first `times` times."""

    kind: str
    match: str = ""
    at: float = 0.0
    """Place in the file, as a share of its size."""
    times: int = ALWAYS
    value: Any = None

    def applies(self, path: str) -> bool:
        if self.match not in path or self.times <= 0:
            return False
        self.times -= 1
        return True


@dataclass
class Served:
    """What the server did."""

    bytes: int = 0
    requests: list[str] = field(default_factory=list)


class QuietServer(ThreadingHTTPServer):
    """A client that went away is no news here."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing on standard error."""


class Hub:
    """`repositories`: file names and content by owner/name; `archives`: content by file name."""

    def __init__(
        self, repositories: Mapping[str, Mapping[str, bytes]], archives: Mapping[str, bytes]
    ) -> None:
        self.repositories = {name: dict(files) for name, files in repositories.items()}
        self.archives = dict(archives)
        self.fault: Fault | None = None
        self.reached: Callable[[], None] = lambda: None
        """Called by the fault `reach` when so much of a file has been sent."""
        self.served = Served()
        self.release = threading.Event()
        handler = type("Handler", (_Handler,), {"hub": self})
        self._server = QuietServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def misbehave(self, fault: Fault | None) -> None:
        """Replace the fault and let go of requests that it holds."""
        self.fault = fault
        self.release.set()
        self.release = threading.Event()
        self.served = Served()

    def content(self, path: str) -> bytes | None:
        """What lies under a path of the content servers."""
        parts = unquote(path).strip("/").split("/")
        if parts[0] == "archives":
            return self.archives.get("/".join(parts[1:]))
        if parts[0] == "cdn":
            return self._by_digest().get(parts[-1])
        if len(parts) > 4 and parts[2] == "resolve" and parts[3] == REVISION:
            return self.repositories.get("/".join(parts[:2]), {}).get("/".join(parts[4:]))
        return None

    def info(self, repository: str) -> dict[str, Any]:
        """The hub's answer about a repository."""
        siblings = []
        for name, data in self.repositories[repository].items():
            blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
            row: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": blob}
            if len(data) >= LARGE:
                digest = hashlib.sha256(data).hexdigest()
                row["lfs"] = {"sha256": digest, "size": len(data), "pointerSize": 133}
            siblings.append(row)
        return {"_id": "0", "id": repository, "sha": REVISION, "siblings": siblings, "tags": []}

    def _by_digest(self) -> dict[str, bytes]:
        return {hashlib.sha256(data).hexdigest(): data
                for files in self.repositories.values() for data in files.values()}  # fmt: skip

    def __enter__(self) -> "Hub":
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.misbehave(None)
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    hub: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Nothing on standard error."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        hub, path = self.hub, urlsplit(self.path).path
        hub.served.requests.append(path)
        spoilt = hub.fault and getattr(self, f"_{hub.fault.kind.replace('-', '_')}", None)
        with contextlib.suppress(ConnectionError):
            if hub.fault and spoilt and hub.fault.applies(path):
                spoilt(hub.fault)
            elif path.startswith("/api/models/"):
                self._api(path)
            else:
                self._file(path)

    def _api(self, path: str) -> None:
        parts = unquote(path).strip("/").split("/")
        repository = "/".join(parts[2:4])
        if repository not in self.hub.repositories or (len(parts) > 5 and parts[5] != REVISION):
            self._send(404, b'{"error":"Repository not found"}', {"X-Error-Code": "RepoNotFound"})
            return
        self._json(self.hub.info(repository))

    def _json(self, table: Any) -> None:
        self._send(200, json.dumps(table).encode(), {"Content-Type": "application/json"})

    def _file(self, path: str) -> None:
        data = self.hub.content(path)
        if data is None:
            self._send(404, b"", {})
        elif "/resolve/" in path and len(data) >= LARGE:
            digest = hashlib.sha256(data).hexdigest()
            name = path.rsplit("/", 1)[1]
            headers = {"Location": f"/cdn/{name}/{digest}", "X-Repo-Commit": REVISION,
                       "X-Linked-ETag": f'"{digest}"', "X-Linked-Size": str(len(data))}  # fmt: skip
            self._send(302, b"", headers)
        else:
            fault = self.hub.fault if self.command == "GET" else None
            self._content(data, fault if fault and fault.applies(path) else None)

    def _content(self, data: bytes, fault: Fault | None) -> None:
        """A file or the rest of one, with the fault in its headers or its bytes."""
        kind = fault.kind if fault else ""
        place = int(fault.at * len(data)) if fault else 0
        if kind == "wrong":
            data = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
        if kind == "longer":
            data = data + b"\0" * 1000
        tag = f'"{hashlib.md5(data).hexdigest()}"'
        start = self._start(tag, len(data)) if kind != "no-range" else 0
        if start is None:
            self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
            return
        status = 206 if start else 200
        headers = {"Content-Type": "application/octet-stream", "ETag": tag, "Accept-Ranges": "bytes"}
        headers["Content-Length"] = str(len(data) - start)
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        self._twist(kind, headers, len(data), start)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self._body(data, start, kind, place)

    def _twist(self, kind: str, headers: dict[str, str], size: int, start: int) -> None:
        if kind == "length-short":
            headers["Content-Length"] = str(max(0, size - start - 500))
        elif kind == "length-long":
            headers["Content-Length"] = str(size - start + 500)
        elif kind == "no-length":
            del headers["Content-Length"]
            headers["Connection"] = "close"
        elif kind == "html":
            headers["Content-Type"] = "text/html; charset=utf-8"
        elif kind == "encoded":
            headers["Content-Encoding"] = "gzip"
        elif kind == "weak-tag":
            headers["ETag"] = f"W/{headers['ETag']}"
        elif kind == "no-tag":
            del headers["ETag"]
        elif kind == "new-tag":
            headers["ETag"] = f'"{size}-{len(self.hub.served.requests)}"'
        elif kind == "wrong-range" and start:
            headers["Content-Range"] = f"bytes {start - 1}-{size - 1}/{size}"

    def _body(self, data: bytes, start: int, kind: str, place: int) -> None:
        end = len(data)
        if kind in ("cut", "reset", "stall", "no-range", "weak-tag", "no-tag", "new-tag", "wrong-range"):
            end = max(start, place)
        for begin in range(start, end, 1 << 16):
            piece = data[begin : min(end, begin + (1 << 16))]
            self.wfile.write(piece)
            self.hub.served.bytes += len(piece)
            if kind == "reach":
                # A line slow enough for the other end to keep pace.
                self.hub.release.wait(0.004)
                if begin + len(piece) >= place:
                    self.hub.reached()
        if end < len(data) or kind in ("no-length", "length-long"):
            self.wfile.flush()
            if kind == "stall":
                self.hub.release.wait(20)
            if kind == "reset":
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True

    def _start(self, tag: str, size: int) -> int | None:
        """First byte asked for; 0 for the whole file, None if there is no such byte."""
        asked, fresh = self.headers.get("Range", ""), self.headers.get("If-Range", tag) == tag
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and fresh else 0
        return None if start and start >= size else start

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def _status(self, fault: Fault) -> None:
        self._send(fault.value, b"no", {"Retry-After": "0"})

    def _redirect(self, fault: Fault) -> None:
        self._send(302, b"", {"Location": fault.value})

    def _redirect_loop(self, _: Fault) -> None:
        self._send(302, b"", {"Location": quote(urlsplit(self.path).path)})

    def _webpage(self, _: Fault) -> None:
        self._send(200, b"<html>Bitte anmelden</html>", {"Content-Type": "text/html"})

    def _answer_json(self, fault: Fault) -> None:
        repository = "/".join(unquote(urlsplit(self.path).path).strip("/").split("/")[2:4])
        self._json(fault.value(self.hub.info(repository)))

    def _drop(self, _: Fault) -> None:
        self.close_connection = True

    def _garbage(self, _: Fault) -> None:
        self.wfile.write(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
        self.close_connection = True


@contextlib.contextmanager
def listening_but_deaf() -> Iterator[str]:
    """Address of a server that takes connections and never answers."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        yield f"http://127.0.0.1:{deaf.getsockname()[1]}"
