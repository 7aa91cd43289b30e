"""Several files are written as one: whatever goes wrong, content is as before or as meant."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.content import writing
from app.content.writing import JOURNAL, LOCK, finish_interrupted, read_text, write_files
from app.core.errors import ContentError

OLD = {"a/tr.toml": "alt a\n", "a/ar.toml": "alt b\n", "b/tr.toml": None}
NEW = {"a/tr.toml": "neu a\n", "a/ar.toml": "neu b\n", "b/tr.toml": "neu c\n"}
REPLACEMENTS = len(NEW) + 1
"""One for the journal."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def state(root: Path) -> dict[str, str | None]:
    return {name: read_text(root / name) for name in NEW}


def left_over(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob(".*") if path.name != LOCK)


def write(root: Path) -> None:
    write_files(
        {root / name: text for name, text in NEW.items()}, {root / name: text for name, text in OLD.items()}
    )


def test_all_files_are_written_and_nothing_else_stays(root: Path) -> None:
    write(root)
    assert state(root) == NEW
    assert left_over(root) == []


def test_rights_of_a_file_stay(root: Path) -> None:
    path = root / "a/tr.toml"
    path.chmod(0o600)
    write(root)
    assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"


@pytest.mark.parametrize("other", ["a/ar.toml", "b/tr.toml"])
def test_a_file_changed_meanwhile_stops_everything(root: Path, other: str) -> None:
    (root / other).write_text("von jemand anderem\n", encoding="utf-8")
    with pytest.raises(ContentError, match="inzwischen geändert") as caught:
        write(root)
    assert other.split("/")[1] in caught.value.message
    assert state(root) == OLD | {other: "von jemand anderem\n"}
    assert left_over(root) == []


def test_a_file_only_read_must_not_have_changed_either(root: Path) -> None:
    with pytest.raises(ContentError, match="inzwischen geändert"):
        write_files(
            {root / "a/tr.toml": "neu"}, {root / "a/tr.toml": "alt a\n", root / "a/ar.toml": "anders"}
        )
    assert state(root) == OLD


CHILD = """
import os, sys
from pathlib import Path
from tests.content.test_writing import write
root, at = Path(sys.argv[1]), int(sys.argv[2])
real, count = Path.replace, 0
def replace(self, target):
    global count
    if count == at:
        os._exit(9)
    count += 1
    return real(self, target)
Path.replace = replace
write(root)
"""


def child(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    home = Path(__file__).parents[2]
    return subprocess.run(command, cwd=home, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.mark.parametrize("at", range(REPLACEMENTS))
def test_killed_between_two_files(root: Path, at: int) -> None:
    assert child(CHILD, str(root), str(at)).returncode == 9
    assert finish_interrupted(root) is (at > 0)
    assert state(root) == (NEW if at > 0 else OLD)
    write_files({root / "c/tr.toml": "später"}, {})
    assert left_over(root) == []


def test_next_writer_finishes_what_a_killed_one_left(root: Path) -> None:
    child(CHILD, str(root), "2")
    write_files({root / "c/tr.toml": "später"}, {root / "a/ar.toml": "neu b\n"})
    assert state(root) == NEW
    assert left_over(root) == []


IN_USE = """
import os, sys
from pathlib import Path
from tests.content.test_writing import NEW, write
root, at = Path(sys.argv[1]), int(sys.argv[2])
real, count, failed = Path.replace, 0, False
def replace(self, target):
    global count, failed
    if Path(target).name == "ar.toml" and not failed:
        failed = True
        raise PermissionError(13, "in use", str(target))
    if failed:
        if count == at:
            os._exit(9)
        count += 1
    return real(self, target)
Path.replace = replace
write(root)
"""


@pytest.mark.parametrize("at", range(3))
def test_killed_while_a_failure_is_taken_back(root: Path, at: int) -> None:
    """Up to the second journal the new texts are finished, from there on the old ones."""
    assert child(IN_USE, str(root), str(at)).returncode == 9
    assert finish_interrupted(root)
    assert state(root) == (NEW if at == 0 else OLD)
    assert left_over(root) == []


LIMITED = """
import resource, sys
from pathlib import Path
from app.content.writing import write_files
root = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
small, large = root / "a/ar.toml", root / "a/tr.toml"
try:
    write_files({small: "neu", large: "x" * 5000}, {small: "alt b\\n", large: "alt a\\n"})
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(
    os.name != "posix", reason="file size limits are POSIX; Windows reports a full disk alike"
)
def test_full_disk(root: Path) -> None:
    done = child(LIMITED, str(root))
    assert done.stdout.startswith("ContentError"), done.stderr
    assert "der Platz reicht nicht" in done.stdout
    assert state(root) == OLD
    assert left_over(root) == []


def test_failure_while_moving_is_taken_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second target turns out to be a folder that cannot be replaced: the first one gets its old text."""
    real = writing._move

    def move(staged: Path | None, path: Path) -> None:
        if staged is not None and path.name == "ar.toml" and staged.read_text("utf-8") == NEW["a/ar.toml"]:
            raise PermissionError(13, "in use", str(path))
        real(staged, path)

    monkeypatch.setattr(writing, "_move", move)
    with pytest.raises(ContentError, match="alles ist wie vorher") as caught:
        write(root)
    assert "ar.toml" in caught.value.message
    assert state(root) == OLD
    assert left_over(root) == []


def test_second_writer_waits_for_the_first(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entered, leave = threading.Event(), threading.Event()
    real = writing._stage_all

    def slow(targets: dict[Path, str]) -> list[writing.Move]:
        if not entered.is_set():
            entered.set()
            assert leave.wait(30)
        return real(targets)

    monkeypatch.setattr(writing, "_stage_all", slow)
    first = threading.Thread(target=write, args=(root,))
    first.start()
    assert entered.wait(30)
    monkeypatch.setattr(writing, "PATIENCE", 0.05)
    with pytest.raises(ContentError, match="schreibt hier gerade"):
        write_files({root / "a/tr.toml": "zweiter"}, {})
    leave.set()
    first.join(30)
    assert state(root) == NEW


def test_journal_of_another_folder_is_not_followed(root: Path) -> None:
    outside = root.parent / "outside.toml"
    outside.write_text("bleibt", encoding="utf-8")
    (root / JOURNAL).write_text('[[null, "../outside.toml"]]', encoding="utf-8")
    with pytest.raises(ContentError, match="liegt nicht in diesem Ordner"):
        write(root)
    assert outside.read_text("utf-8") == "bleibt"


def test_wrong_encoding_is_no_text(root: Path) -> None:
    (root / "a/tr.toml").write_bytes("Ü".encode("latin-1"))
    with pytest.raises(ContentError, match="nicht in UTF-8"):
        read_text(root / "a/tr.toml")
