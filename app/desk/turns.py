"""The turns of a consultation: which revision counts, what is still open, when a turn may be spoken."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from app.core.types import CheckedTranslation, Speaker, Turn

REMEMBERED = 64
"""Turns that can still be corrected or confirmed; older ones are forgotten, and their text with them."""

Ended = Callable[[Turn, str], None]
Released = Callable[[Turn], None]


@dataclass(slots=True)
class TurnState:
    """All that the loop knows of a turn; touched only under the lock of `Turns`."""

    turn: Turn
    speaker: Speaker | None
    """None until the languages of hands-free mode are told apart."""
    final: bool
    checked: CheckedTranslation | None = field(default=None, repr=False)
    asks: bool = False
    announced: bool = False
    confirmed: bool = False
    released: bool = False
    played: bool = False
    outcome: str | None = None
    ended: bool = False

    @property
    def waits(self) -> bool:
        return self.final and self.asks and not self.confirmed and not self.outcome


class Turns:
    """Safe to call from any thread.

    Per revision, `released(turn)` is called once when it may be spoken, `ended(turn, outcome)` once when
    nothing more will come. Both are called without a lock held, so that whoever is told may ask back.
    """

    def __init__(self, ended: Ended, released: Released) -> None:
        self._ended = ended
        self._released = released
        self._states: dict[int, TurnState] = {}
        self._number = 0
        self._closed = False
        self._lock = threading.RLock()

    def open(self, speaker: Speaker | None, *, final: bool) -> Turn:
        with self._lock:
            self._number += 1
            turn = Turn(self._number)
            self._states[turn.number] = TurnState(turn, speaker, final)
            while len(self._states) > REMEMBERED:
                del self._states[min(self._states)]
            return turn

    def revise(self, number: int, *, final: bool) -> Turn | None:
        """Make all work on a turn void and begin it anew; None if it was forgotten."""
        with self._lock:
            old = self._states.get(number)
            if old is None:
                return None
            turn = old.turn.revised()
            self._states[number] = TurnState(turn, old.speaker, final)
            return turn

    def current(self, turn: Turn) -> bool:
        """True if work on this revision still counts."""
        with self._lock:
            state = self._states.get(turn.number)
            return not self._closed and state is not None and state.turn == turn and not state.outcome

    def latest(self, number: int) -> Turn | None:
        with self._lock:
            state = self._states.get(number)
            return state.turn if state else None

    def speaker(self, turn: Turn) -> Speaker | None:
        with self._lock:
            state = self._states.get(turn.number)
            return state.speaker if state else None

    def is_final(self, turn: Turn) -> bool:
        with self._lock:
            state = self._state(turn)
            return state is not None and state.final

    def checked(self, turn: Turn) -> CheckedTranslation | None:
        with self._lock:
            state = self._state(turn)
            return state.checked if state else None

    def last(self) -> Turn | None:
        """The newest turn that can be taken back, spoken ones included."""
        with self._lock:
            open_or_spoken = [s.turn for s in self._states.values() if s.outcome in (None, "spoken", "shown")]
            return max(open_or_spoken, default=None)

    def any_waits(self) -> bool:
        """True while staff have a decision to make."""
        with self._lock:
            return any(state.waits for state in self._states.values())

    def assign(self, turn: Turn, speaker: Speaker) -> None:
        """Hands-free mode found out who speaks."""
        with self._lock:
            if state := self._state(turn):
                state.speaker = speaker

    def finalise(self, turn: Turn) -> None:
        """The end of the turn is sure."""
        with self._lock:
            if state := self._state(turn):
                state.final = True
        self._tell(turn)
        self._release(turn)

    def propose(self, checked: CheckedTranslation, *, asks: bool) -> None:
        """The translation is there, and staff may agree to it where that is asked."""
        with self._lock:
            if state := self._state(checked.turn):
                state.checked, state.asks = checked, asks

    def announced(self, turn: Turn) -> None:
        """The translation has been shown: from now on it may be heard."""
        with self._lock:
            if state := self._state(turn):
                state.announced = True
        self._release(turn)

    def confirm(self, turn: Turn) -> bool:
        """Staff agreed to exactly this revision; False if it is outdated, or nothing that is ever spoken."""
        with self._lock:
            state = self._state(turn)
            if state is None or state.checked is None or state.outcome not in (None, "spoken"):
                return False
            state.confirmed = True
        self._release(turn)
        return True

    def mark_played(self, turn: Turn) -> None:
        """Its sound has begun to leave the loudspeaker: it can no longer be unsaid."""
        with self._lock:
            if state := self._state(turn):
                state.played = True

    def was_played(self, turn: Turn) -> bool:
        with self._lock:
            state = self._state(turn)
            return state is not None and state.played

    def settle(self, turn: Turn, outcome: str) -> None:
        """Nothing more will happen to this revision; told to the world once its end is sure."""
        with self._lock:
            state = self._state(turn)
            if state and not state.outcome:
                state.outcome = outcome
        self._tell(turn)

    def forget(self) -> None:
        """All turns until now are void, and no word of them is kept."""
        with self._lock:
            self._states.clear()

    def close(self) -> None:
        """All work is void from now on."""
        with self._lock:
            self._closed = True

    def _state(self, turn: Turn) -> TurnState | None:
        state = self._states.get(turn.number)
        return state if state and state.turn == turn else None

    def _release(self, turn: Turn) -> None:
        with self._lock:
            state = self._state(turn)
            if state is None or state.outcome or state.released or not (state.final and state.announced):
                return
            if state.asks and not state.confirmed:
                return
            state.released = True
        self._released(turn)

    def _tell(self, turn: Turn) -> None:
        with self._lock:
            state = self._state(turn)
            if state is None or not (state.final and state.outcome) or state.ended:
                return
            state.ended = True
            outcome = state.outcome
        self._ended(turn, outcome)
