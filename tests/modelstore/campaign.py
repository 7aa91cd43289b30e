"""The fault campaign: whatever goes wrong, a model is whole, or a message comes and the next try ends well.

`python -m tests.modelstore.campaign` runs all of it and prints a table; it needs Linux, where processes are
killed and disks mounted.
"""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import SprachpultError
from app.engines.catalog import ModelRow
from app.modelstore.errors import ModelStoreError
from app.modelstore.fetch.pull import Puller
from app.modelstore.fetch.sources import ask
from app.modelstore.store import PARTIAL, Store
from tests.modelstore.faults import Case, cases
from tests.modelstore.hub import Hub
from tests.modelstore.offered import ROWS, expected, impatient, make_hub

ROOT = Path(__file__).parents[2]
WHOLE, RESUMED, AGAIN = "whole at once", "stopped, then resumed", "stopped, then from the start"


@dataclass(frozen=True)
class Result:
    case: Case
    outcome: str
    message: str
    seconds: float


def pull(hub: Hub, root: Path, row: ModelRow, stall: float = 0.4) -> SprachpultError | None:
    """What `models pull` does for one model; the error that it would show."""
    store, policy = Store(root), impatient(hub.url, stall)
    sources, failed = ask([row], store, policy, threading.Event())
    if failed:
        return failed[row.name]
    try:
        return Puller(store, policy, lambda _: None).pull(sources).get(row.name)
    except ModelStoreError as error:
        return error


def run(case: Case, hub: Hub, folder: Path) -> Result:
    """One fault, and the healthy try after it. Raises AssertionError if a promise was broken."""
    begin = time.perf_counter()
    row, root = ROWS[case.model], folder / "models"
    true_archives = hub.archives
    hub.misbehave(replace(case.fault) if case.fault else None)
    if case.archive is not None:
        hub.archives = dict.fromkeys(hub.archives, case.archive)
    try:
        error = None
        if case.how == "network":
            error = pull(hub, root, row)
        else:
            _kill(case, hub, root)
    finally:
        hub.archives = true_archives
    assert not outside(folder), f"{case.name}: wrote to {outside(folder)}"
    message = _require_clear(case, error) if error else ""
    if error is None and case.how == "network":
        require_whole(root, row)
        return Result(case, WHOLE, "", time.perf_counter() - begin)
    require_absent_or_whole(root, row)
    hub.misbehave(None)
    second = pull(hub, root, row)
    assert second is None, f"{case.name}: the next try fails: {second}"
    require_whole(root, row)
    outcome = RESUMED if hub.served.bytes < whole_size(hub, row) else AGAIN
    return Result(case, outcome, message, time.perf_counter() - begin)


def require_whole(root: Path, row: ModelRow) -> None:
    """The model lies there, verified, byte for byte what was offered, and nothing is left of the work."""
    assert Store(root).whole(row), f"{row.name} is not whole"
    for name, data in expected(row).items():
        assert (root / row.folder / name).read_bytes() == data, f"{row.name}: {name} differs"
    left = [path.name for path in (root / PARTIAL).iterdir() if path.name != "lock"]
    assert not left, f"{row.name}: left over {left}"


def require_absent_or_whole(root: Path, row: ModelRow) -> None:
    assert not (root / row.folder).exists() or Store(root).whole(row), f"{row.name} is half-installed"


def outside(folder: Path) -> list[str]:
    """Whatever was written beside the model root."""
    return [path.name for path in folder.iterdir() if path.name not in ("models", "home")]


def _require_clear(case: Case, error: SprachpultError) -> str:
    assert isinstance(error, ModelStoreError), f"{case.name}: {error!r}"
    assert error.message and error.hint and "\n" not in str(error), f"{case.name}: unclear: {error}"
    return str(error)


def whole_size(hub: Hub, row: ModelRow) -> int:
    """Bytes that a first fetch of the model takes."""
    if row.source == "archive":
        return sum(map(len, hub.archives.values()))
    files = hub.repositories[row.origin]
    return sum(len(data) for name, data in files.items() if name != "pytorch_model.bin")


def _kill(case: Case, hub: Hub, root: Path) -> None:
    """Fetch in a process of its own and kill it: when so much was sent, or during the conversion."""
    command = [sys.executable, "-m", "tests.modelstore.victim", hub.url, str(root), case.model]
    environment = {**os.environ, "SPRACHPULT_HOME": str(root.parent / "home")}
    victim = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        if case.how == "kill":
            hub.reached = lambda: victim.send_signal(signal.SIGKILL)
        else:
            assert victim.stdout and case.fault
            for line in victim.stdout:
                if line.startswith("wandle"):
                    threading.Event().wait(case.fault.at)
                    victim.kill()
        victim.wait(60)
    finally:
        hub.reached = lambda: None
        victim.kill()
        victim.communicate()


def run_disks(models: Sequence[str]) -> list[Result]:
    """Disks that are full or read-only, in a mount namespace of their own."""
    with make_hub() as hub, tempfile.TemporaryDirectory() as folder:
        command = [
            "unshare",
            "-rm",
            sys.executable,
            "-m",
            "tests.modelstore.full_disk",
            hub.url,
            folder,
            *models,
        ]
        environment = {**os.environ, "SPRACHPULT_HOME": f"{folder}/home"}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
        )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        Result(
            Case(f"disk {row['event']}", row["model"], None), row["outcome"], row["message"], row["seconds"]
        )
        for row in rows
    ]


def run_all(chosen: Sequence[Case], show: bool = False) -> list[Result]:
    results = []
    with make_hub() as hub:
        for number, case in enumerate(chosen, 1):
            with tempfile.TemporaryDirectory() as folder:
                os.environ["SPRACHPULT_HOME"] = str(Path(folder) / "home")
                results.append(run(case, hub, Path(folder)))
            if show:
                print(f"\r{number}/{len(chosen)}", end="", file=sys.stderr, flush=True)
    return results


def sample(count: int) -> list[Case]:
    """Some of every group, the same ones every time."""
    by_group: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases():
        by_group[case.group.split(":")[0]].append(case)
    dice = random.Random(count)
    return [case for group in by_group.values() for case in dice.sample(group, min(count, len(group)))]


def table(results: Sequence[Result]) -> str:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        counts[result.case.group.split(":")[0]][result.outcome] += 1
    lines = [f"{'fault':16}{'cases':>7}{WHOLE:>18}{RESUMED:>26}{AGAIN:>32}"]
    for group, found in counts.items():
        row = "".join(f"{found[name]:>{width}}" for name, width in ((WHOLE, 18), (RESUMED, 26), (AGAIN, 32)))
        lines.append(f"{group:16}{found.total():>7}{row}")
    total = sum((found for found in counts.values()), Counter[str]())
    row = "".join(f"{total[name]:>{width}}" for name, width in ((WHOLE, 18), (RESUMED, 26), (AGAIN, 32)))
    return "\n".join([*lines, f"{'all':16}{total.total():>7}{row}"])


def main() -> None:
    begin = time.perf_counter()
    results = run_all(list(cases()), show=True) + run_disks(list(ROWS))
    print(f"\n{table(results)}")
    messages = Counter(result.message.split(" → ")[0] for result in results if result.message)
    print(f"{len(messages)} different messages; slowest case {max(r.seconds for r in results):.1f} s")
    print(f"{time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
