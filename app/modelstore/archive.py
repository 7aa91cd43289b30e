"""Marian archives of OPUS-MT: unpacked with care, converted for CTranslate2 by its own converter."""

import shutil
import stat
import zipfile
import zlib
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Any

from app.engines.catalog import TranslateRow
from app.engines.model_files import first_line
from app.modelstore.errors import ModelStoreError, disk_error

MOST_GROWTH = 20
"""Unpacked bytes per packed byte. Weights hardly shrink; vocabularies shrink to a quarter."""
MOST_FREE = 8 << 20
"""Bytes that a member may have whatever its growth."""
_SUFFIXES = (".npz", ".yml", ".spm")
_TEXTS = ("README.md", "LICENSE")
_CHUNK = 1 << 20


class UntrustedArchive(ModelStoreError):
    """The archive is whole and no good; trying again with the same bytes is of no use."""


class DamagedArchive(Exception):
    """The archive itself did not arrive whole; fetching it anew may help."""


def unpack(archive: Path, folder: Path) -> None:
    """Unpack what the converter needs into an empty folder.

    Raises UntrustedArchive, DamagedArchive for a broken one, ModelStoreError if the disk refuses.
    """
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        with zipfile.ZipFile(archive) as packed:
            for member in _safe_members(packed, archive.stat().st_size):
                _extract(packed, member, folder / PurePosixPath(member.filename).name)
    except OSError as error:
        raise disk_error(error, folder) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise DamagedArchive(str(error)) from error
    for path in folder.glob("*.npz"):
        _require_plain_weights(path)


def convert(folder: Path, row: TranslateRow, out: Path) -> None:
    """Convert an unpacked archive to int8. Raises UntrustedArchive, ModelStoreError."""
    _require_own_files(folder)
    shutil.rmtree(out, ignore_errors=True)
    problem = ""
    try:
        from ctranslate2.converters import OpusMTConverter

        OpusMTConverter(str(folder)).convert(str(out), quantization="int8")
        for name in dict.fromkeys((row.source_pieces, row.target_pieces, *_TEXTS)):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, out / name)
    except OSError as error:
        raise disk_error(error, out) from error
    except Exception as error:
        problem = first_line(error)
    if problem:
        # Not in the except block: its traceback keeps the weights open, and Windows could not delete them.
        raise _refused(f"lässt sich nicht umwandeln ({problem})")
    missing = [name for name in (row.source_pieces, row.target_pieces) if not (out / name).is_file()]
    if missing:
        raise _refused(f"enthält {', '.join(missing)} nicht")


def _safe_members(packed: zipfile.ZipFile, size: int) -> list[zipfile.ZipInfo]:
    members = [member for member in packed.infolist() if not member.is_dir()]
    names = [PurePosixPath(member.filename).name for member in members]
    for member in members:
        path = PurePosixPath(member.filename)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
            raise _refused(f"will nach „{member.filename}“ schreiben")
        if kind not in (0, stat.S_IFREG):
            raise _refused(f"enthält mit „{member.filename}“ eine Verknüpfung oder ein Gerät")
        if member.flag_bits & 1:
            raise _refused("ist verschlüsselt")
        if member.file_size > max(MOST_FREE, MOST_GROWTH * member.compress_size):
            raise _refused(f"würde mit „{member.filename}“ auf {member.file_size} Byte wachsen")
    wanted = [
        member
        for member, name in zip(members, names, strict=True)
        if name.endswith(_SUFFIXES) or name in _TEXTS
    ]
    kept = [PurePosixPath(member.filename).name for member in wanted]
    if len(set(kept)) < len(kept):
        raise _refused("enthält Dateien doppelt")
    if sum(member.file_size for member in wanted) > MOST_GROWTH * max(size, MOST_FREE):
        raise _refused("würde unpassend groß")
    return wanted


def _extract(packed: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """Write at most the announced size; zipfile compares the CRC at the end."""
    left = member.file_size
    with packed.open(member) as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise zipfile.BadZipFile(f"{member.filename} ist länger als angekündigt")
            file.write(chunk)
    if left:
        raise zipfile.BadZipFile(f"{member.filename} ist kürzer als angekündigt")


def _require_plain_weights(path: Path) -> None:
    """An .npz is an archive in the archive; numpy reads it without pickle, but would follow a size bomb."""
    try:
        with zipfile.ZipFile(path) as packed:
            grown = sum(member.file_size for member in packed.infolist())
    except zipfile.BadZipFile as error:
        raise DamagedArchive(f"{path.name}: {error}") from error
    if grown > MOST_GROWTH * max(path.stat().st_size, MOST_FREE):
        raise _refused(f"würde mit {path.name} auf {grown} Byte wachsen")


def _require_own_files(folder: Path) -> None:
    """What decoder.yml names must lie in the folder itself."""
    yaml: Any = import_module("yaml")
    try:
        table = yaml.safe_load((folder / "decoder.yml").read_text("utf-8"))
        named = [str(name) for name in (*table["models"], *table["vocabs"])]
    except OSError as error:
        raise _refused("enthält keine decoder.yml: kein Marian-Modell") from error
    except (yaml.YAMLError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise _refused("hat eine unlesbare decoder.yml") from error
    for name in named:
        if PurePosixPath(name).name != name or "\\" in name or not (folder / name).is_file():
            raise _refused(f"nennt in decoder.yml „{name}“, das nicht darin liegt")


def _refused(what: str) -> UntrustedArchive:
    return UntrustedArchive(
        f"Das Archiv {what}", "Nichts wurde eingerichtet; ein anderes Modell wählen oder den Spiegel prüfen"
    )
