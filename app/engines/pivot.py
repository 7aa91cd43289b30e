"""Translation through a language between, where no model serves the pair itself."""

from collections.abc import Sequence

from app.core.protocols import GuidedTranslator, Spliced, Translator
from app.core.types import Hypothesis


class PivotTranslator:
    """Two translators with a language between.

    The score of a hypothesis is the sum of both halves' scores: the logarithm of the probability per token
    that the first half and the second half are both right, so it is never better than either.
    """

    def __init__(self, first: Translator, second: Translator, pivot: str) -> None:
        self._first, self._second, self._pivot = first, second, pivot

    def translate(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        """Hypotheses of the second half for the best one of the first; empty if a half has none.

        Raises EngineError.
        """
        return tuple(
            Hypothesis(found.text, found.score + between.score)
            for between in self._first.translate(text, source, self._pivot)[:1]
            for found in self._second.translate(between.text, self._pivot, target)
        )

    def candidates(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        """As GuidedTranslator, of the second half for the best hypothesis of the first."""
        return tuple(
            Hypothesis(found.text, found.score + between.score)
            for second, between in self._guided(text, source)
            for found in second.candidates(between.text, self._pivot, target)
        )

    def continued(self, text: str, source: str, target: str, beginnings: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            found
            for second, between in self._guided(text, source)
            for found in second.continued(between.text, self._pivot, target, beginnings)
        )

    def rated(self, text: str, source: str, target: str, pieces: Sequence[Spliced]) -> tuple[float, ...]:
        return tuple(
            found
            for second, between in self._guided(text, source)
            for found in second.rated(between.text, self._pivot, target, pieces)
        )

    def _guided(self, text: str, source: str) -> list[tuple[GuidedTranslator, Hypothesis]]:
        """The second half and what it translates; nothing where it cannot be guided."""
        if not isinstance(self._second, GuidedTranslator):
            return []
        return [(self._second, found) for found in self._first.translate(text, source, self._pivot)[:1]]
