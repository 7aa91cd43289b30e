"""Errors that a person can act on.

SprachpultError              anything the desk reports in one line
├─ UsageError                the request itself is wrong (unknown language, impossible option)
├─ ContentError              a phrasebook, glossary or settings file is wrong; names file and line
├─ MissingModelError         no model installed that serves the request
├─ EngineError               an engine failed on its input
├─ AudioError                microphone or loudspeaker failed
└─ InputError                a file or text handed in cannot be used
"""

from pathlib import Path


class SprachpultError(Exception):
    """An error with a one-line German message (what, where) and a hint (what to do)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} → {self.hint}" if self.hint else self.message


class UsageError(SprachpultError):
    """The request is wrong in itself."""


class ContentError(SprachpultError):
    """A content file is wrong."""

    def __init__(
        self, message: str, hint: str = "", *, path: Path | None = None, line: int | None = None
    ) -> None:
        where = "" if path is None else f"{path}:{line}: " if line else f"{path}: "
        super().__init__(where + message, hint)
        self.what = message
        self.path = path
        self.line = line


class MissingModelError(SprachpultError):
    """No installed model serves what was asked."""


class EngineError(SprachpultError):
    """An engine failed on its input."""


class AudioError(SprachpultError):
    """A microphone or loudspeaker failed."""


class InputError(SprachpultError):
    """A file or text handed in cannot be used."""
