"""Sound for the live loop, made in processes of its own."""

from collections.abc import Callable

from app.core.events import AudioState
from app.core.types import Speech
from app.desk.audio.loudspeaker import Loudspeaker
from app.desk.audio.microphone import Microphone
from app.desk.ports import Frame


class AudioProcess:
    """One microphone and one loudspeaker, each in a child process that can be killed; fulfils `ports.Audio`.

    A child per device, so that a fault of one never interrupts the other. Returns at once; the state of each
    device is notified when it is known and whenever it changes, from threads of this object. `notify` must
    return quickly.
    """

    def __init__(
        self,
        microphone: str,
        loudspeaker: str,
        notify: Callable[[AudioState], None],
        rate: int | None = None,
    ) -> None:
        """Devices by name or part of it, empty for the system's default; `rate` overrides their own."""
        self._microphone = Microphone(microphone, rate, notify)
        self._loudspeaker = Loudspeaker(loudspeaker, rate, notify)

    def open_microphone(self) -> None:
        self._microphone.open()

    def close_microphone(self) -> None:
        self._microphone.close_session()

    def read(self, timeout: float) -> Frame | None:
        """Next frame. After `close_microphone`, None means that the tail is complete. Raises EndOfSound."""
        return self._microphone.read(timeout)

    def play(self, speech: Speech) -> None:
        self._loudspeaker.play(speech)

    def stop(self) -> None:
        self._loudspeaker.stop()

    @property
    def playing(self) -> bool:
        return self._loudspeaker.playing

    @property
    def unplayed(self) -> tuple[Speech, ...]:
        """Pieces that the last fault of the loudspeaker swallowed, whole or in part."""
        return self._loudspeaker.unplayed

    @property
    def dropped(self) -> int:
        return self._microphone.dropped

    def close(self) -> None:
        self._microphone.close()
        self._loudspeaker.close()

    def __enter__(self) -> "AudioProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
