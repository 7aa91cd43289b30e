"""TMX 1.4b (also reads earlier versions): one `<tu>` per text, metadata as properties."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.content.exchange.inline import pieces, read_text, slots_by_id
from app.content.exchange.states import read_claim
from app.content.exchange.unit import Claim, Header, Remarks, Unit, split_name, unit_name
from app.content.exchange.xml_reading import Node, Progress, read_records
from app.content.exchange.xml_writing import Element, writing

CATEGORY = "sprachpult"
_PROPERTY = f"x-{CATEGORY}:"
_MIXED = frozenset({"seg", "note", "prop"})
_TARGET_NOTE = f"{_PROPERTY}comment"


def write(path: Path, header: Header, units: Iterable[Unit]) -> None:
    """Raises OSError."""
    attributes = {
        "creationtool": "Sprachpult",
        "creationtoolversion": "1",
        "segtype": "sentence",
        "o-tmf": f"{CATEGORY}:{header.kind}",
        "adminlang": "de",
        "srclang": "de",
        "datatype": "plaintext",
    }
    with writing(path, _MIXED, 'tmx SYSTEM "tmx14.dtd"') as out, out.element("tmx", {"version": "1.4"}):
        out.write(Element("header", attributes))
        with out.element("body"):
            for unit in units:
                out.write(_element(unit, header.language))


def _element(unit: Unit, language: str) -> Element:
    made = Element("tu", {"tuid": unit_name(unit)})
    if unit.meta.get("note"):
        made.add("note", unit.meta["note"])
    for key, value in unit.meta.items():
        made.add("prop", value, type=f"{_PROPERTY}{key}")
    if unit.comment:
        made.add("prop", unit.comment, type=_TARGET_NOTE)
    _variant(made, "de", unit.source)
    if unit.target:
        _variant(made, language, unit.target)
    return made


def _variant(parent: Element, language: str, pattern: str) -> None:
    made = parent.add("tuv", **{"xml:lang": language})
    segment = made.add("seg")
    for number, piece in enumerate(pieces(pattern), 1):
        if isinstance(piece, str):
            segment.children.append(piece)
        else:
            name, kind = piece
            segment.add("ph", f"{{{name}:{kind}}}", x=str(number), type=f"x-{kind}")


def read(path: Path, remarks: Remarks, progress: Progress | None = None) -> Iterator[tuple[Header, Unit]]:
    """One unit per text and target language. Raises InputError."""
    kind, source = "", ""
    for record in read_records(path, frozenset({"tu", "header"}), progress):
        if record.node.name == "header":
            kind = record.node.get("o-tmf").removeprefix(f"{CATEGORY}:")
            source = record.node.get("srclang")
        else:
            yield from _units(record.node, kind, source, remarks)


def _units(node: Node, kind: str, source: str, remarks: Remarks) -> Iterator[tuple[Header, Unit]]:
    variants = {_language(variant): variant for variant in node.all("tuv")}
    german = next((variant for tag, variant in variants.items() if _is_german(tag)), None)
    if german is None:
        remarks.add("Einträge ohne deutschen Text, nicht ausgewertet", node.line)
        if not _is_german(source):
            yield Header(kind, "", source), Unit("", "", "", line=node.line)
        return
    others: list[tuple[str, Node | None]] = [(tag, v) for tag, v in variants.items() if v is not german]
    for tag, variant in others or [("", None)]:
        yield Header(kind, tag, "de"), _unit(node, german, variant, remarks)


def _is_german(tag: str) -> bool:
    return tag.lower().replace("_", "-").split("-")[0] == "de"


def _language(variant: Node) -> str:
    return variant.get("xml:lang") or variant.get("lang")


def _unit(node: Node, german: Node, variant: Node | None, remarks: Remarks) -> Unit:
    meta = {p.get("type").removeprefix(_PROPERTY): p.text() for p in node.all("prop") if _own(p)}
    for foreign in (p for p in node.all("prop") if not _own(p)):
        remarks.add(f"Eigenschaft „{foreign.get('type')}“ nicht ausgewertet", foreign.line)
    comment = meta.pop("comment", "")
    notes = [n.text() for holder in (node, variant) if holder and not meta for n in holder.all("note")]
    source, target = german.find("seg"), variant.find("seg") if variant is not None else None
    slots = slots_by_id(source, {}) if source is not None else {}
    text = read_text(target, remarks, slots, {}) if target is not None else ""
    entry, form = split_name(node.get("tuid"))
    return Unit(
        id=entry,
        form=form,
        source=read_text(source, remarks, {}, {}) if source is not None else "",
        target=text,
        claim=(read_claim(meta.get("status", ""), Claim.DRAFT) or Claim.DRAFT) if text else Claim.OPEN,
        comment=comment or "\n".join(note for note in notes if note.strip()),
        meta=meta,
        line=node.line,
    )


def _own(prop: Node) -> bool:
    return prop.get("type").startswith(_PROPERTY)
