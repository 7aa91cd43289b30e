"""What a German sentence does: question, instruction or statement, who is addressed, and in which tense."""

from dataclasses import dataclass

from app.routing.german_words import GermanWords
from app.routing.lexicon import Lexicon, rewrite
from app.routing.reading import Kind

COMMA = ","
_YOU = frozenset({"sie", "ihnen"})
_ASKED = "asked"
_POLITE_ASKING = frozenset({"würden", "könnten", "können", "wären"})
_AUXILIARIES = frozenset({"hab", "sei", "werd"})
_SINGULAR = frozenset(
    {"ist", "hat", "wird", "muss", "darf", "kann", "soll", "will", "war", "hatte", "wurde", "tut"}
)
_PAST_MODALS = frozenset(
    {"konnte", "konnten", "musste", "mussten", "durfte", "durften", "wollte", "wollten", "mochte", "mochten"}
)

_WISHES = {"würde": "möchte", "würden": "möchten", "hätte": "möchte", "hätten": "möchten"}


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that remain when the frame of a sentence is understood."""

    words: tuple[str, ...]
    kind: Kind
    modality: str | None = None
    """Obligation that the form implies: an imperative obliges, a negated one forbids."""
    addressed: bool = False
    """True if „Sie“ is meant without being said."""
    tense: str = ""
    reply: str | None = None


class ClauseReader:
    """Finds the clauses that a list of folded words can stand for."""

    def __init__(self, lexicon: Lexicon, forms: GermanWords) -> None:
        self._lexicon, self._forms = lexicon, forms
        self._modals = {word for word, cue in lexicon.cues.items() if cue[0] == "modality"}

    def read(self, words: list[str], ending: str) -> list[Clause]:
        """`ending` is `?`, `!` or empty; a full stop counts as `!` only after a request."""
        reply = words[0] if words[0] in ("jareply", "neinreply") else None
        polite = "bitte" in words
        words = rewrite(self._without_fillers(_wishing(words[1:] if reply else words)), self._lexicon)
        frame, words = self._without_preface(self._needless(_since_when(words)), polite)
        kinds = [frame] if frame else self._kinds(words, ending, polite)
        if reply and ending != "?" and frame is None:
            kinds = [Kind.STATEMENT]
        return [self._clause(words, kind, reply, polite) for kind in kinds]

    def _clause(self, words: list[str], kind: Kind, reply: str | None, polite: bool) -> Clause:
        modality = None
        if kind is Kind.STATEMENT and polite and "sie" in words and not self._modals & set(words):
            kind = Kind.INSTRUCTION
        if kind is Kind.INSTRUCTION:
            modality = self._implied(words)
        elif kind is Kind.STATEMENT and _YOU & set(words) and self._obliges(words):
            kind = Kind.INSTRUCTION
        tense = "" if kind is Kind.INSTRUCTION else self._tense(words)
        return Clause(tuple(words), kind, modality, kind is Kind.INSTRUCTION, tense, reply)

    def _needless(self, words: list[str]) -> list[str]:
        """„Sie brauchen … nicht zu …“ says the same as „Sie müssen … nicht …“."""
        need = next((word for word in words if self._forms.verb(word) == "brauch"), None)
        negated = any(self._cue(word) == "negation" for word in words)
        task = [
            place for place, word in enumerate(words) if self._with_zu(word, words[place + 1 : place + 2])
        ]
        if need is None or not negated or not task:
            return words
        return ["müssen" if word == need else word for word in words if word != "zu"]

    def _with_zu(self, word: str, following: list[str]) -> bool:
        if word == "zu":
            return bool(following) and self._forms.verb(following[0]) is not None
        particle, rest = self._forms.split(word)
        return bool(particle) and word.startswith(particle + "zu") and not rest.startswith("zu")

    def _cue(self, word: str) -> str:
        return self._lexicon.cues.get(word, ("", ""))[0]

    def _without_fillers(self, words: list[str]) -> list[str]:
        kept = [
            word
            for place, word in enumerate(words)
            if word not in self._lexicon.fillers
            or (word == "mal" and place and words[place - 1].startswith("#"))
        ]
        return kept or words

    def _without_preface(self, words: list[str], polite: bool) -> tuple[Kind | None, list[str]]:
        bare = [word for word in words if word != COMMA]
        if polite and bare[:2] == ["können", "sie"] and len(bare) > 2:
            return Kind.INSTRUCTION, self._request(bare[2:])
        for kind, prefaces in self._lexicon.prefaces.items():
            for preface in prefaces:
                begins = len(bare) > len(preface) and preface[0] == bare[0]
                if begins and tuple(bare[: len(preface)]) == preface:
                    rest = bare[len(preface) :]
                    if kind == "request":
                        return Kind.INSTRUCTION, self._request(rest)
                    if kind == "doubt":
                        return Kind.QUESTION, ["vielleicht", *rest]
                    if self._asks(rest) or preface[-1] == "dass":
                        return Kind.QUESTION, [word for word in rest if word != "ob"]
        return None, words

    def _request(self, rest: list[str]) -> list[str]:
        """„den Arm frei zu machen“ → „den Arm frei machen“."""
        return [
            word
            for place, word in enumerate(rest)
            if word != "zu" or place + 1 == len(rest) or self._forms.verb(rest[place + 1]) is None
        ]

    def _asks(self, words: list[str]) -> bool:
        first = words[:2]
        return first[:1] == ["ob"] or any(self._cue(word) == _ASKED for word in first)

    def _kinds(self, words: list[str], ending: str, polite: bool) -> list[Kind]:
        bare = [word for word in words if word != COMMA]
        if not bare or self._asks(bare):
            return [Kind.QUESTION] if bare else [Kind.STATEMENT]
        if self._verb_first(bare):
            kinds = self._verb_first_kinds(bare, ending)
            asked = any(self._cue(word) == _ASKED for word in bare)
            return [Kind.INSTRUCTION] if polite and not asked and Kind.INSTRUCTION in kinds else kinds
        if ending == "?":
            return [Kind.QUESTION]
        if self._infinitive_command(bare) or self._informal_command(bare):
            return [Kind.INSTRUCTION]
        return [Kind.STATEMENT]

    def _verb_first(self, words: list[str]) -> bool:
        first, second = words[0], words[1] if len(words) > 1 else ""
        if first in self._modals:
            return True
        finite = self._forms.verb(first) is not None and not self._forms.participle(first)
        if second in ("sie", "ich", "wir", "er", "es", "du", "man", "ihnen", "ihr", "ihre", "mir", "uns"):
            return finite or first.endswith(("n", "t"))
        return first in _SINGULAR or (finite and first.endswith("t") and len(words) > 1)

    def _verb_first_kinds(self, words: list[str], ending: str) -> list[Kind]:
        first, second = words[0], words[1] if len(words) > 1 else ""
        addressed = second == "sie" and first.endswith("n") and first not in self._modals
        form = self._forms.irregular.get(first)
        if ending == "?" or not addressed or (form is not None and form.past):
            return [Kind.QUESTION]
        auxiliary = form is not None and form.stem in _AUXILIARIES
        if ending == "!":
            return [Kind.INSTRUCTION]
        return [Kind.QUESTION] if auxiliary and first != "seien" else [Kind.QUESTION, Kind.INSTRUCTION]

    def _infinitive_command(self, words: list[str]) -> bool:
        last = words[-1]
        _, rest = self._forms.split(last)
        infinitive = (
            rest.endswith("n") and self._forms.verb(rest) is not None and not self._forms.participle(last)
        )
        bare = last in self._forms.particles and not any(self._forms.verb(word) for word in words[:-1])
        return (infinitive or bare) and len(words) > 1 and not self._finite(words[:-1])

    def _finite(self, words: list[str]) -> bool:
        subjects = {"ich", "wir", "er", "sie", "es", "man", "du"}
        return bool(subjects & set(words)) or any(word in self._modals or word in _SINGULAR for word in words)

    def _informal_command(self, words: list[str]) -> bool:
        stem = self._forms.verb(words[0])
        return (
            stem is not None and words[0] in (stem, f"{stem}e") and len(words) > 1 and not self._finite(words)
        )

    def _implied(self, words: list[str]) -> str | None:
        if any(word in self._modals for word in words):
            return None
        negated = any(self._cue(word) == "negation" for word in words)
        return "may" if negated else "must"

    def _obliges(self, words: list[str]) -> bool:
        values = {self._lexicon.cues[word][1] for word in words if word in self._modals}
        return bool(values & {"must", "may", "should"})

    def _tense(self, words: list[str]) -> str:
        forms = [self._forms.irregular.get(word) for word in words]
        participle = any(self._forms.participle(word) for word in words)
        preterite = any(
            self._forms.preterite(word)
            or (form is not None and form.past and not self._forms.participle(word))
            for form, word in zip(forms, words, strict=True)
        )
        stems = {form.stem for form in forms if form is not None and not form.past}
        if preterite and participle:
            return "before"
        if preterite or _PAST_MODALS & set(words) or (participle and stems & {"hab", "sei"}):
            return "past"
        will = "werd" in stems and not participle and not _POLITE_ASKING & set(words)
        will = will and not {"ich", "wir"} & set(words)
        return "future" if will and self._forms.verb(words[-1]) not in (None, "werd") else ""


def _wishing(words: list[str]) -> list[str]:
    """„Wir würden … gern …“ and „Ich hätte gern …“ say what „möchten“ says."""
    if not {"gern", "gerne", "lieber"} & set(words):
        return words
    return [_WISHES.get(word, word) for word in words]


def _since_when(words: list[str]) -> list[str]:
    """„Wie lange haben Sie das schon?“ asks since when; „Leiden Sie unter …“ is about having it."""
    if "wielange" in words and "schon" in words:
        words = ["since" if word == "schon" else "wann" if word == "wielange" else word for word in words]
    if any(word in ("leiden", "leidet", "leide", "litten", "litt") for word in words):
        words = [word for word in words if word not in ("unter", "an")]
    return words
