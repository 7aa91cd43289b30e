"""`sprachpult`: the desk itself."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.core.errors import SprachpultError, UsageError
from app.core.events import AudioState, Event
from app.core.paths import user_root
from app.core.types import Failure, Stage

if TYPE_CHECKING:
    from app.cli.fetcher import Fetcher
    from app.core.events import Emit
    from app.core.settings import Settings
    from app.desk.audio import AudioProcess
    from app.tui import Desk


_fetchers: list["Fetcher"] = []
"""The process that may go online, if `prepare_fetching` started one."""


def prepare_fetching() -> None:
    """Start what fetches models for the desk; before the process is locked out of the network."""
    from app.cli.fetcher import Fetcher

    _fetchers.append(Fetcher())


def desk() -> None:
    """Öffnet das Pult."""
    try:
        _run()
    finally:
        for fetcher in _fetchers:
            fetcher.close()


def _run() -> None:
    import sys

    from app.core.settings import load_settings

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "Das Pult braucht ein Terminal",
            "in einem Terminalfenster starten; Befehle zeigt „sprachpult --help“",
        )
    settings = load_settings()
    with only_desk():
        from app.tui import DeskApp

        DeskApp(lambda emit, report: build(settings, emit, report), settings).run()


@contextmanager
def only_desk() -> Iterator[None]:
    """Hold this user's desk lock. Raises SprachpultError if another desk is open."""
    from filelock import FileLock, Timeout

    folder = user_root()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "desk.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise SprachpultError(
            "Das Pult ist schon offen", "zum anderen Fenster wechseln oder es schließen"
        ) from None
    except OSError as error:
        message = f"Ordner {folder} ist nicht beschreibbar ({error.strerror})"
        raise SprachpultError(message, "SPRACHPULT_HOME auf einen eigenen Ordner setzen") from error
    try:
        yield
    finally:
        lock.release()


def build(settings: "Settings", emit: "Emit", report: Callable[[str, float], None]) -> "Desk":
    """Load content, engines and sound behind the screen that is already shown."""
    from app.cli.compose import engines, glossary, prepare, read_content_anew, router, tools
    from app.cli.shelf import Shelf
    from app.core.languages import STAFF_LANGUAGE
    from app.desk.interpreter import Interpreter
    from app.tui import Desk

    # Looking for devices takes a process of its own; models load meanwhile.
    with ThreadPoolExecutor(1) as beside:
        sound = beside.submit(_audio, settings, emit)
        try:
            failures = prepare((STAFF_LANGUAGE, settings.patient_language), report)
        except BaseException:
            _, audio = sound.result()
            if audio is not None:
                audio.close()
            raise
        state, audio = sound.result()
    for failure in failures:
        emit(Event(time.monotonic(), Failure(None, Stage.LISTEN, failure.message, failure.hint)))
    interpreter = Interpreter(tools(), audio, settings, emit)

    shelf = Shelf(_fetchers[0] if _fetchers else None)

    def made() -> Desk:
        books, words = router().phrasebooks, glossary()
        return Desk(interpreter, books, router(), state, engines().serves, words, read_anew, shelf)

    def read_anew(language: str) -> Desk:
        read_content_anew(STAFF_LANGUAGE, language)
        return made()

    return made()


def _audio(settings: "Settings", emit: "Emit") -> "tuple[AudioState, AudioProcess | None]":
    from app.desk.audio import AudioProcess, available

    state = available()
    if not state.ok:
        return state, None
    notify: Callable[[AudioState], None] = lambda news: emit(Event(time.monotonic(), news))  # noqa: E731
    return state, AudioProcess(settings.microphone, settings.loudspeaker, notify)
