"""What was measured on this machine: the faster number format and the best count of threads.

Written by `app.modelstore.benchmark`; without it int8 and the physical cores are taken.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from app.core.paths import user_root


@dataclass(frozen=True, slots=True)
class Speed:
    """Result of the micro-benchmark."""

    cores: int
    """Physical cores that were there; a note from another machine does not count."""
    compute_type: str
    """`int8` or `float32`, whichever was faster."""
    threads: int
    gops: float
    """Billions of multiply-add operations (counted twice) per second in the best setting."""


def speed_file() -> Path:
    return user_root() / "speed.json"


def measured_speed() -> Speed | None:
    """The note of this machine, or None."""
    try:
        table = json.loads(speed_file().read_text("utf-8"))
        found = Speed(
            int(table["cores"]), str(table["compute_type"]), int(table["threads"]), float(table["gops"])
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
    fits = found.compute_type in ("int8", "float32") and 1 <= found.threads <= 64
    return found if fits and found.cores == physical_cores() else None


def physical_cores() -> int:
    import psutil

    return int(psutil.cpu_count(logical=False) or psutil.cpu_count() or 1)


def compute_type(wanted: str) -> str:
    """The catalog's compute type, `auto` resolved."""
    if wanted != "auto":
        return wanted
    found = measured_speed()
    return found.compute_type if found else "int8"
