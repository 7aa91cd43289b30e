"""Fetches one model from the loopback servers in a process that can be killed; prints each step."""

import sys
import threading
from pathlib import Path

from app.modelstore.fetch.pull import Progress, Puller
from app.modelstore.fetch.sources import ask
from app.modelstore.store import Store
from tests.modelstore.offered import ROWS, impatient


def main(url: str, root: str, model: str) -> None:
    store, policy = Store(Path(root)), impatient(url, stall=10)
    sources, failed = ask([ROWS[model]], store, policy, threading.Event())
    assert not failed, failed
    seen = [""]

    def show(progress: Progress) -> None:
        if progress.step != seen[0]:
            seen[0] = progress.step
            print(progress.step, flush=True)

    assert not Puller(store, policy, show).pull(sources)


if __name__ == "__main__":
    main(*sys.argv[1:])
