"""An office's folder whose catalog and settings point to the loopback servers."""

import json
from pathlib import Path

from app.engines.machine import physical_cores
from tests.modelstore.offered import VOICE_ROW

CATALOG = f"""
[hub-model]
purpose = "translate"
library = "ctranslate2"
folder = "hub-model"
from = ["tr", "ar", "uk", "ro"]
to = ["de"]
rank = 200
licence = "GPL-3.0-or-later"
official_use = "yes"
origin = "demo/translate-mul-de"
source = "hub"

[archive-model]
purpose = "translate"
library = "ctranslate2"
folder = "archive-model"
from = ["tr", "ar", "uk", "ro"]
to = ["de"]
rank = 100
licence = "CC-BY-NC-4.0"
official_use = "no"
origin = "https://archives.invalid/archives/mul-deu/opus.zip"
source = "archive"

[voice-model]
purpose = "voice"
library = "piper"
folder = "voice-model"
languages = ["tr"]
rank = 300
licence = "CC0-1.0"
official_use = "yes"
origin = "demo/voices"
source = "hub"
files = [
    {",".join(f'{{ path = "{f.path}", size = {f.size}, md5 = "{f.md5}" }}' for f in VOICE_ROW.files)}
]
"""


def office(home: Path, url: str) -> Path:
    """Write catalog and settings into an office's folder; gives its model root."""
    root = home / "models"
    root.mkdir(parents=True, exist_ok=True)
    (root / "catalog.toml").write_text(CATALOG, "utf-8")
    settings = {
        "hub_address": url,
        "archive_address": url,
        "download_stall_seconds": 0.5,
        "download_attempts": 2,
    }
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
    (home / "settings.toml").write_text("".join(lines), "utf-8")
    # As if measured already: the micro-benchmark has a test of its own.
    speed = {"cores": physical_cores(), "compute_type": "int8", "threads": 1, "gops": 100.0}
    (home / "speed.json").write_text(json.dumps(speed), "utf-8")
    return root
