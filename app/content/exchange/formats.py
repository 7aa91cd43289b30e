"""All formats by name, and which one a file is, from its content."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.content.exchange import csv_file, tbx, tbx_reading, tmx, xliff1, xliff2, xlsx_file
from app.content.exchange.unit import Header, Remarks, Unit, shown, writable
from app.content.exchange.xml_reading import Progress, root_element
from app.core.errors import InputError, UsageError

Units = Iterator[tuple[Header, Unit]]
Read = Callable[[Path, Remarks, Progress | None], Units]
Write = Callable[[Path, Header, Iterable[Unit]], None]

PHRASES, GLOSSARY = "phrases", "glossary"


@dataclass(frozen=True, slots=True)
class Format:
    """A file format with its reader and writer."""

    name: str
    title: str
    suffix: str
    read: Read
    write: Write
    kinds: tuple[str, ...] = (PHRASES, GLOSSARY)


_ALL = (
    Format("xliff2", "XLIFF 2.1", ".xlf", xliff2.read, xliff2.write),
    Format("xliff1", "XLIFF 1.2", ".xlf", xliff1.read, xliff1.write),
    Format("tmx", "TMX 1.4b", ".tmx", tmx.read, tmx.write),
    Format("tbx", "TBX 2019, DCA", ".tbx", tbx_reading.read, partial(tbx.write, tbx.DCA), (GLOSSARY,)),
    Format("tbx-dct", "TBX 2019, DCT", ".tbx", tbx_reading.read, partial(tbx.write, tbx.DCT), (GLOSSARY,)),
    Format("tbx-2008", "TBX 2008", ".tbx", tbx_reading.read, partial(tbx.write, tbx.MARTIF), (GLOSSARY,)),
    Format("csv", "CSV", ".csv", csv_file.read, csv_file.write),
    Format("xlsx", "XLSX", ".xlsx", xlsx_file.read, xlsx_file.write),
)
FORMATS = {entry.name: entry for entry in _ALL}


def choose(name: str, kind: str) -> Format:
    """The format of a name. Raises UsageError if it is unknown or cannot hold this content."""
    fitting = ", ".join(entry.name for entry in _ALL if kind in entry.kinds)
    found = FORMATS.get(name)
    if found is None:
        raise UsageError(f"Unbekanntes Format „{name}“", f"vorhanden: {fitting}")
    if kind not in found.kinds:
        raise UsageError(f"{found.title} ist für Fachwörter, nicht für Sätze", f"für Sätze: {fitting}")
    return found


def write_file(entry: Format, path: Path, header: Header, units: Iterable[Unit]) -> int:
    """Write a file whole or not at all; returns the number of units. Raises InputError."""
    counter = itertools.count()
    counted = (unit for unit, _ in zip(writable(units), counter, strict=False))
    temporary = path.with_name(f".{path.name}.neu")
    try:
        entry.write(temporary, header, counted)
        temporary.replace(path)
    except OSError as error:
        raise InputError(
            f"{path}: nicht geschrieben ({error.strerror})", "Pfad, Rechte und Platz prüfen"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return next(counter)


def detect(path: Path) -> Format:
    """The format of a file by its content; its name plays no role. Raises InputError."""
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        raise InputError(f"{path}: nicht lesbar ({error.strerror})", "Pfad und Rechte prüfen") from error
    if not start.strip(b"\0\r\n\t \xef\xbb\xbf\xff\xfe"):
        raise InputError(f"{path}: die Datei ist leer", "noch einmal schicken lassen")
    if start.startswith(b"PK\x03\x04"):
        return FORMATS["xlsx"]
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"{path}: altes Excel-Format (XLS)", "in Excel als XLSX speichern")
    if start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return _xml(path)
    return FORMATS["csv"]


def _xml(path: Path) -> Format:
    root = root_element(path)
    name = root.name
    if name == "xliff":
        return FORMATS["xliff2" if root.get("version").startswith("2") else "xliff1"]
    if name == "tbx":
        return FORMATS["tbx-dct" if root.get("style") == "dct" else "tbx"]
    if name == "tmx":
        return FORMATS["tmx"]
    if name in ("martif", "TBX"):
        return FORMATS["tbx-2008"]
    raise InputError(
        f"{path}:{root.line}: <{shown(name)}> ist kein Format für Übersetzungen",
        "lesbar sind XLIFF, TMX, TBX, CSV und XLSX",
    )
