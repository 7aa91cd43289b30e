"""How fetching behaves: where to, how patient, how many files at once."""

from dataclasses import dataclass

from app.core.settings import Settings
from app.modelstore.errors import ModelStoreError

HUB = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Policy:
    """Times in seconds."""

    hub: str = HUB
    archives: str = ""
    """Address of a mirror for archives, in place of `https://host` of the catalog; empty: none."""
    proxy: str = ""
    stall: float = 30.0
    """Longest silence of a server."""
    attempts: int = 6
    """Tries in a row that bring nothing new before a file is given up."""
    first_wait: float = 1.0
    """Before the second try; doubles up to `most_wait`."""
    most_wait: float = 30.0
    parallel: int = 4


def policy_of(settings: Settings) -> Policy:
    """Raises ModelStoreError for impossible values."""
    if settings.download_stall_seconds <= 0 or settings.download_attempts < 1:
        raise ModelStoreError(
            "„download_stall_seconds“ und „download_attempts“ müssen größer als null sein",
            "settings.toml berichtigen",
        )
    stall = settings.download_stall_seconds
    return Policy(
        hub=(settings.hub_address or HUB).rstrip("/"),
        archives=settings.archive_address.rstrip("/"),
        proxy=settings.proxy,
        stall=stall,
        attempts=settings.download_attempts,
        first_wait=min(1.0, stall / 30),
        most_wait=stall,
    )
