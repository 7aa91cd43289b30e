"""The command line: one module per command group; heavy parts are imported by the command that needs them."""

import sys

from app.core.errors import SprachpultError, UsageError

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells expect (128 + SIGINT)."""


def main() -> None:
    """Run `sprachpult`; exit 0 done, 1 refused or failed, 2 wrong usage."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit status; errors become one line on stderr."""
    from app.cli.commands import app
    from app.cli.output import error_line, use_utf8

    use_utf8()
    try:
        app(arguments, prog_name="sprachpult")
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 0
    except SprachpultError as error:
        error_line(str(error))
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        error_line("abgebrochen")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (… | head); nothing is left to say to it.
        sys.stderr.close()
        return 1
    return 0
