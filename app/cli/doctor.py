"""`sprachpult doctor`: what is there, what is missing, and how to get it."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from app.cli.output import Json, progress
from app.cli.row import FINE, MISSING, WARNING, Row, print_rows
from app.core.errors import SprachpultError

LEAST_MEMORY = 2 * 2**30
"""Bytes free below which larger recognition models get tight; the demo pack needs under 700 MB."""
LEAST_DISK = 2 * 2**30
"""Bytes free for one real recognition model (small: 0.5 GB) and two translators (0.3 GB each), with room."""
NEEDED = ("Phrasen", "Demopaket")
"""Without these nothing works: exit status 1."""
DEMO_LANGUAGES = ("de", "tr", "ar", "uk", "ro")


Network = Annotated[bool, typer.Option("--network", help="Nur zeigen, dass kein Weg ins Netz führt.")]


def doctor(network: Network = False, json: Json = False) -> None:
    """Prüft diesen Rechner: Python, Kerne, Speicher, Ton, Modelle, Schriften, Platz."""
    rows: list[Row] = []
    if network:
        from app.cli.network import network_rows

        rows = list(network_rows())
    else:
        with progress("prüfe") as report:
            for number, check in enumerate(CHECKS):
                report(check.__name__.strip("_"), number / len(CHECKS))
                rows.extend(check())
    print_rows(rows, json)
    needed = [row for row in rows if network or row.check in NEEDED]
    if any(row.state == MISSING for row in needed):
        raise typer.Exit(1)


def _python() -> Iterator[Row]:
    yield Row("Python", FINE, f"{platform.python_version()} auf {platform.system()} {platform.machine()}")


def _machine() -> Iterator[Row]:
    import psutil

    cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
    hint = "" if cores >= 4 else "für große Modelle sind vier Kerne besser"
    yield Row("Kerne", FINE if cores >= 2 else WARNING, str(cores), hint)
    memory = psutil.virtual_memory()
    enough = memory.available >= LEAST_MEMORY
    detail = f"{memory.available / 2**30:.1f} von {memory.total / 2**30:.1f} GB frei"
    yield Row("Speicher", FINE if enough else WARNING, detail, "" if enough else "andere Programme schließen")


def _disk() -> Iterator[Row]:
    from app.core.paths import user_root

    folder = next(path for path in (user_root(), *user_root().parents) if path.exists())
    free = shutil.disk_usage(folder).free
    enough = free >= LEAST_DISK
    hint = "" if enough else "Platz schaffen: ein Sprachpaar braucht etwa 1 GB"
    yield Row("Platz", FINE if enough else WARNING, f"{free / 2**30:.0f} GB frei in {folder}", hint)


def _terminal() -> Iterator[Row]:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    utf8 = encoding == "utf8"
    size = shutil.get_terminal_size()
    big = size.columns >= 80 and size.lines >= 24
    hint = "" if big else "Fenster auf mindestens 80×24 Zeichen vergrößern"
    detail = f"{size.columns}×{size.lines}, {sys.stdout.encoding}"
    yield Row("Terminal", FINE if big and utf8 else WARNING, detail, hint)


def _audio() -> Iterator[Row]:
    from app.desk.audio import available, devices

    state = available()
    if not state.ok:
        yield Row("Ton", MISSING, state.message, state.hint)
        return
    found = devices()
    for name, entries in (("Mikrofon", found.microphones), ("Lautsprecher", found.loudspeakers)):
        names = ", ".join(str(entry) for entry in entries[:3])
        hint = "" if entries else "Gerät anschließen; Tippen, Phrasen und Dateien gehen auch ohne"
        yield Row(name, FINE if entries else MISSING, names or "keins gefunden", hint)


def _content() -> Iterator[Row]:
    from app.content import load_library

    try:
        library = load_library()
    except SprachpultError as error:
        yield Row("Phrasen", MISSING, error.message, error.hint)
        return
    yield Row("Phrasen", FINE, f"{len(library.phrases)} in {len(library.topics)} Themen")


def _models() -> Iterator[Row]:
    from app.cli.compose import engines
    from app.core.languages import languages

    try:
        registry = engines()
    except SprachpultError as error:
        yield Row("Modelle", MISSING, error.message, error.hint)
        return
    support = {code: registry.serves(code) for code in languages()}
    demo = all(support[code].listen for code in DEMO_LANGUAGES)
    hint = "" if demo else "Ordner models/demo aus dem Projekt wiederherstellen"
    yield Row("Demopaket", FINE if demo else MISSING, "de tr ar uk ro" if demo else "unvollständig", hint)
    real = sorted({name for row in support.values() if (name := row.listen) and not name.startswith("demo")})
    hint = (
        ""
        if real
        else "versteht nur Beispielsätze: „sprachpult models pull --languages tr,ar“ holt echte Modelle"
    )
    yield Row("Erkennung", FINE if real else WARNING, ", ".join(real) or "nur Demopaket", hint)
    silent = [code for code, row in support.items() if not row.speak]
    yield Row(
        "Stimmen", FINE, f"{len(support) - len(silent)} Sprachen; ohne Stimme: {' '.join(silent) or '–'}"
    )


def _fonts() -> Iterator[Row]:
    from app.core.languages import languages

    lister = shutil.which("fc-list")
    if lister is None:
        yield Row("Schriften", FINE, "vom Betriebssystem verwaltet")
        return
    listed = subprocess.run([lister, ":", "family"], capture_output=True, text=True, check=False).stdout
    wanted = dict.fromkeys(entry.font for entry in languages().values())
    absent = [font for font in wanted if font not in listed]
    hint = "apt install fonts-noto-core fonts-noto-cjk" if absent else ""
    detail = f"es fehlen {', '.join(absent)}" if absent else "vollständig"
    yield Row("Schriften", WARNING if absent else FINE, detail, hint)


CHECKS: tuple[Callable[[], Iterator[Row]], ...] = (
    _python,
    _machine,
    _disk,
    _terminal,
    _audio,
    _content,
    _models,
    _fonts,
)
