"""Reads a German sentence: content, cues, amounts and what the sentence does."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.content.tokens import Token, tokenise
from app.content.values import Value, find_values
from app.content.words import ARTICLES
from app.routing.clause import COMMA, Clause, ClauseReader
from app.routing.german_spelling import ALIKE, whole_numbers
from app.routing.german_words import german_words
from app.routing.lexicon import lexicon, rewrite, synonym_groups
from app.routing.mishearing import sound
from app.routing.persons import add_persons
from app.routing.reading import Amount, Reading

_HESITATIONS = frozenset({"äh", "ähm", "öh", "hm", "hmm", "ähh", "öhm"})
_REPLIES = {"ja": "jareply", "jawohl": "jareply", "nein": "neinreply"}
_RATE = frozenset({"täglich", "tag", "am", "pro", "wöchentlich", "in", "jeden", "die", "im", "monatlich"})
_LONG = 7
_SPELT = 3
"""Shorter stems are not taken for others that sound the same."""
_LINKS = ("", "s", "n", "en", "es", "er")


@dataclass(slots=True)
class _Draft:
    """A reading being put together."""

    content: list[str] = field(default_factory=list)
    light: list[str] = field(default_factory=list)
    cues: dict[str, list[str]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    amounts: list[tuple[Value, int]] = field(default_factory=list)
    """A value and the number of content words before it."""
    words: dict[str, str] = field(default_factory=dict)

    def cue(self, name: str, value: str) -> None:
        self.cues.setdefault(name, []).append(value)
        if name not in ("owner", "person", "modality"):
            self.order.append(value)

    def add(self, stem: str, word: str) -> None:
        self.content.append(stem)
        self.words.setdefault(stem, word)


class GermanReader:
    """Reads sentences, and phrase patterns whose slots were replaced by sentinel values."""

    def __init__(self) -> None:
        words = lexicon("de")
        assert words is not None
        self._lexicon, self._forms = words, german_words()
        self._clauses = ClauseReader(words, self._forms)
        self._light = {self._forms.stem(word) for word in words.light} | set(words.light)
        self._single: dict[str, str] = {}
        self._joint: list[tuple[Counter[str], str]] = []
        self._joint_with: dict[str, list[int]] = {}
        """Places in `_joint` of the groups that need a stem."""
        self._static: set[str] = set()
        self._sounds: dict[str, str | None] = {}
        """Sound → the stem that sounds so; None if there are several."""
        self._learned: set[str] = set()
        self._add_synonyms(synonym_groups("de"))
        for stem in self._static:
            heard = sound(stem, "de")
            self._sounds[heard] = None if heard in self._sounds else stem

    def learn(self, stems: Iterable[str]) -> None:
        """Stems of the phrasebook: long words may be taken apart into them, split ones put together."""
        self._learned |= {stem for stem in stems if len(stem) >= 3 and not stem.startswith("=")}

    def common(self, word: str) -> bool:
        """Is it a function word or a word with a meaning here, so that it is no name?"""
        word = word.lower()
        lists = self._lexicon
        if word in lists.cues or word in lists.ignored or word in lists.fillers or word in ("sie", "ihnen"):
            return True
        return self._forms.stem(word) in self._static

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self._static | self._learned)

    def read(self, text: str) -> tuple[Reading, ...]:
        """All readings of a sentence; two where a request could be a question or an instruction."""
        tokens = [token for token in tokenise(whole_numbers(text), "de") if token.word not in _HESITATIONS]
        if all(token.mark for token in tokens):
            return ()
        values = find_values(tokens, "de")
        words = self._joined(rewrite(_with_values(tokens, values), self._lexicon))
        surface = " ".join(token.word for token in tokens if not token.mark)
        return tuple(
            self._reading(clause, values, surface, tokens[-1].mark)
            for clause in self._clauses.read(words, _ending(tokens))
        )

    def _reading(self, clause: Clause, values: Sequence[Value], surface: str, marked: bool) -> Reading:
        draft = _Draft()
        self._collect(clause.words, values, draft)
        add_persons(clause, draft.cues)
        if clause.tense:
            draft.cues["tense"] = [clause.tense]
        if clause.modality is not None:
            draft.cues["modality"] = [clause.modality]
        if clause.reply is not None:
            draft.cues["reply"] = [clause.reply]
        amounts = self._amounts(draft)
        return Reading(
            content=self._grouped(draft),
            cues={name: tuple(values) for name, values in draft.cues.items()},
            amounts=amounts,
            kinds=frozenset({clause.kind}),
            light=tuple(draft.light),
            order=tuple(draft.order),
            surface=surface,
            words=draft.words,
            marked=marked,
        )

    def _collect(self, words: Sequence[str], values: Sequence[Value], draft: _Draft) -> None:
        for place, word in enumerate(words):
            following = words[place + 1] if place + 1 < len(words) else COMMA
            if word.startswith("#"):
                draft.amounts.append((values[int(word[1:])], len(draft.content)))
                draft.order.append("#")
            elif word in ARTICLES["de"]:
                draft.amounts.append((_ONE, len(draft.content)))
            elif word != COMMA:
                self._collect_word(word, following, draft)

    def _collect_word(self, word: str, following: str, draft: _Draft) -> None:
        last = following in (COMMA, "und", "oder") or (
            word not in ("zu", "um") and self._infinitive(following)
        )
        particle = self._forms.particle(word, last)
        cue = self._lexicon.cues.get(word)
        if particle is not None and particle != "wieder":
            draft.add(f"{particle}+", word)
        elif cue is not None:
            draft.cue(*cue)
        elif word not in self._lexicon.ignored and word not in ("sie", "ihnen"):
            self._collect_content(word, draft)

    def _collect_content(self, word: str, draft: _Draft) -> None:
        if word in self._lexicon.light:
            draft.light.append(self._forms.stem(word))
            return
        particle, rest = self._forms.split(word)
        if particle == "wieder":
            draft.cue("quantity", "again")
        elif particle:
            draft.add(f"{particle}+", word)
        stem = self._heard(self._forms.stem(rest))
        if stem in self._light:
            draft.light.append(stem)
            return
        for part in self._parts(stem, rest):
            draft.add(part, rest)

    def _heard(self, stem: str) -> str:
        """The stem with synonyms that sounds the same, if this one is unknown („Fiber“, „Fieber“)."""
        if stem in self._static or stem in self._learned or len(stem) < _SPELT:
            return stem
        return self._sounds.get(sound(stem, "de")) or stem

    def _infinitive(self, word: str) -> bool:
        return word.endswith("n") and self._forms.verb(word) is not None and word not in self._lexicon.cues

    def _parts(self, stem: str, word: str) -> list[str]:
        """The stem, or the known stems that a compound is made of."""
        if stem in self._static or stem in self._learned or len(stem) < _LONG:
            return [stem]
        for vocabulary in (self._static, self._static | self._learned):
            for cut in range(3, len(stem) - 2):
                left, right = stem[:cut], self._forms.stem(stem[cut:])
                if right in vocabulary and any(
                    left.endswith(link) and self._forms.stem(left.removesuffix(link)) in vocabulary
                    for link in _LINKS
                ):
                    base = next(
                        self._forms.stem(left.removesuffix(link))
                        for link in _LINKS
                        if left.endswith(link) and self._forms.stem(left.removesuffix(link)) in vocabulary
                    )
                    return [base, right]
        return [stem]

    def _joined(self, words: list[str]) -> list[str]:
        """Put compounds together that were heard as two words."""
        found: list[str] = []
        for word in words:
            if found and len(found[-1]) > 2 and len(word) > 2 and word.isalpha() and found[-1].isalpha():
                both = found[-1] + word
                stem = self._forms.stem(both)
                if stem in self._static or stem in self._learned:
                    found[-1] = both
                    continue
            found.append(word)
        return found

    def _amounts(self, draft: _Draft) -> tuple[Amount, ...]:
        found = []
        for value, before in draft.amounts:
            beside = draft.content[before] if before < len(draft.content) else ""
            found.append(Amount(value.kind, value.value, self._single.get(beside, beside), value.article))
        return tuple(found)

    def _grouped(self, draft: _Draft) -> tuple[str, ...]:
        content = [self._single.get(stem, stem) for stem in draft.content]
        for stem in draft.content:
            draft.words.setdefault(self._single.get(stem, stem), draft.words[stem])
        counts = Counter(content)
        waiting = sorted({place for stem in counts for place in self._joint_with.get(stem, ())})
        while waiting:
            place = waiting.pop(0)
            needed, group = self._joint[place]
            if needed <= counts:
                counts -= needed
                content = _replace(content, needed, group)
                counts[group] += 1
                again = [place] if group not in needed else []
                later = [other for other in self._joint_with.get(group, ()) if other > place]
                waiting = sorted({*again, *later, *waiting})
        return tuple(content)

    def _add_synonyms(self, groups: Sequence[Sequence[str]]) -> None:
        read = [[self._stems(alternative) for alternative in group] for group in groups]
        for group, name in zip(read, groups, strict=True):
            for stems in group:
                if len(stems) == 1:
                    self._single.setdefault(stems[0], f"={name[0]}")
        for group, name in zip(read, groups, strict=True):
            for stems in group:
                if len(stems) > 1:
                    self._joint.append(
                        (Counter(self._single.get(stem, stem) for stem in stems), f"={name[0]}")
                    )
        self._joint.sort(key=lambda row: -row[0].total())
        for place, (needed, _) in enumerate(self._joint):
            for stem in needed:
                self._joint_with.setdefault(stem, []).append(place)

    def _stems(self, alternative: str) -> list[str]:
        draft = _Draft()
        self._collect(rewrite(alternative.split(), self._lexicon), [], draft)
        self._static |= set(draft.content)
        return draft.content


_ONE = next(value for value in find_values(tokenise("eine", "de"), "de"))


def _with_values(tokens: Sequence[Token], values: Sequence[Value]) -> list[str]:
    """Folded words; a value becomes `#` and its number in the list, „dreimal“ becomes `#0 mal`."""
    starts = {value.start: number for number, value in enumerate(values)}
    found: list[str] = []
    position = 0
    while position < len(tokens):
        token, number = tokens[position], starts.get(position)
        if number is None or values[number].article or _once(tokens, position):
            word = ALIKE.get(token.word, token.word)
            found += [_REPLIES.get(word, word) if not found else word] if not token.mark else [COMMA]
            position += 1
        else:
            found += [f"#{number}", "mal"] if token.word.endswith("mal") else [f"#{number}"]
            position = values[number].end
    return [word for place, word in enumerate(found) if word != COMMA or 0 < place < len(found) - 1]


def _once(tokens: Sequence[Token], position: int) -> bool:
    """„schon einmal“ is no number, „einmal täglich“ is."""
    if tokens[position].word != "einmal":
        return False
    return position + 1 >= len(tokens) or tokens[position + 1].word not in _RATE


def _ending(tokens: Sequence[Token]) -> str:
    if not tokens[-1].mark:
        return ""
    return "?" if tokens[-1].question else "!"


def _replace(content: list[str], needed: Counter[str], group: str) -> list[str]:
    left, found = Counter(needed), []
    for stem in content:
        if left[stem] > 0:
            left[stem] -= 1
            if left.total() == needed.total() - 1:
                found.append(group)
        else:
            found.append(stem)
    return found
