"""Archives that are not to be trusted: refused, and nothing is written where they wanted to write."""

from pathlib import Path

import pytest

from app.modelstore.archive import DamagedArchive, UntrustedArchive, convert, unpack
from tests.modelstore.faults import unsafe_archives
from tests.modelstore.offered import ARCHIVE_ROW, MARIAN, expected, zipped

MOST = 48 << 20
"""Bytes that refusing may leave on the disk: the members before the bomb."""


@pytest.mark.parametrize("name", unsafe_archives())
def test_an_unsafe_archive_is_refused(name: str, tmp_path: Path) -> None:
    archive, work = tmp_path / "archive.zip", tmp_path / "a" / "work"
    archive.write_bytes(unsafe_archives()[name])
    with pytest.raises((UntrustedArchive, DamagedArchive)) as caught:
        unpack(archive, work)
        convert(work, ARCHIVE_ROW, tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} <= {"archive.zip", "a", "out"}
    assert {path.name for path in (tmp_path / "a").iterdir()} <= {"work"}
    assert sum(path.stat().st_size for path in work.rglob("*")) < MOST
    assert not (tmp_path / "out" / "source.spm").is_symlink()


def test_what_else_lies_in_an_archive_is_left_there(tmp_path: Path) -> None:
    more = {"preprocess.sh": b"rm -rf /", "sub/LICENSE": b"CC-BY", "model.pkl": b"\x80\x04."}
    (tmp_path / "archive.zip").write_bytes(zipped(MARIAN | more))
    unpack(tmp_path / "archive.zip", tmp_path / "work")
    assert {path.name for path in (tmp_path / "work").iterdir()} == {*MARIAN, "LICENSE"}
    convert(tmp_path / "work", ARCHIVE_ROW, tmp_path / "out")
    made = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert made == expected(ARCHIVE_ROW) | {"LICENSE": b"CC-BY"}
