"""XLSX: every cell is written as text, so that no formula runs; hostile archives are refused unparsed."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from app.content.exchange.table import Columns, Row, rows_of, units_of
from app.content.exchange.unit import Header, Remarks, Unit
from app.content.exchange.xml_reading import Progress
from app.core.errors import InputError, SprachpultError

MAX_UNPACKED = 1 << 29
MAX_PARTS = 1000
MAX_RATIO = 200
_SMALL = 8 << 20
"""Bytes up to which a part may be packed as tightly as it likes."""
MAX_COLUMNS = 200
MAX_CELL = 32_767
"""Characters a cell can hold."""
_WIDTHS = {"A": 28, "B": 10, "C": 50, "D": 50, "E": 30}
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)")
_NEW_COPY = "als neue XLSX-Datei speichern"


def write(path: Path, header: Header, units: Iterable[Unit]) -> None:
    """Raises OSError, and InputError for a text longer than a cell."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    # All rows first and the file last: openpyxl cannot be stopped half-way without leaving things open.
    rows = [_fitting(row) for row in rows_of(header, units)]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(header.kind)
    sheet.freeze_panes = "A2"
    for column, width in _WIDTHS.items():
        sheet.column_dimensions[column].width = width
    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, text or None)
            cell.data_type, cell.alignment, cell.quotePrefix = "s", wrapped, True
            if number == 0:
                cell.font = bold
            cells.append(cell)
        sheet.append(cells)
    packed = BytesIO()
    book.save(packed)
    path.write_bytes(packed.getvalue())


def _fitting(row: list[str]) -> list[str]:
    if any(len(text) > MAX_CELL for text in row):
        raise InputError(f"{row[0]}: Text länger als eine Zelle", "in ein anderes Format ausgeben")
    return row


def read(
    path: Path, remarks: Remarks, progress: Progress | None = None, language: str | None = None
) -> Iterator[tuple[Header, Unit]]:
    """One unit per row of the first sheet with known columns. Raises InputError with the row."""
    check_archive(path)
    from openpyxl import load_workbook

    try:
        # Opened here because openpyxl goes by the name's ending.
        with path.open("rb") as file:
            book = load_workbook(file, read_only=True, keep_links=False)
            for sheet in book.worksheets:
                rows = _rows(path, sheet, progress)
                columns = Columns(next(rows, (1, []))[1], language)
                if columns.complete:
                    yield from units_of(columns, rows, remarks)
                    return
                remarks.add(f"Tabellenblatt „{sheet.title}“ ohne bekannte Spalten, nicht ausgewertet")
    except SprachpultError:
        raise
    except Exception as error:
        # openpyxl answers damaged files with whatever its parts raise: KeyError, ValueError, BadZipFile, …
        raise InputError(f"{path}: keine lesbare XLSX-Datei ({type(error).__name__})", _NEW_COPY) from error
    raise InputError(
        f"{path}:1: kein Tabellenblatt nennt bekannte Spalten", "erste Zeile wie id, form, de, tr"
    )


def check_archive(path: Path) -> None:
    """Refuse archive bombs and parts with DTD or entities. Raises InputError."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise InputError(f"{path}: entpackt unmäßig groß", _NEW_COPY)
            for part in parts:
                if part.file_size > _SMALL and part.file_size > MAX_RATIO * part.compress_size:
                    raise InputError(f"{path}: „{part.filename}“ ist verdächtig dicht gepackt", _NEW_COPY)
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(path, archive, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{path}: die XLSX-Datei ist beschädigt", _NEW_COPY) from error
    except OSError as error:
        raise InputError(f"{path}: nicht lesbar ({error.strerror})", "Pfad und Rechte prüfen") from error
    except Exception as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            f"{path}: die XLSX-Datei ist beschädigt ({type(error).__name__})", _NEW_COPY
        ) from error


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as file:
        rest = b""
        while chunk := file.read(1 << 16):
            # Without the zero bytes UTF-16 reads like ASCII.
            text = rest + chunk.replace(b"\0", b"")
            if _DECLARATION.search(text):
                raise InputError(f"{path}: „{part.filename}“ erklärt eigene Entitäten", _NEW_COPY)
            rest = text[-16:]


def _rows(path: Path, sheet: Any, progress: Progress | None) -> Iterator[Row]:
    total = sheet.max_row or 1
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), 1):
        texts = []
        for cell in cells:
            if cell.data_type == "f":
                raise InputError(
                    f"{path}:{number}: eine Zelle enthält eine Formel",
                    "als Text einfügen (Inhalte einfügen, Werte)",
                )
            texts.append("" if cell.value is None else str(cell.value))
        if progress is not None and number % 1000 == 0:
            progress("lesen", min(number / total, 1.0))
        yield number, texts
