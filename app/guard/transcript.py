"""Checks of recognised speech: invented phrases, loops, too many words for the time, low confidence."""

from collections.abc import Iterator
from functools import cache

from app.core.types import Finding, Level, Transcript, Verdict
from app.guard.form import is_blank, looping
from app.guard.rules import rules, table
from app.guard.text import tokens
from app.guard.verdict import verdict_of

MAX_CHARACTERS_PER_SECOND = 25.0
"""Nobody speaks faster; more is invented (proposal of the project, safety brief)."""
LOW_CONFIDENCE = 0.497
"""exp(−0.7): used where the recogniser's own threshold was never measured."""
NO_SPEECH = 0.6
"""Whisper's own default; inert on some models, so it never stands alone."""
DOUBTFUL_WORD = 0.5
MIN_SECONDS = 0.3


def check_transcript(transcript: Transcript) -> Verdict:
    """Judge what was recognised. Typed text is what a person wrote: only emptiness counts there."""
    if is_blank(transcript.text):
        return verdict_of([Finding("nothing-heard", "Nichts verstanden", Level.RED)])
    if transcript.typed:
        return verdict_of([])
    checks = (_invented, _loops, _speed, _confidence)
    return verdict_of([finding for check in checks for finding in check(transcript)])


def key(text: str) -> str:
    """A segment without case, punctuation and digits, so that years and credits do not matter."""
    return " ".join(token.text for token in tokens(text) if token.kind == "word")


@cache
def _phrases(language: str) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """Whole segments never said here, their beginnings, and real words that are also often invented."""
    rows = table("invented")
    every, own = rows["every"], rows.get(language, {})
    invented = frozenset(key(phrase) for phrase in [*every["invented"], *own.get("invented", [])])
    starts = tuple(key(phrase) for phrase in [*every.get("starts", []), *own.get("starts", [])])
    return invented, starts, frozenset(key(phrase) for phrase in own.get("plausible", []))


def _invented(transcript: Transcript) -> Iterator[Finding]:
    text = key(transcript.text)
    invented, starts, plausible = _phrases(transcript.language)
    others = (phrase for row in table("invented").values() for phrase in row.get("invented", []))
    if text in invented or (starts and text.startswith(starts)) or text in {key(phrase) for phrase in others}:
        yield Finding("phrase-invented", "Von der Spracherkennung erfunden, nicht gesagt", Level.RED)
    elif text in plausible:
        message = "Wird bei Stille oft erfunden: wurde das wirklich gesagt?"
        yield Finding("phrase-doubtful", message, Level.AMBER)


def _loops(transcript: Transcript) -> Iterator[Finding]:
    words = [token.text for token in tokens(transcript.text) if token.kind != "mark"]
    if looping(transcript.text, words) and len(words) > 4:
        yield Finding("loop", "Der erkannte Text wiederholt sich im Kreis", Level.RED)


def _speed(transcript: Transcript) -> Iterator[Finding]:
    if not transcript.words:
        return
    seconds = max(transcript.words[-1].end - transcript.words[0].start, MIN_SECONDS)
    if len(transcript.text) / seconds > MAX_CHARACTERS_PER_SECOND:
        yield Finding("too-fast", "Mehr Text, als in dieser Zeit gesprochen werden kann", Level.RED)


def _confidence(transcript: Transcript) -> Iterator[Finding]:
    """Below the measured threshold staff are asked; far below it, what was heard is rather another sentence.

    "Far" is twice the threshold's mean surprise per token: `threshold ** 2`, for confidence is
    exp(mean log-probability).
    """
    threshold = transcript.known_threshold
    sure = threshold if threshold is not None else LOW_CONFIDENCE
    if transcript.confidence < sure:
        far = threshold is not None and transcript.confidence < threshold**2
        if far or transcript.no_speech > NO_SPEECH:
            yield Finding("not-understood", "Nicht sicher verstanden: bitte wiederholen lassen", Level.RED)
        else:
            yield Finding("confidence-low", "Unsicher erkannt: bitte prüfen", Level.AMBER)
    elif transcript.no_speech > NO_SPEECH:
        yield Finding("no-speech", "Vielleicht wurde gar nicht gesprochen: bitte prüfen", Level.AMBER)
    yield from _doubtful_facts(transcript)


def _doubtful_facts(transcript: Transcript) -> Iterator[Finding]:
    """Numbers and negations heard with low probability are read back."""
    known = rules(transcript.language)
    for word in transcript.words:
        if word.probability >= DOUBTFUL_WORD:
            continue
        cut = known.tokens(word.text) if known else tokens(word.text)
        kinds = {match.entry.kind for match in known.lexicon.find(cut)} if known else set()
        if kinds & {"number", "negation", "month"} or any(token.kind == "number" for token in cut):
            message = f"„{word.text.strip()}“ wurde unsicher erkannt: bitte nachfragen"
            yield Finding("word-doubtful", message, Level.AMBER)
