"""How long a listener waits: from the true end of speech to the first sample of its translation.

Sentences are synthesised and surrounded by exact silence, so that their end is known by construction; they
are replayed at real time, through the live loop and the plain way in turn (A B B A), on the same models in
one process.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np

from app.core.events import Event
from app.core.languages import STAFF_LANGUAGE
from app.core.protocols import Recogniser, Voice
from app.core.settings import Settings
from app.core.types import (
    RECOGNITION_RATE,
    CheckedTranslation,
    Samples,
    Speaker,
    Stage,
    Transcript,
    Utterance,
)
from app.desk.bench_report import Measured, Report, summarise
from app.desk.interpreter import Interpreter
from app.desk.loop import Choices
from app.desk.memory import peak_memory
from app.desk.plain_way import plain_turn
from app.desk.replay import Replay
from app.desk.segment import Rules
from app.desk.stopwatch import Span, Stopwatch
from app.desk.tools import Tools

LIVE = "sprachpult"
_LEAD_SECONDS = 0.4
_TAIL_SECONDS = 1.5
_AUDIBLE = 0.003
"""Amplitude (−50 dBFS) above which synthesised sound counts as speech."""
_TURN_TIMEOUT = 120.0

Progress = Callable[[str, float], None]
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Prompt:
    """A sentence as it is replayed; `end` is the true end of speech, in seconds from the first sample."""

    text: str
    language: str
    samples: Samples = field(repr=False)
    end: float

    @property
    def speaker(self) -> Speaker:
        return Speaker.STAFF if self.language == STAFF_LANGUAGE else Speaker.PATIENT

    @property
    def seconds(self) -> float:
        return self.samples.size / RECOGNITION_RATE


def prompt(text: str, language: str, voice: Voice, tail: float = _TAIL_SECONDS) -> Prompt:
    """Synthesise a sentence and put exact silence around it. Raises EngineError."""
    import soxr

    sound = np.concatenate(list(voice.synthesise(text)))
    sound = soxr.resample(sound, voice.rate, RECOGNITION_RATE).astype(np.float32)
    audible = np.flatnonzero(np.abs(sound) > _AUDIBLE)
    speech = sound[audible[0] : audible[-1] + 1]
    lead = np.zeros(int(_LEAD_SECONDS * RECOGNITION_RATE), np.float32)
    silence = np.zeros(int(tail * RECOGNITION_RATE), np.float32)
    end = (lead.size + speech.size) / RECOGNITION_RATE
    return Prompt(text, language, np.concatenate([lead, speech, silence]), end)


def bench(
    prompts: Sequence[Prompt],
    tools: Tools,
    settings: Settings,
    plain: Mapping[str, Callable[[], Recogniser]],
    rounds: int = 1,
    progress: Progress = lambda label, share: None,
) -> Report:
    """Measure the live loop beside each of the `plain` ways; every prompt is replayed 2 × `rounds` times per
    way.

    Takes about as long as the prompts last, times 2 × rounds × ways. Raises what the engines raise.
    """
    settings = replace(settings, speak_german=True, confirm_first=False, hands_free=False)
    for each in {p.language: p for p in prompts}.values():
        _live(each, tools, settings, realtime=False)
    memory = peak_memory()
    recognisers = {name: make() for name, make in plain.items()}
    for name, recogniser in recognisers.items():
        _plain(name, recogniser, prompts[0], tools, settings, realtime=False)
    ways = [LIVE, *recognisers]
    order = [(p, way) for _ in range(rounds) for p in prompts for way in [*ways, *reversed(ways)]]
    measured = []
    for number, (each, way) in enumerate(order):
        progress(f"{way}: {each.text}", number / len(order))
        if way == LIVE:
            measured.append(_live(each, tools, settings))
        else:
            measured.append(_plain(way, recognisers[way], each, tools, settings))
    return summarise(measured, ways, settings.end_of_turn_seconds, memory)


def _live(each: Prompt, tools: Tools, settings: Settings, *, realtime: bool = True) -> Measured:
    watch, replay = Stopwatch(tools), Replay([each.samples], realtime)
    events: list[Event] = []
    chosen = replace(settings, patient_language=_patient(each, settings))
    cpu = time.process_time()
    with Interpreter(watch.tools, replay, chosen, events.append, lockstep=not realtime) as loop:
        loop.listen(each.speaker)
        loop.wait_idle(_TURN_TIMEOUT)
    cpu = time.process_time() - cpu
    spans = _until_first_sample(watch.spans, replay)
    started, sure = _moments(events)
    counted = [span for span in spans if span.begin >= started]
    done = sum(span.seconds for span in counted)
    return Measured(
        way=LIVE,
        prompt=each.text,
        seconds=each.seconds,
        cpu=cpu,
        heard=_last(events, Transcript, lambda t: t.text),
        translated=_last(events, CheckedTranslation, lambda c: c.translation.text),
        first_sample=_first_sample(each, replay),
        parts=_parts(counted),
        hidden=sum(span.before(sure) for span in counted) / done if done else None,
        dropped=sum(span.seconds for span in spans if span.begin < started),
        sure=sure - replay.started - each.end,
    )


def _plain(
    name: str,
    recogniser: Recogniser,
    each: Prompt,
    tools: Tools,
    settings: Settings,
    *,
    realtime: bool = True,
) -> Measured:
    watch, replay = Stopwatch(tools), Replay([each.samples], realtime)
    choices = Choices(_patient(each, settings), confirm_first=False, speak_german=True)
    cpu = time.process_time()
    turn = plain_turn(
        replay,
        watch.tools,
        watch.timed(recogniser),
        choices,
        each.speaker,
        Rules(hold=settings.end_of_turn_seconds),
    )
    cpu = time.process_time() - cpu
    return Measured(
        way=name,
        prompt=each.text,
        seconds=each.seconds,
        cpu=cpu,
        heard=turn[0].text if turn else "",
        translated=turn[1] if turn else "",
        first_sample=_first_sample(each, replay),
        parts=_parts(watch.spans),
        sure=min((span.begin for span in watch.spans), default=replay.started) - replay.started - each.end,
    )


def _patient(each: Prompt, settings: Settings) -> str:
    return settings.patient_language if each.speaker is Speaker.STAFF else each.language


def _first_sample(each: Prompt, replay: Replay) -> float | None:
    return replay.played_at[0] - replay.started - each.end if replay.played_at else None


def _until_first_sample(spans: list[Span], replay: Replay) -> list[Span]:
    """What was synthesised later was already covered by sound."""
    first = replay.played_at[0] if replay.played_at else float("inf")
    return [span for span in spans if span.begin < first]


def _moments(events: list[Event]) -> tuple[float, float]:
    """When the work that counted began, and when the end of the turn was sure."""
    heard = [(event.time, event.payload) for event in events if isinstance(event.payload, Utterance)]
    last = [utterance.turn for _, utterance in heard][-1:]
    started = min((at for at, utterance in heard if [utterance.turn] == last), default=0.0)
    return started, max((at for at, utterance in heard if utterance.final), default=0.0)


def _parts(spans: list[Span]) -> dict[str, float]:
    return {
        stage.value: sum(span.seconds for span in spans if span.stage is stage)
        for stage in (Stage.RECOGNISE, Stage.TRANSLATE, Stage.CHECK, Stage.SPEAK)
    }


def _last(events: list[Event], kind: type[Kind], text: Callable[[Kind], str]) -> str:
    found = [event.payload for event in events if isinstance(event.payload, kind)]
    return text(found[-1]) if found else ""
