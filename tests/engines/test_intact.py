"""A model that is not what was recorded is not opened; what was checked before costs almost nothing."""

import os
import shutil
import time
from pathlib import Path

import pytest

from app.core.errors import EngineError
from app.core.paths import data_root
from app.engines import intact
from app.engines.catalog import TranslateRow, load_catalog
from app.engines.registry import EngineRegistry

DEMO = data_root() / "models" / "demo" / "translate-de-mul"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPRACHPULT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def row(tmp_path: Path) -> TranslateRow:
    shutil.copytree(DEMO, tmp_path / "mine")
    return TranslateRow(
        name="mine", runtime="ctranslate2", folder="mine", rank=1, licence="", root=tmp_path,
        sources=("de",), targets=("tr",), source="hub",
    )  # fmt: skip


def _fails() -> None:
    raise EngineError("half a model")


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: _flip(folder / "model.bin"), "Prüfsumme von model.bin"),
        (lambda folder: _flip(folder / "source.spm"), "Prüfsumme von source.spm"),
        (lambda folder: (folder / "model.toml").write_text("beam = 5\n"), "model.toml hat 9 statt 139 Byte"),
        (lambda folder: (folder / "model.bin").unlink(), "model.bin fehlt"),
        (lambda folder: (folder / "extra.json").write_text("[]"), "extra.json gehört nicht"),
        (lambda folder: (folder / "digests.json").write_text("{"), "digests.json: nicht lesbar"),
        (lambda folder: (folder / "model.bin").rename(folder / "x.bin"), "model.bin fehlt"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("checked_before", [False, True])
def test_damage_is_named_with_the_way_to_repair_it(
    row: TranslateRow, damage: object, words: str, checked_before: bool
) -> None:
    assert callable(damage)
    if checked_before:
        intact.require_intact(row)
    damage(row.path)
    with pytest.raises(EngineError, match=words) as caught:
        intact.require_intact(row)
    assert "models pull" in caught.value.hint


def test_notes_of_people_do_not_matter(row: TranslateRow) -> None:
    for name in ("README.md", "Thumbs.db", ".DS_Store", "measured.json"):
        (row.path / name).write_text("x")
    intact.require_intact(row)


def test_fast_check_trusts_size_and_time_and_the_full_one_does_not(row: TranslateRow) -> None:
    intact.require_intact(row)
    path = row.path / "model.bin"
    times = path.stat()
    _flip(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    intact.require_intact(row)
    record = intact.known_record(row.path)
    assert record and list(intact.problems(row.path, record)) == ["die Prüfsumme von model.bin stimmt nicht"]


def test_a_second_check_reads_nothing(row: TranslateRow, home: Path) -> None:
    with (row.path / "model.bin").open("ab") as file:
        file.truncate(400_000_000)
    intact.write_record(row.path, intact.record_of(row.path))
    begin = time.perf_counter()
    intact.require_intact(row)
    middle = time.perf_counter()
    intact.require_intact(row)
    assert (time.perf_counter() - middle) * 10 < middle - begin
    assert len(list((home / "checked").iterdir())) == 1


def test_a_folder_without_record_is_remembered_as_first_seen(row: TranslateRow) -> None:
    (row.path / "digests.json").unlink()
    with pytest.raises(EngineError, match="half"):
        intact.load_checked(row, _fails)
    assert intact.known_record(row.path) is None, "what cannot be loaded is not remembered"
    assert intact.load_checked(row, lambda: 7) == 7
    _flip(row.path / "model.bin")
    with pytest.raises(EngineError, match=r"Prüfsumme von model\.bin"):
        intact.require_intact(row)
    intact.accept(row.path)
    intact.require_intact(row)


def test_a_home_that_cannot_be_written_only_costs_time(row: TranslateRow, home: Path) -> None:
    home.write_text("a file, not a folder")
    intact.require_intact(row)
    intact.require_intact(row)


def test_the_demo_pack_is_what_was_measured() -> None:
    rows = [row for row in load_catalog([data_root() / "models"]).installed if row.folder]
    assert len(rows) == 3
    for row in rows:
        record = intact.read_record(row.path)
        assert record and not list(intact.problems(row.path, record))
        assert {"model.bin", "model.toml"} <= set(record.files)


def test_the_registry_does_not_open_a_damaged_model(tmp_path: Path) -> None:
    root = tmp_path / "models"
    shutil.copytree(data_root() / "models" / "demo", root / "demo")
    shutil.copyfile(data_root() / "models" / "catalog.toml", root / "catalog.toml")
    _flip(root / "demo" / "translate-de-mul" / "model.bin")
    registry = EngineRegistry([root])
    with pytest.raises(
        EngineError, match=r"beschädigt oder vertauscht.*models/demo/translate-de-mul aus dem"
    ):
        registry.translator("de", "tr")
    assert registry.translator("tr", "de")
