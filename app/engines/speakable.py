"""From a text to the sentences that a voice is given."""

from collections.abc import Iterator

from app.core.sentences import fit, sentences
from app.engines.diacritise import ARABIC, diacritise
from app.engines.spoken import spoken

_LONGEST = 400
"""Characters of one piece: a voice holds a whole piece in memory, and its first sound waits for all of it."""


def speakable(text: str, code: str) -> Iterator[str]:
    """Sentences with numbers in words and, in Arabic, vowel signs; what holds no letter is left out.

    Raises EngineError if the vowel signs cannot be set.
    """
    # A NUL ends or breaks the string inside the voices' libraries.
    for sentence in sentences(text.replace("\0", " ")):
        for piece in fit(spoken(sentence, code), lambda part: len(part) <= _LONGEST):
            if any(map(str.isalnum, piece)):
                yield diacritise(piece) if code == ARABIC else piece
