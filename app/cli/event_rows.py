"""Events of the live loop as lines: JSON for programs, plain text for people."""

import threading
from typing import Any

from app.cli.output import json_line
from app.cli.text import translation_row, verdict_row
from app.core.events import Event, Payload
from app.core.languages import isolate
from app.core.types import (
    CheckedTranslation,
    Failure,
    Speaker,
    Speech,
    Stage,
    Transcript,
    Turn,
    Utterance,
    Verdict,
)


class EventPrinter:
    """Prints events as they come, from any thread; times count from the first event's clock zero."""

    def __init__(self, json: bool, start: float = 0.0) -> None:
        self._json = json
        self._start = start
        self._lock = threading.Lock()
        self.failed = False
        """True once something failed; the command then ends with 1."""

    def __call__(self, event: Event) -> None:
        row = event_row(event.payload)
        if row is None:
            return
        row["time"] = round(event.time - self._start, 3)
        with self._lock:
            self.failed |= isinstance(event.payload, Failure)
            if self._json:
                json_line(row)
            else:
                print(plain(event.payload), flush=True)


def event_row(payload: Payload) -> dict[str, Any] | None:
    """The line of `interpret --json`; None for events that only concern a screen. The keys are a contract."""
    match payload:
        case Utterance():
            return _head("utterance", payload.turn) | {
                "speaker": payload.speaker.value,
                "language": payload.language,
                "start": round(payload.start, 3),
                "end": round(payload.end, 3),
                "final": payload.final,
            }
        case Transcript():
            return _head("transcript", payload.turn) | transcript_row(payload)
        case CheckedTranslation():
            row = translation_row(payload.translation, payload.verdict)
            return _head("translation", payload.turn) | {"speaker": payload.speaker.value} | row
        case Speech():
            seconds = round(payload.samples.size / payload.rate, 3)
            return _head("speech", payload.turn) | {
                "language": payload.language,
                "text": payload.text,
                "seconds": seconds,
                "rate": payload.rate,
            }
        case Failure():
            return _head("failure", payload.turn) | {
                "stage": payload.stage.value,
                "message": payload.message,
                "hint": payload.hint,
            }
    return None


def _head(event: str, turn: Turn | None) -> dict[str, Any]:
    return {
        "event": event,
        "turn": turn.number if turn else None,
        "revision": turn.revision if turn else None,
    }


def transcript_row(transcript: Transcript) -> dict[str, Any]:
    words = [
        {
            "text": word.text,
            "start": round(word.start, 2),
            "end": round(word.end, 2),
            "probability": round(word.probability, 3),
        }
        for word in transcript.words
    ]
    return {
        "speaker": transcript.speaker.value,
        "language": transcript.language,
        "text": transcript.text,
        "confidence": round(transcript.confidence, 3),
        "no_speech": round(transcript.no_speech, 3),
        "words": words,
    }


def print_transcript(utterance: Utterance, transcript: Transcript, verdict: Verdict, json: bool) -> None:
    """One utterance of `sprachpult transcribe`."""
    if json:
        times = {"start": round(utterance.start, 3), "end": round(utterance.end, 3)}
        json_line(
            _head("transcript", utterance.turn) | times | transcript_row(transcript) | verdict_row(verdict)
        )
        return
    print(f"{utterance.start:8.2f} s  {isolate(transcript.text)}")
    for finding in verdict.findings:
        print(f"{'':12}{finding.message}")


def plain(payload: Payload) -> str:
    """One line for a person."""
    match payload:
        case Utterance():
            who = "Personal" if payload.speaker is Speaker.STAFF else "Patient"
            return f"{who}: {payload.start:.1f}–{payload.end:.1f} s" + ("" if payload.final else " (Pause)")
        case Transcript():
            return f"  gehört: {isolate(payload.text)}"
        case CheckedTranslation():
            origin = payload.translation.origin
            findings = "".join(f"\n  {finding.message}" for finding in payload.verdict.findings)
            return f"  {origin.mark} {origin.word}: {isolate(payload.translation.text)}{findings}"
        case Speech():
            return f"  ▸ gesprochen: {payload.samples.size / payload.rate:.1f} s"
        case Failure():
            return f"  ✘ {_STAGES[payload.stage]}: {payload.message}" + (
                f" → {payload.hint}" if payload.hint else ""
            )
    return ""


_STAGES = {
    Stage.LISTEN: "Hören",
    Stage.RECOGNISE: "Erkennen",
    Stage.TRANSLATE: "Übersetzen",
    Stage.CHECK: "Prüfen",
    Stage.SPEAK: "Sprechen",
}
