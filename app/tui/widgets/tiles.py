"""The top of the desk: whose turn it is, and what the machine is doing."""

import math
import time

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from app.core.events import Activity, Status
from app.core.languages import STAFF_LANGUAGE
from app.core.types import Speaker
from app.tui import wording

BARS = "▁▂▃▄▅▆▇█"
METER_CELLS = 8
QUIET_DB = -60.0
"""Level at which the meter begins; speech at arm's length lies near −30 dB."""
WORK = (Activity.RECOGNISING, Activity.TRANSLATING, Activity.CHECKING)
"""Activities whose duration is shown once it can be felt."""


def meter(level: float) -> str:
    """A level of 0…1 (root mean square) as a row of bars, logarithmic."""
    decibel = 20 * math.log10(max(level, 1e-6))
    lit = round(METER_CELLS * min(1.0, max(0.0, 1 - decibel / QUIET_DB)))
    return "".join(BARS[index] if index < lit else "·" for index in range(METER_CELLS))


class SpeakerTile(Widget):
    """One side of the conversation: key, name, language, and whether it speaks or is spoken to."""

    language: reactive[str] = reactive(STAFF_LANGUAGE)
    status: reactive[Status] = reactive(Status(Activity.IDLE))
    bars: reactive[str] = reactive(meter(0.0))
    """The meter as text, so that the tile is drawn again only when a bar changes."""

    def __init__(self, speaker: Speaker, key: str) -> None:
        super().__init__(id=f"tile-{speaker}", classes="tile")
        self._speaker = speaker
        self._key = key

    @property
    def speaks(self) -> bool:
        return self.status.activity is Activity.LISTENING and self.status.speaker in (self._speaker, None)

    @property
    def hears(self) -> bool:
        return self.status.activity is Activity.SPEAKING and self.status.speaker is self._speaker.other

    def watch_status(self) -> None:
        self.set_class(self.speaks, "-speaks")
        self.set_class(self.hears, "-hears")

    def render(self) -> Content:
        head = Content.assemble((f" {self._key} ", "reverse"), " ", (wording.SPEAKER[self._speaker], "bold"))
        return Content("\n").join([head, Content(wording.language_label(self.language)), self._state()])

    def _state(self) -> Content:
        if self.speaks:
            return Content.assemble(("● spricht  ", "bold"), self.bars)
        if self.hears:
            return Content.styled("♪ hört die Ansage", "bold")
        return Content("")


class ActivityTile(Widget):
    """What the machine is doing, in one symbol and word, and what staff can do now."""

    status: reactive[Status] = reactive(Status(Activity.IDLE))
    since: reactive[float] = reactive(0.0)
    hands_free: reactive[bool] = reactive(False)
    progress: reactive[str] = reactive("")
    """What is being loaded; empty when the desk is ready."""
    seconds: reactive[int] = reactive(0)
    """Whole seconds that the present work has taken."""

    def tick(self) -> None:
        """Let the waiting time be seen."""
        self.seconds = int(time.monotonic() - self.since) if self.status.activity in WORK else 0

    def watch_status(self, before: Status, after: Status) -> None:
        self.remove_class(f"-{before.activity}")
        self.add_class(f"-{after.activity}")

    def render(self) -> Content:
        symbol, word = ("◌", "lädt") if self.progress else wording.ACTIVITY[self.status.activity]
        return Content(f"\n{symbol}  {word}").stylize("bold") + Content(f"\n{self._hint()}")

    def _hint(self) -> str:
        if self.progress:
            return self.progress
        if self.seconds:
            return f"seit {self.seconds} s"
        return wording.guidance(self.status, self.hands_free)


class Top(Horizontal):
    """Staff, machine, patient: always in the same place."""

    def compose(self) -> ComposeResult:
        yield SpeakerTile(Speaker.STAFF, "F2")
        yield ActivityTile(id="activity")
        yield SpeakerTile(Speaker.PATIENT, "F3")

    def show(self, status: Status, since: float) -> None:
        for tile in self.query(SpeakerTile):
            tile.status = status
        activity = self.query_one(ActivityTile)
        activity.status, activity.since = status, since

    def tick(self, level: float) -> None:
        """Called about twelve times a second."""
        bars = meter(level)
        for tile in self.query(SpeakerTile):
            if tile.speaks:
                tile.bars = bars
        self.query_one(ActivityTile).tick()
