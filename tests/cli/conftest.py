"""Runs commands in this process, with the office's folder set aside."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import run

Lines = list[dict[str, Any]]
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SPRACHPULT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Call with arguments; gives exit status, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(list(arguments))
        out, err = capsys.readouterr()
        return status, out, err

    return call


def rows(out: str) -> Lines:
    return [json.loads(line) for line in out.splitlines()]


def editor(tmp_path: Path, old: str, new: str) -> str:
    """A command that changes a text in the file it is given, and sets its time forward as saving does."""
    script = tmp_path / "editor.py"
    program = "import os, pathlib, sys; p = pathlib.Path(sys.argv[1]); t = p.read_text('utf-8')\n"
    program += f"p.write_text(t.replace({old!r}, {new!r}), encoding='utf-8'); os.utime(p, (2e9, 2e9))\n"
    script.write_text(program, encoding="utf-8")
    return f'"{sys.executable}" "{script}"'
