"""Any order of what people can do: nothing hangs, nothing is told twice, nothing unsafe is spoken."""

import random
import threading
from collections import Counter

import pytest

from app.core.events import TurnEnded
from app.core.settings import Settings
from app.core.types import CheckedTranslation, Speaker, Speech, Turn
from app.desk.interpreter import Interpreter
from tests.desk.parts import SECONDS, Events, Parts, Room, silence, word

TEXTS = ["eins", "zwei", "gelb", "rot", "unbekannt", ""]


class Staff:
    """Does something at random, with the turns it knows."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.events, self.room, self.parts = Events(), Room(), Parts()
        self.loop = Interpreter(self.parts.tools(), self.room, Settings(), self.events)
        self.turns = [Turn(1)]
        self.confirmed: set[Turn] = set()

    def act(self) -> None:
        choice = self.random.randrange(13)
        turn = self.random.choice(self.turns)
        match choice:
            case 0 | 1 | 2:
                speaker = self.random.choice(list(Speaker))
                self.turns.append(self.loop.say_text(speaker, self.random.choice(TEXTS)))
            case 3:
                self.loop.listen(self.random.choice(list(Speaker)))
            case 4:
                self.loop.stop_listening()
            case 5:
                self.confirmed.add(turn)
                self.loop.confirm(turn)
            case 6:
                self.loop.dismiss(turn)
            case 7:
                self.loop.correct(turn, self.random.choice(TEXTS))
                self.turns.append(turn.revised())
            case 8:
                self.loop.repeat(self.random.random() < 0.5)
            case 9:
                self.loop.stop_speaking()
            case 10:
                if taken := self.loop.take_back():
                    self.turns.append(taken)
            case 11:
                self.loop.hands_free = self.random.random() < 0.5
            case 12:
                self.speak()

    def speak(self) -> None:
        """People talk whether or not somebody listens."""
        frames = self.random.randrange(2, 30)
        with self.room._changed:
            for sound in (word(self.random.randrange(1, 7), frames), silence(self.random.randrange(0, 40))):
                self.room._frames.extend(sound.reshape(-1, 512))
            self.room._changed.notify_all()


@pytest.mark.parametrize("seed", range(8))
def test_nothing_hangs_and_nothing_unsafe_is_spoken(seed: int) -> None:
    staff = Staff(seed)
    before = threading.active_count()
    for _ in range(120):
        staff.act()
    staff.loop.stop_listening()
    assert staff.loop.wait_idle(SECONDS)
    payloads = staff.events.payloads()
    ended = Counter(payload.turn for payload in payloads if isinstance(payload, TurnEnded))
    assert not ended or max(ended.values()) == 1
    checked = {p.turn: p.translation.source for p in payloads if isinstance(p, CheckedTranslation)}
    for payload in payloads:
        if isinstance(payload, Speech):
            source = checked[payload.turn]
            assert "rot" not in source
            assert "gelb" not in source or payload.turn in staff.confirmed
    staff.loop.close()
    assert threading.active_count() == before - 3
