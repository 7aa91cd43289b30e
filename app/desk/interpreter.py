"""The live loop: one object that owns the listen, interpret and speak threads.

microphone → listen (segments) → interpret (recognise, translate, check) → speak → loudspeaker. Everything
that happens is told by `emit`, from any of these threads. Work begins at the first pause of a speaker;
nothing is played before the end of the turn is sure.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from app.core.errors import SprachpultError
from app.core.events import Emit, Event, Payload, TurnEnded
from app.core.languages import language
from app.core.settings import Settings
from app.core.types import Failure, Speaker, Stage, Transcript, Translation, Turn
from app.desk.board import Board
from app.desk.human_stop import HumanStop, Reason
from app.desk.inbox import Pending
from app.desk.interpreting import Interpreting
from app.desk.jobs import Chosen, Said
from app.desk.listening import Listening
from app.desk.loop import Choices, Loop
from app.desk.own_voice import OwnVoice
from app.desk.ports import Audio
from app.desk.segment import Rules
from app.desk.session import Request
from app.desk.speaking import Speaking
from app.desk.tools import Tools
from app.desk.turns import Turns

_JOIN_SECONDS = 2.0
"""For all threads together. Inference cannot be interrupted; who is still in it dies with the program."""
_WAIT_SLICE = 0.5
NO_SOUND = "Dieser Rechner hat keinen Ton", "Tippen und Phrasen gehen; was fehlt, zeigt: sprachpult doctor"


class Interpreter:
    """Every method returns at once; what follows comes as events.

    Takes over `audio` and closes it. Without audio (None) typed text and phrases are still translated and
    shown. `clock` stamps the events; `lockstep` makes listening wait for the rest of the loop, for files that
    are worked off as fast as the machine can.
    """

    def __init__(
        self,
        tools: Tools,
        audio: Audio | None,
        settings: Settings,
        emit: Emit,
        *,
        clock: Callable[[], float] = time.monotonic,
        lockstep: bool = False,
    ) -> None:
        self._emit = emit
        self._clock = clock
        self._audio = audio
        self._choices = Choices(settings.patient_language, settings.confirm_first, settings.speak_german)
        self._turns = Turns(self._ended, self._released)
        self._board = Board(self._report, self._turns)
        self._loop = Loop(
            tools,
            audio,
            self._choices,
            self._turns,
            self._board,
            Pending(),
            OwnVoice(clock),
            clock,
            self._report,
            HumanStop(tools.human),
        )
        self._speaking: Speaking | None = None
        self._listening: Listening | None = None
        self._interpreting = Interpreting(self._loop, self._prepare, self.stop_listening)
        if audio is not None:
            rules = Rules(hold=settings.end_of_turn_seconds)
            self._listening = Listening(self._loop, audio, self._interpreting, rules, lockstep=lockstep)
            self._speaking = Speaking(self._loop, audio, self._listening.floor)
            self._listening.begin()
        if settings.hands_free:
            self.hands_free = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def level(self) -> float:
        """Root mean square of the last frame, 0…1; 0 while the microphone is closed."""
        return self._listening.level if self._listening else 0.0

    @property
    def patient_language(self) -> str:
        """For turns from now on. Setting it raises UsageError for an unknown code."""
        return self._choices.patient_language

    @patient_language.setter
    def patient_language(self, code: str) -> None:
        self._choices.patient_language = language(code).code

    @property
    def confirm_first(self) -> bool:
        """Ask before anything is spoken, also when the verdict is green; holds for turns from now on."""
        return self._choices.confirm_first

    @confirm_first.setter
    def confirm_first(self, on: bool) -> None:
        self._choices.confirm_first = on

    @property
    def speak_german(self) -> bool:
        """Also speak the German translation of what the patient said."""
        return self._choices.speak_german

    @speak_german.setter
    def speak_german(self, on: bool) -> None:
        self._choices.speak_german = on

    @property
    def hands_free(self) -> bool:
        """The microphone stays open, and each utterance is either German or the patient's language."""
        return self._choices.hands_free

    @hands_free.setter
    def hands_free(self, on: bool) -> None:
        if on and not self._can_hear():
            return
        if on != self._choices.hands_free:
            self._choices.hands_free = on
            self._request(Request(opens=on, many=True))

    def listen(self, speaker: Speaker, *, many: bool = False) -> None:
        """Open the microphone for one turn of this speaker, or for `many`; ends hands-free mode."""
        if self._can_hear():
            self._choices.hands_free = False
            self._request(Request(opens=True, speaker=speaker, many=many))

    def stop_listening(self) -> None:
        """Close the microphone; what was said until now is still processed."""
        self._choices.hands_free = False
        self._request(Request(opens=False))

    def say_text(self, speaker: Speaker, text: str) -> Turn:
        """Translate and speak typed text."""
        turn = self._turns.open(speaker, final=True)
        self._interpreting.put_or_refuse(Said(turn, self._typed(turn, speaker, text)))
        return turn

    def say_translation(self, speaker: Speaker, translation: Translation) -> Turn:
        """Speak a phrase that was picked by hand; it is checked like everything else."""
        turn = self._turns.open(speaker, final=True)
        transcript = self._typed(turn, speaker, translation.source)
        self._interpreting.put_or_refuse(Chosen(turn, transcript, translation))
        return turn

    def correct(self, turn: Turn, text: str) -> None:
        """Replace what was recognised: a new revision, translated afresh."""
        self._hush(turn)
        revised = self._turns.revise(turn.number, final=True)
        speaker = self._turns.speaker(revised) if revised else None
        if revised is None or speaker is None:
            self._refuse(turn, "Dieser Satz lässt sich nicht mehr ändern", "noch einmal sagen oder tippen")
            return
        self._interpreting.put_or_refuse(Said(revised, self._typed(revised, speaker, text)))
        self._board.refresh()

    def confirm(self, turn: Turn) -> None:
        """Speak a turn that waits for staff. What is blocked stays blocked."""
        if not self._turns.confirm(turn):
            self._refuse(turn, "Dieser Satz wird nicht gesprochen", "anders sagen oder eine Phrase wählen")
        self._board.refresh()

    def override(self, turn: Turn, reason: Reason) -> None:
        """Let a sentence through that was stopped for a human interpreter; counted by topic and reason. It
        comes back as a new revision that is checked as usual and waits for staff before it is spoken."""
        job = self._loop.humans.release(turn, self._turns, reason)
        if job is None:
            self._refuse(turn, "An diesem Satz ist nichts freizugeben", "anders sagen oder neu tippen")
            return
        self._report(job.transcript)
        self._interpreting.put_or_refuse(job)
        self._board.refresh()

    @property
    def overrides(self) -> Mapping[tuple[str, Reason], int]:
        """Sentences let through so far, by finding code (`human-<topic>`) and reason; counts only."""
        return self._loop.humans.counts

    def dismiss(self, turn: Turn) -> None:
        """Drop a turn that waits for staff; what was heard of it already stays spoken."""
        self._hush(turn)
        self._turns.settle(turn, "spoken" if self._turns.was_played(turn) else "cancelled")

    def repeat(self, slow: bool = False) -> None:
        """Speak once more what was spoken last."""
        if self._speaking:
            self._speaking.repeat(slow)
        else:
            self._no_sound()

    def stop_speaking(self) -> None:
        """Silence at once; what is queued to be spoken is dropped."""
        if self._speaking:
            with suppress(SprachpultError):
                self._speaking.stop()

    def take_back(self) -> Turn | None:
        """Take back the last turn: nothing more of it is spoken. Ends as `spoken` if it was heard already."""
        turn = self._turns.last()
        if turn is None:
            return None
        played = self._turns.was_played(turn)
        self._hush(turn)
        revised = self._turns.revise(turn.number, final=True)
        if revised:
            self._turns.settle(revised, "spoken" if played else "cancelled")
        return revised

    def forget(self) -> None:
        """The consultation is over: stop everything and keep no word of it, nor any sound."""
        self.stop_listening()
        self._turns.forget()
        self._loop.humans.forget()
        self._interpreting.forget()
        if self._speaking:
            self.stop_speaking()
            self._speaking.forget()
        self._board.refresh()

    def wait_idle(self, timeout: float | None = None) -> bool:
        """True when the microphone is closed and nothing is under way (turns may wait for staff)."""
        latest = float("inf") if timeout is None else time.monotonic() + timeout
        while True:
            # In slices, because a wait without end cannot be interrupted from the keyboard on every system.
            left = max(0.0, min(_WAIT_SLICE, latest - time.monotonic()))
            heard = self._listening is None or self._listening.wait(left)
            if heard and self._loop.pending.wait(left):
                return True
            if time.monotonic() >= latest:
                return False

    def close(self) -> None:
        """Void all work, end the threads, close the audio; safe to call twice, and never hangs."""
        self._turns.close()
        self.stop_speaking()
        threads = [part for part in (self._interpreting, self._speaking, self._listening) if part]
        for part in threads:
            part.close()
        latest = time.monotonic() + _JOIN_SECONDS
        for part in threads:
            part.join(max(0.0, latest - time.monotonic()))
        if self._audio is not None:
            self._audio.close()

    def _report(self, payload: Payload) -> None:
        self._emit(Event(self._clock(), payload))

    def _ended(self, turn: Turn, outcome: str) -> None:
        self._report(TurnEnded(turn, outcome))
        self._board.refresh()

    def _released(self, turn: Turn) -> None:
        if self._speaking:
            self._speaking.perform(turn)

    def _prepare(self, turn: Turn) -> None:
        if self._speaking:
            self._speaking.prepare(turn)

    def _hush(self, turn: Turn) -> None:
        """Stop the loudspeaker if it is this turn that is being spoken."""
        if self._speaking and self._speaking.performing(turn.number):
            self.stop_speaking()

    def _typed(self, turn: Turn, speaker: Speaker, text: str) -> Transcript:
        return Transcript(turn, speaker, self._choices.language(speaker), text.strip(), typed=True)

    def _request(self, request: Request) -> None:
        if self._listening:
            self._listening.request(request)

    def _can_hear(self) -> bool:
        if self._listening is None:
            self._no_sound()
        return self._listening is not None

    def _no_sound(self) -> None:
        self._report(Failure(None, Stage.LISTEN, *NO_SOUND))

    def _refuse(self, turn: Turn, message: str, hint: str) -> None:
        self._report(Failure(turn, Stage.CHECK, message, hint))
