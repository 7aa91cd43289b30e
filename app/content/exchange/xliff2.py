"""XLIFF 2.1 (also reads 2.0 and 2.2): one `<unit>` per text, metadata in the Metadata module."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from app.content.exchange.inline import pieces, read_text, slots_by_id
from app.content.exchange.states import XLIFF2, own_claim, read_claim
from app.content.exchange.unit import Claim, Header, Remarks, Unit, split_name, unit_name, unit_token
from app.content.exchange.xml_reading import Node, Progress, Record, read_records
from app.content.exchange.xml_writing import Element, writing

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
CATEGORY = "sprachpult"
_MIXED = frozenset({"source", "target", "note", "mda:meta"})
_UNIT_PARTS = frozenset({"metadata", "notes", "originalData", "segment", "ignorable"})
_ORDER = {Claim.OPEN: 0, Claim.DRAFT: 1, Claim.EXPIRED: 1, Claim.CHECKED: 2, Claim.APPROVED: 3}


def write(path: Path, header: Header, units: Iterable[Unit]) -> None:
    """Raises OSError."""
    root = {
        "xmlns": CORE,
        "xmlns:mda": METADATA,
        "version": "2.1",
        "srcLang": "de",
        "trgLang": header.language,
    }
    file = {"id": header.kind, "original": f"{CATEGORY}:{header.kind}"}
    with writing(path, _MIXED) as out, out.element("xliff", root), out.element("file", file):
        for unit in units:
            out.write(_element(unit))


def _element(unit: Unit) -> Element:
    made = Element("unit", {"id": unit_token(unit), "name": unit_name(unit), "xml:space": "preserve"})
    group = made.add("mda:metadata").add("mda:metaGroup", category=CATEGORY)
    for key, value in unit.meta.items():
        group.add("mda:meta", value, type=key)
    if unit.comment or unit.meta.get("note"):
        notes = made.add("notes")
        if unit.meta.get("note"):
            notes.add("note", unit.meta["note"], category="note", appliesTo="source")
        if unit.comment:
            notes.add("note", unit.comment, category="comment", appliesTo="target")
    segment = made.add("segment", state=XLIFF2[unit.claim])
    _text(segment.add("source"), unit.source)
    if unit.target:
        _text(segment.add("target"), unit.target)
    return made


def _text(parent: Element, pattern: str) -> None:
    for piece in pieces(pattern):
        if isinstance(piece, str):
            parent.children.append(piece)
        else:
            name, kind = piece
            slot = f"{{{name}:{kind}}}"
            parent.add("ph", id=name, type="other", subType=f"{CATEGORY}:{kind}", equiv=slot, disp=slot)


def read(path: Path, remarks: Remarks, progress: Progress | None = None) -> Iterator[tuple[Header, Unit]]:
    """The units, each with the header it stands under. Raises InputError."""
    for record in read_records(path, frozenset({"unit"}), progress):
        root = next((node for node in record.around if node.name == "xliff"), record.node)
        file = next((node for node in record.around if node.name == "file"), record.node)
        kind = file.get("original").removeprefix(f"{CATEGORY}:")
        header = Header(kind, root.get("trgLang"), root.get("srcLang"))
        yield header, _unit(record, remarks)


def _unit(record: Record, remarks: Remarks) -> Unit:
    node = record.node
    for part in node.all():
        if part.name not in _UNIT_PARTS:
            remarks.add(f"Element <{part.name}> nicht ausgewertet", part.line)
    meta = _metadata(node, remarks)
    entry, form = split_name(node.get("name"), node.get("id"))
    data = {d.get("id"): d.text() for holder in node.all("originalData") for d in holder.all("data")}
    segments = list(node.all("segment", "ignorable"))
    sources = [_part(segment, "source", remarks, data) for segment in segments]
    targets, trouble = _targets(segments, remarks, data)
    claims = [read_claim(s.get("state"), _default(s)) for s in segments if s.name == "segment"]
    if None in claims:
        remarks.add("unbekannter Wert von „state“, als Entwurf gelesen", node.line)
    seen = min((claim or Claim.DRAFT for claim in claims), key=lambda c: _ORDER[c], default=Claim.OPEN)
    return Unit(
        id=entry,
        form=form,
        source="".join(sources),
        target=targets,
        claim=own_claim(meta.get("status", ""), seen),
        comment=_comment(node, bool(meta)),
        meta=meta,
        line=node.line,
        trouble=trouble,
    )


def _default(segment: Node) -> Claim:
    return Claim.DRAFT if segment.find("target") is not None else Claim.OPEN


def _part(segment: Node, name: str, remarks: Remarks, data: Mapping[str, str]) -> str:
    found, source = segment.find(name), segment.find("source")
    if found is None:
        return ""
    return read_text(found, remarks, slots_by_id(source, data) if source else {}, data)


def _targets(segments: list[Node], remarks: Remarks, data: Mapping[str, str]) -> tuple[str, str]:
    """The whole target in its own order, and what is wrong with it."""
    placed: list[tuple[int, str]] = []
    missing = 0
    for position, segment in enumerate(segments, 1):
        target = segment.find("target")
        text = _part(segment, "target" if target is not None else "source", remarks, data)
        if segment.name == "segment" and (target is None or not text.strip()):
            missing += 1
        order = target.get("order", str(position)) if target is not None else str(position)
        placed.append((int(order) if order.isdecimal() and len(order) < 9 else position, text))
    wanted = sum(segment.name == "segment" for segment in segments)
    if missing:
        return "", "" if missing == wanted else f"{missing} von {wanted} Segmenten ohne Übersetzung"
    return "".join(text for _, text in sorted(placed, key=lambda row: row[0])), ""


def _metadata(node: Node, remarks: Remarks) -> dict[str, str]:
    found: dict[str, str] = {}
    for holder in node.all("metadata"):
        for group in holder.all("metaGroup"):
            if group.get("category") == CATEGORY:
                found |= {meta.get("type"): meta.text() for meta in group.all("meta")}
            else:
                remarks.add(f"Metadaten „{group.get('category')}“ nicht ausgewertet", group.line)
    return found


def _comment(node: Node, own: bool) -> str:
    """Remarks on the translation; in a file of ours the note on the German is no such remark."""
    notes = (note for holder in node.all("notes") for note in holder.all("note"))
    texts = (note.text() for note in notes if not (own and note.get("category") == "note"))
    return "\n".join(text for text in texts if text.strip())
