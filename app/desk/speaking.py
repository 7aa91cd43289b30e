"""The speak thread: from a checked translation to sound, one turn after the other."""

import threading
from time import monotonic

from app.core.errors import AudioError
from app.core.types import Failure, Speaker, Speech, Stage, Turn
from app.desk.failures import failure, falling_behind
from app.desk.inbox import Inbox, start, work_off
from app.desk.jobs import Again, Forget, Perform, Prepare, SpeakJob
from app.desk.loop import Loop
from app.desk.ports import Audio
from app.desk.synthesis import Performance, Synthesis

WAITING_PERFORMANCES = 16
SLOW = 0.7
FLOOR_SECONDS = 4.0
"""Longest that playback waits in hands-free mode for somebody who goes on talking."""
_LOOK_SECONDS = 0.03
_STUCK_SECONDS = 5.0
"""A loudspeaker that still plays this long after its sound should be over no longer answers."""


class Speaking:
    """Playback is always of a turn whose end is sure; `floor` is set while nobody speaks."""

    def __init__(self, loop: Loop, audio: Audio, floor: threading.Event) -> None:
        self._loop = loop
        self._audio = audio
        self._floor = floor
        self._synthesis = Synthesis(loop.tools.engines)
        self._prepared: tuple[Turn, Performance] | None = None
        self._last: tuple[Turn, Speaker, str, str] | None = None
        self._performing: int | None = None
        self._generation = 0
        self._stopped = threading.Condition()
        self._inbox: Inbox[SpeakJob] = Inbox(WAITING_PERFORMANCES, loop.pending)
        self._thread = start("speak", lambda: work_off(self._inbox, self._step, self._fail))

    def prepare(self, turn: Turn) -> None:
        """Begin to synthesise; a full inbox only costs the head start."""
        self._inbox.remove(lambda job: isinstance(job, Prepare))
        self._inbox.put(Prepare(turn))

    def perform(self, turn: Turn) -> None:
        """Speak the checked translation of a turn that was released."""
        if not self._inbox.put(Perform(turn, self._generation)):
            self._loop.report(falling_behind(turn, Stage.SPEAK))
            self._loop.turns.settle(turn, "shown")

    def repeat(self, slow: bool) -> None:
        self._inbox.put(Again(slow, self._generation))

    def stop(self) -> None:
        """Silence at once; what was queued to be spoken is not spoken any more."""
        with self._stopped:
            self._generation += 1
            self._audio.stop()
            self._stopped.notify_all()
        for job in self._inbox.remove(lambda job: isinstance(job, Perform | Again)):
            if isinstance(job, Perform):
                self._loop.turns.settle(job.turn, "cancelled")

    def forget(self) -> None:
        """Keep nothing of what was spoken."""
        self._inbox.remove(lambda job: True)
        self._inbox.put(Forget())

    def performing(self, number: int) -> bool:
        """True while this turn is on the loudspeaker."""
        return self._performing == number

    def close(self) -> None:
        """Forget what is waiting, and wait for no playback."""
        self._inbox.close()
        with self._stopped:
            self._generation += 1
            self._stopped.notify_all()

    def join(self, timeout: float) -> None:
        self._thread.join(timeout)

    def _step(self, job: SpeakJob) -> None:
        match job:
            case Prepare(turn):
                self._prepare(turn)
            case Perform(turn, generation):
                self._perform(turn, generation)
            case Again(slow, generation):
                self._again(slow, generation)
            case Forget():
                self._last = self._prepared = None
                self._synthesis.forget()
                self._loop.own_voice.begin("")

    def _fail(self, job: SpeakJob, error: Exception) -> None:
        self._prepared = None
        if isinstance(job, Prepare):
            # If the turn is really spoken, the same error comes again, and counts then.
            return
        turn = job.turn if isinstance(job, Perform) else None
        self._loop.report(failure(turn, Stage.SPEAK, error))
        if isinstance(job, Perform):
            self._loop.turns.settle(job.turn, self._outcome(job.turn, job.generation))

    def _outcome(self, turn: Turn, generation: int) -> str:
        if any(speech.turn == turn for speech in self._audio.unplayed):
            return "shown"
        if self._loop.turns.was_played(turn):
            return "spoken"
        return "cancelled" if generation != self._generation else "shown"

    def _performance(self, turn: Turn) -> Performance | None:
        checked = self._loop.turns.checked(turn)
        if checked is None or not self._loop.turns.current(turn):
            return None
        translation = checked.translation
        return self._synthesis.perform(turn, translation.target_language, translation.text)

    def _prepare(self, turn: Turn) -> None:
        performance = self._performance(turn)
        if performance:
            performance.begin()
            self._prepared = (turn, performance)

    def _perform(self, turn: Turn, generation: int) -> None:
        if self._prepared and self._prepared[0] == turn:
            performance: Performance | None = self._prepared[1]
        else:
            performance = self._performance(turn)
        self._prepared = None
        checked = self._loop.turns.checked(turn)
        if performance is None or checked is None or not self._loop.turns.current(turn):
            return
        translation = checked.translation
        self._last = (turn, checked.speaker, translation.target_language, translation.text)
        self._performing = turn.number
        try:
            self._play(performance, checked.speaker, generation)
        finally:
            self._performing = None
        self._loop.turns.settle(turn, self._outcome(turn, generation))

    def _again(self, slow: bool, generation: int) -> None:
        if self._last is None:
            hint = "erst etwas sagen, tippen oder eine Phrase wählen"
            self._loop.report(Failure(None, Stage.SPEAK, "Es wurde noch nichts gesprochen", hint))
            return
        turn, speaker, code, text = self._last
        performance = self._synthesis.perform(turn, code, text, SLOW if slow else 1.0)
        self._play(performance, speaker, generation)

    def _play(self, performance: Performance, speaker: Speaker, generation: int) -> None:
        performance.begin()
        if self._loop.choices.hands_free:
            self._floor.wait(FLOOR_SECONDS)
        self._loop.own_voice.begin(performance.language)
        seconds = 0.0
        began = monotonic()
        try:
            for speech in performance:
                if not self._put_out(speech, speaker, generation):
                    break
                seconds += speech.samples.size / speech.rate
            self._wait_until_silent(generation, began + seconds + _STUCK_SECONDS)
        finally:
            self._loop.own_voice.silent()
            self._loop.board.stop_speaking()

    def _put_out(self, speech: Speech, speaker: Speaker, generation: int) -> bool:
        with self._stopped:
            if generation != self._generation:
                return False
            self._loop.own_voice.spoke(speech.text)
            self._audio.play(speech)
        self._loop.turns.mark_played(speech.turn)
        self._loop.board.speak(speaker)
        self._loop.report(speech)
        return True

    def _wait_until_silent(self, generation: int, latest: float) -> None:
        with self._stopped:
            while self._audio.playing and generation == self._generation:
                if monotonic() > latest:
                    raise AudioError("Der Lautsprecher antwortet nicht", "Gerät prüfen: sprachpult doctor")
                self._stopped.wait(_LOOK_SECONDS)
