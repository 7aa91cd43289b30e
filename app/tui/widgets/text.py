"""Texts of a turn as styled content; never read as markup, direction isolated."""

from collections.abc import Iterable

from textual.content import Content

from app.core.languages import isolate, languages
from app.core.types import Speaker
from app.tui import wording
from app.tui.line import Line

DIFFERENCE = "bold underline reverse"
"""How a differing word is shown: readable without colour."""


def german(line: Line) -> Content:
    """German side, differing words marked; a note while it is being made."""
    if not line.german:
        return Content.styled(_missing(line), "dim italic")
    return marked(_unsure(line, line.german, 0, Speaker.STAFF), line.spans(german=True))


def foreign(line: Line) -> Content:
    """Patient's side, direction isolated, differing words marked."""
    if not line.foreign:
        return Content.styled(_missing(line), "dim italic")
    shifted = ((start + 1, end + 1) for start, end in line.spans(german=False))
    return marked(_unsure(line, isolate(line.foreign), 1, Speaker.PATIENT), shifted)


def _unsure(line: Line, text: str, shift: int, side: Speaker) -> Content:
    """Words that were not surely heard are underlined, on the side that was spoken."""
    content = Content(text)
    for start, end in line.doubtful if line.speaker is side else ():
        content = content.stylize("underline", start + shift, end + shift)
    return content


def marked(content: Content, spans: Iterable[tuple[int, int]]) -> Content:
    for start, end in spans:
        content = content.stylize(DIFFERENCE, start, end)
    return content


def right_to_left(line: Line) -> bool:
    row = languages().get(line.foreign_language or "")
    return row is not None and row.right_to_left


def marks(line: Line) -> list[str]:
    """Origin, verdict and progress as symbol and word."""
    found = []
    if line.translation is not None:
        found.append(wording.origin_label(line.translation))
    if line.verdict is not None:
        found.append(wording.VERDICT[line.verdict.level])
    if progress := wording.progress_label(line):
        found.append(progress)
    return found


def _missing(line: Line) -> str:
    if line.translation is not None:
        return "keine Übersetzung"
    if line.failure is not None or line.outcome is not None:
        return "nicht übersetzt"
    return "wird übersetzt …"
