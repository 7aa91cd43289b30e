"""Topics that call for a human interpreter: found in free text by the cues of the stop-list.

The list is content (`glossaries/menschen`), in the order of urgency. It is blind to negation on purpose: „Ich
will nicht mehr leben“ and „Ich will nicht sterben“ both belong to a person.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from threading import Lock

from rapidfuzz.distance import DamerauLevenshtein

from app.content.glossary_types import Concept
from app.core.languages import STAFF_LANGUAGE
from app.core.types import Finding, Level, Origin, Translation
from app.guard.lexicon import GAP, Entry, Lexicon, entry
from app.guard.rules import rules, table
from app.guard.text import Token, tokens

CODE = "human-"
"""Findings of this room are named `human-<topic>`."""
LONGEST_TEXT = 5_000
"""Characters that are searched; more is never said in one turn."""
SHORTEST_MISSPELT = 9
"""Letters from which a word may differ from a cue by one: shorter ones are too often other words."""
SHORTEST_DIVIDED = 8
"""Letters of a cue that is also found when it was written as two words („Selbst Mord“)."""

_RELATED = {
    "fa": ("prs",),
    "prs": ("fa",),
    "hr": ("sr", "bs"),
    "sr": ("hr", "bs"),
    "bs": ("hr", "sr"),
    "uk": ("ru",),
}
"""Cues that also count: the same language under another label, and the second language of most speakers."""
_UMLAUTS = frozenset({"de", "tr"})
"""Languages in which dots make other words; in the rest diacritics are often not typed."""
_BARE = str.maketrans("ąćčďđęěğıłńňóőřśšťůúűýźżžäöü", "accddeegilnnoorsstuuuyzzzaou")
_SERBIAN = dict(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "d",
            "e",
            "z",
            "z",
            "i",
            "j",
            "k",
            "l",
            "lj",
            "m",
            "n",
            "nj",
            "o",
            "p",
            "r",
            "s",
            "t",
            "c",
            "u",
            "f",
            "h",
            "c",
            "c",
            "dz",
            "s",
        ],
        strict=True,
    )
)
_LATIN_SERBIAN = str.maketrans(_SERBIAN)


@dataclass(frozen=True, slots=True)
class HumanTopic:
    """A topic that was found, and by which words."""

    slug: str
    title: str
    """German."""
    reason: str
    """Why a person is needed; plain German for staff."""
    cue: str
    """As it stands in the text."""
    span: tuple[int, int]


class HumanTopics:
    """The stop-list, most urgent topic first; cues of a language are read when first needed. Thread-safe."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.concepts = {concept.id.split("/", 1)[1]: concept for concept in concepts}
        self._cues: dict[str, Cues] = {}
        self._lock = Lock()

    def cues(self, language: str) -> "Cues":
        with self._lock:
            if language not in self._cues:
                self._cues[language] = Cues(language, self._forms(language))
            return self._cues[language]

    def knows(self, language: str) -> bool:
        """True if there are cues in this language, so that silence means something."""
        return any(self._forms(language).values())

    def _forms(self, language: str) -> dict[str, list[str]]:
        return {
            slug: [form for code in (language, *_RELATED.get(language, ())) for form in _forms(concept, code)]
            for slug, concept in self.concepts.items()
        }


def _forms(concept: Concept, language: str) -> tuple[str, ...]:
    """The title of a topic is no cue: „Einwilligung liegt vor“ is what staff say every day."""
    if language == STAFF_LANGUAGE:
        return (*concept.synonyms, *concept.inflections)
    found = concept.translation(language)
    return found.variants if found else ()


class Cues:
    """The cues of one language; `*` at an end of a word stands for any letters, `…` for a few words."""

    def __init__(self, language: str, forms: dict[str, list[str]]) -> None:
        self._language = language
        entries = [self._entry(slug, form) for slug, cues in forms.items() for form in cues]
        options = table(language).get("options", {})
        clitics = (self._words(options.get(name, "")) for name in ("proclitics", "enclitics"))
        self._lexicon = Lexicon(entries, {}, *clitics)
        self._literals: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
        for part in {part for item in entries for part in item.parts if not part.startswith("*")}:
            word = part.removesuffix("*")
            if len(word) >= SHORTEST_MISSPELT:
                self._literals[word[0]].append((word, part.endswith("*")))
        single = {item.parts[0].strip("*") for item in entries if len(item.parts) == 1}
        self._single = tuple(sorted(word for word in single if len(word) >= SHORTEST_DIVIDED))

    def find(self, text: str) -> dict[str, tuple[int, int]]:
        """Span of the first cue of every topic that is touched."""
        cut = [token for token in self._cut(text[:LONGEST_TEXT]) if token.text]
        found: dict[str, tuple[int, int]] = {}
        for row in (cut, [replace(token, text=self._meant(token.text)) for token in cut]):
            for match in self._lexicon.find(row):
                span = (row[match.start].start, row[match.end - 1].end)
                found.setdefault(match.entry.kind, span)
        for token in self._divided(cut):
            for match in self._lexicon.find([token]):
                found.setdefault(match.entry.kind, (token.start, token.end))
        return found

    def _entry(self, slug: str, form: str) -> Entry:
        return entry(slug, slug, form.replace("…", GAP).replace(" ", "_"), self._words)

    def _words(self, text: str) -> list[str]:
        return [token.text for token in self._cut(text)]

    def _cut(self, text: str) -> list[Token]:
        known = rules(self._language)
        plain = self._language not in _UMLAUTS
        cut = known.tokens(text) if known else tokens(text, plain=plain)
        return [replace(token, text=self._bare(token.text)) for token in cut] if plain else cut

    def _bare(self, word: str) -> str:
        return word.translate(_LATIN_SERBIAN if self._language in ("sr", "bs") else {}).translate(_BARE)

    def _meant(self, word: str) -> str:
        """The cue that a word differs from by one letter, else the word."""
        if len(word) < SHORTEST_MISSPELT - 1:
            return word
        for cue, open_end in self._literals.get(word[0], ()):
            heads = {word[: len(cue) + more] for more in (-1, 0, 1)} if open_end else {word}
            if any(DamerauLevenshtein.distance(cue, head, score_cutoff=1) <= 1 for head in heads):
                return cue
        return word

    def _divided(self, cut: Sequence[Token]) -> Iterator[Token]:
        for first, second in pairwise(cut):
            joined = first.text + second.text
            if len(joined) >= SHORTEST_DIVIDED and joined.startswith(self._single):
                yield replace(first, text=joined, end=second.end)


def human_topic(text: str, language: str, topics: HumanTopics) -> HumanTopic | None:
    """The most urgent topic that a text touches; None if none does or the language has no cues."""
    found = topics.cues(language).find(text)
    slug = next((slug for slug in topics.concepts if slug in found), None)
    if slug is None:
        return None
    concept, span = topics.concepts[slug], found[slug]
    return HumanTopic(slug, concept.term, concept.definition, text[span[0] : span[1]], span)


def human_finding(translation: Translation, topics: HumanTopics) -> Finding | None:
    """Why a translation is a matter for a human interpreter; None if it is not.

    Red stops it: free text, and prepared phrases of risk red. A patient who says a prepared phrase on such a
    topic is understood, so that is only pointed out (amber). What staff pick or say in prepared words was
    decided when the phrase was written.
    """
    prepared = translation.origin in (Origin.APPROVED, Origin.DRAFT) and translation.risk != "red"
    if prepared and translation.source_language == STAFF_LANGUAGE:
        return None
    found = human_topic(translation.source, translation.source_language, topics)
    if found is None:
        return None
    level = Level.AMBER if prepared else Level.RED
    message = f"{found.title}: {found.reason}"
    return Finding(CODE + found.slug, message, level, source_span=found.span)


def topic_of(findings: Sequence[Finding]) -> str | None:
    """Slug of the topic among findings; None without one."""
    codes = (finding.code for finding in findings)
    return next((code.removeprefix(CODE) for code in codes if code.startswith(CODE)), None)


def stopped(translation: Translation) -> Translation:
    """The same sentence without its translation: blocked, near phrases still offered."""
    return replace(translation, text="", origin=Origin.BLOCKED, score=None, alternatives=())
