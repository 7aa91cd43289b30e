"""Sound without speech through the real chain: `python -m tests.guard.non_speech [--minutes 60]`.

Noise, silence, hum, tones, clicks, knocks, breathing and voices without words go through voice activity,
segmenter, recogniser and guard as a microphone's sound would. Printed is what came out, by language and kind
of sound; nothing may come out green. `--open-gate` takes every sound for speech, so that recogniser and guard
stand alone.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from app.core.events import Event
from app.core.protocols import Engines, SpeechDetector
from app.core.settings import Settings
from app.core.types import CheckedTranslation, Level, Samples, Speaker, Utterance
from app.desk.interpreter import Interpreter
from app.desk.replay import Replay
from app.desk.tools import Tools
from tests.guard.sounds import BACKWARDS, KINDS, RATE, Maker, backwards, loudness, silence

PAUSE_SECONDS = 1.2
"""Silence between clips, longer than the hold at which a turn ends."""
CLIP_SECONDS = (2.0, 7.0)
LEVELS = (0.004, 0.35)
"""Range of the loudness of a clip (RMS before clipping), from just above the floor of a room to very loud."""

PRE_ROLL = 0.35
"""Seconds that an utterance begins before its sound does."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One sound and the second at which it begins."""

    kind: str
    start: float
    samples: Samples = field(repr=False)


def clips(kinds: Mapping[str, Maker], seconds: float, seed: int) -> Iterator[Clip]:
    """Clips of all kinds in random order, each followed by a pause, until the time is up."""
    random = np.random.default_rng(seed)
    now = 0.0
    while now < seconds:
        for kind in random.permutation(list(kinds)):
            size = int(RATE * random.uniform(*CLIP_SECONDS))
            sound = kinds[kind](size, random)
            if kind != "Stille":
                level = np.exp(random.uniform(np.log(LEVELS[0]), np.log(LEVELS[1])))
                sound = np.clip(sound / loudness(sound) * np.float32(level), -1, 1)
            pause = silence(int(RATE * PAUSE_SECONDS), random)
            yield Clip(str(kind), now, np.concatenate([sound, pause]).astype(np.float32))
            now += (size + pause.size) / RATE


class Loud:
    """Speech detector that takes everything above the floor for speech."""

    def reset(self) -> None:
        """No state."""

    def probability(self, frame: Samples) -> float:
        return 0.9 if loudness(frame) > LEVELS[0] / 2 else 0.0


class OpenGate:
    """Engines whose speech gate is open."""

    def __init__(self, engines: Engines) -> None:
        self.recogniser, self.translator, self.voice = engines.recogniser, engines.translator, engines.voice

    def detector(self) -> SpeechDetector:
        return Loud()


@dataclass(slots=True)
class Outcome:
    """What came out of the chain for one language."""

    seconds: float = 0.0
    clips: Counter[str] = field(default_factory=Counter)
    heard: Counter[str] = field(default_factory=Counter)
    """Utterances that the speech gate let through, by kind of sound."""
    verdicts: Counter[tuple[str, Level]] = field(default_factory=Counter)
    green: list[tuple[str, str]] = field(default_factory=list)
    """Invented sentences that nobody was asked about: kind of sound and text."""
    amber: list[tuple[str, str]] = field(default_factory=list)


def run(tools: Tools, language: str, seconds: float, seed: int) -> Outcome:
    """Play clips to the desk's own loop in a language and collect what comes out."""
    outcome = Outcome()
    starts: list[tuple[float, str]] = []
    sounds = KINDS | {BACKWARDS: backwards(tools.engines.voice("fr"))}

    def pieces() -> Iterator[Samples]:
        for clip in clips(sounds, seconds, seed):
            starts.append((clip.start, clip.kind))
            outcome.clips[clip.kind] += 1
            outcome.seconds = clip.start + clip.samples.size / RATE
            yield clip.samples

    kinds: dict[int, str] = {}

    def emit(event: Event) -> None:
        match event.payload:
            case Utterance(final=True) as heard:
                begin = heard.start + PRE_ROLL
                kind = next(kind for start, kind in reversed(starts) if start <= begin)
                kinds[heard.turn.number] = kind
                outcome.heard[kind] += 1
            case CheckedTranslation() as checked:
                judged.append(checked)

    judged: list[CheckedTranslation] = []
    speaker = Speaker.STAFF if language == "de" else Speaker.PATIENT
    settings = Settings(patient_language="tr" if language == "de" else language)
    replay = Replay(pieces())
    with Interpreter(tools, replay, settings, emit, clock=replay.clock, lockstep=True) as interpreter:
        interpreter.listen(speaker, many=True)
        interpreter.wait_idle()
    for last in {checked.turn.number: checked for checked in judged}.values():
        kind = kinds.get(last.turn.number, "?")
        outcome.verdicts[kind, last.verdict.level] += 1
        texts = {Level.GREEN: outcome.green, Level.AMBER: outcome.amber}.get(last.verdict.level)
        if texts is not None:
            texts.append((kind, last.translation.source))
    return outcome


def show(language: str, outcome: Outcome) -> None:
    print(f"{language}: {outcome.seconds / 60:.1f} min, {outcome.clips.total()} Geräusche")
    print(f"  {'':18}{'Clips':>7}{'gehört':>8}{'grün':>7}{'gelb':>7}{'rot':>7}")
    for kind in [*KINDS, BACKWARDS, "?"]:
        row = [outcome.verdicts[kind, level] for level in (Level.GREEN, Level.AMBER, Level.RED)]
        if outcome.clips[kind] or any(row):
            cells = "".join(f"{cell:7d}" for cell in row)
            print(f"  {kind:18}{outcome.clips[kind]:7d}{outcome.heard[kind]:8d}{cells}")
    for name, texts in (("grün", outcome.green), ("gelb", outcome.amber)):
        for kind, text in texts[:20]:
            print(f"  {name}: „{text}“ ({kind})")
    sys.stdout.flush()


def main() -> int:
    from app.cli.compose import tools

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--languages", nargs="+", default=["de", "tr", "ar", "uk", "ro"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--open-gate", action="store_true")
    arguments = parser.parse_args()
    chain = replace(tools(), engines=OpenGate(tools().engines)) if arguments.open_gate else tools()
    green = 0
    for language in arguments.languages:
        outcome = run(chain, language, 60 * arguments.minutes, arguments.seed)
        show(language, outcome)
        green += len(outcome.green)
    return 1 if green else 0


if __name__ == "__main__":
    sys.exit(main())
