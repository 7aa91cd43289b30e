"""Sentences that belong to a human interpreter: stopped here, and let through where staff say why."""

import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.core.types import Finding, Level, Transcript, Translation, Turn, Verdict
from app.desk.fate import blocked, worst
from app.desk.jobs import Chosen
from app.desk.turns import Turns

REMEMBERED = 16
"""Stopped turns that can still be let through; older ones are forgotten, and their text with them."""


class Reason(StrEnum):
    """Why staff let a sentence through: a choice, no text, so that counting keeps nothing of the patient."""

    FALSE_ALARM = "false-alarm"
    HUMAN_PRESENT = "human-present"
    URGENT = "urgent"

    @property
    def label(self) -> str:
        """German, as staff choose it."""
        return {
            "false-alarm": "es geht gar nicht um dieses Thema",
            "human-present": "ein Mensch dolmetscht schon und prüft mit",
            "urgent": "es eilt, und niemand ist erreichbar",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A sentence as it was before it was stopped."""

    transcript: Transcript = field(repr=False)
    translation: Translation = field(repr=False)
    verdict: Verdict
    """Of the transcript alone."""
    finding: Finding


class HumanStop:
    """Safe to call from any thread. `find` gives the finding of a topic, red where it stops the sentence."""

    def __init__(self, find: Callable[[Translation], Finding | None]) -> None:
        self._find = find
        self._stopped: dict[int, Stopped] = {}
        self._released: dict[Turn, Finding] = {}
        self._counts: Counter[tuple[str, Reason]] = Counter()
        self._lock = threading.Lock()

    def examine(
        self, transcript: Transcript, translation: Translation, verdict: Verdict
    ) -> tuple[Translation, Verdict]:
        """The translation as far as it may go on, and the verdict with the topic among its findings."""
        with self._lock:
            released = self._released.get(transcript.turn)
        if released is not None:
            return translation, worst(verdict, _found(released))
        finding = self._find(translation)
        if finding is None:
            return translation, verdict
        if finding.level is not Level.RED:
            return translation, worst(verdict, _found(finding))
        if verdict.level is not Level.RED:
            self._remember(Stopped(transcript, translation, verdict, finding))
        kept = replace(blocked(transcript, translation.target_language), near=translation.near)
        return kept, worst(verdict, _found(finding))

    def release(self, turn: Turn, turns: Turns, reason: Reason) -> Chosen | None:
        """Let a stopped turn through: the work on its new revision; None if nothing of it is stopped now.

        The topic stays a finding (amber), so that staff still read the translation before it is spoken.
        """
        with self._lock:
            stopped = self._stopped.get(turn.number)
            if stopped is None or stopped.transcript.turn != turn or turns.latest(turn.number) != turn:
                return None
            new = turns.revise(turn.number, final=True)
            if new is None:
                return None
            del self._stopped[turn.number]
            self._released[new] = replace(stopped.finding, level=Level.AMBER)
            self._counts[stopped.finding.code, reason] += 1
            transcript = replace(stopped.transcript, turn=new)
            return Chosen(new, transcript, stopped.translation, stopped.verdict)

    @property
    def counts(self) -> Mapping[tuple[str, Reason], int]:
        """How often sentences were let through, by finding code and reason; no text, no time."""
        with self._lock:
            return dict(self._counts)

    def forget(self) -> None:
        """Keep no word of the consultation; the counts stay."""
        with self._lock:
            self._stopped.clear()
            self._released.clear()

    def _remember(self, stopped: Stopped) -> None:
        with self._lock:
            self._stopped[stopped.transcript.turn.number] = stopped
            while len(self._stopped) > REMEMBERED:
                del self._stopped[min(self._stopped)]


def _found(finding: Finding) -> Verdict:
    return Verdict(finding.level, (finding,))
