"""Builds the desk in a thread of its own, and closes it again, so that the screen never waits."""

import threading
from collections.abc import Callable

from textual.message import Message

from app.core.errors import SprachpultError
from app.core.events import Event
from app.tui.desk import Build, Desk
from app.tui.messages import BuildFailed, Heard, Loading, Ready

CLOSE_SECONDS = 5.0
"""Longest wait for the loop to end; afterwards its daemon threads end with the process."""


class Builder:
    """Runs `build` beside the screen and reports by messages.

    A daemon thread, not a Textual worker: loading a model can't be interrupted, and the default executor
    would hold the process until it is done.
    """

    def __init__(self, build: Build, post: Callable[[Message], bool]) -> None:
        self._build = build
        self._post = post
        self._desk: Desk | None = None
        self._closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="build", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Close the loop; blocks for at most `CLOSE_SECONDS`, so call it off the event loop."""
        with self._lock:
            self._closed, desk = True, self._desk
        if desk is not None:
            closer = threading.Thread(target=desk.interpreter.close, name="close", daemon=True)
            closer.start()
            closer.join(CLOSE_SECONDS)

    def _run(self) -> None:
        try:
            desk = self._build(self._emit, self._progress)
        except SprachpultError as error:
            self._post(BuildFailed(error))
            return
        except Exception as error:
            self._post(BuildFailed(_unexpected(error)))
            return
        with self._lock:
            self._desk, late = desk, self._closed
        if late:
            desk.interpreter.close()
        else:
            self._post(Ready(desk))

    def _emit(self, event: Event) -> None:
        self._post(Heard(event))

    def _progress(self, part: str, share: float) -> None:
        self._post(Loading(part, share))


def _unexpected(error: Exception) -> SprachpultError:
    """Say what happened without the error's own words, which may hold somebody's text."""
    return SprachpultError(
        f"Das Pult konnte nicht geladen werden ({type(error).__name__})",
        "„sprachpult doctor“ zeigt, was fehlt",
    )
