"""`sprachpult`: the desk itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.core.errors import SprachpultError, UsageError
from app.core.paths import user_root

if TYPE_CHECKING:
    from app.core.events import Emit
    from app.core.settings import Settings
    from app.tui import Desk


def desk() -> None:
    """Öffnet das Pult."""
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
    raise NotImplementedError
