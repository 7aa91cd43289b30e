"""What is written here, another library reads the same: texts, their languages, their ids."""

from pathlib import Path
from typing import Any

import pytest
from translate.storage.tbx import tbxfile
from translate.storage.tmx import tmxfile
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from app.content.exchange.formats import FORMATS, write_file
from app.content.exchange.unit import Claim, Header, Unit

META = {
    "status": "draft",
    "kind": "question",
    "source_hash": "0a0a0a0a",
    "definition": "Ein <Zeichen> & mehr.",
}
TEXTS = {
    "tb/fieber": ("Haben Sie Fieber?", "هل لديك حمى؟\u200f"),
    "tb/zeichen": ("a < b & „c“", "<ب> & \u2068x\u2069 😷"),
}
UNITS = [Unit(name, "other", de, ar, Claim.DRAFT, "ok", META) for name, (de, ar) in TEXTS.items()]


@pytest.mark.parametrize(
    ("name", "reader"),
    [("xliff1", xlifffile), ("xliff2", Xliff2File), ("tmx", tmxfile), ("tbx-2008", tbxfile)],
)
def test_another_reader_sees_the_same(tmp_path: Path, name: str, reader: Any) -> None:
    path = tmp_path / "x"
    units = [Unit(u.id, "term", u.source, u.target, u.claim, u.comment, u.meta) for u in UNITS]
    write_file(FORMATS[name], path, Header("glossary", "ar"), units if name == "tbx-2008" else UNITS)
    store = reader.parsefile(str(path))
    store.setsourcelanguage("de")
    store.settargetlanguage("ar")
    found = [(str(unit.source), str(unit.target)) for unit in store.units if unit.istranslatable()]
    assert found == list(TEXTS.values())
