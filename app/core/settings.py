"""Settings of one desk: a frozen value read from `settings.toml` in the office's folder."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from app.core.errors import ContentError
from app.core.paths import user_root


@dataclass(frozen=True, slots=True)
class Settings:
    """Every field can be set in settings.toml under the same name."""

    patient_language: str = "tr"
    microphone: str = ""
    """Part of the device's name; empty: the system's default."""
    loudspeaker: str = ""
    confirm_first: bool = False
    """Ask before anything is spoken, also when the verdict is green."""
    speak_german: bool = False
    """Also speak the German translation of what the patient said."""
    hands_free: bool = False
    end_of_turn_seconds: float = 0.7
    """Silence after which a turn is over; endpoint holds in use elsewhere lie at 0.5–0.8 s."""
    theme: str = "dunkel"
    """`dunkel`, `hell`, or any theme of Textual."""
    office: str = ""
    """Name of the office, on handouts."""
    hub_address: str = ""
    """Mirror of the model hub; empty: the hub itself. Only `models pull` uses this and the next four."""
    archive_address: str = ""
    """Mirror of the translation models' archives, in place of the catalog's `https://host`."""
    proxy: str = ""
    """`http://name:password@host:port`; empty: the system's proxy variables."""
    download_stall_seconds: float = 30.0
    download_attempts: int = 6


def settings_file() -> Path:
    return user_root() / "settings.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; no file gives the defaults. Raises ContentError naming the wrong field."""
    path = path or settings_file()
    if not path.is_file():
        return Settings()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"nicht lesbar ({error})", "Datei berichtigen oder löschen", path=path) from error
    return Settings(**_checked(table, path))


def _checked(table: dict[str, Any], path: Path) -> dict[str, Any]:
    known = {field.name: type(field.default) for field in fields(Settings)}
    for name, value in table.items():
        if name not in known:
            raise ContentError(f"unbekannte Einstellung „{name}“", f"erlaubt: {', '.join(known)}", path=path)
        wanted = (int, float) if known[name] is float else known[name]
        if not isinstance(value, wanted) or (isinstance(value, bool) and known[name] is not bool):
            raise ContentError(f"„{name}“ muss {known[name].__name__} sein", "Wert berichtigen", path=path)
    return table
