"""German words and symbols for states; a symbol stands beside every colour."""

import re

from app.core.events import Activity, Status
from app.core.languages import language
from app.core.types import Level, Speaker, Translation
from app.tui.line import Line
from app.tui.state import TAKEN_BACK, Conversation

ACTIVITY = {
    Activity.IDLE: ("○", "bereit"),
    Activity.LISTENING: ("●", "hört zu"),
    Activity.RECOGNISING: ("◔", "erkennt"),
    Activity.TRANSLATING: ("◑", "übersetzt"),
    Activity.CHECKING: ("◕", "prüft"),
    Activity.WAITING: ("▲", "wartet auf Sie"),
    Activity.SPEAKING: ("♪", "spricht"),
}
"""Symbol and word for what the machine is doing."""

SPEAKER = {Speaker.STAFF: "Personal", Speaker.PATIENT: "Patient"}

VERDICT = {Level.GREEN: "✓ geprüft", Level.AMBER: "▲ nachfragen", Level.RED: "✖ nicht sprechen"}

FINDING = {Level.GREEN: "◌", Level.AMBER: "▲", Level.RED: "✖"}
"""Symbol before what the guard found; green is a hint."""

OUTCOME = {
    "spoken": "▸ gesprochen",
    "shown": "▹ angezeigt",
    "blocked": "✖ nicht gesprochen",
    "cancelled": "– abgebrochen",
    "failed": "✖ fehlgeschlagen",
    TAKEN_BACK: "↶ zurückgenommen",
}

_SLOT = re.compile(r"\{(\w+)(?::\w+)?\}")


def guidance(status: Status, hands_free: bool) -> str:
    """What staff can do now, in a few words."""
    match status.activity:
        case Activity.IDLE:
            return "freihändig: einfach sprechen" if hands_free else "F2 oder F3 drücken, oder tippen"
        case Activity.LISTENING:
            key = "F2" if status.speaker is Speaker.STAFF else "F3"
            return "Pause beendet" if status.speaker is None else f"Pause oder {key} beendet"
        case Activity.WAITING:
            return "unten entscheiden"
        case Activity.SPEAKING:
            return "Esc hält an"
        case _:
            return "einen Augenblick"


def language_label(code: str) -> str:
    """Own name and German name of a language."""
    row = language(code)
    return row.name if row.name == row.autonym else f"{row.autonym} · {row.name}"


def origin_label(translation: Translation) -> str:
    return f"{translation.origin.mark} {translation.origin.word}"


def progress_label(line: Line) -> str:
    """How far a turn got: spoken, shown, blocked …; empty while it is under way."""
    if line.understood:
        return "◎ verstanden"
    if line.outcome is not None:
        return OUTCOME.get(line.outcome, "")
    return "♪ wird gesprochen" if line.voiced else ""


def teach_label(conversation: Conversation) -> str:
    """Where a teach-back stands, and the keys for what comes next; empty if none is due."""
    teach = conversation.teach
    if teach is None:
        return "◎ Wichtig: ^R lässt den Patienten wiederholen" if conversation.to_repeat else ""
    if not teach.answer:
        return "◎ Rückfrage: jetzt wiederholt der Patient (F3); ^Y verstanden"
    if not teach.differences:
        return "◎ Rückfrage: alles Wichtige kam vor → ^Y verstanden"
    found = "; ".join(finding.message for finding in teach.differences)
    return f"◎ Rückfrage: {found} → ^R noch einmal sagen, ^Y verstanden"


def matched_phrase(translation: Translation) -> str:
    """German wording of the prepared phrase that was taken, where it differs from what was said."""
    if translation.phrase is None or not translation.phrase_source:
        return ""
    filled = _SLOT.sub(lambda m: translation.slots.get(m[1], "…"), translation.phrase_source)
    german = translation.source if translation.source_language == "de" else translation.text
    return "" if filled.strip() == german.strip() else filled
