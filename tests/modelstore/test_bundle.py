"""Bundles: what is signed arrives; what was changed, cut or added on the way is refused, nothing written."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.core.errors import InputError, SprachpultError
from app.engines import intact
from app.engines.catalog import VoiceRow
from app.modelstore.bundle import FORMAT, write_bundle
from app.modelstore.errors import ModelStoreError
from app.modelstore.importing import read_bundle
from app.modelstore.keys import own_key, public_text, trusted_key
from app.modelstore.store import PARTIAL, Store

FILES = {"voice-tugão.onnx": bytes(range(256)) * 40, "voice-tugão.onnx.json": b"{}\n"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPRACHPULT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def row(tmp_path: Path) -> VoiceRow:
    """An installed model with its record."""
    folder = tmp_path / "from" / "voice"
    folder.mkdir(parents=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    intact.write_record(folder, intact.record_of(folder, name="voice", licence="MIT"))
    return VoiceRow(
        name="voice", runtime="piper", folder="voice", rank=1, licence="MIT", languages=("pt",),
        root=folder.parent,
    )  # fmt: skip


def _read(file: Path, store: Store) -> list[str]:
    return read_bundle(file, store, own_key().public_key(), lambda *_: None, lambda: None)


def _written(row: VoiceRow, tmp_path: Path) -> Path:
    out = tmp_path / "out.sprachpult"
    assert write_bundle([row], out, lambda *_: None) == out.stat().st_size
    return out


def test_a_bundle_arrives_whole(row: VoiceRow, tmp_path: Path) -> None:
    store = Store(tmp_path / "to")
    assert _read(_written(row, tmp_path), store) == ["voice"]
    assert store.whole(row)
    assert {name: (store.root / "voice" / name).read_bytes() for name in FILES} == FILES
    assert [path.name for path in (store.root / PARTIAL).iterdir()] == ["lock"]


def test_a_damaged_model_is_not_carried(row: VoiceRow, tmp_path: Path) -> None:
    (row.path / "voice-tugão.onnx").write_bytes(b"x")
    with pytest.raises(ModelStoreError, match="beschädigt"):
        _written(row, tmp_path)
    assert not list(tmp_path.glob("out*"))


def test_any_changed_byte_and_any_cut_is_refused(row: VoiceRow, tmp_path: Path) -> None:
    whole = _written(row, tmp_path).read_bytes()
    spoilt, store = tmp_path / "spoilt", Store(tmp_path / "to")
    refused = harmless = 0
    for place in range(0, len(whole), 97):
        for data in (whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :], whole[:place]):
            spoilt.write_bytes(data)
            try:
                _read(spoilt, store)
                harmless += 1
                # Filling between and after the files: what was installed is nevertheless what was signed.
                assert {name: (store.root / "voice" / name).read_bytes() for name in FILES} == FILES
                (store.root / "voice").rename(tmp_path / f"was-{place}-{len(data)}")
            except SprachpultError as error:
                refused += 1
                assert error.hint and "\n" not in str(error)
                assert not (store.root / "voice").exists()
    assert refused > 3 * harmless


def test_somebody_elses_signature_is_named(
    row: VoiceRow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcel, sender = _written(row, tmp_path), public_text(own_key().public_key())
    monkeypatch.setenv("SPRACHPULT_HOME", str(tmp_path / "another"))
    with pytest.raises(ModelStoreError, match=sender):
        _read(parcel, Store(tmp_path / "to"))
    spelled = " ".join(sender[n : n + 8] for n in range(0, 64, 8)).upper()
    key = trusted_key(spelled)
    assert read_bundle(parcel, Store(tmp_path / "to"), key, lambda *_: None, lambda: None) == ["voice"]


def _forged(
    path: Path, models: object, members: list[tuple[tarfile.TarInfo, bytes]], key: Ed25519PrivateKey
) -> None:
    """A bundle with a right signature and whatever content."""
    manifest = json.dumps({"format": FORMAT, "models": models}).encode()
    signed = {"key": public_text(key.public_key()), "signature": key.sign(manifest).hex()}
    leading = [(tarfile.TarInfo("manifest.json"), manifest)]
    leading.append((tarfile.TarInfo("manifest.sig"), json.dumps(signed).encode()))
    with tarfile.open(path, "w") as packed:
        for member, data in [*leading, *members]:
            member.size = len(data)
            packed.addfile(member, io.BytesIO(data))


def _member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member


LINK, DEVICE = _member("x/y", tarfile.SYMTYPE, "/etc"), _member("x/y", tarfile.CHRTYPE)
ONE = {"size": 1, "sha256": intact.Digest(1, "0" * 64).sha256}


@pytest.mark.parametrize(
    ("model", "members", "words"),
    [
        ({"name": "../x", "folder": "x", "files": {}}, [], "schreiben"),
        ({"name": "x", "folder": "../../x", "files": {}}, [], "schreiben"),
        ({"name": "x", "folder": "/etc", "files": {}}, [], "schreiben"),
        ({"name": "x", "folder": ".partial", "files": {}}, [], "schreiben"),
        ({"name": "x", "folder": "demo/recognise", "files": {}}, [], "schreiben"),
        ({"name": "x", "folder": "x", "files": {"../y": ONE}}, [], "schreiben"),
        ({"name": "x", "folder": "x", "files": {"C:y": ONE}}, [], "schreiben"),
        ({"name": "x", "folder": "x", "files": {"y": {"size": -1, "sha256": "0" * 64}}}, [], "Liste"),
        ({"name": "x", "folder": "x", "files": {"y": {"size": 1}}}, [], "Liste"),
        ({"name": "x", "folder": "x"}, [], "Liste"),
        ({"name": "x", "folder": "x", "files": {"y": ONE}}, [], "fehlt x/y"),
        ({"name": "x", "folder": "x", "files": {"y": ONE}}, [(_member("x/z"), b"1")], "fehlt x/y"),
        ({"name": "x", "folder": "x", "files": {"y": ONE}}, [(_member("x/y"), b"12")], "fehlt x/y"),
        ({"name": "x", "folder": "x", "files": {"y": ONE}}, [(_member("x/y"), b"1")], "Prüfsumme"),
        ({"name": "x", "folder": "x", "files": {"y": ONE}}, [(LINK, b"")], "fehlt"),
        ({"name": "x", "folder": "x", "files": {"y": ONE}}, [(DEVICE, b"")], "fehlt"),
        ({"name": "x", "folder": "x", "files": {}}, [(_member("x/more"), b"1")], "mehr, als"),
    ],
)  # fmt: skip
def test_even_a_signed_list_is_not_believed(
    tmp_path: Path, model: object, members: list[tuple[tarfile.TarInfo, bytes]], words: str
) -> None:
    store = Store(tmp_path / "to")
    _forged(tmp_path / "forged", [model], members, own_key())
    with pytest.raises(InputError, match=words):
        _read(tmp_path / "forged", store)
    assert [path.name for path in store.root.glob("*") if path.name != PARTIAL] == []
    assert not (tmp_path / "x").exists()


def test_more_than_the_disk_holds_is_refused_first(tmp_path: Path) -> None:
    huge = {"name": "x", "folder": "x", "files": {"y": {"size": 10**18, "sha256": "0" * 64}}}
    _forged(tmp_path / "forged", [huge], [], own_key())
    with pytest.raises(ModelStoreError, match="Es fehlt Platz"):
        _read(tmp_path / "forged", Store(tmp_path / "to"))


def test_the_key_is_kept_and_only_its_owner_reads_it(home: Path) -> None:
    first = public_text(own_key().public_key())
    assert public_text(own_key().public_key()) == first
    assert (home / "keys" / "bundle.pem").stat().st_mode & 0o077 == 0
    (home / "keys" / "bundle.pem").write_text("kaputt", "ascii")
    with pytest.raises(InputError, match="Schlüssel"):
        own_key()
