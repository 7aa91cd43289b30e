"""Bounded queues: order, replacement, no room, close; and that a failing item does not stop the next."""

from app.desk.inbox import Inbox, Pending, start, work_off
from tests.desk.parts import SECONDS


def test_order_and_room() -> None:
    pending = Pending()
    inbox: Inbox[int] = Inbox(2, pending)
    assert [inbox.put(n) for n in (1, 2, 3)] == [True, True, False]
    assert [inbox.get(), inbox.get()] == [1, 2]
    assert not pending.wait(0.0)
    inbox.done()
    inbox.done()
    assert pending.wait(0.0)


def test_a_newer_item_replaces_the_waiting_one_even_when_full() -> None:
    pending = Pending()
    inbox: Inbox[tuple[int, int]] = Inbox(2, pending, lambda new, old: new[0] == old[0])
    assert [inbox.put(item) for item in ((1, 0), (2, 0), (1, 1))] == [True, True, True]
    assert [inbox.get(), inbox.get()] == [(2, 0), (1, 1)]


def test_closed_inbox_forgets_and_refuses() -> None:
    pending = Pending()
    inbox: Inbox[int] = Inbox(2, pending)
    inbox.put(1)
    inbox.close()
    assert inbox.get() is None and not inbox.put(2)
    assert pending.wait(0.0)


def test_failing_items_are_reported_and_the_next_is_taken() -> None:
    pending = Pending()
    inbox: Inbox[int] = Inbox(9, pending)
    worked: list[int] = []
    failed: list[str] = []

    def step(item: int) -> None:
        worked.append(10 // item)

    def fail(item: int, error: Exception) -> None:
        failed.append(type(error).__name__)
        if len(failed) == 2:
            raise ValueError("reporting fails too")

    for item in (5, 0, 0, 2):
        inbox.put(item)
    thread = start("test", lambda: work_off(inbox, step, fail))
    assert pending.wait(SECONDS)
    inbox.close()
    thread.join(SECONDS)
    assert worked == [2, 5] and failed == ["ZeroDivisionError"] * 2
    assert not thread.is_alive()
