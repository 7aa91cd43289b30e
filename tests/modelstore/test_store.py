"""The folder of models: what is found again after a process was killed in the middle of a change."""

import threading
from pathlib import Path

import pytest

from app.engines import intact
from app.modelstore.fetch.pull import Puller
from app.modelstore.fetch.sources import ask
from app.modelstore.store import PARTIAL, Store
from tests.modelstore.campaign import require_whole
from tests.modelstore.hub import REVISION
from tests.modelstore.offered import ARCHIVE_ROW, HUB_ROW, impatient, make_hub


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRACHPULT_HOME", str(tmp_path / "home"))


def test_killed_between_the_two_renames(tmp_path: Path) -> None:
    store = Store(tmp_path / "models")
    with make_hub() as hub:
        policy = impatient(hub.url)
        sources, _ = ask([HUB_ROW, ARCHIVE_ROW], store, policy, threading.Event())
        assert not Puller(store, policy, lambda _: None).pull(sources)
        for row in (HUB_ROW, ARCHIVE_ROW):
            (store.root / row.folder).rename(store.work(row.name) / "old")
            assert store.earlier(row).origin == row.origin
        # The newest revision is another one now; what was recorded first holds.
        assert store.earlier(HUB_ROW).revision == REVISION
        again, failed = ask([HUB_ROW, ARCHIVE_ROW], store, policy, threading.Event())
        assert not failed and again[1].items[0].digests, (
            "the archive's digest of the first fetch is asked for"
        )
        assert not Puller(store, policy, lambda _: None).pull(again)
    for row in (HUB_ROW, ARCHIVE_ROW):
        require_whole(store.root, row)


def test_another_archive_under_the_same_address_is_refused_later(tmp_path: Path) -> None:
    store = Store(tmp_path / "models")
    with make_hub() as hub:
        policy = impatient(hub.url)
        sources, _ = ask([ARCHIVE_ROW], store, policy, threading.Event())
        assert not Puller(store, policy, lambda _: None).pull(sources)
        (store.root / "archive-model" / "model.bin").unlink()
        data = bytearray(hub.archives["mul-deu/opus.zip"])
        data[-1:] = b"\1\0x"
        hub.archives["mul-deu/opus.zip"] = bytes(data)
        sources, _ = ask([ARCHIVE_ROW], store, policy, threading.Event())
        failed = Puller(store, policy, lambda _: None).pull(sources)
    assert "Prüfsumme" in failed["archive-model"].message
    assert not list((store.root / PARTIAL / "archive-model").rglob("*.zip*"))
    record = intact.read_record(store.root / "archive-model")
    assert record and "archive_sha256" in record.extra
