"""Reads a sentence of a language by word lists alone; without lists only the same words are the same."""

from collections.abc import Iterable, Sequence

from app.content.tokens import Token, fold, tokenise
from app.content.values import Value, find_values
from app.routing.lexicon import Lexicon, lexicon, rewrite
from app.routing.reading import Amount, Kind, Reading

_BARE = Lexicon("")
_NUMBER_OR_WORD = {
    "ru": frozenset({"один", "одна"}),
    "uk": frozenset({"один", "одна"}),
    "fa": frozenset({"نه"}),
    "prs": frozenset({"نه"}),
}
"""Words that count only what follows: alone they say „by myself“ (ru, uk) or „no“ (fa, prs)."""


class OtherReader:
    """Reads sentences of one language other than German."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._lexicon = lexicon(language) or _BARE
        self._common = frozenset(self._lexicon.cues) | self._lexicon.fillers | self._lexicon.ignored
        self._known: set[str] = set(self._common)

    def learn(self, stems: Iterable[str]) -> None:
        self._known |= set(stems)

    def common(self, word: str) -> bool:
        """Is it a function word, so that it is no name?"""
        return fold(word, self.language) in self._common

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self._known)

    def read(self, text: str) -> tuple[Reading, ...]:
        tokens = tokenise(text, self.language)
        if all(token.mark for token in tokens):
            return ()
        values = find_values(tokens, self.language)
        starts = {
            value.start: number
            for number, value in enumerate(values)
            if not value.article and not self._counts_nothing(tokens, value)
        }
        words: list[str] = []
        position = 0
        while position < len(tokens):
            if position in starts:
                words.append(f"#{starts[position]}")
                position = values[starts[position]].end
            else:
                words += [] if tokens[position].mark else [tokens[position].word]
                position += 1
        surface = " ".join(token.word for token in tokens if not token.mark)
        return (self._reading(rewrite(words, self._lexicon), values, surface, tokens[-1].question),)

    def _counts_nothing(self, tokens: Sequence[Token], value: Value) -> bool:
        last = value.end == len(tokens) or tokens[value.end].mark
        return last and tokens[value.start].word in _NUMBER_OR_WORD.get(self.language, ())

    def _reading(self, words: list[str], values: Sequence[Value], surface: str, question: bool) -> Reading:
        kept = [word for word in words if word not in self._lexicon.fillers] or words
        content: list[str] = []
        said: dict[str, str] = {}
        cues: dict[str, tuple[str, ...]] = {}
        numbers: list[tuple[Value, int]] = []
        for word in kept:
            cue = self._lexicon.cues.get(word)
            if word.startswith("#"):
                numbers.append((values[int(word[1:])], len(content)))
            elif cue is not None:
                cues[cue[0]] = (*cues.get(cue[0], ()), cue[1])
            elif word not in self._lexicon.ignored:
                stem = self._stem(word)
                content.append(stem)
                said[stem] = word
        amounts = tuple(
            Amount(value.kind, value.value, content[place] if place < len(content) else "", value.article)
            for value, place in numbers
        )
        kinds = frozenset({Kind.QUESTION}) if question else frozenset(Kind)
        return Reading(tuple(content), cues, amounts, kinds, surface=surface, words=said)

    def _stem(self, word: str) -> str:
        """Arabic words are compared without their article and in one spelling of the feminine ending."""
        if self.language in ("ar", "fa", "prs", "ckb", "ur", "ps"):
            bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
            return f"{bare[:-1]}ه" if bare.endswith("ة") else bare
        return word
