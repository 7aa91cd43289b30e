"""Is an audio child well? Pure decisions on what it tells about itself.

A PortAudio stream fails without an error in most ways it can fail (sounddevice 0.5.6 over PulseAudio 16.1: a
suspended or frozen server stops the callbacks, a muted source delivers zeros, a removed device is silently
replaced by another), so every one of these is looked for here.
"""

from dataclasses import dataclass
from enum import StrEnum

BEAT_SECONDS = 0.2
"""How often a child tells about itself."""
QUIET_SECONDS = 1.0
"""Without a beat for this long the child hangs."""
GONE_SECONDS = 2.5
"""Silence of a child or a stream is shown after a second; only after this is it replaced: a starved machine
falls silent for a moment too, and then a new child would only cost what was being said."""
STALL_SECONDS = 1.0
"""A running stream calls back every 20–80 ms; under full load pauses of 0.3 s were seen."""
ZERO_SECONDS = 1.3
"""Exact zeros for this long: with latency, beat and tick it is still shown within two seconds."""
SLOW_SECONDS = 1.5
"""A library call or a first callback that takes longer is shown; Bluetooth may need it and more."""
HANG_SECONDS = 4.0
"""… and one that takes longer than this will not come back."""
START_SHOWN_SECONDS, START_HANG_SECONDS = 4.0, 10.0
"""The same for the start of a child: loading Python, numpy and PortAudio takes 0.5 s, under load 2 s."""


class Trouble(StrEnum):
    """What is wrong with a device, as far as can be told from here."""

    NO_LIBRARY = "no-library"
    NO_DEVICE = "no-device"
    UNKNOWN_NAME = "unknown-name"
    REFUSED = "refused"
    """The system would not open it."""
    DIED = "died"
    HUNG = "hung"
    ENDED = "ended"
    """The library ended the stream."""
    STALLED = "stalled"
    """The stream runs and nothing comes or goes."""
    MOVED = "moved"
    """The sound server put another device in its place."""
    SUSPENDED = "suspended"
    MUTED = "muted"
    ZEROS = "zeros"
    """A microphone in a room is never exactly silent."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A child's word about itself. Times are seconds that have passed."""

    running: bool = False
    """The stream was started: callbacks are due."""
    called: bool = False
    """There was a callback since the start."""
    silent: float = 0.0
    """Since the last callback, or since the start."""
    call: float = 0.0
    """Spent in the library call that is going on; 0 if none is."""
    zeros: float = 0.0
    """How long the microphone has delivered nothing but exact zeros."""
    ended: bool = False
    lost: int = 0
    """Blocks that the library or the child had to drop."""
    moved: bool = False
    muted: bool = False
    suspended: bool = False


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the desk knows of a child. Times are seconds that have passed."""

    age: float
    """Since it was started."""
    quiet: float = 0.0
    """Since its last beat."""
    ready: bool = False
    gone: bool = False
    """The process ended or closed its pipe."""
    failed: Trouble | None = None
    """Why it gave up, in its own words."""
    beat: Beat = Beat()


@dataclass(frozen=True, slots=True)
class Judgement:
    """`well` means proven well: neither in trouble nor still on the way."""

    trouble: Trouble | None = None
    restart: bool = False
    well: bool = False


def judge(vitals: Vitals) -> Judgement:
    """What is wrong, and whether a new child may help."""
    if vitals.gone:
        return Judgement(vitals.failed or Trouble.DIED, restart=True)
    if not vitals.ready:
        return _starting(vitals.age)
    if vitals.quiet > QUIET_SECONDS:
        return Judgement(Trouble.HUNG, restart=vitals.quiet > GONE_SECONDS)
    return _stream(vitals.beat)


def _starting(age: float) -> Judgement:
    if age <= START_SHOWN_SECONDS:
        return Judgement()
    return Judgement(Trouble.HUNG, restart=age > START_HANG_SECONDS)


def _stream(beat: Beat) -> Judgement:
    if beat.ended:
        return Judgement(Trouble.ENDED, restart=True)
    if beat.moved:
        return Judgement(Trouble.MOVED, restart=True)
    if beat.suspended:
        return Judgement(Trouble.SUSPENDED)
    if beat.call > SLOW_SECONDS:
        return Judgement(Trouble.HUNG, restart=beat.call > HANG_SECONDS)
    if beat.running and beat.silent > (STALL_SECONDS if beat.called else SLOW_SECONDS):
        return Judgement(
            Trouble.STALLED, restart=beat.silent > (GONE_SECONDS if beat.called else HANG_SECONDS)
        )
    if beat.muted:
        return Judgement(Trouble.MUTED)
    if beat.zeros > ZERO_SECONDS:
        return Judgement(Trouble.ZEROS)
    return Judgement(well=beat.called or not beat.running)


def backoff(failures: int) -> float:
    """Seconds to wait before the next child after so many failures in a row: 0, then 0.5 doubling to 4."""
    return 0.0 if failures <= 1 else min(4.0, 0.25 * 2 ** (failures - 1))
