"""`sprachpult demo`: a consultation from synthetic voices through the real loop; a self-test too."""

import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.event_rows import EventPrinter
from app.cli.output import Json, error_line, json_line
from app.core.events import Activity, Event, Status
from app.core.languages import STAFF_LANGUAGE, isolate, language
from app.core.types import CheckedTranslation, Level, Samples, Speaker

if TYPE_CHECKING:
    from app.desk.interpreter import Interpreter
    from app.desk.ports import Audio
    from app.desk.scripted import ScriptedAudio

PATIENT_LANGUAGE = "tr"
VOICES = {Speaker.STAFF: "m7", Speaker.PATIENT: "f4"}
"""espeak-ng variants of the two people; neither was heard in training."""
PACE = 155
"""Words per minute, a rate that was not trained either."""
LONGEST_TURN = 60.0
"""Seconds after which a turn counts as stuck."""


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of the script; `phrase` None: outside the phrasebook, must not be trusted."""

    speaker: Speaker
    text: str
    phrase: str | None = None

    @property
    def language(self) -> str:
        return STAFF_LANGUAGE if self.speaker is Speaker.STAFF else PATIENT_LANGUAGE


def demo(
    no_audio: Annotated[
        bool, typer.Option("--no-audio", help="Ohne Lautsprecher, so schnell es geht.")
    ] = False,
    json: Json = False,
) -> None:
    """Spielt ein Gespräch vor (Tuberkulose, Deutsch und Türkisch) und prüft dabei die ganze Kette."""
    from app.cli.compose import prepared_tools
    from app.core.settings import Settings
    from app.desk.interpreter import Interpreter
    from app.desk.scripted import ScriptedAudio

    lines = script()
    tools = prepared_tools([STAFF_LANGUAGE, PATIENT_LANGUAGE])
    loudspeaker = None if no_audio else _loudspeaker()
    audio = ScriptedAudio(loudspeaker)
    fast = loudspeaker is None
    show = Show(EventPrinter(json, 0.0 if fast else time.monotonic()), json)
    settings = Settings(patient_language=PATIENT_LANGUAGE)
    clock = audio.clock if fast else time.monotonic
    with Interpreter(tools, audio, settings, show, clock=clock, lockstep=fast) as interpreter:
        right = [_play(line, interpreter, audio, show) for line in lines]
    if json:
        json_line({"event": "demo", "turns": len(lines), "right": sum(right), "ok": all(right)})
    else:
        print(f"\n{sum(right)} von {len(lines)} Sätzen wie erwartet.")
    if not all(right):
        raise typer.Exit(1)


def script() -> list[Line]:
    """The turns of the demo in order."""
    table = tomllib.loads((files("app.cli") / "demo.toml").read_text("utf-8"))
    return [Line(Speaker(row["speaker"]), row["text"], row.get("phrase")) for row in table["turn"]]


class Show:
    """Prints what happens and remembers the last checked translation."""

    def __init__(self, printer: EventPrinter, json: bool) -> None:
        self._printer = printer
        self._json = json
        self.last: CheckedTranslation | None = None
        self.activity = Activity.IDLE

    def __call__(self, event: Event) -> None:
        if isinstance(event.payload, CheckedTranslation):
            self.last = event.payload
        if isinstance(event.payload, Status):
            self.activity = event.payload.activity
        self._printer(event)

    def begin(self, line: Line) -> None:
        self.last = None
        if not self._json:
            who = "Personal" if line.speaker is Speaker.STAFF else "Patient"
            print(f"\n{who} sagt: {isolate(line.text)}")


def _play(line: Line, interpreter: "Interpreter", audio: "ScriptedAudio", show: Show) -> bool:
    """One turn through the loop; True if the desk did what it should."""
    show.begin(line)
    audio.say(voice_of(line))
    interpreter.listen(line.speaker)
    if not interpreter.wait_idle(LONGEST_TURN):
        error_line(f"„{line.text}“ kam nach {LONGEST_TURN:.0f} s nicht durch")
        return False
    checked = show.last
    if line.phrase is None:
        trusted = checked is not None and checked.verdict.level is Level.GREEN
        if checked is not None:
            interpreter.dismiss(checked.turn)
        return not trusted
    return checked is not None and checked.translation.phrase == line.phrase


def voice_of(line: Line) -> Samples:
    """The line as a synthetic voice says it, 16 kHz."""
    import soxr

    from app.engines.espeak import Espeak
    from app.engines.spoken import spoken

    code = line.language
    name = language(code).espeak or code
    samples, rate = Espeak().synthesise(spoken(line.text, code), name, PACE, variant=VOICES[line.speaker])
    resampled: Samples = soxr.resample(samples, rate, 16_000)
    return resampled


def _loudspeaker() -> "Audio | None":
    """The real loudspeaker, or None with a word about why not."""
    from app.core.settings import load_settings
    from app.desk.audio import AudioProcess, available

    state = available()
    if not state.ok:
        error_line(f"{state.message}; die Vorführung läuft ohne Ton → {state.hint}")
        return None
    settings = replace(load_settings(), patient_language=PATIENT_LANGUAGE)
    notify: Callable[[object], None] = lambda state: None  # noqa: E731
    return AudioProcess(settings.microphone, settings.loudspeaker, notify)
