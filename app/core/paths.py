"""Where the project's data and the office's own data lie. Paths are computed here, created by who writes."""

import os
from functools import cache
from pathlib import Path

import platformdirs


@cache
def data_root() -> Path:
    """Folder holding models/, phrasebooks/, glossaries/: the checkout, or the copy inside a wheel."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent


def user_root() -> Path:
    """The office's own folder for downloaded models and settings; SPRACHPULT_HOME overrides it."""
    override = os.environ.get("SPRACHPULT_HOME")
    return Path(override) if override else Path(platformdirs.user_data_dir("sprachpult", appauthor=False))


def model_roots() -> list[Path]:
    """Folders searched for models, the office's own first."""
    return [user_root() / "models", data_root() / "models"]


def phrasebook_root() -> Path:
    return data_root() / "phrasebooks"


def glossary_root() -> Path:
    return data_root() / "glossaries"
