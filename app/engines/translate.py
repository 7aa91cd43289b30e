"""Machine translation with CTranslate2 and SentencePiece: one pair or many languages.

Language tokens come from the catalog row: OPUS-MT wants `>>tur<<` before the source, M2M100 and NLLB a forced
first target token. Scores are mean log-probabilities per generated target token; CTranslate2 also divides by
the forced tokens, which cost nothing, so that is undone here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from app.core.errors import EngineError
from app.core.protocols import Spliced
from app.core.sentences import fit, sentences
from app.core.types import Hypothesis
from app.engines.catalog import TranslateRow
from app.engines.machine import compute_type
from app.engines.model_files import first_line, not_loadable, require
from app.engines.threads import engine_threads, hush_ctranslate2

MOST_CHARACTERS = 20_000
"""Longer texts are refused: the desk translates what is said, not documents."""
HYPOTHESES = 3
CANDIDATES = 8
"""Hypotheses, and width of the search, when a better wording is looked for."""
_BATCH = 8
_GROWTH, _ROOM = 3, 24
"""A target sentence has at most three tokens per source token, and a few more: a loop ends there."""


class CTranslator:
    """One CTranslate2 model folder. Raises EngineError if it cannot be loaded."""

    def __init__(self, row: TranslateRow) -> None:
        self._row = row
        require(row.path, ("model.bin", "config.json", row.source_pieces, row.target_pieces), row.name)
        try:
            import ctranslate2
            import sentencepiece

            hush_ctranslate2()
            self._source_pieces = sentencepiece.SentencePieceProcessor(
                model_file=str(row.path / row.source_pieces)
            )
            self._target_pieces = sentencepiece.SentencePieceProcessor(
                model_file=str(row.path / row.target_pieces)
            )
            self._model = ctranslate2.Translator(
                str(row.path),
                device="cpu",
                compute_type=compute_type(row.compute_type),
                inter_threads=1,
                intra_threads=engine_threads(),
            )
        except Exception as error:
            raise not_loadable(row.name, row.path, error) from error

    def translate(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        """Up to three hypotheses, best first; several sentences are translated one by one and joined.

        Empty if one of them comes out without words, or scores below what was measured for sentences that the
        model knows. What holds no letter (emoji, digits, signs) is the same in every language and is handed
        through. Raises EngineError for text that is empty, too long or that the model fails on.
        """
        if not self._row.serves(source, target):
            raise EngineError(
                f"Das Modell „{self._row.name}“ übersetzt nicht von {source} nach {target}",
                "Katalogeintrag prüfen: models/catalog.toml",
            )
        pieces = [part for sentence in sentences(_checked(text)) for part in fit(sentence, self._fits)]
        wordy = [piece for piece in pieces if _has_letters(piece)]
        results = iter(self._run(wordy, source, target) if wordy else [])
        columns = [next(results) if _has_letters(p) else (Hypothesis(p, 0.0),) for p in pieces]
        threshold = self._row.threshold(source, target)
        known = all(_understood(p, column[0], threshold) for p, column in zip(pieces, columns, strict=True))
        return _joined(columns) if known else ()

    def _fits(self, sentence: str) -> bool:
        return len(self._source_pieces.encode(sentence)) <= self._row.max_input_tokens

    def candidates(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        """As GuidedTranslator; none for a model that is run without a beam because a beam makes it worse."""
        if self._row.beam < 2 or not self._whole(text):
            return ()
        found = self._run([text], source, target, beam=max(CANDIDATES, self._row.beam), count=CANDIDATES)[0]
        return tuple(hypothesis for hypothesis in found if _has_letters(hypothesis.text))

    def continued(self, text: str, source: str, target: str, beginnings: Sequence[str]) -> tuple[str, ...]:
        if not beginnings or not self._whole(text):
            return ()
        begun = [self._target_pieces.encode(beginning.rstrip(), out_type=str) for beginning in beginnings]
        return tuple(found[0].text for found in self._run([text] * len(begun), source, target, begun=begun))

    def rated(self, text: str, source: str, target: str, pieces: Sequence[Spliced]) -> tuple[float, ...]:
        if not pieces or not self._whole(text):
            return ()
        before, after, forced = self._frame(source, target)
        sentence = before + self._source_pieces.encode(text, out_type=str) + after
        written = [self._target_pieces.encode(piece.text, out_type=str) for piece in pieces]
        with self._failing():
            results = self._model.score_batch(
                [sentence] * len(pieces), [forced + tokens for tokens in written], max_batch_size=_BATCH
            )
        rows = zip(pieces, written, (result.log_probs[len(forced) :] for result in results), strict=True)
        return tuple(_around(piece, tokens, logs) for piece, tokens, logs in rows)

    def _whole(self, text: str) -> bool:
        """Is the text one sentence to the model?"""
        return len(list(sentences(_checked(text)))) == 1 and self._fits(text)

    def _frame(self, source: str, target: str) -> tuple[list[str], list[str], list[str]]:
        """Tokens before and after the source, and those that the target is forced to begin with."""
        row = self._row
        names = {"source": row.codes.get(source, source), "target": row.codes.get(target, target)}
        before, after, forced = (
            [token.format(**names) for token in tokens]
            for tokens in (row.source_prefix, row.source_suffix, row.target_prefix)
        )
        return before, after, forced

    def _run(
        self,
        texts: list[str],
        source: str,
        target: str,
        *,
        beam: int = 0,
        count: int = HYPOTHESES,
        begun: Sequence[list[str]] = (),
    ) -> list[tuple[Hypothesis, ...]]:
        """Hypotheses per text; `begun` gives the tokens that each translation begins with."""
        before, after, forced = self._frame(source, target)
        batch = [before + self._source_pieces.encode(text, out_type=str) + after for text in texts]
        prefixes = [forced + tokens for tokens in begun] if begun else [forced] * len(batch)
        beam = beam or self._row.beam
        with self._failing():
            results = self._model.translate_batch(
                batch,
                target_prefix=prefixes if forced or begun else None,
                max_batch_size=_BATCH,
                beam_size=beam,
                num_hypotheses=min(count, beam),
                return_scores=True,
                max_decoding_length=max(map(len, batch)) * _GROWTH + _ROOM,
            )
        return [self._hypotheses(result, len(forced)) for result in results]

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            raise EngineError(
                f"Das Übersetzungsmodell „{self._row.name}“ ist gescheitert: {first_line(error)}",
                "Den Satz anders sagen oder eine Phrase wählen",
            ) from error

    def _hypotheses(self, result: Any, forced: int) -> tuple[Hypothesis, ...]:
        found = [
            Hypothesis(
                self._target_pieces.decode(tokens[forced:]).strip(),
                min(0.0, float(score)) * (len(tokens) + 1) / max(1, len(tokens) + 1 - forced),
            )
            for tokens, score in zip(result.hypotheses, result.scores, strict=True)
        ]
        return tuple(sorted(found, key=lambda hypothesis: -hypothesis.score))


def _around(piece: Spliced, tokens: Sequence[str], logs: Sequence[float]) -> float:
    """Mean of the log-probabilities outside the part: one per token, and one for the end of the sentence."""
    start, end = len(piece.before.rstrip()), len(piece.before) + len(piece.part)
    around, position = [logs[-1]], -1
    for token, log in zip(tokens, logs, strict=False):
        # A token carries the space before it; the first one's stands outside the text.
        inside = position < end and position + len(token) > start
        position += len(token)
        if not inside:
            around.append(log)
    return float(sum(around) / len(around))


def _understood(source: str, best: Hypothesis, threshold: float) -> bool:
    """False below the threshold, and if words came out as none ("…" is how small models say that)."""
    return best.score >= threshold and (_has_letters(best.text) or not _has_letters(source))


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _checked(text: str) -> str:
    if not text.strip():
        raise EngineError("Kein Text zum Übersetzen", "Text eingeben oder sprechen")
    if len(text) > MOST_CHARACTERS:
        raise EngineError(
            f"Der Text hat {len(text)} Zeichen; übersetzt werden höchstens {MOST_CHARACTERS}",
            "In Teilen eingeben",
        )
    # A NUL ends the string inside the C++ libraries.
    return text.replace("\0", " ")


def _joined(columns: Sequence[tuple[Hypothesis, ...]]) -> tuple[Hypothesis, ...]:
    """The k-th hypotheses of all sentences in one text; a sentence that has fewer repeats its last."""
    count = max(len(column) for column in columns)
    joined: dict[str, Hypothesis] = {}
    for k in range(count):
        parts = [column[min(k, len(column) - 1)] for column in columns]
        text = " ".join(part.text for part in parts)
        joined.setdefault(text, Hypothesis(text, _mean_score(parts)))
    return tuple(joined.values())


def _mean_score(parts: list[Hypothesis]) -> float:
    """Mean of the sentences' scores, each weighted by its length (characters stand for tokens)."""
    weights = [len(part.text) + 1 for part in parts]
    return sum(part.score * weight for part, weight in zip(parts, weights, strict=True)) / sum(weights)
