"""What was heard with little certainty and what is worth reading back: words of a transcript, with place."""

from collections.abc import Iterator

from app.core.languages import STAFF_LANGUAGE
from app.core.types import Finding, Level, Speaker, Transcript, Word
from app.guard.rules import rules
from app.guard.text import Token, tokens

DOUBTFUL_WORD = 0.5
"""Probability below which a word is underlined (safety brief); the recogniser's own, uncalibrated."""
GRAVE_KINDS = frozenset({"number", "negation", "month"})
"""What changes the meaning most and sounds alike: fifteen and fifty, „kein“ and „ein“."""
READ_KINDS = frozenset({"number", "month", "weekday", "relday", "clock"})
_LONGEST_LIST = 6


def doubtful_spans(transcript: Transcript) -> tuple[tuple[int, int], ...]:
    """Places in the text of the words that were heard with little certainty; to be underlined."""
    return tuple(span for word, span in _located(transcript) if word.probability < DOUBTFUL_WORD)


def doubtful_facts(transcript: Transcript) -> Iterator[Finding]:
    """Numbers, negations, months and names heard with little certainty are asked about."""
    for word, span in _located(transcript):
        if word.probability < DOUBTFUL_WORD and (_grave(word, transcript) or _name(span, transcript)):
            message = f"„{transcript.text[slice(*span)]}“ wurde unsicher erkannt: bitte nachfragen"
            yield Finding("word-doubtful", message, Level.AMBER, source_span=span)


def read_back(transcript: Transcript) -> Iterator[Finding]:
    """Numbers and dates of a patient who was heard by the machine: a hint (green) what to read back.

    Staff read their own German; what was typed was not misheard.
    """
    known = rules(transcript.language)
    if transcript.typed or transcript.speaker is not Speaker.PATIENT:
        return
    cut = known.tokens(transcript.text) if known else tokens(transcript.text)
    found = {(token.start, token.end) for token in cut if token.kind == "number"}
    for match in known.lexicon.find(cut) if known else ():
        if match.entry.kind in READ_KINDS and match.entry.certain:
            found.add((cut[match.start].start, cut[match.end - 1].end))
    places = _joined(sorted(found), transcript.text)[:_LONGEST_LIST]
    if places:
        words = " · ".join(f"„{transcript.text[start:end]}“" for start, end in places)
        span = (places[0][0], places[-1][1])
        yield Finding("read-back", f"Zur Sicherheit zurücklesen: {words}", Level.GREEN, source_span=span)


def _joined(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Neighbours as one: „12“ and „March“ are one date."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip(" .:/-"):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _grave(word: Word, transcript: Transcript) -> bool:
    known = rules(transcript.language)
    cut: list[Token] = known.tokens(word.text) if known else tokens(word.text)
    kinds = {match.entry.kind for match in known.lexicon.find(cut)} if known else set()
    return bool(kinds & GRAVE_KINDS) or any(token.kind == "number" for token in cut)


def _name(span: tuple[int, int], transcript: Transcript) -> bool:
    """A capital inside a sentence; German writes every noun so, and many scripts have no capitals."""
    text = transcript.text
    before = text[: span[0]].rstrip()
    inside = bool(before) and before[-1] not in ".!?…"
    return transcript.language != STAFF_LANGUAGE and inside and text[span[0]].isupper()


def _located(transcript: Transcript) -> Iterator[tuple[Word, tuple[int, int]]]:
    """Every word with its place in the text, without punctuation; words that are not found are left out."""
    position = 0
    for word in transcript.words:
        bare = word.text.strip().strip(".,;:!?…()\"'„“”«»؟،")
        start = transcript.text.find(bare, position) if bare else -1
        if start >= 0:
            position = start + len(bare)
            yield word, (start, position)
