"""From segments to turns: opens and revises them in the ledger and gives the interpret thread its work."""

import threading

from app.core.types import Speaker, Stage, Turn, Utterance
from app.desk.failures import falling_behind
from app.desk.interpreting import Interpreting
from app.desk.jobs import Heard
from app.desk.loop import Loop
from app.desk.segment import Resumed, Segment, SegmentEvent
from app.desk.session import Session


class TurnFeed:
    """Used by the listen thread; `floor` is set while nobody speaks.

    `lockstep`: after every segment wait for the rest of the loop, so that nothing depends on its speed.
    """

    def __init__(self, loop: Loop, interpreting: Interpreting, *, lockstep: bool) -> None:
        self.floor = threading.Event()
        self.floor.set()
        self._loop = loop
        self._interpreting = interpreting
        self._lockstep = lockstep

    def hand_out(self, session: Session, events: list[SegmentEvent]) -> None:
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

    def _resume(self, session: Session, number: int) -> None:
        """Void the work on the first part, unless staff corrected the turn or took it back meanwhile."""
        turn = session.turns[number]
        if self._loop.turns.latest(turn.number) == turn:
            session.turns[number] = self._loop.turns.revise(turn.number, final=False) or turn

    def _turn(self, session: Session, segment: Segment) -> Turn:
        if segment.number not in session.turns:
            session.turns[segment.number] = self._loop.turns.open(session.request.speaker, final=False)
            session.heard = True
        return session.turns[segment.number]

    def _offer(self, session: Session, segment: Segment) -> bool:
        """Begin to work on a segment; False without room. Ahead of the end of a turn that loses nothing."""
        turn = self._turn(session, segment)
        speaker = session.request.speaker or Speaker.STAFF
        utterance = Utterance(
            turn,
            speaker,
            self._loop.choices.language(speaker),
            segment.samples,
            segment.start,
            segment.end,
            segment.final,
        )
        began = self._loop.clock() - (session.now - segment.start)
        taken = self._interpreting.put(Heard(turn, utterance, began, session.request.speaker is None))
        if taken:
            session.submitted[segment.number] = segment.revision
            self._tell(turn, segment)
        return taken

    def _conclude(self, session: Session, segment: Segment) -> None:
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
