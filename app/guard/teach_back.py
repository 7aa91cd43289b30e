"""Did the patient repeat what matters? Facts of an instruction beside those of the answer, both in German."""

from dataclasses import replace

from app.core.languages import STAFF_LANGUAGE
from app.core.types import Finding, Level
from app.guard.compare import compare
from app.guard.facts import extract
from app.guard.rules import rules
from app.guard.verdict import verdict_of

_NOT_COMPARED = ("obligation",)
"""„Nehmen Sie …“ and „Ich nehme …“ oblige in different words."""


def teach_back(instruction: str, answer: str) -> tuple[Finding, ...]:
    """What of the instruction is missing or different in the patient's own words; empty if nothing is.

    All amber: whether it was understood, a person decides. Any text gives an answer; nothing is raised.
    """
    known = rules(STAFF_LANGUAGE)
    found = compare(extract(instruction, known), extract(answer, known), question=False)
    return tuple(
        replace(
            finding,
            level=Level.AMBER,
            message=finding.message.replace("in der Übersetzung", "in der Antwort"),
        )
        for finding in verdict_of(found).findings
        if not finding.code.startswith(_NOT_COMPARED)
    )
