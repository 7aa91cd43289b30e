"""Reads one TOML file so that every complaint names file and line."""

import re
import tomllib
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from app.core.errors import ContentError

_LINE = re.compile(r"\(at line (\d+), column (\d+)\)")
_HEADER = re.compile(r"\[\s*[\"']?([^\s\"'\].]+)[\"']?\s*[\].]")
_TWICE = re.compile(r"Cannot declare \('([^']+)',\) twice")


class TomlFile:
    """The table of a file and where its keys stand. Raises ContentError if it cannot be read."""

    def __init__(self, path: Path, text: str | None = None) -> None:
        """`text` stands in for what is on disk, for a file that is about to be written."""
        self.path = path
        self._text = _decode(path) if text is None else text
        self.table = self._parsed()

    def _parsed(self) -> dict[str, Any]:
        import rtoml

        try:
            return rtoml.loads(self._text)
        except rtoml.TomlParsingError:
            # The slower parser says more exactly what is wrong and where.
            try:
                return tomllib.loads(self._text)
            except tomllib.TOMLDecodeError as error:
                raise self._broken(error) from error
            except RecursionError as error:
                message = "kein vollständiges TOML (zu tief verschachtelt)"
                raise ContentError(message, "Datei neu schreiben", path=self.path, line=1) from error

    def error(
        self, message: str, hint: str, entry: str | None = None, key: str | None = None
    ) -> ContentError:
        return ContentError(message, hint, path=self.path, line=self.line(entry, key))

    def line(self, entry: str | None = None, key: str | None = None) -> int | None:
        """Line of an entry's header, or of a key below it; the header if the key is not found."""
        start = self._headers.get(entry) if entry else 0
        if start is None or key is None:
            return start or None
        wanted = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*[=.]")
        for number, line in enumerate(self._lines[start:], start + 1):
            if line.startswith("[") and entry:
                break
            if wanted.match(line):
                return number
        return start or None

    @cached_property
    def _lines(self) -> list[str]:
        return self._text.split("\n")

    @cached_property
    def _headers(self) -> dict[str, int]:
        """First line of each entry, written as `[slug]` or as tables below it, `[slug.text]`."""
        found: dict[str, int] = {}
        for number, line in enumerate(self._lines, 1):
            if match := _HEADER.match(line):
                found.setdefault(match[1], number)
        return found

    def _broken(self, error: tomllib.TOMLDecodeError) -> ContentError:
        line = self._failed_line(error)
        if twice := _TWICE.search(str(error)):
            message, hint = f"[{twice[1]}] steht zweimal in der Datei", "einen der beiden Einträge umbenennen"
        else:
            message = f"kein vollständiges TOML ({_LINE.sub('', str(error)).strip()})"
            hint = "die Zeile ergänzen; die Datei hört vielleicht mitten im Eintrag auf"
        return ContentError(message, hint, path=self.path, line=line)

    def _failed_line(self, error: tomllib.TOMLDecodeError) -> int:
        found = _LINE.search(str(error))
        return int(found.group(1)) if found else self._text.count("\n") + 1


def _decode(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ContentError(
            f"nicht lesbar ({error.strerror})", "Datei und Rechte prüfen", path=path
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError(
            "nicht in UTF-8 gespeichert", "Datei als UTF-8 speichern", path=path, line=line
        ) from error


def nearest(word: str, allowed: list[str]) -> str:
    """A hint naming the nearest allowed word, or all of them."""
    found = get_close_matches(word, allowed, n=1, cutoff=0.6)
    return f"gemeint vielleicht: {found[0]}" if found else f"erlaubt: {', '.join(allowed)}"
