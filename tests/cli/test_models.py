"""`models list|pull|verify|bundle|import` and download_models.py, against loopback servers."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Command, rows
from tests.modelstore.hub import Fault, Hub
from tests.modelstore.offered import make_hub
from tests.modelstore.office import office

ROOT = Path(__file__).parents[2]
ALL = ("hub-model", "voice-model")
SENTENCE = "Köpeğim bahçede."
"""No phrase, so that a model is asked."""


def _app(*arguments: str) -> tuple[int, str, str]:
    """Run in a process of its own: loaded models are kept for a process's life."""
    done = subprocess.run(
        [sys.executable, "-m", "app", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def hub(own_folder: Path) -> Iterator[Hub]:
    with make_hub() as made:
        office(own_folder, made.url)
        yield made


def test_what_is_pulled_runs_and_is_listed(hub: Hub, command: Command) -> None:
    status, out, err = command("models", "pull", *ALL, "--yes")
    assert status == 0, err
    assert "hub-model" in out and "zusammen 2 MB aus dem Netz" in out
    status, out, _ = command("models", "list", "--language", "tr", "--json")
    states = {(row["part"], row["key"], row["model"]): row["state"] for row in rows(out)}
    assert states["translate", "tr-de", "hub-model"] == "runs"
    assert states["translate", "tr-de", "demo-translate-mul-de"] == "installed"
    assert states["translate", "tr-de", "archive-model"] == "available"
    status, out, err = _app("translate", SENTENCE, "--from", "tr", "--to", "de", "--json")
    assert status == 0 and rows(out)[0]["origin"] in ("machine", "none"), err
    assert command("models", "pull", *ALL, "--yes")[0] == 0
    assert not any("/resolve/" in path for path in hub.served.requests[-2:])


def test_figures_of_the_pack_are_shown(command: Command) -> None:
    status, out, _ = command("models", "list", "--language", "tr", "--json")
    found = {row["model"]: row for row in rows(out) if row["key"] in ("tr", "de-tr")}
    assert status == 0
    assert found["demo-translate-de-mul"]["measured"][0]["figures"]["examples_exact"] == 1.0
    assert found["opus-de-tr"]["published"]["value"] == 56.3 and not found["opus-de-tr"]["verified"]
    status, out, _ = command("models", "list")
    assert status == 0 and "tr→de ✔ demo-translate-mul-de" in out and "sprechen –" in out


def test_a_language_gets_what_the_servers_have(hub: Hub, command: Command) -> None:
    # None of the true repositories is here: everything falls back until only these models are left.
    status, out, err = command("models", "pull", "--languages", "tr", "--profile", "klein", "--yes", "--json")
    assert status == 0, err
    states = {row["model"]: row["state"] for row in rows(out)}
    assert states == {"hub-model": "whole", "voice-model": "whole"}
    assert "Profil klein" in err and "„whisper-small“" in err


def test_a_licence_that_forbids_commercial_use_needs_its_own_yes(
    hub: Hub, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    status, _, err = command("models", "pull", "archive-model", "--yes")
    assert status == 2 and "--accept-licence archive-model" in err
    status, _, err = command("models", "pull", "archive-model", "--yes", "--accept-licence", "CC-BY-NC-4.0")
    assert status == 0, err


@pytest.mark.parametrize(("answer", "status"), [("", 2), ("nein\n", 1), ("ja\n", 0)])
def test_nothing_is_fetched_without_a_yes(
    hub: Hub, command: Command, own_folder: Path, monkeypatch: pytest.MonkeyPatch, answer: str, status: int
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    found, _, err = command("models", "pull", "voice-model")
    assert found == status and (status != 2 or "--yes" in err)
    assert (own_folder / "models" / "voice-model").exists() == (status == 0)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["pull"], 2, "--languages"),
        (["pull", "hub-modle"], 2, "gemeint vielleicht: hub-model"),
        (["pull", "espeak-ng"], 2, "kommt mit dem Programm"),
        (["pull", "--languages", "tk"], 2, "tk"),
        (["pull", "--languages", "tr", "--profile", "riesig"], 2, "klein, mittel, gross"),
        (["list", "--language", "tk"], 2, "tk"),
        (["verify", "hub-model"], 2, "nicht installiert"),
        (["bundle"], 2, "--out"),
        (["bundle", "--out", "x.sprachpult"], 2, "models list"),
        (["import", "fehlt.sprachpult"], 1, "gibt es nicht"),
        (["import", "x", "--trust", "abc"], 2, "64 Ziffern"),
    ],
)
def test_wrong_requests_are_one_line(
    hub: Hub, command: Command, arguments: list[str], status: int, words: str
) -> None:
    found, _, err = command("models", *arguments)
    last = err.strip().splitlines()[-1]
    assert found == status and words in last and "→" in last


def test_a_typo_in_the_catalog_is_named_with_its_line(hub: Hub, command: Command, own_folder: Path) -> None:
    path = own_folder / "models" / "catalog.toml"
    path.write_text(path.read_text("utf-8").replace('licence = "CC0-1.0"', 'lizence = "CC0-1.0"'), "utf-8")
    status, _, err = command("models", "list")
    assert status == 1 and "catalog.toml:32: " in err and "gemeint vielleicht: licence" in err


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("status", "/cdn/", value=404), "gibt es"),
        (Fault("status", "/api/", value=407), "Der Proxy verlangt ein Kennwort"),
        (Fault("stall", "/cdn/", 0.5), "antwortet seit 0.5 s nicht"),
        (Fault("redirect", "/cdn/", value="http://198.51.100.1/x"), "nicht verschlüsselt"),
    ],
)
def test_a_failing_server_is_one_line_and_the_next_try_ends_well(
    hub: Hub, command: Command, fault: Fault, words: str
) -> None:
    hub.misbehave(fault)
    status, _, err = command("models", "pull", "hub-model", "--yes")
    assert status == 1 and words in err and "Traceback" not in err
    hub.misbehave(None)
    assert command("models", "pull", "hub-model", "--yes")[0] == 0


def test_a_damaged_model_is_refused_and_repaired(hub: Hub, command: Command, own_folder: Path) -> None:
    command("models", "pull", "hub-model", "--yes")
    model = own_folder / "models" / "hub-model" / "model.bin"
    data = bytearray(model.read_bytes())
    data[1000] ^= 1
    model.write_bytes(data)
    status, _, err = _app("translate", SENTENCE, "--from", "tr", "--to", "de")
    assert status == 1 and "beschädigt oder vertauscht" in err and "sprachpult models pull hub-model" in err
    status, out, _ = command("models", "verify", "--json")
    states = {row["model"]: row["state"] for row in rows(out)}
    assert status == 1 and states["hub-model"] == "damaged" and states["demo-recognise"] == "whole"
    status, out, err = command("models", "pull", "--languages", "tr", "--profile", "klein", "--yes")
    assert status == 0 and "hub-model ist da" in out and "beschädigt oder vertauscht" in err
    assert command("models", "verify")[0] == 0


def test_models_travel_in_a_signed_file(
    hub: Hub, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command("models", "pull", *ALL, "--yes")
    parcel = tmp_path / "modelle.sprachpult"
    status, out, err = command("models", "bundle", "--out", str(parcel), "--languages", "tr", "--json")
    assert status == 0, err
    (row,) = rows(out)
    assert sorted(row["models"]) == sorted(ALL)
    other = tmp_path / "anderswo"
    office(other, "http://127.0.0.1:1")
    monkeypatch.setenv("SPRACHPULT_HOME", str(other))
    status, _, err = command("models", "import", str(parcel))
    assert status == 1 and "jemand anderem unterschrieben" in err and row["key"] in err
    assert not (other / "models" / "hub-model").exists()
    status, out, err = command("models", "import", str(parcel), "--trust", row["key"])
    assert status == 0, err
    assert command("models", "verify")[0] == 0
    key = tmp_path / "key.txt"
    key.write_text(row["key"] + "\n", "ascii")
    assert command("models", "import", str(parcel), "--trust", str(key))[0] == 0


def _pull_process(home: Path, *names: str, script: bool = False) -> "subprocess.Popen[str]":
    start = ["download_models.py"] if script else ["-m", "app", "models", "pull"]
    command = [sys.executable, *start, *names, "--yes"]
    environment = {**os.environ, "SPRACHPULT_HOME": str(home)}
    pipe = subprocess.PIPE
    # A shell that starts the tests in the background makes its children deaf to Ctrl-C.
    hears = None if sys.platform == "win32" else partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, preexec_fn=hears
    )


def test_ctrl_c_leaves_a_state_to_go_on_from(hub: Hub, own_folder: Path, command: Command) -> None:
    hub.misbehave(Fault("reach", "/cdn/", 0.6))
    process = _pull_process(own_folder, "hub-model")
    hub.reached = lambda: process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130 and "macht dort weiter" in err and "Traceback" not in err
    hub.misbehave(None)
    assert command("models", "pull", "hub-model", "--yes")[0] == 0
    assert hub.served.bytes < 1_500_000


def test_a_second_process_waits_and_then_has_nothing_to_do(hub: Hub, own_folder: Path) -> None:
    settings = own_folder / "settings.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("stall_seconds = 0.5", "stall_seconds = 60"), "utf-8"
    )
    hub.misbehave(Fault("reach", "/cdn/", 0.3, times=1))
    first = _pull_process(own_folder, "hub-model", script=True)
    waiting: list[subprocess.Popen[str]] = []

    def hold_until_another_waits() -> None:
        if not waiting:
            waiting.append(_pull_process(own_folder, "hub-model"))
            assert waiting[0].stderr
            assert "ein anderer Vorgang holt gerade Modelle" in waiting[0].stderr.readline()

    hub.reached = hold_until_another_waits
    try:
        _, err = first.communicate(timeout=90)
        assert first.returncode == 0, err
        (second,) = waiting
        assert second.communicate(timeout=90)[1] == "" and second.returncode == 0
    finally:
        for process in (first, *waiting):
            process.kill()
            process.wait()
    assert len([path for path in hub.served.requests if path.startswith("/cdn/")]) == 1
    record = json.loads((own_folder / "models" / "hub-model" / "digests.json").read_text("utf-8"))
    assert len(record["revision"]) == 40 and record["files"]["model.bin"]["size"] == 1_638_137
