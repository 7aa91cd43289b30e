"""`sprachpult handout` as a person calls it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command, rows


def test_layouts_are_listed(command: Command) -> None:
    status, out, _ = command("handout", "layouts", "--json")
    assert status == 0 and {"a4", "karten", "termin"} <= {row["layout"] for row in rows(out)}


def test_a_sheet_is_built_and_said(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "neu" / "tb.pdf"
    status, out, err = command(
        "handout",
        "build",
        "--topic",
        "tb",
        "--languages",
        "tr",
        "--layout",
        "a5",
        "--out",
        str(file),
        "--json",
    )
    assert status == 0, err
    (row,) = rows(out)
    assert row["sentences"] == 34 and row["omitted"] == [] and file.read_bytes().startswith(b"%PDF-1.7")


def test_one_file_per_language(command: Command, tmp_path: Path) -> None:
    slots = ["--set", "tag=3.12.2026", "--set", "uhr=9:30 Uhr"]
    where = ["--languages", "tr,ar", "--each", "--out", str(tmp_path / "o")]
    status, _, err = command("handout", "build", "--layout", "termin", *where, *slots)
    assert status == 0, err
    assert sorted(path.name for path in (tmp_path / "o").iterdir()) == ["termin-ar.pdf", "termin-tr.pdf"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--languages", "tr", "--topic", "tb"], "--out"),
        (["--languages", "xx", "--topic", "tb", "--out", "x.pdf"], "xx"),
        (["--languages", "tr", "--topic", "tb", "--layout", "poster", "--out", "x.pdf"], "poster"),
        (["--languages", "tr", "--topic", "tb", "--set", "tag", "--out", "x.pdf"], "NAME=WERT"),
        (["--languages", "tr", "--topic", "tb", "--out", "/proc/nein/x.pdf"], "nicht zu schreiben"),
    ],
)
def test_what_cannot_be_built_is_one_line(command: Command, arguments: list[str], complaint: str) -> None:
    status, _, err = command("handout", "build", *arguments)
    assert status in (1, 2) and complaint in err and "Traceback" not in err and err.count("\n") == 1
    assert not Path("x.pdf").exists()
