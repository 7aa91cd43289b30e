"""What becomes of a translation; pure."""

from enum import StrEnum

from app.core.types import CheckedTranslation, Level, Origin, Transcript, Translation, Verdict

_ORDER = [Level.GREEN, Level.AMBER, Level.RED]


class Fate(StrEnum):
    """The ends are named as in `TurnEnded.outcome`."""

    SPEAK = "speak"
    ASK = "ask"
    SHOWN = "shown"
    BLOCKED = "blocked"
    FAILED = "failed"


def fate(checked: CheckedTranslation, *, aloud: bool, confirm_first: bool) -> Fate:
    """Red is never spoken; amber only after staff agreed; no text at all is a failure, not silence."""
    translation = checked.translation
    if checked.verdict.level is Level.RED or translation.origin is Origin.BLOCKED:
        return Fate.BLOCKED
    if translation.origin is Origin.NONE or not translation.text.strip():
        return Fate.FAILED
    if not aloud:
        return Fate.SHOWN
    return Fate.ASK if checked.verdict.level is Level.AMBER or confirm_first else Fate.SPEAK


def worst(*verdicts: Verdict) -> Verdict:
    """All findings, and the worst level."""
    level = max((verdict.level for verdict in verdicts), key=_ORDER.index, default=Level.GREEN)
    return Verdict(level, tuple(finding for verdict in verdicts for finding in verdict.findings))


def blocked(transcript: Transcript, target: str) -> Translation:
    """Stands for a translation that is not even tried, because the words themselves cannot be trusted."""
    return Translation(transcript.text, "", transcript.language, target, Origin.BLOCKED)
