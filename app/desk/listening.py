"""The listen thread: opens the microphone on request, cuts what it hears into turns, and closes it again."""

import logging
import threading
from collections import deque
from time import monotonic

import numpy as np

from app.core.protocols import SpeechDetector
from app.core.types import Speaker, Stage
from app.desk.failures import failure
from app.desk.inbox import start
from app.desk.interpreting import Interpreting
from app.desk.jobs import Ready
from app.desk.loop import Loop
from app.desk.ports import Audio, EndOfSound, Frame
from app.desk.segment import Rules, Segment, Segmenter, SegmentEvent
from app.desk.session import Request, Session
from app.desk.turn_feed import TurnFeed

log = logging.getLogger(__name__)

ECHO_TAIL = 0.2
"""Seconds of the source's clock that stay unheard after playback: room and device echo. People take about as
long to begin their answer."""
PATIENCE = 20.0
"""Seconds without a word after which the microphone is closed again."""
GAP_SECONDS = 1.0
"""Without a frame for so long the device has failed: what was said before that is processed."""
_FRAME_TIMEOUT = 0.1
_DRAIN_TIMEOUT = 0.02


class Listening:
    """Owns the microphone and the thread that reads it; `lockstep` as in `TurnFeed`."""

    def __init__(
        self, loop: Loop, audio: Audio, interpreting: Interpreting, rules: Rules, *, lockstep: bool
    ) -> None:
        self.level = 0.0
        self._loop = loop
        self._audio = audio
        self._interpreting = interpreting
        self._rules = rules
        self._feed = TurnFeed(loop, interpreting, lockstep=lockstep)
        self.floor = self._feed.floor
        """Set while nobody speaks."""
        self._session: Session | None = None
        self._detector: SpeechDetector | None = None
        self._requests: deque[Request] = deque()
        self._closed = False
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        self._thread = start("listen", self._run)

    def request(self, request: Request) -> None:
        """Open or close the microphone; what was said until now is processed first."""
        with self._wake:
            self._requests.append(request)
            self._wake.notify_all()

    def wait(self, timeout: float | None) -> bool:
        """True once the microphone is closed and no request is left."""
        with self._wake:
            return self._wake.wait_for(lambda: self._closed or not (self._requests or self._session), timeout)

    def close(self) -> None:
        """Hear nothing more; what was being said is dropped."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()

    def join(self, timeout: float) -> None:
        if self._thread:
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._closed:
            with self._wake:
                self._wake.wait_for(lambda: self._closed or self._requests or self._session)
                request = self._requests[0] if self._requests else None
            try:
                self._step(request)
            except Exception as error:
                self._fail(error)

    def _step(self, request: Request | None) -> None:
        session = self._session
        if session and request and not session.draining:
            # The next speaker waits until the tail of this one is in.
            self._drain(session)
        if session:
            self._hear(session)
        elif request:
            self._obey(request)

    def _obey(self, request: Request) -> None:
        try:
            if request.opens:
                self._open(request)
        finally:
            with self._wake:
                self._requests.popleft()
                self._wake.notify_all()

    def _open(self, request: Request) -> None:
        self._audio.open_microphone()
        if self._detector is None:
            self._detector = self._loop.tools.engines.detector()
        self._detector.reset()
        self._session = Session(request, self._detector, Segmenter(self._rules), {}, {})
        for speaker in (request.speaker,) if request.speaker else tuple(Speaker):
            self._interpreting.put(Ready(self._loop.choices.language(speaker)))
        self._loop.board.listen(request.speaker)

    def _drain(self, session: Session) -> None:
        self._audio.close_microphone()
        session.draining = True

    def _hear(self, session: Session) -> None:
        try:
            frame = self._audio.read(_DRAIN_TIMEOUT if session.draining else _FRAME_TIMEOUT)
        except EndOfSound:
            self._end()
            return
        self._loop.board.drop_frames(self._audio.dropped)
        if frame is not None:
            self._take(session, frame)
        elif session.draining:
            self._end()
        else:
            self._miss(session)

    def _miss(self, session: Session) -> None:
        """The source owes a frame; who watches over it tells why."""
        missing = monotonic() - session.arrived
        if missing > GAP_SECONDS and session.segmenter.in_speech:
            session.detector.reset()
            self._follow(session, session.segmenter.flush())
        elif missing > PATIENCE and not session.request.many:
            self._drain(session)

    def _take(self, session: Session, frame: Frame) -> None:
        session.now, session.arrived = frame.time, monotonic()
        self.level = float(np.sqrt(np.mean(np.square(frame.samples))))
        if self._deaf(session, frame):
            return
        self._follow(session, session.segmenter.push(frame, session.detector.probability(frame.samples)))
        if self._session and self._impatient(session, frame):
            self._drain(session)

    def _follow(self, session: Session, events: list[SegmentEvent]) -> None:
        """Hand out segments; the first whole turn ends a session that was opened for one."""
        self._feed.hand_out(session, events)
        if not session.request.many and any(isinstance(event, Segment) and event.final for event in events):
            self._audio.close_microphone()
            self._leave()

    def _deaf(self, session: Session, frame: Frame) -> bool:
        """Half duplex: while the loudspeaker plays, and shortly after, nothing is heard."""
        if self._audio.playing:
            session.deaf_until = frame.time + ECHO_TAIL
            # What was said before the loudspeaker came in is a turn of its own.
            self._feed.hand_out(session, session.segmenter.flush())
            session.detector.reset()
            session.quiet_since = None
        return frame.time < session.deaf_until

    def _impatient(self, session: Session, frame: Frame) -> bool:
        if session.request.many or session.draining or session.segmenter.in_speech:
            return False
        if session.quiet_since is None:
            session.quiet_since = frame.time
        return frame.time - session.quiet_since > PATIENCE

    def _end(self) -> None:
        """The source is silent for good: process the tail."""
        session = self._session
        if session is None:
            return
        self._feed.hand_out(session, session.segmenter.flush())
        if not session.heard and not session.request.many:
            turn = self._loop.turns.open(session.request.speaker, final=True)
            self._loop.turns.settle(turn, "nothing-heard")
        self._leave()

    def _leave(self) -> None:
        self.level = 0.0
        self.floor.set()
        self._loop.board.stop_listening()
        with self._wake:
            self._session = None
            self._wake.notify_all()

    def _fail(self, error: Exception) -> None:
        self._loop.choices.hands_free = False
        self._loop.report(failure(None, Stage.LISTEN, error))
        try:
            self._audio.close_microphone()
            self._end()
        except Exception as second:
            log.error("microphone could not be closed: %s", type(second).__name__)
            self._leave()
