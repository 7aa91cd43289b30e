"""Cuts what is to be spoken into sentences, so that the first can play while the next is synthesised;
pure."""

import re

_END = re.compile(r"(?<=[.!?…؟۔።։])[\"'“”’»)]*\s+")
_NO_END = re.compile(r"(?:\b\d{1,4}|\b\w)\.$")
"""An ordinal or an initial: German, Turkish and others write „3. Woche“, „z. B.“ with a full stop."""


def speech_parts(text: str) -> list[str]:
    """Sentences in order, stripped, none empty; in doubt two stay together."""
    parts: list[str] = []
    begin = 0
    for gap in _END.finditer(text):
        part = text[begin : gap.end()].strip()
        if not _NO_END.search(part):
            parts.append(part)
            begin = gap.end()
    rest = text[begin:].strip()
    return [*parts, rest] if rest else parts
