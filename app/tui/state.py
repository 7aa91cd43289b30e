"""Fold the events of the live loop into what the desk shows. Pure: no clock, no widget, no thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.core.events import Activity, AudioState, BackTranslation, Event, Status, TurnEnded
from app.core.types import (
    CheckedTranslation,
    Failure,
    Finding,
    Level,
    NearPhrase,
    Origin,
    Speaker,
    Speech,
    Transcript,
    Translation,
    Turn,
    Verdict,
)
from app.tui.line import Line

HUMAN = "human-"
"""Beginning of the finding codes of topics for humans."""

TAKEN_BACK = "taken-back"
"""Outcome of a turn that staff took back; the others are those of `TurnEnded`."""

CLOSED = ("spoken", "shown", "cancelled", "failed", TAKEN_BACK)
"""Outcomes after which staff have nothing left to decide about a turn."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for staff: what is the matter and what to do."""

    kind: str
    """`error`, `warning` or `info`."""
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What staff are asked about the newest turn."""

    line: Line
    may_speak: bool
    """False where speaking is refused: red, blocked, or nothing to speak."""
    near: tuple[NearPhrase, ...]
    """At most three prepared phrases to take instead."""
    human: Finding | None = None
    """The topic that calls for a human interpreter, where that is why it was stopped."""


@dataclass(frozen=True, slots=True)
class TeachBack:
    """The patient is asked to repeat an instruction in their own words."""

    line: Line
    """The instruction."""
    answer: str = ""
    """What the patient said, in German; empty until they did."""
    differences: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that the desk shows of the loop."""

    lines: tuple[Line, ...] = ()
    status: Status = field(default_factory=lambda: Status(Activity.IDLE))
    since: float = 0.0
    """When the activity began, in seconds of `time.monotonic`."""
    audio: Mapping[str, AudioState] = field(default_factory=dict)
    """Last state by device."""
    notice: Notice | None = None
    """Last failure or remark; a new turn clears it."""
    teach: TeachBack | None = None

    @property
    def newest(self) -> Line | None:
        return self.lines[-1] if self.lines else None

    @property
    def open_speaker(self) -> Speaker | None:
        """Whose microphone is open."""
        return self.status.speaker if self.status.activity is Activity.LISTENING else None

    @property
    def shown_notice(self) -> Notice | None:
        """The most urgent remark: a failure first, then sound that is missing, then what was lost."""
        if self.notice is not None:
            return self.notice
        for state in self.audio.values():
            if not state.ok:
                return Notice("warning", state.message, state.hint)
        if self.status.dropped:
            return Notice(
                "warning",
                f"Der Rechner kommt nicht nach: {self.status.dropped} Tonstücke verloren",
                "kürzer und langsamer sprechen",
            )
        return None

    @property
    def decision(self) -> Decision | None:
        """What staff have to decide now, if anything."""
        line = self.newest
        if line is None or line.translation is None or line.verdict is None or line.outcome in CLOSED:
            return None
        refused = _refused(line.translation, line.verdict)
        if not refused and self.status.activity is not Activity.WAITING:
            return None
        human = next((f for f in line.verdict.findings if f.code.startswith(HUMAN) and refused), None)
        return Decision(line, not refused, line.translation.near[:3], human)

    @property
    def question(self) -> Line | None:
        """Staff's last prepared sentence, once the patient heard it and nothing came after."""
        line = self.newest
        if line is None or line.speaker is not Speaker.STAFF or line.outcome not in ("spoken", "shown"):
            return None
        return line if line.translation is not None and line.translation.phrase else None

    @property
    def to_repeat(self) -> Line | None:
        """The last sentence, if it is an instruction that the patient should repeat."""
        line = self.newest
        heard = line is not None and line.outcome in ("spoken", "shown") and line.important
        return line if heard and self.teach is None else None


def _refused(translation: Translation, verdict: Verdict) -> bool:
    unspeakable = translation.origin in (Origin.BLOCKED, Origin.NONE) or not translation.text
    return unspeakable or verdict.level is Level.RED


def fold(conversation: Conversation, event: Event) -> Conversation:
    """The conversation after an event; news of an older revision change nothing."""
    match event.payload:
        case Transcript() as heard:
            return _heard(conversation, heard)
        case CheckedTranslation() as checked:
            return _checked(conversation, checked)
        case BackTranslation(turn=turn, text=text):
            return _update(conversation, turn, back=text)
        case Speech(turn=turn):
            return _update(conversation, turn, voiced=True)
        case TurnEnded(turn=turn, outcome=outcome):
            return _ended(conversation, turn, outcome)
        case Failure() as failure:
            return _failed(conversation, failure)
        case Status() as status:
            return _status(conversation, status, event.time)
        case AudioState() as state:
            return with_audio(conversation, state)
        case _:
            return conversation


def with_audio(conversation: Conversation, state: AudioState) -> Conversation:
    """Microphone or loudspeaker came, went or changed."""
    return replace(conversation, audio={**conversation.audio, state.device: state})


def opened(conversation: Conversation, speaker: Speaker, time: float) -> Conversation:
    """A talk key was pressed: shown at once, before the loop answers."""
    status = replace(conversation.status, activity=Activity.LISTENING, speaker=speaker)
    return replace(conversation, status=status, since=time, notice=None)


def taken_back(conversation: Conversation, turn: Turn) -> Conversation:
    """Staff took a turn back, whatever revision of it is shown."""
    lines = tuple(
        replace(line, turn=turn, outcome=TAKEN_BACK) if line.turn.number == turn.number else line
        for line in conversation.lines
    )
    return replace(conversation, lines=lines)


def noticed(conversation: Conversation, notice: Notice | None) -> Conversation:
    return replace(conversation, notice=notice)


def cleared(conversation: Conversation) -> Conversation:
    """A new patient: nothing of what was said remains."""
    return replace(conversation, lines=(), notice=None, teach=None)


def asked_to_repeat(conversation: Conversation, line: Line | None) -> Conversation:
    """The patient is asked to say an instruction in their own words; None: no longer."""
    return replace(conversation, teach=TeachBack(line) if line else None)


def understood(conversation: Conversation) -> Conversation:
    """Staff tick that the patient has understood."""
    if conversation.teach is None:
        return conversation
    number = conversation.teach.line.turn.number
    lines = tuple(
        replace(line, understood=True) if line.turn.number == number else line for line in conversation.lines
    )
    return replace(conversation, lines=lines, teach=None)


def _status(conversation: Conversation, status: Status, time: float) -> Conversation:
    before = conversation.status
    same = (before.activity, before.speaker) == (status.activity, status.speaker)
    return replace(conversation, status=status, since=conversation.since if same else time)


def _heard(conversation: Conversation, heard: Transcript) -> Conversation:
    # The guard's tables would keep the screen from coming up.
    from app.guard.doubt import doubtful_spans

    spans = doubtful_spans(heard)
    return _place(conversation, Line(heard.turn, heard.speaker, heard.text, heard.language, doubtful=spans))


def _checked(conversation: Conversation, checked: CheckedTranslation) -> Conversation:
    translation = checked.translation
    fresh = Line(
        checked.turn,
        checked.speaker,
        translation.source,
        translation.source_language,
        translation,
        checked.verdict,
    )
    before = next((line for line in conversation.lines if line.turn == fresh.turn), None)
    if before is not None and before.said == fresh.said:
        fresh = replace(fresh, doubtful=before.doubtful)
    return _place(_repeated(conversation, fresh), fresh)


def _repeated(conversation: Conversation, line: Line) -> Conversation:
    """The patient's words after a request to repeat: compared with the instruction."""
    teach = conversation.teach
    if teach is None or line.speaker is not Speaker.PATIENT or not line.german:
        return conversation
    from app.guard.teach_back import teach_back

    found = teach_back(teach.line.german, line.german)
    return replace(conversation, teach=replace(teach, answer=line.german, differences=found))


def _place(conversation: Conversation, fresh: Line) -> Conversation:
    """Put a line where its turn belongs, unless a newer revision of it is there."""
    for index, line in enumerate(conversation.lines):
        if line.turn.number == fresh.turn.number:
            if fresh.turn < line.turn:
                return conversation
            lines = (*conversation.lines[:index], fresh, *conversation.lines[index + 1 :])
            return replace(conversation, lines=lines)
    lines = tuple(sorted((*conversation.lines, fresh), key=lambda line: line.turn))
    return replace(conversation, lines=lines, notice=None)


def _update(conversation: Conversation, turn: Turn, **changes: object) -> Conversation:
    lines = tuple(
        replace(line, **changes) if line.turn == turn else line  # type: ignore[arg-type]
        for line in conversation.lines
    )
    return replace(conversation, lines=lines)


def _ended(conversation: Conversation, turn: Turn, outcome: str) -> Conversation:
    remark = {
        "nothing-heard": Notice(
            "info", "Nichts verstanden", "näher am Mikrofon noch einmal sprechen, oder tippen"
        ),
        "own-voice": Notice("info", "Eigene Ansage überhört", "das Gespräch geht weiter"),
    }.get(outcome)
    if remark is not None:
        return replace(conversation, notice=remark)
    if any(line.turn == turn and line.outcome == TAKEN_BACK for line in conversation.lines):
        return conversation
    return _update(conversation, turn, outcome=outcome)


def _failed(conversation: Conversation, failure: Failure) -> Conversation:
    notice = Notice("error", failure.message, failure.hint)
    if failure.turn is not None:
        conversation = _update(conversation, failure.turn, failure=failure)
    return replace(conversation, notice=notice)
