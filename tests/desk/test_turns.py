"""The ledger of turns: whatever the order of events, a revision is released and ended at most once."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.types import CheckedTranslation, Level, Origin, Speaker, Translation, Turn, Verdict
from app.desk.turns import REMEMBERED, Turns


class Ledger:
    def __init__(self) -> None:
        self.ended: list[tuple[Turn, str]] = []
        self.released: list[Turn] = []
        self.turns = Turns(lambda turn, outcome: self.ended.append((turn, outcome)), self.released.append)


def checked(turn: Turn) -> CheckedTranslation:
    translation = Translation("Ja", "Evet", "de", "tr", Origin.DRAFT)
    return CheckedTranslation(turn, Speaker.STAFF, translation, Verdict(Level.GREEN))


STEPS = ["finalise", "propose", "ask", "announce", "confirm", "settle", "revise"]


@given(st.lists(st.sampled_from(STEPS), max_size=14))
def test_release_and_end_at_most_once_per_revision(steps: list[str]) -> None:
    ledger = Ledger()
    turns = ledger.turns
    turn = turns.open(Speaker.STAFF, final=False)
    for step in steps:
        match step:
            case "finalise":
                turns.finalise(turn)
            case "propose" | "ask":
                turns.propose(checked(turn), asks=step == "ask")
            case "announce":
                turns.announced(turn)
            case "confirm":
                turns.confirm(turn)
            case "settle":
                turns.settle(turn, "cancelled")
            case "revise":
                turn = turns.revise(turn.number, final=False) or turn
    assert len(set(ledger.released)) == len(ledger.released)
    assert len({ended for ended, _ in ledger.ended}) == len(ledger.ended)


def test_nothing_is_released_before_the_end_of_the_turn() -> None:
    ledger = Ledger()
    turn = ledger.turns.open(Speaker.STAFF, final=False)
    ledger.turns.propose(checked(turn), asks=False)
    ledger.turns.announced(turn)
    assert ledger.released == []
    ledger.turns.finalise(turn)
    assert ledger.released == [turn]


def test_agreement_holds_for_one_revision_only() -> None:
    ledger = Ledger()
    first = ledger.turns.open(Speaker.STAFF, final=True)
    ledger.turns.propose(checked(first), asks=True)
    ledger.turns.announced(first)
    second = ledger.turns.revise(first.number, final=True)
    assert second is not None
    ledger.turns.propose(checked(second), asks=True)
    ledger.turns.announced(second)
    assert not ledger.turns.confirm(first)
    assert ledger.released == []
    assert ledger.turns.confirm(second)
    assert ledger.released == [second]


def test_an_outcome_is_told_only_once_the_end_is_sure() -> None:
    ledger = Ledger()
    turn = ledger.turns.open(None, final=False)
    ledger.turns.settle(turn, "nothing-heard")
    assert ledger.ended == []
    ledger.turns.finalise(turn)
    assert ledger.ended == [(turn, "nothing-heard")]


def test_old_turns_are_forgotten() -> None:
    turns = Ledger().turns
    first = turns.open(Speaker.STAFF, final=True)
    for _ in range(REMEMBERED):
        turns.open(Speaker.STAFF, final=True)
    assert turns.revise(first.number, final=True) is None
    assert not turns.confirm(first)
