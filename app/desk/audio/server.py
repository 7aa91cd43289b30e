"""Where a Linux sound server has put our stream: PortAudio is not told when it is moved, muted or suspended.

PulseAudio and PipeWire answer the same questions through libpulse; without either there is nothing to ask.
"""

import os
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

REFRESH_SECONDS = 2.0
RETRY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Route:
    """The device at the other end of our stream."""

    device: str
    muted: bool
    suspended: bool


class RouteWatch:
    """Keeps `route` up to date in a thread of its own, for the server may freeze at any question."""

    def __init__(self, *, capture: bool) -> None:
        self._capture = capture
        self.route: Route | None = None
        """None while there is no stream of ours, or no server."""
        if sys.platform == "linux":
            threading.Thread(target=self._run, name="route", daemon=True).start()

    def _run(self) -> None:
        try:
            import pulsectl  # type: ignore[import-untyped]
        except (ImportError, OSError):
            return
        while True:
            try:
                with pulsectl.Pulse("sprachpult", connect=False) as server:
                    server.connect()
                    self._follow(server, pulsectl)
            except pulsectl.PulseError:
                self.route = None
            time.sleep(RETRY_SECONDS)

    def _follow(self, server: Any, pulsectl: Any) -> None:
        def wake(_event: object) -> None:
            raise pulsectl.PulseLoopStop

        server.event_mask_set(*(("source", "source_output") if self._capture else ("sink", "sink_input")))
        server.event_callback_set(wake)
        while True:
            self.route = self._ask(server)
            server.event_listen(timeout=REFRESH_SECONDS)

    def _ask(self, server: Any) -> Route | None:
        streams = server.source_output_list() if self._capture else server.sink_input_list()
        ours = [s for s in streams if s.proplist.get("application.process.id") == str(os.getpid())]
        if not ours:
            return None
        number = ours[-1].source if self._capture else ours[-1].sink
        device = (server.source_info if self._capture else server.sink_info)(number)
        return Route(device.name, bool(device.mute or ours[-1].mute), device.state == "suspended")
