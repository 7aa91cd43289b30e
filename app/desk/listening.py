"""The listen thread: opens the microphone on request, cuts what it hears into turns, and closes it again."""

import logging
import threading
from collections import deque
from dataclasses import dataclass, field
from time import monotonic

import numpy as np

from app.core.protocols import SpeechDetector
from app.core.types import Speaker, Stage, Turn, Utterance
from app.desk.failures import failure, falling_behind
from app.desk.inbox import start
from app.desk.interpreting import Interpreting
from app.desk.jobs import Heard, Ready
from app.desk.loop import Loop
from app.desk.ports import Audio, EndOfSound, Frame
from app.desk.segment import Resumed, Rules, Segment, Segmenter, SegmentEvent

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


@dataclass(frozen=True, slots=True)
class Request:
    """To open the microphone: for one speaker or (None) for both, for one turn or for many; or to close
    it."""

    opens: bool
    speaker: Speaker | None = None
    many: bool = False


@dataclass(slots=True)
class _Session:
    """From opening the microphone to closing it."""

    request: Request
    detector: SpeechDetector
    segmenter: Segmenter
    turns: dict[int, Turn]
    """By number of the segment."""
    submitted: dict[int, int]
    """Revision of each segment that is being worked on already."""
    heard: bool = False
    now: float = 0.0
    """The source's clock."""
    arrived: float = field(default_factory=monotonic)
    """When the newest frame came, on the clock of this machine."""
    quiet_since: float | None = None
    deaf_until: float = float("-inf")
    draining: bool = False


class Listening:
    """`lockstep`: after every segment wait for the rest of the loop, so that nothing depends on its speed."""

    def __init__(
        self, loop: Loop, audio: Audio, interpreting: Interpreting, rules: Rules, *, lockstep: bool
    ) -> None:
        self.level = 0.0
        self.floor = threading.Event()
        self.floor.set()
        self._loop = loop
        self._audio = audio
        self._interpreting = interpreting
        self._rules = rules
        self._lockstep = lockstep
        self._session: _Session | None = None
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

    def close(self, timeout: float) -> None:
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        if self._thread:
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._closed:
            with self._wake:
                self._wake.wait_for(lambda: self._closed or self._requests or self._session)
                request = self._requests[0] if self._requests else None
            try:
                self._step(request)
            except EndOfSound:
                self._end()
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
        self._session = _Session(request, self._detector, Segmenter(self._rules), {}, {})
        for speaker in (request.speaker,) if request.speaker else tuple(Speaker):
            self._interpreting.put(Ready(self._loop.choices.language(speaker)))
        self._loop.board.listen(request.speaker)

    def _drain(self, session: _Session) -> None:
        self._audio.close_microphone()
        session.draining = True

    def _hear(self, session: _Session) -> None:
        frame = self._audio.read(_DRAIN_TIMEOUT if session.draining else _FRAME_TIMEOUT)
        self._loop.board.drop_frames(self._audio.dropped)
        if frame is not None:
            self._take(session, frame)
        elif session.draining:
            self._end()
        else:
            self._miss(session)

    def _miss(self, session: _Session) -> None:
        """The source owes a frame; who watches over it tells why."""
        missing = monotonic() - session.arrived
        if missing > GAP_SECONDS and session.segmenter.in_speech:
            session.detector.reset()
            self._follow(session, session.segmenter.flush())
        elif missing > PATIENCE and not session.request.many:
            self._drain(session)

    def _take(self, session: _Session, frame: Frame) -> None:
        session.now, session.arrived = frame.time, monotonic()
        self.level = float(np.sqrt(np.mean(np.square(frame.samples))))
        if self._deaf(session, frame):
            return
        self._follow(session, session.segmenter.push(frame, session.detector.probability(frame.samples)))
        if self._session and self._impatient(session, frame):
            self._drain(session)

    def _follow(self, session: _Session, events: list[SegmentEvent]) -> None:
        """Hand out segments; the first whole turn ends a session that was opened for one."""
        self._hand_out(session, events)
        if not session.request.many and any(isinstance(event, Segment) and event.final for event in events):
            self._audio.close_microphone()
            self._leave()

    def _deaf(self, session: _Session, frame: Frame) -> bool:
        """Half duplex: while the loudspeaker plays, and shortly after, nothing is heard."""
        if self._audio.playing:
            session.deaf_until = frame.time + ECHO_TAIL
            # What was said before the loudspeaker came in is a turn of its own.
            self._hand_out(session, session.segmenter.flush())
            session.detector.reset()
            session.quiet_since = None
        return frame.time < session.deaf_until

    def _impatient(self, session: _Session, frame: Frame) -> bool:
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
        self._hand_out(session, session.segmenter.flush())
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

    def _hand_out(self, session: _Session, events: list[SegmentEvent]) -> None:
        for event in events:
            if isinstance(event, Resumed):
                self._resume(session, event.number)
            elif event.final:
                self._conclude(session, event)
            else:
                self._offer(session, event)
        if session.segmenter.in_speech:
            self.floor.clear()
        else:
            self.floor.set()
        if events and self._lockstep:
            self._loop.pending.wait()

    def _resume(self, session: _Session, number: int) -> None:
        """Void the work on the first part, unless staff corrected the turn or took it back meanwhile."""
        turn = session.turns[number]
        if self._loop.turns.latest(turn.number) == turn:
            session.turns[number] = self._loop.turns.revise(turn.number, final=False) or turn

    def _turn(self, session: _Session, segment: Segment) -> Turn:
        if segment.number not in session.turns:
            session.turns[segment.number] = self._loop.turns.open(session.request.speaker, final=False)
            session.heard = True
        return session.turns[segment.number]

    def _offer(self, session: _Session, segment: Segment) -> bool:
        """Begin to work on a segment; False without room. Ahead of the end of a turn that loses nothing."""
        turn = self._turn(session, segment)
        speaker = session.request.speaker or Speaker.STAFF
        utterance = Utterance(
            turn, speaker, self._loop.choices.language(speaker), segment.samples, segment.start, segment.end,
            segment.final,
        )
        began = self._loop.clock() - (session.now - segment.start)
        taken = self._interpreting.put(Heard(turn, utterance, began, session.request.speaker is None))
        if taken:
            session.submitted[segment.number] = segment.revision
            self._tell(turn, segment)
        return taken

    def _conclude(self, session: _Session, segment: Segment) -> None:
        turn = self._turn(session, segment)
        if session.submitted.get(segment.number) == segment.revision:
            self._tell(turn, segment)
        elif not self._offer(session, segment):
            self._loop.board.drop_utterance()
            self._loop.report(falling_behind(turn, Stage.RECOGNISE))
            self._loop.turns.settle(turn, "failed")
        self._loop.turns.finalise(turn)
        self._loop.board.refresh()
        session.turns.pop(segment.number)
        session.submitted.pop(segment.number, None)

    def _tell(self, turn: Turn, segment: Segment) -> None:
        speaker = self._loop.turns.speaker(turn)
        if speaker is None:
            # Hands-free: the interpret thread tells it as soon as it knows who speaks.
            return
        code = self._loop.choices.language(speaker)
        self._loop.report(
            Utterance(turn, speaker, code, segment.samples, segment.start, segment.end, segment.final)
        )

    def _fail(self, error: Exception) -> None:
        self._loop.report(failure(None, Stage.LISTEN, error))
        if self._session is None:
            return
        try:
            self._audio.close_microphone()
            self._end()
        except Exception as second:
            log.error("microphone could not be closed: %s", type(second).__name__)
            self._leave()
