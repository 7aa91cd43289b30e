"""Which device is meant by a name: pure choice among what PortAudio lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import AudioError
from app.desk.audio.watchdog import Trouble

_HOSTS = ("Windows WASAPI", "Core Audio", "ALSA", "Windows DirectSound", "MME")
"""PortAudio lists a device once per host interface; earlier ones keep its full name and its own rate."""


class Unavailable(AudioError):
    """No such device; `trouble` says in which way."""

    def __init__(self, trouble: Trouble, message: str = "") -> None:
        super().__init__(message)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Device:
    """One direction of a device on one host interface."""

    index: int
    name: str
    host: str
    rate: int
    """The rate it names as its own, samples per second."""
    default: bool


@dataclass(frozen=True, slots=True)
class DeviceList:
    """Names to choose from, the system's default first."""

    microphones: tuple[str, ...]
    loudspeakers: tuple[str, ...]


Rows = Sequence[Mapping[str, Any]]


def listed(devices: Rows, hosts: Rows, *, capture: bool) -> list[Device]:
    """Devices of one direction from PortAudio's tables, the best host interface and its default first."""
    side = "input" if capture else "output"
    found = [
        Device(
            index=index,
            name=row["name"],
            host=hosts[row["hostapi"]]["name"],
            rate=round(row["default_samplerate"]),
            default=hosts[row["hostapi"]][f"default_{side}_device"] == index,
        )
        for index, row in enumerate(devices)
        if row[f"max_{side}_channels"] > 0
    ]
    return sorted(found, key=lambda device: (_rank(device.host), not device.default, device.index))


def _rank(host: str) -> int:
    return _HOSTS.index(host) if host in _HOSTS else len(_HOSTS)


def choose(devices: Sequence[Device], name: str) -> Device:
    """The device whose name is, begins with, or contains `name`; the system's default for an empty name.

    `devices` in the order of `listed`. Raises Unavailable.
    """
    if not devices:
        raise Unavailable(Trouble.NO_DEVICE)
    wanted = name.casefold()
    if not wanted:
        return next((device for device in devices if device.default), devices[0])
    for fits in (str.__eq__, str.startswith, str.__contains__):
        for device in devices:
            if fits(device.name.casefold(), wanted):
                return device
    raise Unavailable(Trouble.UNKNOWN_NAME, ", ".join(dict.fromkeys(device.name for device in devices)))
