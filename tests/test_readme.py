"""The README's examples run as they stand."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
SECTION = README.split("## Try it")[1].split("## Test")[0]
EXAMPLES = re.findall(r"^uv run sprachpult (.+)$", SECTION, re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Examples build on each other's files, as for someone who types them in order."""
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_runs(example: str, folder: Path) -> None:
    command = [sys.executable, "-m", "app", *shlex.split(example)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr
