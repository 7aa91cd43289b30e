"""Runs commands in this process, with the office's folder set aside."""

import json
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
