"""What the loopback servers offer: a demo translator as hub repository and as Marian archive, and a voice."""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np

from app.core.paths import data_root
from app.engines.catalog import FileFact, ModelRow, TranslateRow, VoiceRow
from app.modelstore.fetch.policy import Policy
from tests.modelstore.hub import Hub

PACK = data_root() / "models" / "demo"
LANGUAGES = ("tr", "ar", "uk", "ro")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())
            if path.name not in ("model.toml", "digests.json")}  # fmt: skip


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive as OPUS-MT publishes them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


MARIAN = _files(PACK / "marian-mul-de")
REPOSITORY = _files(PACK / "translate-mul-de") | {"README.md": b"# demo\n", "pytorch_model.bin": b"pickle"}
VOICE = {
    "xx/demo.onnx": np.random.default_rng(3).bytes(400_000),
    "xx/demo.onnx.json": b'{"audio": {}}\n' * 40,
}

HUB_ROW = TranslateRow(
    name="hub-model", runtime="ctranslate2", folder="hub-model", rank=1, licence="GPL-3.0-or-later",
    official_use="yes", origin="demo/translate-mul-de", source="hub", sources=LANGUAGES, targets=("de",),
)  # fmt: skip
ARCHIVE_ROW = TranslateRow(
    name="archive-model", runtime="ctranslate2", folder="archive-model", rank=2, licence="CC-BY-4.0",
    official_use="yes", origin="https://archives.invalid/archives/mul-deu/opus.zip", source="archive",
    sources=LANGUAGES, targets=("de",),
)  # fmt: skip
VOICE_ROW = VoiceRow(
    name="voice-model", runtime="piper", folder="voice-model", rank=3, licence="CC0-1.0", official_use="yes",
    origin="demo/voices", source="hub", languages=("tr",),
    files=tuple(FileFact(name, len(data), md5=hashlib.md5(data).hexdigest()) for name, data in VOICE.items()),
)  # fmt: skip
ROWS: dict[str, ModelRow] = {row.name: row for row in (HUB_ROW, ARCHIVE_ROW, VOICE_ROW)}

LARGE_FILE = {"hub-model": "model.bin", "archive-model": "opus.zip", "voice-model": "demo.onnx"}
"""The path that a fault about the model's large file matches."""
SMALL_FILE = {"hub-model": "config.json", "voice-model": "demo.onnx.json"}


def make_hub() -> Hub:
    repositories = {"demo/translate-mul-de": REPOSITORY, "demo/voices": VOICE}
    return Hub(repositories, {"mul-deu/opus.zip": zipped(MARIAN)})


def impatient(url: str, stall: float = 0.4) -> Policy:
    """The program's policy with waits that suit a server on the same machine."""
    return Policy(hub=url, archives=url, stall=stall, attempts=3, first_wait=0.001, most_wait=0.01)


def expected(row: ModelRow) -> dict[str, bytes]:
    """What must lie in the folder of the fetched model, README apart."""
    if row is VOICE_ROW:
        return {Path(name).name: data for name, data in VOICE.items()}
    return _files(PACK / "translate-mul-de")
