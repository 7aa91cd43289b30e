"""All checks in the one test command: style, types and import contracts."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CHECKS = {
    "ruff": [sys.executable, "-m", "ruff", "check", "."],
    "mypy": [sys.executable, "-m", "mypy"],
    "import contracts": [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
}
HEAVY = (
    "faster_whisper",
    "ctranslate2",
    "onnxruntime",
    "sentencepiece",
    "piper",
    "sounddevice",
    "av",
    "torch",
)


@pytest.mark.parametrize("name", CHECKS)
def test_check_is_clean(name: str) -> None:
    done = subprocess.run(CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "module", ["app.tui", "app.cli.commands", "app.desk.interpreter", "app.engines", "app.routing"]
)
def test_importing_loads_no_engine_library(module: str) -> None:
    program = f"import {module}, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
