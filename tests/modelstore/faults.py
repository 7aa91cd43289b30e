"""The faults of the campaign: a model, something that goes wrong, and whether once or always."""

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tests.modelstore.hub import ALWAYS, Fault
from tests.modelstore.offered import LARGE_FILE, MARIAN, SMALL_FILE, zipped

TENTHS = tuple(tenth / 10 for tenth in range(10))


@dataclass(frozen=True)
class Case:
    """One fault in the campaign's table."""

    group: str
    model: str
    fault: Fault | None
    archive: bytes | None = None
    """Another archive in place of the true one."""
    how: str = "network"
    """`network`; `kill` and `convert-kill`: the process is killed; `disk`: the disk fills up."""

    @property
    def name(self) -> str:
        fault = self.fault
        if fault is None:
            return f"{self.group}/{self.model}"
        often = "always" if fault.times == ALWAYS else f"x{fault.times}"
        return (
            f"{self.group}/{self.model}/{fault.kind}/{fault.match}@{fault.at:g}/{fault.value or ''}/{often}"
        )


def cases() -> Iterator[Case]:
    for group in (_cuts, _wrong_bytes, _lengths, _stalls, _statuses, _redirects, _resumption, _answers):
        for model, fault in group():
            for times in (1, ALWAYS):
                yield Case(group.__name__.strip("_"), model, replace(fault, times=times))
    for name, archive in unsafe_archives().items():
        yield Case(f"archives: {name}", "archive-model", None, archive)
    dice = random.Random(6)
    for number in range(24):
        model = sorted(LARGE_FILE)[number % 3]
        yield Case("kill", model, Fault("reach", LARGE_FILE[model], dice.random()), how="kill")
    for _ in range(8):
        yield Case("kill", "archive-model", Fault("none", at=dice.random() * 0.2), how="convert-kill")


Found = Iterator[tuple[str, Fault]]


def _cuts() -> Found:
    for at in TENTHS:
        for model, path in LARGE_FILE.items():
            yield model, Fault("cut", path, at)
            yield model, Fault("reset", path, at)
    for model, path in SMALL_FILE.items():
        yield model, Fault("cut", path, 0.5)


def _wrong_bytes() -> Found:
    for at in TENTHS:
        for model, path in LARGE_FILE.items():
            yield model, Fault("wrong", path, at)
    for model, path in SMALL_FILE.items():
        yield model, Fault("wrong", path, 0.5)


def _lengths() -> Found:
    for kind in ("length-short", "length-long", "no-length", "longer", "encoded"):
        for model, path in LARGE_FILE.items():
            yield model, Fault(kind, path)


def _stalls() -> Found:
    for at in (0.0, 0.3, 0.7):
        for model, path in LARGE_FILE.items():
            yield model, Fault("stall", path, at)


def _statuses() -> Found:
    for status in (400, 401, 403, 404, 407, 408, 410, 416, 429, 500, 503):
        for model, path in LARGE_FILE.items():
            yield model, Fault("status", path, value=status)
    for status in (401, 404, 407, 429, 500):
        yield "hub-model", Fault("status", "/api/models", value=status)


def _redirects() -> Found:
    for model, path in LARGE_FILE.items():
        yield model, Fault("redirect-loop", path)
        yield model, Fault("redirect", path, value="http://unencrypted.invalid/model")
        yield model, Fault("redirect", path, value="file:///etc/passwd")
        yield model, Fault("redirect", path, value="https://[broken")


def _resumption() -> Found:
    """The first answer is cut in the middle; what then goes on must not be stitched together wrongly."""
    for kind in ("no-range", "weak-tag", "no-tag", "new-tag", "wrong-range"):
        for model, path in LARGE_FILE.items():
            yield model, Fault(kind, path, 0.5)


def _answers() -> Found:
    for model, path in LARGE_FILE.items():
        yield model, Fault("html", path)
        yield model, Fault("drop", path)
        yield model, Fault("garbage", path)
    yield "hub-model", Fault("webpage", "/api/models")
    yield "hub-model", Fault("drop", "/api/models")
    for lie in (_other_commit, _no_commit, _no_files, _odd_sizes, _odd_digests, _outside, _not_a_table):
        yield "hub-model", Fault("answer-json", "/api/models", value=Lie(lie))


class Lie:
    """A change of the hub's answer about a repository, with a name for the table."""

    def __init__(self, change: Callable[[dict[str, Any]], Any]) -> None:
        self._change = change

    def __call__(self, info: dict[str, Any]) -> Any:
        return self._change(info)

    def __str__(self) -> str:
        return self._change.__name__.strip("_")


def _other_commit(info: dict[str, Any]) -> Any:
    return info | {"sha": "main"}


def _no_commit(info: dict[str, Any]) -> Any:
    return {name: value for name, value in info.items() if name != "sha"}


def _no_files(info: dict[str, Any]) -> Any:
    return info | {"siblings": []}


def _odd_sizes(info: dict[str, Any]) -> Any:
    return info | {"siblings": [row | {"size": -1} for row in info["siblings"]]}


def _odd_digests(info: dict[str, Any]) -> Any:
    return info | {"siblings": [row | {"blobId": "../../etc", "lfs": None} for row in info["siblings"]]}


def _outside(info: dict[str, Any]) -> Any:
    """A file whose name leads out of the folder: it is no file that a library reads, so it is not taken."""
    row = info["siblings"][0] | {"rfilename": "../../outside.bin"}
    return info | {"siblings": [row]}


def _not_a_table(_: dict[str, Any]) -> Any:
    return ["no", "table"]


@cache
def unsafe_archives() -> dict[str, bytes]:
    """Archives that must not be unpacked, or not be converted."""
    link = zipfile.ZipInfo("source.spm")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    device = zipfile.ZipInfo("target.spm")
    device.create_system, device.external_attr = 3, 0o020666 << 16
    whole = zipped(MARIAN)
    return {
        "parent folder": zipped(MARIAN | {"../outside.yml": b"x"}),
        "parent folder inside": zipped(MARIAN | {"a/../../outside.yml": b"x"}),
        "absolute path": zipped(MARIAN | {"/etc/outside.yml": b"x"}),
        "drive letter": zipped(MARIAN | {"C:/outside.yml": b"x"}),
        "backslashes": zipped(MARIAN | {"..\\outside.yml": b"x"}),
        "symbolic link": _with(link, b"/etc/passwd"),
        "device": _with(device, b""),
        "same name twice": zipped(MARIAN | {"other/source.spm": b"x"}),
        "size bomb": zipped(MARIAN | {"bomb.yml": bytes(64 << 20)}),
        "bomb of many": zipped(MARIAN | {f"{n}.yml": bytes(7 << 20) for n in range(24)}),
        "bomb in the weights": zipped(MARIAN | {"model.npz": zipped({"w.npy": bytes(200 << 20)})}),
        "announces less than it holds": _lying(whole),
        "no decoder.yml": zipped({n: d for n, d in MARIAN.items() if n != "decoder.yml"}),
        "decoder.yml names /etc/passwd": _decoder(b"models: [model.npz]\nvocabs: [/etc/passwd]\n"),
        "decoder.yml names a parent": _decoder(b"models: [../model.npz]\nvocabs: [vocab.yml]\n"),
        "decoder.yml is a list": _decoder(b"- 1\n"),
        "decoder.yml wants code run": _decoder(b"models: !!python/object/apply:os.getcwd []\nvocabs: []\n"),
        "weights are a pickle": zipped(MARIAN | {"model.npz": b"\x80\x04\x95" + os.urandom(4000)}),
        "weights without layout": zipped(MARIAN | {"model.npz": zipped({"w.npy": b"\x93NUMPY"})}),
        "no source.spm": zipped({n: d for n, d in MARIAN.items() if n != "source.spm"}),
        "half of it": whole[: len(whole) // 2],
        "no archive": os.urandom(100_000),
        "empty": b"PK\x05\x06" + bytes(18),
    }


def _with(member: zipfile.ZipInfo, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in MARIAN.items():
            if name != member.filename:
                archive.writestr(name, content)
        archive.writestr(member, data)
    return packed.getvalue()


def _decoder(text: bytes) -> bytes:
    return zipped(MARIAN | {"decoder.yml": text})


def _lying(whole: bytes) -> bytes:
    """The directory at the end says that the first member is a tenth as long as it is."""
    place = whole.rindex(b"PK\x01\x02", 0, whole.rindex(b"PK\x05\x06"))
    size = int.from_bytes(whole[place + 24 : place + 28], "little")
    return whole[: place + 24] + (size // 10).to_bytes(4, "little") + whole[place + 28 :]
