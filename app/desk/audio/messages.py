"""What staff read about sound: what is wrong, and what to do about it."""

import sys

from app.core.events import AudioState
from app.core.types import RECOGNITION_RATE
from app.desk.audio.watchdog import Trouble

_NAMES = {"microphone": "Mikrofon", "loudspeaker": "Lautsprecher", "sound": "Ton"}
_REPLUG = "Gerät neu anstecken, sonst den Computer neu starten"

_TEXTS: dict[Trouble, tuple[str, str]] = {
    Trouble.NO_DEVICE: ("{name} nicht gefunden", "anschließen; es wird von selbst erkannt"),
    Trouble.UNKNOWN_NAME: (
        "{name} „{wanted}“ nicht gefunden", "anschließen oder in den Einstellungen ein anderes wählen",
    ),
    Trouble.REFUSED: (
        "{name} lässt sich nicht öffnen",
        "andere Programme schließen, die es benutzen, und den Zugriff im Betriebssystem erlauben",
    ),
    Trouble.DIED: ("{name}: Programmteil abgestürzt", _REPLUG),
    Trouble.HUNG: ("{name} antwortet nicht", _REPLUG),
    Trouble.ENDED: ("{name} wurde getrennt", "Stecker und Kabel prüfen"),
    Trouble.STALLED: ("{name} steht still", "Stecker und Kabel prüfen"),
    Trouble.MOVED: (
        "{name} wurde getrennt, das System hat ein anderes Gerät gewählt", "Stecker und Kabel prüfen",
    ),
    Trouble.SUSPENDED: ("{name} ist vom System angehalten", "in den Toneinstellungen wieder einschalten"),
    Trouble.MUTED: ("{name} ist stummgeschaltet", "Stummschaltung am Gerät oder im System aufheben"),
    Trouble.ZEROS: (
        "Mikrofon liefert nur Stille", "Stummschaltung am Gerät und im System prüfen oder ein anderes wählen",
    ),
}


def state(device: str, trouble: Trouble, *, wanted: str = "", lost: str = "") -> AudioState:
    """A fault as the desk shows it; `lost` says what was not played because of it."""
    if trouble is Trouble.NO_LIBRARY:
        message, hint = "PortAudio fehlt: kein Ton", portaudio_hint()
    else:
        message, hint = _TEXTS[trouble]
    message = message.format(name=_NAMES[device], wanted=wanted)
    return AudioState(device, False, f"{message}; {lost}" if lost else message, hint)


def well(device: str, name: str, rate: int = RECOGNITION_RATE) -> AudioState:
    """The device works, under this name; a rate below that of recognition (16 kHz) is worth a warning."""
    narrow = device == "microphone" and rate < RECOGNITION_RATE
    hint = "nur Telefonqualität, Erkennung schlechter: besser ein USB-Mikrofon" if narrow else ""
    return AudioState(device, True, f"{_NAMES[device]} bereit: {name}", hint)


def portaudio_hint(platform: str = sys.platform) -> str:
    """How to get PortAudio; on Windows and macOS it comes inside the sounddevice wheel."""
    if platform == "linux":
        return "sudo apt install libportaudio2 (Debian, Ubuntu) oder sudo dnf install portaudio (Fedora)"
    return "Installation wiederholen: uv sync --reinstall-package sounddevice"


def not_played(seconds: float) -> str:
    """How much speech a fault has swallowed."""
    return f"{seconds:.1f} s nicht gesprochen".replace(".", ",", 1)
