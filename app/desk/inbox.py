"""Bounded queues between the threads of the loop, and the thread that empties one."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

log = logging.getLogger(__name__)

Item = TypeVar("Item")


class Pending:
    """Counts work under way in all queues, so that somebody can wait until there is none."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def begin(self) -> None:
        with self._changed:
            self._count += 1

    def done(self) -> None:
        with self._changed:
            self._count -= 1
            if self._count == 0:
                self._changed.notify_all()

    def wait(self, timeout: float | None = None) -> bool:
        """True when nothing is under way; False after `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count == 0, timeout)


class Inbox(Generic[Item]):
    """First in, first out, with room for `capacity` items; `put` never blocks.

    `replaces(new, old)` tells that an item makes a waiting one void: it then takes its place.
    """

    def __init__(
        self, capacity: int, pending: Pending, replaces: Callable[[Item, Item], bool] | None = None
    ) -> None:
        self._items: deque[Item] = deque()
        self._capacity = capacity
        self._pending = pending
        self._replaces = replaces
        self._closed = False
        self._changed = threading.Condition()

    def put(self, item: Item) -> bool:
        """False if there is no room, or the inbox is closed."""
        with self._changed:
            if self._closed:
                return False
            if self._replaces:
                self._remove(lambda old: self._replaces is not None and self._replaces(item, old))
            if len(self._items) >= self._capacity:
                return False
            self._pending.begin()
            self._items.append(item)
            self._changed.notify()
            return True

    def get(self) -> Item | None:
        """Wait for the next item; None when the inbox was closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._items or self._closed)
            return None if self._closed else self._items.popleft()

    def done(self) -> None:
        """An item taken by `get` has been worked off."""
        self._pending.done()

    def remove(self, wanted: Callable[[Item], bool]) -> list[Item]:
        """Take out waiting items without working them off."""
        with self._changed:
            return self._remove(wanted)

    def close(self) -> None:
        """Forget what is waiting and let `get` return None."""
        with self._changed:
            self._closed = True
            self._remove(lambda item: True)
            self._changed.notify_all()

    def _remove(self, wanted: Callable[[Item], bool]) -> list[Item]:
        removed = [item for item in self._items if wanted(item)]
        if removed:
            self._items = deque(item for item in self._items if not wanted(item))
        for _ in removed:
            self._pending.done()
        return removed


def start(name: str, run: Callable[[], None]) -> threading.Thread:
    """A running daemon thread: inference cannot be interrupted, and must not keep the program alive."""
    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()
    return thread


def work_off(
    inbox: Inbox[Item], step: Callable[[Item], None], fail: Callable[[Item, Exception], None]
) -> None:
    """Take items until the inbox is closed; a failing item is reported and the next one is taken."""
    while (item := inbox.get()) is not None:
        try:
            step(item)
        except Exception as error:
            _report(fail, item, error)
        finally:
            inbox.done()


def _report(fail: Callable[[Item, Exception], None], item: Item, error: Exception) -> None:
    try:
        fail(item, error)
    except Exception as second:
        # Only the kind of error: its message may hold what a patient said.
        log.error("failure could not be reported: %s", type(second).__name__)
