"""What the live loop works with: engines by Protocol, routing and guard as plain functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.protocols import Engines
from app.core.types import Finding, Transcript, Translation, Verdict


@dataclass(frozen=True, slots=True)
class Tools:
    """Put together by the composition root."""

    engines: Engines
    translate: Callable[[str, str, str], Translation]
    """(text, source language, target language) → the best translation there is; origin `none` if there is
    none."""
    check: Callable[[Translation], Verdict]
    check_transcript: Callable[[Transcript], Verdict]
    human: Callable[[Translation], Finding | None] = lambda _translation: None
    """The topic that makes a sentence a matter for a human interpreter: red stops it, amber points it out."""
    back: Callable[[Translation], str | None] = lambda _translation: None
    """A translation put back into German by the reverse model; None if there is none."""
    hotwords: Callable[[str, str | None], Sequence[str]] = lambda _language, _topic: ()
    """(language, topic of the last phrase or None) → terms that recognition should expect."""
