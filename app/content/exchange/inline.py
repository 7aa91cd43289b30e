"""Text with inline elements: our slots travel as placeholders, other tools' markup is seen through."""

from collections.abc import Iterator, Mapping

from app.content.exchange.unit import Remarks
from app.content.exchange.xml_reading import Node
from app.content.pattern import SLOT

_SEEN_THROUGH = frozenset({"g", "pc", "mrk", "hi", "foreign"})
"""Markup around text of the sentence: XLIFF g, pc, mrk; TMX hi; TBX hi, foreign."""
_PLACEHOLDERS = frozenset({"ph", "x"})
_CODES = frozenset({"bpt", "ept", "it", "ut", "bx", "ex", "sc", "ec", "sm", "em", "sub"})
"""Codes of the original file; their content is no text of the sentence."""
_ID_NAMES = ("id", "x")


def pieces(pattern: str) -> Iterator[str | tuple[str, str]]:
    """Stretches of text and slots as (name, kind), in order."""
    end = 0
    for match in SLOT.finditer(pattern):
        if match.start() > end:
            yield pattern[end : match.start()]
        yield match[1], match[2]
        end = match.end()
    if end < len(pattern):
        yield pattern[end:]


def slots_by_id(node: Node, data: Mapping[str, str]) -> dict[str, str]:
    """The slots among the placeholders of a source text, by their id; `data` is XLIFF 2 original data."""
    found = {}
    for child in node.all():
        if child.name in _PLACEHOLDERS:
            for name in _ID_NAMES:
                if child.get(name) and (slot := _own_slot(child, data)):
                    found[child.get(name)] = slot
        else:
            found |= slots_by_id(child, data)
    return found


def read_text(node: Node, remarks: Remarks, slots: Mapping[str, str], data: Mapping[str, str]) -> str:
    """The sentence as pattern. `slots` are those of the source, for placeholders that carry only an id."""
    return "".join(
        child if isinstance(child, str) else _inline(child, remarks, slots, data) for child in node.children
    )


def _inline(node: Node, remarks: Remarks, slots: Mapping[str, str], data: Mapping[str, str]) -> str:
    if node.name in _PLACEHOLDERS:
        known = _own_slot(node, data) or next(
            (slots[i] for n in _ID_NAMES if (i := node.get(n)) in slots), ""
        )
        if not known:
            remarks.add(f"Platzhalter <{node.name}> ohne Entsprechung, weggelassen", node.line)
        return known
    if node.name == "cp":
        return _code_point(node, remarks)
    if node.name in _SEEN_THROUGH:
        if node.get("mtype") != "seg":
            remarks.add(f"Auszeichnung <{node.name}>, nur ihr Text übernommen", node.line)
        return read_text(node, remarks, slots, data)
    if node.name in _CODES:
        remarks.add(f"Formatierung <{node.name}> ohne Entsprechung, weggelassen", node.line)
        return _slots_inside(node, slots, data)
    remarks.add(f"unbekanntes Element <{node.name}> im Text, nur sein Text übernommen", node.line)
    return read_text(node, remarks, slots, data)


def _slots_inside(node: Node, slots: Mapping[str, str], data: Mapping[str, str]) -> str:
    """A tool may wrap a placeholder of ours into its own code; it must not get lost there."""
    own = _own_slot(node, data)
    return own or "".join(_slots_inside(child, slots, data) for child in node.all())


def _own_slot(node: Node, data: Mapping[str, str]) -> str:
    for text in (node.get("equiv"), node.get("equiv-text"), data.get(node.get("dataRef"), ""), node.text()):
        if SLOT.fullmatch(text.strip()):
            return text.strip()
    return ""


def _code_point(node: Node, remarks: Remarks) -> str:
    """XLIFF 2 writes characters that XML forbids as <cp hex="…"/>; no sentence of ours holds one."""
    remarks.add(f"Steuerzeichen U+{node.get('hex')} weggelassen", node.line)
    return ""
