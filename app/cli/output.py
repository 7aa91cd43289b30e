"""What commands print: JSON lines or plain text on stdout, progress and errors on stderr."""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="JSON-Zeilen ausgeben.")]


def use_utf8() -> None:
    """Write UTF-8 whatever the console's code page is; Windows consoles default to another one."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def json_line(row: Mapping[str, Any]) -> None:
    """One JSON object on a line of its own, flushed so that a reader sees it at once."""
    print(json.dumps(row, ensure_ascii=False), flush=True)


def error_line(message: str) -> None:
    print(f"sprachpult: {message}", file=sys.stderr, flush=True)


@contextmanager
def progress(title: str) -> Iterator["Progress"]:
    """Progress of a job that may take over a second; silent where stderr is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield Progress(bar, bar.add_task(title, total=1.0))


class Progress:
    """Callable `(step, share)` as engines and file jobs report it; share 0…1."""

    def __init__(self, bar: Any, task: Any) -> None:
        self._bar = bar
        self._task = task

    def __call__(self, step: str, share: float) -> None:
        self._bar.update(self._task, description=step, completed=share)
