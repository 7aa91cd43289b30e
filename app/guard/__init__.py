"""The guard: pure checks of a sentence and its translation, and of what was recognised."""

from app.guard.transcript import check_transcript
from app.guard.verdict import check, check_pair

__all__ = ["check", "check_pair", "check_transcript"]
