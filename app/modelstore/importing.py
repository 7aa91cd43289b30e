"""Reads a bundle: signature first, then every file against the signed list, then all is put in place."""

import hashlib
import json
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.errors import InputError
from app.engines import intact
from app.engines.intact import Digest
from app.modelstore.bundle import FORMAT, MANIFEST, SIGNATURE, Report
from app.modelstore.errors import ModelStoreError, disk_error
from app.modelstore.keys import public_text
from app.modelstore.store import Store

MOST_LIST = 4 << 20
"""Bytes of the manifest."""
_CHUNK = 1 << 20
_NAME = r"\w[\w.-]*"
_INSIDE = rf"{_NAME}(/{_NAME})*"


@dataclass(frozen=True, slots=True)
class _Model:
    name: str
    folder: str
    files: dict[str, Digest]


def read_bundle(
    file: Path, store: Store, trusted: Ed25519PublicKey | None, report: Report, waiting: Callable[[], None]
) -> list[str]:
    """Check a bundle and put its models in place; gives their names.

    Raises InputError for a file that is no bundle or does not hold what its list says, ModelStoreError for a
    signature that is not trusted and for a disk that refuses; then nothing has been put in place.
    """
    try:
        with tarfile.open(file, "r|") as packed:
            models = _trusted_list(packed, trusted)
            with store.lock(waiting):
                return _take(packed, models, store, report)
    except tarfile.TarError as error:
        raise _broken(f"{file}: kein Modellpaket oder beschädigt ({error})") from error
    except OSError as error:
        if not file.is_file():
            raise InputError(f"{file} gibt es nicht", "Pfad prüfen") from error
        raise disk_error(error, store.root) from error


def _trusted_list(packed: tarfile.TarFile, trusted: Ed25519PublicKey | None) -> list[_Model]:
    manifest, signature = _leading(packed, MANIFEST), _leading(packed, SIGNATURE)
    try:
        table = json.loads(signature)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(table["key"]))
        signed = bytes.fromhex(table["signature"])
    except (ValueError, KeyError, TypeError) as error:
        raise _broken("Die Unterschrift des Pakets ist nicht lesbar") from error
    if trusted is None or public_text(key) != public_text(trusted):
        raise ModelStoreError(
            f"Das Paket ist von jemand anderem unterschrieben: {public_text(key)}",
            "beim Absender vergleichen („models bundle --show-key“), dann mit --trust SCHLÜSSEL",
        )
    try:
        key.verify(signed, manifest)
    except InvalidSignature as error:
        raise _broken("Die Unterschrift passt nicht zum Paket") from error
    return list(_models(manifest))


def _leading(packed: tarfile.TarFile, name: str) -> bytes:
    member = packed.next()
    if member is None or member.name != name or not member.isreg() or member.size > MOST_LIST:
        raise _broken("Das ist kein Modellpaket von Sprachpult")
    stream = packed.extractfile(member)
    return stream.read() if stream else b""


def _models(manifest: bytes) -> Iterator[_Model]:
    """Signed, and still not believed: names that lead out of the model folder are refused."""
    try:
        table = json.loads(manifest)
        if table["format"] != FORMAT:
            raise _broken(f"Das Paket hat ein anderes Format: {table['format']}")
        for entry in table["models"]:
            yield _Model(
                _fit(_NAME, entry["name"]),
                _fit(_INSIDE, entry["folder"]),
                {_fit(_INSIDE, name): _digest(facts) for name, facts in entry["files"].items()},
            )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _broken("Die Liste des Pakets ist nicht lesbar") from error


def _fit(shape: str, text: Any) -> str:
    if not re.fullmatch(shape, str(text)) or str(text).split("/")[0] == "demo":
        raise _broken(f"Das Paket will nach „{text}“ schreiben")
    return str(text)


def _digest(facts: Any) -> Digest:
    size, sha256 = facts["size"], facts["sha256"]
    if not isinstance(size, int) or size < 0 or not re.fullmatch("[0-9a-f]{64}", str(sha256)):
        raise ValueError("size or digest")
    return Digest(size, sha256)


def _take(packed: tarfile.TarFile, models: list[_Model], store: Store, report: Report) -> list[str]:
    total = sum(digest.size for model in models for digest in model.files.values())
    store.require_space(total)
    done = 0
    try:
        for model in models:
            for name, digest in sorted(model.files.items()):
                report(f"{model.name}/{name}", done / max(1, total))
                _copy(packed, f"{model.name}/{name}", digest, _ready(store, model) / name)
                done += digest.size
        if packed.next() is not None:
            raise _broken("Das Paket enthält mehr, als seine Liste nennt")
        records = [intact.read_record(_ready(store, model)) for model in models]
        for model, record in zip(models, records, strict=True):
            if record and any(intact.problems(_ready(store, model), record)):
                raise _broken(f"„{model.name}“ passt nicht zu seinen eigenen Prüfsummen")
    except BaseException:
        for model in models:
            shutil.rmtree(_ready(store, model), ignore_errors=True)
        raise
    for model, record in zip(models, records, strict=True):
        ready = _ready(store, model)
        store.place(model.name, model.folder, ready, record or intact.record_of(ready, name=model.name))
    return [model.name for model in models]


def _ready(store: Store, model: _Model) -> Path:
    return store.work(model.name) / "imported"


def _copy(packed: tarfile.TarFile, name: str, digest: Digest, target: Path) -> None:
    """The next member, which must be exactly this file."""
    member = packed.next()
    if member is None or member.name != name or not member.isreg() or member.size != digest.size:
        raise _broken(f"Im Paket fehlt {name}, oder etwas anderes steht an seiner Stelle")
    stream = packed.extractfile(member)
    assert stream
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        if _copied(stream, file) != digest:
            raise _broken(f"Die Prüfsumme von {name} im Paket stimmt nicht")


def _copied(stream: IO[bytes], file: IO[bytes]) -> Digest:
    found, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        found.update(chunk)
        size += len(chunk)
        file.write(chunk)
    return Digest(size, found.hexdigest())


def _broken(message: str) -> InputError:
    return InputError(
        message, "Nichts wurde eingerichtet; das Paket noch einmal kopieren oder neu erstellen lassen"
    )
