"""What languages need, by machine; and how large a machine is."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import UsageError
from app.core.paths import data_root
from app.engines import machine as engine_machine
from app.engines.catalog import Catalog, TranslateRow, load_catalog
from app.engines.machine import Speed, measured_speed, physical_cores
from app.modelstore.benchmark import machine_speed
from app.modelstore.errors import ModelStoreError
from app.modelstore.plan import named, plan
from app.modelstore.profile import Machine, choose, reasons
from app.modelstore.status import Status, StatusNote, read_status
from app.modelstore.store import Store


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog([data_root() / "models"])


@pytest.mark.parametrize(
    ("languages", "profile", "expected"),
    [
        (
            ["tr"], "klein",
            {"whisper-small", "opus-de-tr", "opus-tr-de", "piper-de", "piper-tr"},
        ),
        (
            ["uk", "ru"], "mittel",
            {"whisper-medium", "opus-de-zle", "opus-sla-de", "piper-de", "piper-uk", "piper-ru"},
        ),
        (["mk"], "gross", {"whisper-large-v3-turbo", "m2m100-418m", "opus-sla-de", "piper-de"}),
        (["so"], "gross", {"whisper-large-v3-turbo", "madlad400-3b", "piper-de"}),
        (["so"], "klein", {"whisper-small", "piper-de"}),
    ],
)  # fmt: skip
def test_just_what_the_languages_need(
    catalog: Catalog, languages: list[str], profile: str, expected: set[str]
) -> None:
    found = plan(catalog, languages, profile)
    assert {row.name for row in found.needed} == expected
    assert all(row.official_use != "no" for row in found.needed)


def test_what_only_a_restricted_licence_offers_is_kept_apart(catalog: Catalog) -> None:
    found = plan(catalog, ["ps"], "klein")
    assert [row.name for row in found.restricted] == ["nllb-600m"]
    assert "nach Paschtu übersetzen" in found.gaps and "Paschtu verstehen" in found.gaps


def test_what_is_gone_is_replaced_by_the_next_best(catalog: Catalog) -> None:
    found = plan(catalog, ["tr"], "klein", refused={"opus-de-tr", "piper-tr", "whisper-small"})
    assert {"m2m100-418m", "opus-tr-de"} <= {row.name for row in found.needed}
    assert found.gaps == ("Türkisch verstehen",), "the demo pack knows its own sentences only"


def test_what_is_installed_and_better_is_kept(catalog: Catalog) -> None:
    rows = dict(catalog.rows)
    for name in ("opus-de-tr", "whisper-large-v3-turbo"):
        rows[name] = replace(rows[name], root=Path("somewhere"))
    found = plan(Catalog(rows, catalog.pivots), ["tr"], "klein")
    assert {row.name for row in found.needed} == {"opus-tr-de", "piper-de", "piper-tr"}


def test_unknown_names_get_the_nearest(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="whisper-small"):
        named(catalog, ["whisper-smal"])
    assert [row.name for row in named(catalog, ["piper-tr", "piper-tr"])] == ["piper-tr"]


def test_rows_that_can_be_fetched_are_complete(catalog: Catalog) -> None:
    for row in catalog.rows.values():
        if row.source == "archive":
            assert isinstance(row, TranslateRow) and row.origin.startswith("https://")
        if row.source == "hub":
            assert row.origin.count("/") == 1
        if row.runtime == "piper":
            assert len(row.files) == 3 and all(f.size and f.md5 for f in row.files)
        assert not row.verified or not row.source, "nobody ran it here"
        assert row.official_use == "no" or "NC" not in row.licence


@pytest.mark.parametrize(
    ("cores", "gigabytes", "gops", "expected"),
    [
        (2, 4, 5000, "klein"), (4, 8, 200, "klein"), (4, 8, 600, "mittel"), (4, 32, 5000, "mittel"),
        (6, 8, 5000, "mittel"), (8, 16, 1200, "gross"), (8, 16, 1100, "mittel"),
    ],
)  # fmt: skip
def test_the_profile_follows_cores_memory_and_speed(
    cores: int, gigabytes: int, gops: float, expected: str
) -> None:
    found = Machine(gigabytes * 10**9, Speed(cores, "int8", 4, gops))
    assert choose(found) == expected
    assert f"{cores} Kerne, {gigabytes} GB" in reasons(found)


def test_the_machine_is_measured_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRACHPULT_HOME", str(tmp_path))
    assert measured_speed() is None and engine_machine.compute_type("auto") == "int8"
    steps: list[str] = []
    first = machine_speed(lambda step, _: steps.append(step))
    assert first.cores == physical_cores() and 1 <= first.threads <= max(8, first.cores) and first.gops > 0
    assert engine_machine.compute_type("auto") == first.compute_type and len(steps) >= 2
    assert machine_speed() == first
    assert engine_machine.compute_type("float32") == "float32"
    (tmp_path / "speed.json").write_text('{"cores": 1}', "utf-8")
    assert measured_speed() is None


def test_space_is_asked_for_beforehand(tmp_path: Path) -> None:
    Store(tmp_path).require_space(0)
    with pytest.raises(
        ModelStoreError, match=r"gebraucht werden 5000000000,0 GB, frei sind .*SPRACHPULT_HOME"
    ):
        Store(tmp_path).require_space(5 * 10**18)
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ModelStoreError, match=r"file/\.partial"):
        Store(tmp_path / "file").require_space(0)


def test_another_process_sees_how_far_a_fetch_is(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert read_status(store) is None
    store.work("")
    note = StatusNote(store)
    note.write(Status("piper-tr", 30, 120))
    assert read_status(store) == Status("piper-tr", 30, 120)
    note.clear()
    assert read_status(store) is None
