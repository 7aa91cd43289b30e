"""The short hash that ties a translation to the German wording it was written for."""

import unicodedata
from collections.abc import Mapping
from hashlib import sha256


def source_hash(text: str | Mapping[str, str]) -> str:
    """First 8 hex digits of SHA-256 over the German source in UTF-8, NFC.

    A plural table counts as its lines `category<TAB>text`, sorted by category.
    """
    if not isinstance(text, str):
        text = "\n".join(f"{category}\t{text[category]}" for category in sorted(text))
    return sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:8]
