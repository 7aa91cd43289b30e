"""One call for the whole way of a sentence: prepared phrase, else machine translation."""

from dataclasses import replace

from app.core.errors import MissingModelError
from app.core.protocols import Engines
from app.core.sentences import sentences
from app.core.types import Origin, Translation
from app.routing.glossary_true import GlossaryTrue
from app.routing.router import Router

_TRUST = (Origin.APPROVED, Origin.DRAFT, Origin.MACHINE, Origin.NONE)


class TranslationService:
    """Translates text between German and a patient's language. Thread-safe as far as the engines are.

    With a glossary, machine translations use its terms where the model can be brought to it.
    """

    def __init__(self, router: Router, engines: Engines, glossary: GlossaryTrue | None = None) -> None:
        self.router = router
        self._engines = engines
        self._glossary = glossary

    def translate(self, text: str, source: str, target: str, *, route_only: bool = False) -> Translation:
        """Phrase, else machine; several sentences are translated one by one and share the weakest origin.

        No model for the pair gives origin none. Raises EngineError if a model fails on the text.
        """
        found = self._translate(text, source, target, route_only)
        if self._glossary is None or found.terms or found.origin is Origin.NONE:
            return found
        terms = self._glossary.terms(text, source, target)
        return replace(found, terms=tuple(concept.id for concept in terms))

    def _translate(self, text: str, source: str, target: str, route_only: bool) -> Translation:
        whole = self.router.route(text, source, target)
        said = split_sentences(text)
        if whole.origin is not Origin.NONE or len(said) < 2:
            return whole if whole.origin is not Origin.NONE or route_only else self._machine(whole)
        parts = [self._one(sentence, source, target, route_only) for sentence in said]
        return _together(whole, parts)

    def _one(self, text: str, source: str, target: str, route_only: bool) -> Translation:
        routed = self.router.route(text, source, target)
        return routed if routed.origin is not Origin.NONE or route_only else self._machine(routed)

    def _machine(self, routed: Translation) -> Translation:
        if not routed.source.strip():
            return routed
        try:
            translator = self._engines.translator(routed.source_language, routed.target_language)
        except MissingModelError:
            return routed
        hypotheses = translator.translate(routed.source, routed.source_language, routed.target_language)
        if not hypotheses:
            # The model does not know the sentence and says so.
            return routed
        best, *others = hypotheses
        found = replace(
            routed,
            text=best.text,
            origin=Origin.MACHINE,
            score=best.score,
            alternatives=tuple(other.text for other in others),
        )
        return found if self._glossary is None else self._glossary.improve(translator, found)


def split_sentences(text: str) -> list[str]:
    """Sentences with at least one word."""
    return [sentence for sentence in sentences(text) if any(map(str.isalnum, sentence))]


def _together(whole: Translation, parts: list[Translation]) -> Translation:
    """Sentences as one translation; its origin is the weakest, and nothing is said if a part is missing."""
    origin = max((part.origin for part in parts), key=_TRUST.index)
    if origin is Origin.NONE:
        near = whole.near or next((part.near for part in parts if part.near), ())
        return replace(whole, near=near)
    scores = [part.score for part in parts if part.score is not None]
    return replace(
        whole,
        text=" ".join(part.text for part in parts),
        origin=origin,
        score=min(scores, default=None),
        risk=max((part.risk for part in parts), key=("green", "amber", "red").index),
        near=tuple(near for part in parts for near in part.near)[:3],
        terms=tuple(dict.fromkeys(term for part in parts for term in part.terms)),
    )
