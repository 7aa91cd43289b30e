"""One turn as the desk shows it."""

from dataclasses import dataclass

from app.core.types import Failure, Level, Speaker, Translation, Turn, Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One turn as shown: what was said, its translation, and how far it got."""

    turn: Turn
    speaker: Speaker
    said: str
    """In the speaker's language."""
    language: str
    """Of `said`."""
    translation: Translation | None = None
    verdict: Verdict | None = None
    voiced: bool = False
    """A voice has begun to speak the translation."""
    outcome: str | None = None
    failure: Failure | None = None
    doubtful: tuple[tuple[int, int], ...] = ()
    """Words of `said` that the recogniser was unsure of, as character ranges."""
    back: str = ""
    """The translation put back into German by the reverse model; a hint only."""
    understood: bool = False
    """Staff ticked that the patient repeated the instruction rightly."""

    @property
    def german(self) -> str:
        """The German side; empty while it is being made."""
        return self.said if self.speaker is Speaker.STAFF else self._translated

    @property
    def foreign(self) -> str:
        """The patient's side; empty while it is being made."""
        return self._translated if self.speaker is Speaker.STAFF else self.said

    @property
    def foreign_language(self) -> str | None:
        """Language of `foreign`; None while it is not known yet."""
        if self.speaker is Speaker.PATIENT:
            return self.language
        return self.translation.target_language if self.translation else None

    @property
    def important(self) -> bool:
        """An instruction that the patient should repeat in their own words."""
        translation = self.translation
        staff = self.speaker is Speaker.STAFF and translation is not None
        return staff and translation is not None and translation.risk == "amber" and not self.understood

    @property
    def _translated(self) -> str:
        return self.translation.text if self.translation else ""

    def spans(self, german: bool) -> list[tuple[int, int]]:
        """Where the guard saw a difference on one side, as character ranges."""
        if self.verdict is None:
            return []
        source_side = german == (self.speaker is Speaker.STAFF)
        differing = [finding for finding in self.verdict.findings if finding.level is not Level.GREEN]
        found = (f.source_span if source_side else f.target_span for f in differing)
        return [span for span in found if span is not None]
