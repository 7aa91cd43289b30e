"""From data to a PDF or to pictures, with typst."""

import datetime
import json
from functools import cache
from pathlib import Path
from typing import Any

from app.core.errors import SprachpultError
from app.handout.fonts import installed

TEMPLATES = Path(__file__).resolve().parent / "templates"
STANDARDS = ["a-2a", "ua-1"]
"""Archivable (ISO 19005-2, level A) and accessible (ISO 14289-1)."""
PREVIEW_PPI = 96.0
_REFUSAL = "panicked with: "


class TypesettingError(SprachpultError):
    """The page cannot be set as asked."""


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(root=TEMPLATES, font_paths=installed(), ignore_system_fonts=True)


def pdf(template: str, page: dict[str, Any], day: datetime.date) -> bytes:
    """A template as PDF/A-2a and PDF/UA-1; the same input gives the same bytes. Raises TypesettingError."""
    noon = datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC)
    made = _compile(template, page, format="pdf", pdf_standards=STANDARDS, timestamp=noon)
    return bytes(made)


def pictures(template: str, page: dict[str, Any], ppi: float = PREVIEW_PPI) -> list[bytes]:
    """The pages as PNG files. Raises TypesettingError."""
    made = _compile(template, page, format="png", ppi=ppi)
    return [bytes(made)] if isinstance(made, bytes) else [bytes(picture) for picture in made]


def _compile(template: str, page: dict[str, Any], **options: Any) -> Any:
    import typst

    try:
        return _compiler().compile(
            str(TEMPLATES / f"{template}.typ"), sys_inputs={"data": json.dumps(page)}, **options
        )
    except typst.TypstError as error:
        raise TypesettingError(*_explained(error.message)) from error


def _explained(message: str) -> tuple[str, str]:
    """Templates refuse with `panic("what", "what to do")`; anything else is a fault of the template."""
    _, found, told = message.partition(_REFUSAL)
    if not found:
        return f"Satzfehler: {message}", "bitte melden"
    parts = [part.strip().strip('"') for part in told.split('", "')]
    return parts[0], parts[1] if len(parts) > 1 else ""
