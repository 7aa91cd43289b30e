"""One TOML file being edited: comments, order and line ends of what is not touched stay as they are."""

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.container import Container
from tomlkit.items import Array, InlineTable, Item, Key, String, Table

from app.content.toml_file import TomlFile
from app.content.writing import read_text

Value = str | datetime.date | Sequence[str] | Mapping[str, str] | Sequence[Mapping[str, str]]
"""What a field of an entry holds: a text, a day, texts, texts by category, or rows of texts."""
_LONGEST_LINE = 108
"""Characters; a longer list is written over several lines."""


class TomlDocument:
    """A file as it was read (`before`; None if it is new) and with the edits made since (`after`)."""

    def __init__(self, path: Path) -> None:
        """Raises ContentError with the line if the file is not readable, whole TOML."""
        self.path = path
        self.before = read_text(path)
        if self.before is not None:
            TomlFile(path, self.before)
        self._windows = "\r\n" in (self.before or "")
        self._document = tomlkit.parse((self.before or "").replace("\r\n", "\n"))
        self._added: dict[str, str] = {}
        """Entries behind those of the document, not parsed yet: an import may add thousands."""
        self._changed = False

    @property
    def after(self) -> str:
        if not self._changed:
            return self.before or ""
        text = self._joined()
        return text.replace("\n", "\r\n") if self._windows else text

    def __contains__(self, slug: str) -> bool:
        return slug in self._added or slug in self._document

    def entry(self, slug: str) -> dict[str, Any]:
        """The fields of an entry as plain values; empty if there is none."""
        self._parse_added(slug)
        found = self._document.get(slug)
        return dict(found.unwrap()) if isinstance(found, Table) else {}

    def set(self, slug: str, fields: Mapping[str, Value], drop: Collection[str] = ()) -> None:
        """Set fields of an entry, where they stood before, and remove others; a new entry comes last."""
        self._changed = True
        self._parse_added(slug)
        old = self._document.get(slug)
        if not isinstance(old, Table):
            self._append(slug, fields)
            return
        new = Table(Container(), old.trivia, False, name=old.name, display_name=old.display_name)
        done: set[str] = set()
        for key, item in old.value.body:
            name = None if key is None else _first(key)
            if name is None or (name not in fields and name not in drop):
                _keep(new, key, item)
            elif name in fields and name not in done:
                done.add(name)
                _put(new, name, fields[name], item)
        position = _last_field(new)
        for name in fields:
            if name not in done:
                _put(new, name, fields[name])
        _move_behind(new, position)
        self._replace(slug, new)

    def _append(self, slug: str, fields: Mapping[str, Value]) -> None:
        table = tomlkit.table()
        for name, value in fields.items():
            _put(table, name, value)
        fresh = tomlkit.document()
        fresh.add(slug, table)
        self._added[slug] = fresh.as_string()

    def _joined(self) -> str:
        """One line end and one empty line before each new entry, always."""
        if not self._added:
            return self._document.as_string()
        blocks = [self._document.as_string(), *self._added.values()]
        return "\n\n".join(filter(None, (block.rstrip("\n") for block in blocks))) + "\n"

    def _parse_added(self, slug: str) -> None:
        if slug in self._added:
            self._document = tomlkit.parse(self._joined())
            self._added.clear()

    def _replace(self, slug: str, table: Table) -> None:
        body = self._document.body
        index = next(n for n, (key, _) in enumerate(body) if key is not None and key.key == slug)
        body[index] = (body[index][0], table)


def _first(key: Key) -> str:
    """The name before the first dot of `text.one`."""
    return next(iter(key)).key


def _keep(table: Table, key: Key | None, item: Item) -> None:
    if key is None:
        table.value.append(None, item)
    else:
        table.raw_append(key, item)


def _put(table: Table, name: str, value: Value, old: Item | None = None) -> None:
    if isinstance(old, InlineTable) and isinstance(value, Mapping):
        same = old.keys() == value.keys()
        old.update(value)
        table.append(name, old if same else _inline(value))
        return
    if isinstance(value, Mapping):
        for category, text in value.items():
            table.append(tomlkit.key([name, category]), text)
        return
    if isinstance(old, Array) and old.unwrap() == value:
        # Line breaks and remarks inside a list stay.
        table.append(name, old)
        return
    item = tomlkit.item(value) if isinstance(value, str | datetime.date) else _array(value)
    if isinstance(old, String) and isinstance(value, str):
        # A remark at the end of the line belongs to the field, not to its old value.
        item.trivia.comment_ws, item.trivia.comment = old.trivia.comment_ws, old.trivia.comment
    table.append(name, item)


def _array(values: Sequence[str] | Sequence[Mapping[str, str]]) -> Item:
    items = [tomlkit.item(value) if isinstance(value, str) else _inline(value) for value in values]
    array = tomlkit.array()
    if sum(len(item.as_string()) + 2 for item in items) <= _LONGEST_LINE:
        array.extend(items)
        return array
    for line in _lines(items):
        array.add_line(*line, indent="  ")
    array.add_line(indent="")
    return array


def _lines(items: Sequence[Item]) -> Iterator[list[Item]]:
    line: list[Item] = []
    length = 0
    for item in items:
        width = len(item.as_string()) + 2
        if line and length + width > _LONGEST_LINE:
            yield line
            line, length = [], 0
        line.append(item)
        length += width
    yield line


def _inline(value: Mapping[str, str]) -> InlineTable:
    row = tomlkit.inline_table()
    row.update(value)
    return row


def _last_field(table: Table) -> int:
    """Index behind the last field, before the empty lines and remarks that lead to the next entry."""
    return max((n + 1 for n, (key, _) in enumerate(table.value.body) if key is not None), default=0)


def _move_behind(table: Table, position: int) -> None:
    body = table.value.body
    tail = [row for row in body[position:] if row[0] is None]
    added = [row for row in body[position:] if row[0] is not None]
    body[position:] = [*added, *tail]
