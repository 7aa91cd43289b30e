"""The command line: one module per command group; heavy parts are imported by the command that needs them."""

import os
import sys
import threading

from app.core.errors import SprachpultError, UsageError
from app.core.offline import go_offline

ONLINE = ["models", "pull"]
"""The only command that may open an internet socket."""
DESK: tuple[list[str], ...] = ([], ["desk"])
"""Arguments that open the desk."""
INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells expect (128 + SIGINT)."""


def main() -> None:
    """Run `sprachpult`; exit 0 done, 1 refused or failed, 2 wrong usage."""
    arguments = sys.argv[1:]
    if arguments in DESK and sys.stdout.isatty():
        from app.cli.desk import prepare_fetching

        prepare_fetching()
    if arguments[:2] != ONLINE:
        go_offline()
    leave(run(arguments))


def leave(status: int) -> None:
    """End the process, also while a model works: that cannot be interrupted, and taking Python down under it
    aborts the process. Then everything is flushed and the process left directly."""
    busy = any(thread is not threading.main_thread() for thread in threading.enumerate())
    if busy or status == INTERRUPTED:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status; errors become one line on stderr."""
    from app.engines.threads import tame_threads

    # Before numpy and the engine libraries are loaded: they read these settings once.
    tame_threads()
    from app.cli.commands import app
    from app.cli.output import error_line, use_utf8

    use_utf8()
    try:
        app(arguments, prog_name="sprachpult")
    except SystemExit as leave:
        # typer turns Ctrl-C into this status.
        if leave.code == INTERRUPTED:
            error_line("abgebrochen")
        return leave.code if isinstance(leave.code, int) else 0
    except SprachpultError as error:
        error_line(str(error))
        return 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:
        # The reader of our output has gone (… | head); nothing is left to say to it.
        sys.stderr.close()
        return 1
    return 0
