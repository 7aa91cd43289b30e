"""Reads XML that may be hostile: no entity is expanded, nothing is fetched, memory stays bounded.

The parser is expat with the refusals of defusedxml. Elements of interest are handed out one by one while the
file is being read, with their line.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax import SAXException, SAXParseException, handler
from xml.sax.xmlreader import AttributesNSImpl, Locator

from app.content.exchange.unit import shown
from app.core.errors import InputError

Progress = Callable[[str, float], None]
"""Called with what is being done and the share done, 0…1."""
MAX_BYTES = 1 << 29
"""Of a whole file; 100,000 sentences with all their metadata need a fifth of it."""
MAX_DEPTH = 100
MAX_NODES, MAX_TEXT = 20_000, 2_000_000
"""Elements and characters of one record (a unit, a concept)."""
MAX_SILENCE = 4 << 20
"""Bytes without any element or text: one huge attribute or name."""
MAX_ATTRIBUTES = 200
_CHUNK = 1 << 16
_XML = "http://www.w3.org/XML/1998/namespace"
_KNOWN_DTD = re.compile(r"(?:.*/)?(tmx\d*|TBX\w*|xliff|martif)\.dtd", re.IGNORECASE)


@dataclass(slots=True)
class Node:
    """An element with its attributes (`xml:lang`, own ones by local name, foreign ones as `{uri}name`)."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list["Node | str"] = field(default_factory=list)

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def all(self, *names: str) -> Iterator["Node"]:
        """Child elements of these local names; all for none."""
        return (c for c in self.children if isinstance(c, Node) and (not names or c.name in names))

    def find(self, *names: str) -> "Node | None":
        return next(self.all(*names), None)

    def text(self) -> str:
        """All characters below, without any markup."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


@dataclass(frozen=True, slots=True)
class Record:
    """An element of interest and the elements around it, root first, those without their content."""

    node: Node
    around: tuple[Node, ...]


def read_records(path: Path, names: frozenset[str], progress: Progress | None = None) -> Iterator[Record]:
    """The elements of these local names, in order. Raises InputError with the line for whatever is wrong."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.expatreader import DefusedExpatParser

    collector = _Collector(names)
    # Entities cannot be declared, so the only external reference left is the DTD that TMX and TBX name by
    # rule. Its name is looked at in `startDTD`; it is never opened, because external_ges is off.
    parser = DefusedExpatParser(namespaceHandling=1, forbid_entities=True, forbid_external=False)
    parser.setFeature(handler.feature_external_ges, False)
    parser.setContentHandler(collector)
    collector.setDocumentLocator(parser)
    parser.setProperty(handler.property_lexical_handler, collector)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(f"{path}: zu groß ({size >> 20} MB)", "in mehrere Dateien teilen")
        with path.open("rb") as file:
            yield from _feed(parser, collector, file, size, progress)
    except OSError as error:
        raise InputError(f"{path}: nicht lesbar ({error.strerror})", "Pfad und Rechte prüfen") from error
    except DefusedXmlException as error:
        raise InputError(
            f"{path}:{collector.line}: die Datei erklärt eigene Entitäten und wird deshalb nicht gelesen",
            "ohne DOCTYPE-Erklärungen neu ausgeben lassen",
        ) from error
    except _Refused as refused:
        raise InputError(
            f"{path}:{collector.line}: {refused}",
            "die Datei neu ausgeben lassen; so liest sie das Pult nicht",
        ) from refused
    except SAXParseException as error:
        raise InputError(
            f"{path}:{error.getLineNumber()}: kein wohlgeformtes XML ({error.getMessage()})",
            "die Datei ist beschädigt oder bricht ab; noch einmal schicken lassen",
        ) from error
    except (SAXException, ValueError, LookupError) as error:
        raise InputError(
            f"{path}: die Zeichenkodierung ist nicht lesbar ({error})", "als UTF-8 oder UTF-16 speichern"
        ) from error


def root_element(path: Path) -> Node:
    """The root element without its content. Raises InputError."""
    for record in read_records(path, frozenset({"*"})):
        return record.node
    raise InputError(f"{path}: kein XML-Element gefunden", "die Datei ist leer")


def _feed(
    parser: Any, collector: "_Collector", file: Any, size: int, progress: Progress | None
) -> Iterator[Record]:
    done = silence = 0
    while chunk := file.read(_CHUNK):
        before = collector.events
        parser.feed(chunk)
        done += len(chunk)
        silence = 0 if collector.events > before else silence + len(chunk)
        if silence > MAX_SILENCE:
            raise _Refused("ein einzelner Name oder Wert ist größer als 4 MB")
        if progress is not None:
            progress("lesen", done / size)
        while collector.ready:
            yield collector.ready.popleft()
    parser.close()
    yield from collector.ready


class _Refused(Exception):
    """Well-formed, but not something that is read; the message is German."""


class _Collector(handler.ContentHandler, handler.LexicalHandler):
    """Builds nodes for the wanted elements, counts what could grow without bound."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.ready: deque[Record] = deque()
        self.events = 0
        self._names = names
        self._any = "*" in names
        self._locator: Locator | None = None
        self._around: list[Node] = []
        self._open: list[Node] = []
        self._nodes = self._characters = 0

    @property
    def line(self) -> int:
        return (self._locator.getLineNumber() or 1) if self._locator else 1

    def setDocumentLocator(self, locator: Locator) -> None:
        self._locator = locator

    def startDTD(self, name: str, public_id: str | None, system_id: str | None) -> None:
        if system_id and not _KNOWN_DTD.fullmatch(system_id):
            raise _Refused(f"die Datei verlangt die fremde DTD „{shown(system_id)}“")

    def skippedEntity(self, name: str) -> None:
        raise _Refused(f"unbekannte Entität &{shown(name)};")

    def comment(self, content: str) -> None:
        self.events += 1

    def processingInstruction(self, target: str, data: str) -> None:
        self.events += 1

    def startElementNS(
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        self.events += 1
        node = Node(name[1], name[0] or "", self._attributes(attrs), self.line)
        if len(self._around) + len(self._open) >= MAX_DEPTH:
            raise _Refused(f"mehr als {MAX_DEPTH} Elemente ineinander")
        if self._any:
            self.ready.append(Record(node, ()))
        if self._open:
            self._count(1, 0)
            self._open[-1].children.append(node)
            self._open.append(node)
        elif node.name in self._names:
            self._nodes = self._characters = 0
            self._open.append(node)
        else:
            self._around.append(node)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:
        self.events += 1
        if not self._open:
            self._around.pop()
            return
        node = self._open.pop()
        if not self._open:
            self.ready.append(Record(node, tuple(self._around)))

    def characters(self, content: str) -> None:
        self.events += 1
        if self._open:
            self._count(0, len(content))
            children = self._open[-1].children
            if children and isinstance(children[-1], str):
                children[-1] += content
            else:
                children.append(content)

    def _attributes(self, attrs: AttributesNSImpl) -> dict[str, str]:
        if len(attrs) > MAX_ATTRIBUTES:
            raise _Refused(f"ein Element hat mehr als {MAX_ATTRIBUTES} Attribute")
        found = {}
        for (namespace, local), value in attrs.items():
            key = f"xml:{local}" if namespace == _XML else f"{{{namespace}}}{local}" if namespace else local
            found[key] = value
        return found

    def _count(self, nodes: int, characters: int) -> None:
        self._nodes += nodes
        self._characters += characters
        if self._nodes > MAX_NODES or self._characters > MAX_TEXT:
            raise _Refused("ein einzelner Eintrag ist unmäßig groß")
