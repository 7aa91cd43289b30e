"""Small phrasebooks and files for the exchange."""

from collections.abc import Callable
from pathlib import Path

from app.content import load_library
from app.content.exchange.entries import Stock
from app.content.exchange.formats import FORMATS, write_file
from app.content.exchange.phrases import phrase_stock
from app.content.exchange.transfer import Plan, prepare
from app.content.exchange.unit import Header, Remarks, Unit
from tests.content.helpers import entry, translated, write_book

GERMAN = entry("warten", "Warten Sie {minuten:number} Minuten.", kind="instruction") + entry(
    "fieber", "Haben Sie Fieber?", kind="question", answer="yes-no", note="Ab 38 Grad."
)


def book(root: Path, translation: str | None = None, german: str = GERMAN, language: str = "tr") -> Path:
    """A phrasebook with the phrases test/warten and test/fieber; returns its root."""
    return write_book(root / "books", german, translation, language)


def turkish(**fields: str) -> str:
    return translated("{minuten:number} dakika bekleyin.", **fields)


def stock_of(root: Path) -> Callable[[str], Stock]:
    return lambda language: phrase_stock(load_library(root), language)


def read_in(root: Path, path: Path, language: str | None = None) -> Plan:
    """The file compared with the phrasebook below `root`."""
    return prepare(path, stock_of(root), "phrases", language=language)


def carried(tmp_path: Path, name: str, units: list[Unit], kind: str = "phrases") -> list[Unit]:
    """The units after a journey through a file of this format."""
    path = tmp_path / f"unterwegs{FORMATS[name].suffix}"
    write_file(FORMATS[name], path, Header(kind, "tr"), units)
    remarks = Remarks()
    found = [unit for _, unit in FORMATS[name].read(path, remarks, None)]
    assert list(remarks) == []
    return found
