"""Sheets of every topic in every language, on all cores; what did not change is not made again."""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from app.content.phrasebooks import Library, load_library
from app.core.errors import SprachpultError
from app.core.languages import STAFF_LANGUAGE
from app.handout.building import prepare
from app.handout.order import Order
from app.handout.page import digest
from app.handout.saving import save

NOTES = ".handouts.json"
"""Beside the sheets: what each was made of."""
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one sheet."""

    path: Path
    topic: str
    language: str
    state: str
    """made, unchanged or failed."""
    message: str = ""
    omitted: int = 0


def jobs(library: Library, order: Order, folder: Path) -> list[tuple[Path, Order]]:
    """One sheet per topic and language that has at least one usable sentence."""
    found = []
    for topic in library.topics:
        names = [phrase for phrase in library.phrases.values() if phrase.topic == topic]
        for code in order.languages or tuple(c for c in library.languages if c != STAFF_LANGUAGE):
            if any(phrase.translation(code) for phrase in names):
                path = folder / f"{topic}-{code}.pdf"
                found.append((path, replace(order, topic=topic, languages=(code,))))
    return found


def build_all(
    root: Path, order: Order, folder: Path, progress: Progress, workers: int | None = None
) -> Iterator[Made]:
    """Build all sheets below `root`, in any order. One that fails does not stop the others.

    Raises InputError if the folder can't be written.
    """
    work = jobs(load_library(root), order, folder)
    save(folder / NOTES, json.dumps(notes := _notes(folder)).encode())
    count = workers or os.cpu_count() or 1
    # Spawned, not forked: the typesetter has threads of its own.
    with ProcessPoolExecutor(min(count, len(work) or 1), mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(_build, root, path, one, notes.get(path.name, "")) for path, one in work]
        for number, future in enumerate(as_completed(futures), 1):
            made, mark = future.result()
            notes[made.path.name] = mark
            progress(made.path.name, number / len(work))
            yield made
    save(folder / NOTES, json.dumps(notes, indent=1, sort_keys=True).encode())


def _notes(folder: Path) -> dict[str, str]:
    try:
        table = json.loads((folder / NOTES).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(mark) for name, mark in table.items()} if isinstance(table, dict) else {}


@cache
def _library(root: Path) -> Library:
    return load_library(root)


def _build(root: Path, path: Path, order: Order, before: str) -> tuple[Made, str]:
    """In a process of its own; gives what became of the sheet, and the mark of what it was made of."""
    topic, code = order.topic, order.languages[0]
    try:
        draft = prepare(_library(root), order)
        mark = digest([draft.data, draft.layout.template, version("sprachpult"), version("typst")])
        omitted = sum(len(selection.omissions) for selection in draft.selections)
        if mark == before and path.is_file():
            return Made(path, topic, code, "unchanged", omitted=omitted), mark
        save(path, draft.pdf())
    except SprachpultError as error:
        return Made(path, topic, code, "failed", str(error)), ""
    return Made(path, topic, code, "made", omitted=omitted), mark
