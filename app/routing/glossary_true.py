"""Machine translation that uses the glossary's words: another hypothesis, or the right word put in.

First the translator's other hypotheses are ranked by the terms they render. If none renders all, the word
that stands for a term is looked for: one that the glossary says to avoid, or what the translator makes of the
term alone. The right word is put in its place, once with the rest kept and once with the rest translated anew
from there. A change is taken only if the check finds nothing it did not find before and the model still
believes in what stands around the new word. Otherwise the translation stays; the guard then names the term.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.content.glossaries import Glossary
from app.content.glossary_types import Concept
from app.content.inflection import inflection, related
from app.core.protocols import GuidedTranslator, Spliced
from app.core.types import Hypothesis, Level, Translation, Verdict

RERANK_LOSS = 0.5
"""Mean log-probability per token that a hypothesis with the right terms may lie below the best one."""
SPLICE_LOSS = 0.7
"""The same for the tokens around a word that was put in; on the demo pack's translators every sound splice
stays under it, see benchmarks/glossary.py."""
FORMS = 3
"""Accepted forms of a term that are tried."""
_RANK = {Level.GREEN: 0, Level.AMBER: 1, Level.RED: 2}

Check = Callable[[Translation], Verdict]


@dataclass(frozen=True, slots=True)
class GlossaryTrue:
    """Glossary and check; the translator comes with each call. Pure but for the translator."""

    glossary: Glossary
    check: Check

    def terms(self, text: str, source: str, target: str) -> tuple[Concept, ...]:
        """Concepts of a text that have a word in the target language, in the order of the text."""
        hits = self.glossary.terms_in(text, source)
        found = {hit.concept.id: hit.concept for hit in hits if not hit.part}
        return tuple(c for c in found.values() if self.glossary.forms(c, target))

    def wrong(self, concepts: Sequence[Concept], text: str, target: str) -> tuple[Concept, ...]:
        """Those that a translation does not render, or renders by a word to avoid."""
        return tuple(
            concept
            for concept in concepts
            if not self.glossary.rendered(concept, text, target)
            or self.glossary.avoided_in(concept, text, target)
        )

    def improve(self, translator: object, best: Translation) -> Translation:
        """The translation, or one with more of the glossary's terms; `terms` names those of the source."""
        source, target = best.source_language, best.target_language
        concepts = self.terms(best.source, source, target)
        best = replace(best, terms=tuple(concept.id for concept in concepts))
        if self.wrong(concepts, best.text, target) and isinstance(translator, GuidedTranslator):
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
        span = self._wrong_word(best, concept, translator)
        if span is None:
            return best
        source, target = best.source_language, best.target_language
        before, old, after = best.text[: span[0]], best.text[slice(*span)], best.text[span[1] :]
        forms = [_cased_as(old, form) for form in self.glossary.forms(concept, target)[:FORMS]]
        pieces = [Spliced(before, form, after) for form in forms]
        begun = [before + form for form in forms]
        for form, text in zip(forms, translator.continued(best.source, source, target, begun), strict=False):
            if text.startswith(before + form):
                pieces.append(Spliced(before, form, text[len(before) + len(form) :]))
        original = Spliced(before, old, after)
        rated = translator.rated(best.source, source, target, [original, *pieces])
        if not rated:
            return best
        floor = rated[0] - SPLICE_LOSS
        for score, piece in sorted(zip(rated[1:], pieces, strict=True), key=lambda row: -row[0]):
            found = replace(best, text=piece.text)
            if score < floor:
                break
            if not self.wrong([concept], piece.text, target) and self._no_worse(found, best):
                return found
        return best

    def _wrong_word(
        self, best: Translation, concept: Concept, translator: GuidedTranslator
    ) -> tuple[int, int] | None:
        """Where the wrong word for a concept stands; None if nothing tells."""
        target = best.target_language
        for avoid, start, end in self.glossary.avoided_in(concept, best.text, target):
            # What is written onto the front of a word stays: Arabic «بالسل».
            return start + max(0, best.text[start:end].find(avoid.term)), end
        hits = self.glossary.terms_in(best.source, best.source_language)
        said = next((hit.text for hit in hits if hit.concept.id == concept.id), "")
        alone = translator.translate(said, best.source_language, target) if said else ()
        spans = list(_same_words(alone[0].text, best.text, target)) if alone else []
        return (spans[0][0], spans[-1][1]) if spans and _adjacent(best.text, spans) else None

    def _no_worse(self, found: Translation, best: Translation) -> bool:
        """Does the check find nothing that it did not find in `best`?"""
        new, old = self.check(found), self.check(best)
        known = {finding.code for finding in old.findings}
        serious = {finding.code for finding in new.findings if finding.level is not Level.GREEN}
        return _RANK[new.level] <= _RANK[old.level] and serious <= known


def _cased_as(old: str, new: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _same_words(alone: str, text: str, language: str) -> Iterator[tuple[int, int]]:
    """Spans of the words of `text` that are forms of the words of `alone`, each at most once."""
    wanted = [word.word for word in inflection(language).words(alone)]
    for word in inflection(language).words(text):
        partner = next((other for other in wanted if related(word.word, other)), None)
        if partner is not None:
            wanted.remove(partner)
            yield word.start, word.end


def _adjacent(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Is there nothing but spaces between the words?"""
    return all(not text[end:start].strip() for (_, end), (start, _) in pairwise(spans))
