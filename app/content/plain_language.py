"""Plain language: what makes a German sentence hard for people who read or hear German badly.

After the recommendations of DIN SPEC 33429 (Leichte Sprache): short sentences, one idea, active, no
abbreviation, no nested clause, no double negation, no noun style, no subjunctive, no genitive, long compounds
apart. Rules of form alone; each reports only what can be seen reliably, so no finding does not mean that a
text is easy.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

MOST_WORDS = 12
"""Words of a sentence; the longest of the phrasebooks has 10."""
LONGEST_WORD = 17
"""Letters of a word without hyphen; „Gesundheitsamt“ has 14, „Krankenversicherung“ 19."""
_TABLE = tomllib.loads((files("app.content") / "plain_language.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that makes a text hard: `text[start:end]`; message and hint are German."""

    code: str
    start: int
    end: int
    message: str
    hint: str


def obstacles(text: str) -> list[Obstacle]:
    """Everything that makes a German text hard to understand, in the order of the text."""
    found = [*_abbreviations(text), *_signs(text)]
    masked = _mask(text, found)
    for start, end in _sentences(masked):
        for rule in (_length, _compounds, _passive, _nested, _negations, _nominal, _subjunctive, _genitive):
            found += rule(text, masked, start, end)
    return sorted(found, key=lambda obstacle: (obstacle.start, obstacle.code))


_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
_SENTENCE_END = re.compile(r"(?:(?<!\d)\.|(?<=\d\d\d)\.|[!?…])(?:[“”\"»)]*)(?=\s|$)|\n")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.end()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def _mask(text: str, found: list[Obstacle]) -> str:
    """The points of abbreviations end no sentence."""
    letters = list(text)
    for obstacle in found:
        for position in range(obstacle.start, obstacle.end):
            if letters[position] == ".":
                letters[position] = "_" if text[obstacle.end :].strip() else "."
    return "".join(letters)


_POINTED = re.compile(rf"\b(?:{'|'.join(_TABLE['abbreviations'])})\.")
_ACRONYM = re.compile(
    r"(?<![\w-])(?=[A-Za-zÄÖÜ]*[A-ZÄÖÜ][A-Za-zÄÖÜ]*[A-ZÄÖÜ])[A-ZÄÖÜ][A-Za-zÄÖÜ]{1,6}(?![\w])"
)
_KNOWN = frozenset(_TABLE["known-short-forms"])
"""Short forms that are better known than what they stand for."""
_UNITS = frozenset({"ml", "mg", "kg", "cm", "µg"})


def _abbreviations(text: str) -> Iterator[Obstacle]:
    for match in _POINTED.finditer(text):
        yield _obstacle("abbreviation", match, f"„{match[0]}“ ist eine Abkürzung", "das Wort ausschreiben")
    shouted = text.isupper()
    for match in _ACRONYM.finditer(text):
        if match[0] not in _KNOWN | _UNITS and not shouted:
            yield _obstacle(
                "abbreviation", match, f"„{match[0]}“ ist eine Abkürzung", "das Wort ausschreiben"
            )


_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
_SIGN = re.compile(r"[;()\[\]&§/%]|(?<=\s)[–—](?=\s)")


def _signs(text: str) -> Iterator[Obstacle]:
    for match in _SIGN.finditer(_ADDRESS.sub(lambda found: "x" * len(found[0]), text)):
        yield _obstacle(
            "sign", match, f"das Zeichen „{match[0]}“ ist schwer zu lesen", "mit Worten sagen, neuer Satz"
        )


def _length(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    words = _WORD.findall(masked[start:end])
    if len(words) > MOST_WORDS:
        message = f"der Satz hat {len(words)} Wörter, leicht sind höchstens {MOST_WORDS}"
        yield Obstacle("long-sentence", start, end, message, "in mehrere Sätze teilen")


def _compounds(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    for match in _WORD.finditer(masked, start, end):
        if max(len(part) for part in re.split(r"[-’']", match[0])) >= LONGEST_WORD:
            message = f"„{match[0]}“ ist ein langes Wort"
            yield _obstacle("long-word", match, message, "anderes Wort, oder mit Bindestrich trennen")


_AUXILIARY = re.compile(
    r"\b(?:werde|wirst|wird|werden|werdet|wurde|wurdest|wurden|wurdet|worden)\b", re.IGNORECASE
)
_PARTICIPLE = re.compile(
    r"^(?:(?:ab|an|auf|aus|bei|durch|ein|fest|fort|frei|her|hin|hinein|herein|los|mit|nach|nieder|um|vor|vorbei|weg|"
    r"weiter|wieder|zu|zurück|zusammen)?ge[a-zäöüß]{2,}(?:t|en)|(?:be|ent|er|ver|zer|miss|über|unter|durch|wider)"
    r"[a-zäöüß]{2,}t|[a-zäöüß]{2,}iert|(?:be|ent|er|ver|zer|unter|über)[a-zäöüß]*(?:nomm|sproch|schrieb|bund|fund|"
    r"schnitt|troff|schloss|worf|hoben|zog|brach|stand|gang|lor|scholl|bot|lieh)[a-zäöüß]*en)$"
)
_NO_PARTICIPLE = frozenset(_TABLE["no-participle"])
"""Words that look like a participle after „werden“ but make no passive."""


def _passive(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    """„werden“ with a participle in the same clause; future („wird kommen“) and „wird gesund“ are none."""
    for clause_start, clause_end in _clauses(masked, start, end):
        auxiliary = _AUXILIARY.search(masked, clause_start, clause_end)
        if auxiliary is None:
            continue
        words = (match[0] for match in _WORD.finditer(masked, clause_start, clause_end))
        participle = next((word for word in words if _is_participle(word)), None)
        if participle is not None:
            message = f"„{participle} {auxiliary[0].lower()}“: wer tut das? Der Satz ist im Passiv"
            yield _obstacle("passive", auxiliary, message, "sagen, wer etwas tut: „Wir untersuchen …“")


def _is_participle(word: str) -> bool:
    return word.islower() and word not in _NO_PARTICIPLE and bool(_PARTICIPLE.match(word))


_CLAUSE = re.compile(r"[,;:–]|\b(?:und|oder|aber|denn|sondern)\b")


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for match in _CLAUSE.finditer(text, start, end):
        yield position, match.start()
        position = match.end()
    yield position, end


_SUBORDINATE = re.compile(
    r"(?:^|[,–]\s*(?:und\s+|oder\s+)?|(?<=\bund\s)|(?<=\boder\s))"
    r"(?P<word>dass|weil|wenn|falls|ob|obwohl|obgleich|während|bevor|nachdem|sobald|solange|sodass|damit|indem|"
    r"wobei|wodurch|(?:(?:in|mit|für|an|auf|bei|von|zu|aus|über) )?"
    r"(?:der|die|das|dem|den|deren|dessen|denen|welche[rsnm]?)|"
    r"wo|wer|was|wie|womit|wofür|worüber|warum|wann|um)\b",
    re.IGNORECASE,
)
_ALWAYS = frozenset(_TABLE["subordinators"])
"""Words that open a subordinate clause wherever they stand at the start of one."""


def _nested(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    """A clause inside a clause, or more than one subordinate clause in a sentence."""
    sentence = masked[start:end].strip(" .!?…\n")
    offset = masked.index(sentence, start) if sentence else start
    clauses = [m for m in _SUBORDINATE.finditer(sentence) if _opens_clause(sentence, m)]
    inside = [m for m in clauses if m.start() > 0 and _closes_early(sentence, m.end())]
    if len(clauses) > 1 or inside:
        first = (inside or clauses)[0]
        message = f"der Satz ist verschachtelt („{first['word']} …“)"
        at = offset + first.start("word")
        hint = "jeden Gedanken in einen eigenen Satz"
        yield Obstacle("nested-clause", at, at + len(first["word"]), message, hint)


def _opens_clause(sentence: str, match: re.Match[str]) -> bool:
    word = match["word"].lower()
    if match.start() == 0:
        preposition = word == "während" and _noun_follows(sentence, match)
        return word in _ALWAYS and "," in sentence and not preposition
    if sentence[match.start()] not in ",–" and word not in _ALWAYS:
        return False
    return word in _ALWAYS or _verb_last(sentence, match.end())


def _noun_follows(sentence: str, match: re.Match[str]) -> bool:
    return bool(re.match(r"\s+(?:der|des|einer|eines|dieser|dieses)\b", sentence[match.end() :]))


_VERB = re.compile(r"(?:en|ern|eln|e|t|sind|war)$")


def _verb_last(sentence: str, start: int) -> bool:
    """The clause that begins at `start` ends in a lower-case word that looks like a verb, without „zu“."""
    words = _WORD.findall(re.split(r"[,;–]", sentence[start:])[0])
    if "zu" in words[-2:-1]:
        return False
    return len(words) > 1 and words[-1].islower() and bool(_VERB.search(words[-1]))


def _closes_early(sentence: str, start: int) -> bool:
    """Another part of the main clause follows the comma that ends this one."""
    rest = sentence[start:]
    if "," not in rest and " – " not in rest:
        return False
    after = re.split(r",|\s–\s", rest, maxsplit=1)[1].strip()
    return bool(after) and not re.match(r"(?:und|oder|aber|sondern|dann|so|um|bitte|nicht)\b", after)


_NEGATION = re.compile(
    r"\b(?:nicht|nichts|kein(?:e[nmrs]?)?|nie|niemals|niemand(?:e[nm])?|nirgend\w*|ohne|"
    r"un(?:möglich|wichtig|nötig|bekannt|gefährlich|gesund|sicher|wahr|angenehm|erlaubt|zulässig|üblich|wahrscheinlich"
    r"|bedeutend|erheblich|bedenklich|verständlich|problematisch|gewöhnlich|geeignet|vollständig)\w*)\b",
    re.IGNORECASE,
)
_NO_DOUBLE = re.compile(r"\bnicht\s+nur\b|\bob\b.*\boder\s+nicht\b", re.IGNORECASE)


def _negations(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    """Two negations in a clause: „nicht unmöglich“; „nicht essen und nicht trinken“ are two clauses."""
    for clause_start, clause_end in _clauses(masked, start, end):
        found = list(_NEGATION.finditer(masked, clause_start, clause_end))
        if len(found) > 1 and not _NO_DOUBLE.search(masked, clause_start, clause_end):
            words = " … ".join(f"„{match[0]}“" for match in found[:2])
            message = f"doppelte Verneinung: {words}"
            yield Obstacle("double-negation", found[0].start(), found[1].end(), message, "sagen, was gilt")


_ABSTRACT = re.compile(
    r"\b[A-ZÄÖÜ][a-zäöüß]{3,}(?:ung|ungen|heit|heiten|keit|keiten|ierung|tion|tionen|nahme)\b"
)
_PHRASE = re.compile(
    r"\b(?i:in Anspruch nehm\w*|in Anspruch genommen|zur Verfügung \w+|zum Einsatz \w+|in Kenntnis \w+|"
    r"zur Anwendung \w+|in Betracht \w+|Sorge tragen|zur Durchführung|unter Berücksichtigung|zwecks|mittels|"
    r"seitens|hinsichtlich|bezüglich|gemäß|erfolg(?:t|en|te|ten))\b"
)
_CHAINED = re.compile(
    r"\b(?i:zur|zum|bei|beim|nach|durch|unter|für|vor|mit|wegen)\s+(?:der\s+|die\s+)?"
    r"[A-ZÄÖÜ][a-zäöüß]+(?:ung|tion|keit|heit)\s+(?:der|des|von|einer|eines|Ihrer|Ihres)\b"
)


def _nominal(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    """Nouns where a verb would do: chains („zur Durchführung der …“), set phrases, three abstract nouns."""
    match = _PHRASE.search(masked, start, end) or _CHAINED.search(masked, start, end)
    if match is None:
        abstract = list(_ABSTRACT.finditer(masked, start, end))
        match = abstract[0] if len(abstract) > 2 else None
    if match is not None:
        yield _obstacle("nominal-style", match, f"„{match[0]}“ ist Nominalstil", "mit einem Verb sagen")


_SUBJUNCTIVE = re.compile(
    r"\b(?:würde[nt]?|würdest|hätte[nt]?|hättest|wäre[nt]?|wärest|wärst|könnte[nt]?|könntest|müsste[nt]?|müsstest|"
    r"dürfte[nt]?|dürftest|käme[nt]?|gäbe[nt]?|ginge[nt]?|bräuchte[nt]?|ließe[nt]?)\b",
    re.IGNORECASE,
)


def _subjunctive(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    for match in _SUBJUNCTIVE.finditer(masked, start, end):
        hint = "sagen, was ist: „ist“, „kann“, „darf“"
        yield _obstacle("subjunctive", match, f"„{match[0]}“ ist Konjunktiv", hint)


_GENITIVE = re.compile(
    r"\b(?:des|eines|meines|deines|seines|ihres|Ihres|unseres|eures|keines)\s+(?:[a-zäöüß]+en\s+)?"
    r"[A-ZÄÖÜ][a-zäöüß]+(?:s|en)\b"
)


def _genitive(text: str, masked: str, start: int, end: int) -> Iterator[Obstacle]:
    for match in _GENITIVE.finditer(masked, start, end):
        yield _obstacle("genitive", match, f"„{match[0]}“ ist Genitiv", "mit „von“ sagen")


def _obstacle(code: str, match: re.Match[str], message: str, hint: str) -> Obstacle:
    return Obstacle(code, match.start(), match.end(), message, hint)
