"""Text without what nobody hears, so that error rates count words and not commas."""

import unicodedata


def plain_text(text: str) -> str:
    """Case-folded words joined by single blanks, without punctuation; marks that change letters stay."""
    kept = (
        character if unicodedata.category(character)[0] in "LMN" or character in "'’" else " "
        for character in unicodedata.normalize("NFC", text).casefold()
        # Vowel signs that Arabic may or may not write.
        if not "ً" <= character <= "ْ" and character != "ـ"
    )
    return " ".join("".join(kept).split())
