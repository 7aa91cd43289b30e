"""How German sentences are read."""

import pytest

from app.routing.german import GermanReader
from app.routing.german_words import german_words
from app.routing.lexicon import lexicon, rewrite, synonym_groups
from app.routing.reading import Kind, Reading

READER = GermanReader()


def _one(text: str) -> Reading:
    return READER.read(text)[0]


ALIKE = [
    ("Haben Sie Schmerzen in der Brust?", "Tut Ihnen die Brust weh?"),
    ("Haben Sie Brustschmerzen?", "Haben Sie Brust Schmerzen?"),
    ("Machen Sie die Tür zu.", "Bitte die Tür zumachen."),
    ("Wir nehmen Blut ab.", "Wir werden Blut abnehmen."),
    ("Kommen Sie wieder.", "Sie müssen wiederkommen."),
    ("Nehmen Sie die Tablette täglich.", "Nehmen Sie die Pille jeden Tag ein."),
]


@pytest.mark.parametrize(("first", "second"), ALIKE)
def test_same_content(first: str, second: str) -> None:
    assert sorted(_one(first).content) == sorted(_one(second).content)


CUES = [
    ("Brechen Sie nicht ab.", "modality", ("may",)),
    ("Sie dürfen nicht abbrechen.", "modality", ("may",)),
    ("Sie brauchen die Maske nicht abzunehmen.", "modality", ("must",)),
    ("Sie müssen die Maske nicht abnehmen.", "modality", ("must",)),
    ("Hatten Sie Fieber?", "tense", ("past",)),
    ("Haben Sie gehustet?", "tense", ("past",)),
    ("Die Behandlung dauerte lange.", "tense", ("past",)),
    ("Die Behandlung wird lange dauern.", "tense", ("future",)),
    ("Wenn Sie Fieber haben, kommen Sie.", "condition", ("if",)),
    ("Tut das linke Knie weh?", "side", ("left",)),
    ("Eine Frau untersucht Sie.", "agent", ("other",)),
    ("Ich bin krank.", "person", ("i",)),
    ("Hat sie Fieber?", "person", ("she",)),
    ("Kommen Sie am Morgen.", "daytime", ("morning",)),
]


@pytest.mark.parametrize(("text", "name", "values"), CUES)
def test_cue(text: str, name: str, values: tuple[str, ...]) -> None:
    assert _one(text).cues.get(name) == values


KINDS = [
    ("Haben Sie Fieber", {Kind.QUESTION}),
    ("nehmen sie platz", {Kind.QUESTION, Kind.INSTRUCTION}),
    ("Nehmen Sie Platz.", {Kind.INSTRUCTION}),
    ("Bitte Platz nehmen", {Kind.INSTRUCTION}),
    ("Sie müssen warten.", {Kind.INSTRUCTION}),
    ("Ich warte.", {Kind.STATEMENT}),
    ("Wann kommen Sie", {Kind.QUESTION}),
    ("Könnten Sie bitte warten?", {Kind.INSTRUCTION}),
    ("Ich möchte wissen, ob Sie rauchen.", {Kind.QUESTION}),
]


@pytest.mark.parametrize(("text", "kinds"), KINDS)
def test_kind(text: str, kinds: set[Kind]) -> None:
    assert {kind for reading in READER.read(text) for kind in reading.kinds} == kinds


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("abgenommen", ("ab", "genommen")),
        ("abzunehmen", ("ab", "nehmen")),
        ("mitbringen", ("mit", "bringen")),
        ("wiederholen", ("", "wiederholen")),
        ("Ausweis".lower(), ("", "ausweis")),
        ("einverstanden", ("", "einverstanden")),
    ],
)
def test_separable_verbs(word: str, parts: tuple[str, str]) -> None:
    assert german_words().split(word) == parts


def test_no_synonym_hides_a_word_that_must_never_differ() -> None:
    words = lexicon("de")
    assert words is not None
    particles = german_words().particles
    hidden = [
        (group[0], alternative, word)
        for group in synonym_groups("de")
        for alternative in group
        for word in rewrite(alternative.split(), words)
        if word in words.cues and word not in particles
    ]
    assert hidden == []
