"""Peak memory of this process, on every system."""

import sys

import psutil


def peak_memory() -> int:
    """Most bytes of memory that this process held at once so far."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    # macOS counts bytes, the others kilobytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
