"""Only `models pull` knows how to go online: no other command imports what could."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ONLINE = ("app.modelstore.fetch", "httpx2", "huggingface_hub")


@pytest.mark.parametrize(
    "program",
    [
        "import app.cli.commands",
        "from app.cli import run; run(['models', 'list', '--json'])",
        "from app.cli import run; run(['models', 'verify', '--json'])",
        "import app.modelstore.bundle, app.modelstore.importing, app.modelstore.plan, app.modelstore.status",
    ],
)
def test_nothing_else_imports_a_way_into_the_network(program: str) -> None:
    check = (
        f"{program}\nimport sys; found = [n for n in {ONLINE!r} if n in sys.modules]; assert not found, found"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
