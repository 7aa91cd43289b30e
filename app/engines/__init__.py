"""Adapters around models: voice activity, recognition, translation, voices, and the model catalog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engines.registry import EngineRegistry


def load_engines(roots: list[Path] | None = None) -> EngineRegistry:
    """Read the catalogs of the model folders (`roots`, else the usual ones); loads no model yet.

    Raises ContentError with file and line if a catalog is wrong.
    """
    # Imported late so that `app.engines.threads` can be imported before numpy and the engine libraries.
    from app.engines.registry import EngineRegistry

    return EngineRegistry(roots)
