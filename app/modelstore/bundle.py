"""A bundle: one tar file with a signed list of its models, then their files in the order of the list.

`manifest.json` names size and SHA-256 of every file; `manifest.sig` holds the sender's public key and the
Ed25519 signature over the manifest's bytes. Nothing is compressed: weights do not shrink.
"""

import io
import json
import tarfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO

from app.engines import intact
from app.engines.catalog import ModelRow
from app.modelstore.errors import ModelStoreError, disk_error
from app.modelstore.keys import own_key, public_text

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
FORMAT = "sprachpult-models-1"
Report = Callable[[str, float], None]


def write_bundle(rows: Sequence[ModelRow], out: Path, report: Report) -> int:
    """Check the models, write them signed, and give the size in bytes. Raises ModelStoreError."""
    partial = out.with_name(f"{out.name}.part")
    try:
        manifest = json.dumps({"format": FORMAT, "models": [_entry(row) for row in rows]}).encode()
        key = own_key()
        signed = {"key": public_text(key.public_key()), "signature": key.sign(manifest).hex()}
        with tarfile.open(partial, "w", format=tarfile.PAX_FORMAT) as packed:
            _add(packed, MANIFEST, manifest)
            _add(packed, SIGNATURE, json.dumps(signed).encode())
            files = list(_files(rows))
            for number, (name, path) in enumerate(files):
                report(name, number / len(files))
                with path.open("rb") as file:
                    _add_stream(packed, name, path.stat().st_size, file)
        partial.replace(out)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise disk_error(error, out) from error
    return out.stat().st_size


def _entry(row: ModelRow) -> dict[str, object]:
    """The manifest's line about a model, which must be as it was recorded."""
    record = intact.known_record(row.path)
    complaint = next(intact.problems(row.path, record), "") if record else ""
    if complaint:
        raise ModelStoreError(f"„{row.name}“ ist beschädigt: {complaint}", intact.repair(row))
    files = {name: intact.digest_of(row.path / name) for name in _names(row.path)}
    table = {name: {"size": digest.size, "sha256": digest.sha256} for name, digest in files.items()}
    return {"name": row.name, "folder": row.folder, "files": table}


def _files(rows: Sequence[ModelRow]) -> Iterator[tuple[str, Path]]:
    for row in rows:
        for name in _names(row.path):
            yield f"{row.name}/{name}", row.path / name


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def _add(packed: tarfile.TarFile, name: str, data: bytes) -> None:
    _add_stream(packed, name, len(data), io.BytesIO(data))


def _add_stream(packed: tarfile.TarFile, name: str, size: int, file: IO[bytes]) -> None:
    """Name and size alone: no owner, no time, no rights."""
    member = tarfile.TarInfo(name)
    member.size = size
    packed.addfile(member, file)
