"""What sound devices there are, without loading PortAudio here."""

import subprocess

from app.core.errors import AudioError
from app.core.events import AudioState
from app.desk.audio import messages
from app.desk.audio.choose import DeviceList
from app.desk.audio.offspring import apart, command_line, environment
from app.desk.audio.watchdog import Trouble
from app.desk.audio.wire import Failed, decode

LOOK_SECONDS = 8.0
"""A look takes half a second, on a busy machine two; a frozen sound server never answers."""


def devices() -> DeviceList:
    """All microphones and loudspeakers, the system's default first. Raises AudioError with what to do."""
    found = _look()
    if isinstance(found, DeviceList):
        return found
    state = messages.state("sound", found.trouble)
    raise AudioError(state.message, state.hint)


def available() -> AudioState:
    """Can there be sound at all? Not ok: PortAudio is missing or does not answer, or a device is missing."""
    found = _look()
    if isinstance(found, Failed):
        return messages.state("sound", found.trouble)
    for device, names in (("microphone", found.microphones), ("loudspeaker", found.loudspeakers)):
        if not names:
            return messages.state(device, Trouble.NO_DEVICE)
    return messages.well("sound", f"{found.microphones[0]}, {found.loudspeakers[0]}")


def _look() -> DeviceList | Failed:
    try:
        done = subprocess.run(
            command_line("app.desk.audio.probe"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, timeout=LOOK_SECONDS, env=environment(), check=False, **apart(),
        )
    except subprocess.TimeoutExpired:
        return Failed(Trouble.HUNG)
    answer = decode(done.stdout)
    return answer if isinstance(answer, DeviceList | Failed) else Failed(Trouble.DIED)
