"""What goes wrong with model folders, said in one line."""

from collections.abc import Iterable
from pathlib import Path

from app.core.errors import EngineError

PULL = "„sprachpult models pull“ holt es neu; selbst hingelegt: Ordner vollständig neu kopieren"


def require(folder: Path, names: Iterable[str], model: str) -> None:
    """Raise EngineError naming the files a model folder lacks."""
    missing = [name for name in dict.fromkeys(names) if not _has_content(folder / name)]
    if missing:
        raise EngineError(
            f"Das Modell „{model}“ in {folder} ist unvollständig, es fehlt: {', '.join(missing)}", PULL
        )


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def not_loadable(model: str, folder: Path, error: Exception) -> EngineError:
    """EngineError for a model whose library refused it."""
    return EngineError(f"Das Modell „{model}“ in {folder} lässt sich nicht laden: {first_line(error)}", PULL)


def first_line(error: Exception) -> str:
    """First line of a library's message; its class where it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
