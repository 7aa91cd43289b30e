"""Checks of recognised speech: invented phrases, loops, too many words for the time, low confidence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from app.core.types import Finding, Level, Transcript, Verdict
from app.guard.doubt import doubtful_facts, read_back
from app.guard.form import is_blank, looping
from app.guard.rules import table
from app.guard.text import tokens
from app.guard.verdict import verdict_of

MAX_CHARACTERS_PER_SECOND = 25.0
"""Nobody speaks faster; more is invented (proposal of the project, safety brief)."""
USUAL_CHARACTERS_PER_SECOND = 22.5
"""German phrases in espeak-ng's usual pace have 17 (median) to 21.8; the other demo languages 9 to 16."""
MIN_CHARACTERS_PER_SECOND = 3.0
"""Slow, hesitant speech has six and more; below this, words were lost (proposal, not measured)."""
LONG_SOUND = 4.0
"""Seconds below which the pauses at both ends weigh too much to tell."""
AROUND_SPEECH = 0.4
"""Seconds of quiet that the segmenter leaves around speech."""
LOW_CONFIDENCE = 0.497
"""exp(−0.7): used where the recogniser's own threshold was never measured."""
NO_SPEECH = 0.6
"""Whisper's own default; inert on some models, so it never stands alone."""
MIN_SECONDS = 0.3


def check_transcript(transcript: Transcript) -> Verdict:
    """Judge what was recognised. Typed text is what a person wrote: only emptiness counts there."""
    if is_blank(transcript.text):
        return verdict_of([Finding("nothing-heard", "Nichts verstanden", Level.RED)])
    if transcript.typed:
        return verdict_of([])
    checks = (_invented, _loops, _speed, _confidence, doubtful_facts, read_back)
    return verdict_of([finding for check in checks for finding in check(transcript)])


def key(text: str) -> str:
    """A segment without case, punctuation and digits, so that years and credits do not matter."""
    return " ".join(token.text for token in tokens(text) if token.kind == "word")


@dataclass(frozen=True, slots=True)
class Invented:
    """What recognisers of a language are known to make out of silence, as keys."""

    whole: frozenset[str]
    """Segments that are never said here."""
    starts: tuple[str, ...]
    plausible: frozenset[str]
    """Also really said, and often invented: always asked."""
    answers: frozenset[str]
    """Short answers that patients give all day: asked only where the recogniser was not sure of them."""


@cache
def invented(language: str) -> Invented:
    """The list of a language; whole segments of every language count in each of them."""
    rows = table("invented")
    own = rows.get(language, {})
    base = rows.get(own.get("base", ""), {})

    def keys(name: str, *sources: Mapping[str, list[str]]) -> Iterator[str]:
        return (key(phrase) for source in sources for phrase in source.get(name, []))

    return Invented(
        frozenset(keys("invented", *rows.values())),
        tuple(keys("starts", rows["every"], base, own)),
        frozenset(keys("plausible", base, own)),
        frozenset(keys("answers", base, own)),
    )


def _invented(transcript: Transcript) -> Iterator[Finding]:
    text = key(transcript.text)
    known = invented(transcript.language)
    if text in known.whole or (known.starts and text.startswith(known.starts)):
        yield Finding("phrase-invented", "Von der Spracherkennung erfunden, nicht gesagt", Level.RED)
    elif text in known.plausible or (text in known.answers and not _sure(transcript)):
        message = "Wird bei Stille oft erfunden: wurde das wirklich gesagt?"
        yield Finding("phrase-doubtful", message, Level.AMBER)


def _sure(transcript: Transcript) -> bool:
    """Heard with at most half the surprise per token that is still accepted, and surely as speech."""
    threshold = transcript.known_threshold
    enough = LOW_CONFIDENCE if threshold is None else threshold
    return transcript.confidence >= enough**0.5 and transcript.no_speech < NO_SPEECH / 2


def _loops(transcript: Transcript) -> Iterator[Finding]:
    words = [token.text for token in tokens(transcript.text) if token.kind != "mark"]
    if looping(transcript.text, words) and len(words) > 4:
        yield Finding("loop", "Der erkannte Text wiederholt sich im Kreis", Level.RED)


def _speed(transcript: Transcript) -> Iterator[Finding]:
    words, length = transcript.words, len(transcript.text)
    spoken = words[-1].end - words[0].start if words else transcript.seconds - AROUND_SPEECH
    rate = length / max(spoken, MIN_SECONDS) if words or transcript.seconds else 0.0
    if rate > MAX_CHARACTERS_PER_SECOND:
        yield Finding("too-fast", "Mehr Text, als in dieser Zeit gesprochen werden kann", Level.RED)
    elif rate > USUAL_CHARACTERS_PER_SECOND:
        yield Finding("very-fast", "Sehr viel Text für so kurze Sprache: bitte prüfen", Level.AMBER)
    elif transcript.seconds > LONG_SOUND and length < MIN_CHARACTERS_PER_SECOND * transcript.seconds:
        message = "Für so lange Sprache sehr wenig Text: fehlt etwas?"
        yield Finding("too-slow", message, Level.AMBER)


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
