"""Writes XML element by element, so that memory stays bounded; the standard library takes care of escapes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

_STEP = "  "
# Parsers turn a bare carriage return into a line feed.
_RETURN = {"\r": "&#13;"}


@dataclass(slots=True)
class Element:
    """An element with its name and attributes as they are written, prefixes included."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def add(self, name: str, text: str = "", /, **attributes: str) -> "Element":
        """A new child; `_` in attribute names stands for `-`, empty attributes are left out."""
        made = Element(name, {key.replace("_", "-"): value for key, value in attributes.items() if value})
        if text:
            made.children.append(text)
        self.children.append(made)
        return made


class Writer:
    """An open file; elements are written with the indentation of where they stand."""

    def __init__(self, file: IO[str], mixed: frozenset[str]) -> None:
        self._file = file
        self._mixed = mixed
        self._depth = 0

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        """An element around what is written inside the `with`."""
        self._line()
        self._file.write(f"<{name}{_attributes(attributes or {})}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line()
        self._file.write(f"</{name}>")

    def write(self, element: Element) -> None:
        """One whole element."""
        self._line()
        self._file.write(self._text(element, self._depth))

    def _text(self, element: Element, depth: int | None) -> str:
        """`depth` is None inside mixed content, where no white space may be added."""
        start = f"<{element.name}{_attributes(element.attributes)}"
        if not element.children:
            return f"{start}/>"
        inner = None if depth is None or element.name in self._mixed else depth + 1
        gap = "" if inner is None else "\n" + _STEP * inner
        parts = [
            f"{gap}{escape(child, _RETURN) if isinstance(child, str) else self._text(child, inner)}"
            for child in element.children
        ]
        end = "" if inner is None or depth is None else "\n" + _STEP * depth
        return f"{start}>{''.join(parts)}{end}</{element.name}>"

    def _line(self) -> None:
        self._file.write("\n" + _STEP * self._depth)


@contextmanager
def writing(path: Path, mixed: frozenset[str], doctype: str = "") -> Iterator[Writer]:
    """A new XML file in UTF-8; elements of the names `mixed` get no white space. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>')
        if doctype:
            file.write(f"\n<!DOCTYPE {doctype}>")
        yield Writer(file, mixed)
        file.write("\n")


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value, _RETURN)}" for name, value in attributes.items())
