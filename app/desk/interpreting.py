"""The interpret thread: recognise, translate, check, one turn after the other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from app.core.errors import MissingModelError
from app.core.events import Activity, BackTranslation
from app.core.languages import language
from app.core.types import (
    RECOGNITION_RATE,
    CheckedTranslation,
    Failure,
    Level,
    Speaker,
    Stage,
    Transcript,
    Translation,
    Turn,
    Verdict,
)
from app.desk.failures import failure, falling_behind
from app.desk.fate import Fate, blocked, fate, worst
from app.desk.hands_free import recognise_either
from app.desk.inbox import Inbox, start, work_off
from app.desk.jobs import Back, Chosen, Heard, InterpretJob, Ready, Said, same_turn
from app.desk.loop import Loop

WAITING_TURNS = 8
LONGEST_TEXT = 1000
"""Characters that are translated at once: more than anybody says in one turn."""

_STAGES = {
    Activity.RECOGNISING: Stage.RECOGNISE,
    Activity.TRANSLATING: Stage.TRANSLATE,
    Activity.CHECKING: Stage.CHECK,
}


class Outdated(Exception):
    """The turn was revised or ended while it was worked on."""


class Interpreting:
    """One serial thread, so that models never compete for the cores.

    `prepare` is called when a translation may be spoken soon, `deaf` when a language cannot be recognised at
    all.
    """

    def __init__(self, loop: Loop, prepare: Callable[[Turn], None], deaf: Callable[[], None]) -> None:
        self._loop = loop
        self._prepare = prepare
        self._deaf = deaf
        self._stage = Stage.RECOGNISE
        self._topic: str | None = None
        self._inbox: Inbox[InterpretJob] = Inbox(WAITING_TURNS, loop.pending, same_turn)
        self._thread = start("interpret", lambda: work_off(self._inbox, self._step, self._fail))

    def put(self, job: InterpretJob) -> bool:
        """False if the machine is so far behind that there is no room."""
        return self._inbox.put(job)

    def put_or_refuse(self, job: Said | Chosen) -> None:
        """As `put`; without room the turn ends with a failure."""
        if not self._inbox.put(job):
            self._loop.report(falling_behind(job.turn, Stage.TRANSLATE))
            self._loop.turns.settle(job.turn, "failed")

    def forget(self) -> None:
        """The next consultation is about something else."""
        self._topic = None

    def close(self) -> None:
        """Forget what is waiting; the thread ends after the work in hand."""
        self._inbox.close()

    def join(self, timeout: float) -> None:
        self._thread.join(timeout)

    def _step(self, job: InterpretJob) -> None:
        try:
            match job:
                case Heard():
                    self._heard(job)
                case Said():
                    self._said(job)
                case Chosen():
                    self._check(job.transcript, job.translation, job.verdict)
                case Back():
                    self._back(job)
                case Ready():
                    self._ready(job.language)
        except Outdated:
            # Nothing to tell: the newer revision speaks for the turn.
            return
        finally:
            self._loop.board.stop_working()

    def _fail(self, job: InterpretJob, error: Exception) -> None:
        if job.turn is not None and not self._loop.turns.current(job.turn):
            return
        self._loop.report(failure(job.turn, self._stage, error))
        if job.turn is not None:
            self._loop.turns.settle(job.turn, "failed")

    @contextmanager
    def _at(self, activity: Activity, turn: Turn) -> Iterator[None]:
        """One stage of a turn. Raises Outdated before or after it, if the turn no longer counts."""
        self._stage = _STAGES[activity]
        self._require(turn)
        self._loop.board.work(activity, turn)
        yield
        self._require(turn)

    def _require(self, turn: Turn) -> None:
        if not self._loop.turns.current(turn):
            raise Outdated

    def _ready(self, code: str) -> None:
        self._stage = Stage.RECOGNISE
        try:
            self._loop.tools.engines.recogniser(code)
        except MissingModelError as error:
            self._loop.report(failure(None, Stage.RECOGNISE, error))
            self._deaf()

    def _heard(self, job: Heard) -> None:
        with self._at(Activity.RECOGNISING, job.turn):
            seconds = job.utterance.samples.size / RECOGNITION_RATE
            transcript = replace(self._recognise(job), seconds=seconds)
        if not transcript.text.strip():
            self._loop.turns.settle(job.turn, "nothing-heard")
            return
        if self._loop.own_voice.is_echo(transcript.text, transcript.language, job.began):
            self._loop.turns.settle(job.turn, "own-voice")
            return
        self._loop.report(transcript)
        verdict = self._loop.tools.check_transcript(transcript)
        if verdict.level is Level.RED:
            self._check(transcript, blocked(transcript, self._target(transcript.speaker)), verdict)
        else:
            self._translate(transcript, verdict)

    def _recognise(self, job: Heard) -> Transcript:
        engines, utterance = self._loop.tools.engines, job.utterance
        if not job.both_languages:
            recogniser = engines.recogniser(utterance.language)
            return recogniser.transcribe(utterance, self._hotwords(utterance.language))
        transcript = recognise_either(engines, utterance, self._loop.choices.language, self._hotwords)
        self._loop.turns.assign(job.turn, transcript.speaker)
        self._loop.report(
            replace(
                utterance,
                speaker=transcript.speaker,
                language=transcript.language,
                final=self._loop.turns.is_final(job.turn),
            )
        )
        return transcript

    def _hotwords(self, code: str) -> Sequence[str]:
        return self._loop.tools.hotwords(code, self._topic)

    def _said(self, job: Said) -> None:
        self._loop.report(job.transcript)
        if len(job.transcript.text) > LONGEST_TEXT:
            message = f"Text zu lang ({len(job.transcript.text)} Zeichen)"
            hint = f"höchstens {LONGEST_TEXT} Zeichen auf einmal"
            self._loop.report(Failure(job.turn, Stage.TRANSLATE, message, hint))
            self._loop.turns.settle(job.turn, "failed")
        elif not job.transcript.text.strip():
            self._loop.turns.settle(job.turn, "nothing-heard")
        else:
            self._translate(job.transcript, Verdict(Level.GREEN))

    def _back(self, job: Back) -> None:
        self._stage = Stage.TRANSLATE
        text = self._loop.tools.back(job.translation)
        if text and self._loop.turns.latest(job.turn.number) == job.turn:
            self._loop.report(BackTranslation(job.turn, text))

    def _target(self, speaker: Speaker) -> str:
        return self._loop.choices.language(speaker.other)

    def _translate(self, transcript: Transcript, verdict: Verdict) -> None:
        with self._at(Activity.TRANSLATING, transcript.turn):
            translation = self._loop.tools.translate(
                transcript.text, transcript.language, self._target(transcript.speaker)
            )
        self._check(transcript, translation, verdict)

    def _check(self, transcript: Transcript, translation: Translation, verdict: Verdict) -> None:
        turn = transcript.turn
        with self._at(Activity.CHECKING, turn):
            translation, verdict = self._loop.humans.examine(transcript, translation, verdict)
            if translation.text.strip():
                verdict = worst(verdict, self._loop.tools.check(translation))
        if translation.phrase is not None:
            self._topic = translation.phrase.partition("/")[0]
        checked = CheckedTranslation(turn, transcript.speaker, translation, verdict)
        choices = self._loop.choices
        aloud = choices.spoken_aloud(transcript.speaker) and self._loop.audio is not None
        decided = fate(checked, aloud=aloud, confirm_first=choices.confirm_first)
        if decided in (Fate.SPEAK, Fate.ASK):
            self._loop.turns.propose(checked, asks=decided is Fate.ASK)
        self._loop.report(checked)
        if decided in (Fate.SPEAK, Fate.ASK):
            self._prepare(turn)
            self._loop.turns.announced(turn)
        if _worth_a_second_look(checked):
            # Behind everything that is waiting, so that it delays nobody; without room there is no hint.
            self._inbox.put(Back(turn, translation))
        if decided in (Fate.SPEAK, Fate.ASK):
            return
        if decided is Fate.FAILED:
            self._loop.report(_untranslated(turn, translation))
        self._loop.turns.settle(turn, decided.value)


def _worth_a_second_look(checked: CheckedTranslation) -> bool:
    """Staff's sentences that are doubtful, or important for what the patient does."""
    doubtful = checked.verdict.level is not Level.GREEN or checked.translation.risk != "green"
    return doubtful and checked.speaker is Speaker.STAFF and bool(checked.translation.text.strip())


def _untranslated(turn: Turn, translation: Translation) -> Failure:
    source, target = language(translation.source_language), language(translation.target_language)
    message = f"Keine Übersetzung {source.name} → {target.name} für diesen Satz"
    hint = "anders sagen, eine Phrase wählen oder einen Menschen holen"
    return Failure(turn, Stage.TRANSLATE, message, hint)
