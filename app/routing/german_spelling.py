"""What recognisers write for German function words and numbers."""

import re

ALIKE = {
    "seid": "seit",
    "daß": "dass",
    "wahr": "war",
    "fiel": "viel",
    "wider": "wieder",
    "nee": "nein",
    "nich": "nicht",
    "mus": "muss",
    "mahl": "mal",
    "ser": "sehr",
    "vieleicht": "vielleicht",
    "könten": "könnten",
}
"""Words that sound like a function word and are written for it by recognisers."""
_NUMBER_APART = re.compile(
    r"\b(ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun) und "
    r"((?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)(?:st(?:e[nrsm]?))?)\b",
    re.IGNORECASE,
)
"""„fünf und vierzig“, as recognisers write some numbers."""


def whole_numbers(text: str) -> str:
    """Numbers in one word, as they are spelt."""
    return _NUMBER_APART.sub(r"\1und\2", text)
