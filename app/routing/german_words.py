"""German word forms: stems, irregular verbs, separable verbs, participles."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from app.routing.lexicon import Lexicon, lexicon

_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_NOUN_ENDINGS = ("ern", "en", "er", "em", "es", "e", "n", "s")
_VERB_ENDINGS = ("test", "tet", "ten", "est", "end", "te", "et", "st", "en", "t", "e", "n", "")
_IRREGULAR_ENDINGS = ("en", "e", "")
_FIXED_PREFIXES = ("be", "ver", "er", "ent", "zer", "miss", "ge")
_ALIKE = {
    "herunter": "runter",
    "hinunter": "runter",
    "herein": "rein",
    "hinein": "rein",
    "heraus": "raus",
    "hinaus": "raus",
    "hinauf": "hoch",
    "herauf": "hoch",
}
_PREPOSITIONS = frozenset(
    {"ab", "an", "auf", "aus", "bei", "ein", "mit", "nach", "vor", "zu", "um", "hin", "her", "statt"}
)
_SHORTEST = 3
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A finite or non-finite form found in the table of irregular verbs."""

    stem: str
    past: bool


class GermanWords:
    """Analyses single words; built once from the lexicon."""

    def __init__(self, words: Lexicon) -> None:
        # Every word of a phrasebook is asked for many times.
        remember = lru_cache(maxsize=_REMEMBERED)
        self.verb: Callable[[str], str | None] = remember(self._verb)
        self.split: Callable[[str], tuple[str, str]] = remember(self._split)
        self.stem: Callable[[str], str] = remember(self._stem)
        rest = words.rest
        self.particles = frozenset(rest["particles"].split())
        self._inseparable = tuple(rest["inseparable"].split())
        self._nouns_on_ung = tuple(rest["nouns_on_ung"].split())
        self.irregular: dict[str, VerbForm] = {}
        self._irregular_stems: set[str] = set()
        for infinitive, forms in rest["irregular"].items():
            self._add_irregular(infinitive, forms.split())
        self._regular_stems = {_infinitive_stem(verb) for verb in rest["verbs"]["regular"].split()}

    def _add_irregular(self, infinitive: str, forms: list[str]) -> None:
        stem = _infinitive_stem(infinitive)
        self._irregular_stems.add(stem)
        self.irregular[infinitive] = VerbForm(stem, past=False)
        for form in forms:
            self.irregular[form.lstrip("+")] = VerbForm(stem, past=form.startswith("+"))

    def _verb(self, word: str) -> str | None:
        """The verb stem if the word is a form of a known verb (without particle)."""
        if word in self.irregular:
            return self.irregular[word].stem
        plain = word.translate(_FOLD)
        for stems, endings in (
            (self._regular_stems, _VERB_ENDINGS),
            (self._irregular_stems, _IRREGULAR_ENDINGS),
        ):
            for ending in endings:
                if plain.endswith(ending) and plain[: len(plain) - len(ending)] in stems:
                    return plain[: len(plain) - len(ending)]
        if plain.startswith("ge") and plain.endswith("t"):
            middle = plain[2:-1]
            return next(
                (stem for stem in (middle, middle.removesuffix("e")) if stem in self._regular_stems), None
            )
        return None

    def preterite(self, word: str) -> bool:
        """Is the word a past form of a regular verb („dauerte“, „hustete“)?"""
        plain = word.translate(_FOLD)
        return any(
            plain.endswith(ending) and plain[: len(plain) - len(ending)] in self._regular_stems
            for ending in ("ete", "eten", "te", "ten")
        )

    def participle(self, word: str) -> bool:
        """Is the word a past participle („gehustet“, „abgenommen“, „operiert“, „besucht“)?"""
        _, rest = self.split(word)
        form = self.irregular.get(rest)
        if form is not None:
            return form.past and (
                rest.startswith("ge") or (rest.endswith(("en", "t")) and rest.startswith(_FIXED_PREFIXES))
            )
        plain = rest.translate(_FOLD)
        if plain.startswith("ge") and plain.endswith("t") and self.verb(rest):
            return True
        return (
            plain.endswith("t") and plain.startswith(("be", "ver", "er", "ent", "zer")) and len(plain) > 5
        ) or plain.endswith("iert")

    def _split(self, word: str) -> tuple[str, str]:
        """(particle, verb form) of a separable verb in one word, `zu` taken out; ("", word) otherwise."""
        if not word.startswith(self._inseparable):
            for length in range(min(8, len(word) - 2), 1, -1):
                particle, rest = word[:length], word[length:]
                if particle in self.particles:
                    bare = rest.removeprefix("zu") if rest.startswith("zu") and self.verb(rest[2:]) else rest
                    if self.verb(bare) is not None and len(bare) >= _SHORTEST:
                        return _ALIKE.get(particle, particle), bare
        return "", word

    def particle(self, word: str, last: bool) -> str | None:
        """The particle that a word is by itself; prepositions only count at the end of their clause."""
        if word not in self.particles or (word in _PREPOSITIONS and not last):
            return None
        return _ALIKE.get(word, word)

    def _stem(self, word: str) -> str:
        """One stem for the forms of a word; different words may rarely share one."""
        verb = self.verb(word)
        if verb is not None:
            return verb
        plain = word.translate(_FOLD)
        if not word.startswith(self._nouns_on_ung):
            for ending in ("ungen", "ung"):
                if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST:
                    return plain[: -len(ending)]
        for ending in _NOUN_ENDINGS:
            if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST:
                return plain[: -len(ending)]
        return plain


def _infinitive_stem(infinitive: str) -> str:
    plain = infinitive.translate(_FOLD)
    return plain[:-2] if plain.endswith("en") and len(plain) > 4 else plain.removesuffix("n")


@cache
def german_words() -> GermanWords:
    words = lexicon("de")
    assert words is not None
    return GermanWords(words)
