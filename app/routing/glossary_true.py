"""Machine translation that uses the glossary's words: another hypothesis, or the right word put in.

First the translator's other hypotheses are ranked by the terms they render. If none renders all, the word
that stands for a term is looked for: one that the glossary says to avoid, or what the translator makes of the
term alone. The right word is put in its place, once with the rest kept and once with the rest translated anew
from there. A change is taken only if the check finds nothing it did not find before and the model still
believes in what stands around the new word. Otherwise the translation stays; the guard then names the term.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from app.content.glossaries import Glossary
from app.content.glossary_types import Concept
from app.core.errors import EngineError
from app.core.protocols import GuidedTranslator, Spliced
from app.core.types import Hypothesis, Level, Translation, Verdict
from app.routing.gap import Gap, adjacent, gap_at, same_sentence, same_words

RERANK_LOSS = 0.5
"""Mean log-probability per token that a hypothesis with the right terms may lie below the best one."""
SPLICE_LOSS = {True: 1.0, False: 0.5}
"""Mean log-probability per token that the text around a word may lose when another is put in, by whether the
place is certain. The demo pack's translators know one wording of a sentence by heart, the hardest case: there
another word costs up to 0.5 in half of the sentences, up to 1.0 in two of three, see benchmarks/glossary.py.
Not measured on larger models."""
_RANK = {Level.GREEN: 0, Level.AMBER: 1, Level.RED: 2}

Check = Callable[[Translation], Verdict]


@dataclass(frozen=True, slots=True)
class GlossaryTrue:
    """Glossary and check; the translator comes with each call. Pure but for the translator."""

    glossary: Glossary
    check: Check

    def terms(self, text: str, source: str, target: str) -> tuple[Concept, ...]:
        """Concepts of a text whose word a translation should hold, in the order of the text."""
        return tuple(hit.concept for hit in self.glossary.expected(text, source, target))

    def wrong(self, concepts: Sequence[Concept], text: str, target: str) -> tuple[Concept, ...]:
        """Those that a translation does not render, or renders by a word to avoid."""
        return tuple(
            concept
            for concept in concepts
            if not self.glossary.rendered(concept, text, target)
            or self.glossary.avoided_in(concept, text, target, concepts)
        )

    def improve(self, translator: object, best: Translation) -> Translation:
        """The translation, or one with more of the glossary's terms; `terms` names those of the source."""
        source, target = best.source_language, best.target_language
        concepts = self.terms(best.source, source, target)
        best = replace(best, terms=tuple(concept.id for concept in concepts))
        if not self.wrong(concepts, best.text, target) or not isinstance(translator, GuidedTranslator):
            return best
        # A good translation is not lost because a better one could not be made.
        with suppress(EngineError):
            best = self.reranked(best, concepts, translator.candidates(best.source, source, target))
            best = self.spliced(best, concepts, translator)
        return best

    def reranked(
        self, best: Translation, concepts: Sequence[Concept], candidates: Sequence[Hypothesis]
    ) -> Translation:
        """The candidate with the fewest wrong terms, the likelier first; `best` if none is better."""
        target = best.target_language
        wrong = len(self.wrong(concepts, best.text, target))
        floor = (best.score or 0.0) - RERANK_LOSS
        ranked = sorted(
            (
                (len(self.wrong(concepts, c.text, target)), -c.score, c)
                for c in candidates
                if c.score >= floor
            ),
            key=lambda row: row[:2],
        )
        for count, _, candidate in ranked:
            if count >= wrong:
                break
            found = replace(best, text=candidate.text, score=candidate.score)
            if self._no_worse(found, best):
                return found
        return best

    def spliced(
        self, best: Translation, concepts: Sequence[Concept], translator: GuidedTranslator
    ) -> Translation:
        """Puts accepted words in for wrong ones, term by term."""
        for concept in self.wrong(concepts, best.text, best.target_language):
            best = self._with_term(best, concept, translator)
        return best

    def _with_term(self, best: Translation, concept: Concept, translator: GuidedTranslator) -> Translation:
        gap = self._wrong_word(best, concept, translator)
        if gap is None:
            return best
        source, target = best.source_language, best.target_language
        fillings = list(self._fillings(gap, best, concept, translator))
        pieces = [gap.original, *(piece for _, piece in fillings)]
        rated = translator.rated(best.source, source, target, pieces)
        floor = rated[0] - SPLICE_LOSS[gap.certain] if rated else 0.0
        ranked = sorted(zip(rated[1:], fillings, strict=False), key=lambda row: (row[1][0], -row[0]))
        for rating, (_, piece) in ranked:
            found = replace(best, text=piece.text)
            right = rating >= floor and not self.wrong([concept], piece.text, target)
            if right and self._no_worse(found, best):
                return found
        return best

    def _fillings(
        self, gap: Gap, best: Translation, concept: Concept, translator: GuidedTranslator
    ) -> Iterator[tuple[int, Spliced]]:
        """The preferred term put in, numbered from the likelier form down.

        Each with the rest as it was, and with what the model makes of the rest if that changes endings alone.
        """
        target, before, after = best.target_language, gap.original.before, gap.original.after
        forms = gap.fitted(self.glossary.forms(concept, target)[0], target)
        begun = [before + form for form in forms]
        continued = translator.continued(best.source, best.source_language, target, begun)
        for number, (form, text) in enumerate(zip(forms, continued, strict=False)):
            yield number, Spliced(before, form, after)
            rest = text.removeprefix(before + form)
            if rest not in (text, after) and same_sentence(after, rest, target):
                yield number, Spliced(before, form, rest)

    def _wrong_word(self, best: Translation, concept: Concept, translator: GuidedTranslator) -> Gap | None:
        """Where the wrong word for a concept stands; None if nothing tells."""
        target = best.target_language
        beside = self.terms(best.source, best.source_language, target)
        for avoid, start, end in self.glossary.avoided_in(concept, best.text, target, beside):
            # What is written onto the front of a word stays: Arabic «بالسل».
            start += max(0, best.text[start:end].find(avoid.term))
            return gap_at(best.text, start, end, avoid.term, certain=True)
        hits = self.glossary.terms_in(best.source, best.source_language)
        said = next((hit.text for hit in hits if hit.concept.id == concept.id), "")
        alone = translator.translate(said, best.source_language, target) if said else ()
        spans = list(same_words(alone[0].text, best.text, target)) if alone else []
        if not spans or not adjacent(best.text, spans):
            return None
        return gap_at(best.text, spans[0][0], spans[-1][1], alone[0].text)

    def _no_worse(self, found: Translation, best: Translation) -> bool:
        """Does the check find nothing that it did not find in `best`?"""
        new, old = self.check(found), self.check(best)
        known = {finding.code for finding in old.findings}
        serious = {finding.code for finding in new.findings if finding.level is not Level.GREEN}
        return _RANK[new.level] <= _RANK[old.level] and serious <= known
