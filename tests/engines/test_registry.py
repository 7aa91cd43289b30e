"""Lazy, cached, safe from any thread; what is missing or broken is said."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.core.errors import EngineError, MissingModelError, UsageError
from app.engines.pivot import PivotTranslator
from app.engines.registry import EngineRegistry, LanguageSupport
from tests.engines.tiny_models import tiny_translator, tiny_whisper

CATALOG = """
pivots = ["en"]

[ears]
purpose = "recognise"
library = "faster-whisper"
folder = "ears"
languages = ["de", "tr"]
rank = 1
licence = "none"

[out]
purpose = "translate"
library = "ctranslate2"
folder = "out"
from = ["de"]
to = ["tr", "en"]
rank = 1
licence = "none"

[in]
purpose = "translate"
library = "ctranslate2"
folder = "in"
from = ["en"]
to = ["ro"]
rank = 1
licence = "none"

[mouth]
purpose = "voice"
library = "espeak"
languages = ["de", "tr", "ro"]
rank = 1
licence = "GPL-3.0-or-later"
"""


@pytest.fixture
def registry(tmp_path: Path) -> EngineRegistry:
    (tmp_path / "catalog.toml").write_text(CATALOG, "utf-8")
    tiny_whisper(tmp_path / "ears")
    tiny_translator(tmp_path / "out")
    tiny_translator(tmp_path / "in", seed=2)
    return EngineRegistry([tmp_path])


def test_each_model_is_loaded_once(registry: EngineRegistry) -> None:
    with ThreadPoolExecutor(4) as pool:
        heard = {id(engine) for engine in pool.map(registry.recogniser, ["de", "tr"] * 4)}
        translated = {id(engine) for engine in pool.map(registry.translator, ["de"] * 8, ["tr", "en"] * 4)}
    assert len(heard) == len(translated) == 1
    assert registry.voice("tr") is registry.voice("tr") is not registry.voice("de")
    assert registry.detector() is not registry.detector()


def test_a_pair_without_model_goes_through_english(registry: EngineRegistry) -> None:
    translator = registry.translator("de", "ro")
    assert isinstance(translator, PivotTranslator)
    assert translator.translate("Haben Sie Husten?", "de", "ro")[0].score < 0


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("tr", LanguageSupport("ears", "out", None, "mouth")),
        ("ro", LanguageSupport(None, "out + in", None, "mouth")),
        ("so", LanguageSupport(None, None, None, None)),
    ],
)
def test_serves_says_what_is_installed(
    registry: EngineRegistry, code: str, expected: LanguageSupport
) -> None:
    assert registry.serves(code) == expected


def test_an_unknown_language_is_a_wrong_request(registry: EngineRegistry) -> None:
    with pytest.raises(UsageError, match="Unbekannte Sprache"):
        registry.serves("türkisch")


def test_what_is_missing_says_how_to_get_it(registry: EngineRegistry) -> None:
    hint = "sprachpult models pull --languages so"
    with pytest.raises(MissingModelError, match=hint):
        registry.recogniser("so")
    with pytest.raises(MissingModelError, match=hint):
        registry.translator("so", "de")
    with pytest.raises(MissingModelError, match=hint):
        registry.voice("so")


def test_prepare_loads_what_there_is_and_tells_how_far_it_is(registry: EngineRegistry) -> None:
    told: list[tuple[str, float]] = []
    assert registry.prepare(["de", "tr", "so"], lambda label, share: told.append((label, share))) == ()
    assert [label for label, _ in told] == [
        "Sprechpausen", "Erkennung Deutsch", "Erkennung Türkisch", "Übersetzung Deutsch → Türkisch",
        "Stimme Deutsch", "Stimme Türkisch", "bereit",
    ]  # fmt: skip
    shares = [share for _, share in told]
    assert shares == sorted(shares) and shares[-1] == 1


def test_a_broken_model_does_not_stop_the_others(registry: EngineRegistry, tmp_path: Path) -> None:
    model = tmp_path / "ears" / "model.bin"
    whole = model.read_bytes()
    model.write_bytes(whole[:1000])
    told: list[str] = []
    failures = registry.prepare(["tr"], lambda label, _share: told.append(label))
    assert [type(failure) for failure in failures] == [EngineError] and "Stimme Türkisch" in told
    model.write_bytes(whole)
    assert registry.recogniser("tr"), "loads again once the folder is whole"


_LEAN = """
import sys
from app.engines.threads import tame_threads
tame_threads()
assert "numpy" not in sys.modules, "numpy read the environment too early"
from app.engines import load_engines
load_engines().serves("tr")
heavy = {"ctranslate2", "faster_whisper", "onnxruntime", "piper", "sentencepiece", "av", "babel", "num2words"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
import os
assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
assert 1 <= int(os.environ["OMP_NUM_THREADS"]) <= 4
"""


def test_reading_the_catalog_loads_nothing_heavy() -> None:
    subprocess.run([sys.executable, "-c", _LEAN], check=True, timeout=60)
