"""XLIFF 1.2 (also reads 1.0, 1.1 and the dialects of translation tools): one `<trans-unit>` per text."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from app.content.exchange.inline import pieces, read_text, slots_by_id
from app.content.exchange.states import XLIFF1, own_claim, read_claim
from app.content.exchange.unit import Claim, Header, Remarks, Unit, split_name, unit_name, unit_token
from app.content.exchange.xml_reading import Node, Progress, Record, read_records
from app.content.exchange.xml_writing import Element, writing

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
CATEGORY = "sprachpult"
_CONTEXT = f"x-{CATEGORY}-"
_MIXED = frozenset({"source", "target", "note", "context"})
_UNIT_PARTS = frozenset({"source", "seg-source", "target", "note", "context-group"})


def write(path: Path, header: Header, units: Iterable[Unit]) -> None:
    """Raises OSError."""
    file = {
        "original": f"{CATEGORY}:{header.kind}",
        "source-language": "de",
        "target-language": header.language,
        "datatype": "plaintext",
    }
    with (
        writing(path, _MIXED) as out,
        out.element("xliff", {"xmlns": NAMESPACE, "version": "1.2"}),
        out.element("file", file),
        out.element("body"),
    ):
        for unit in units:
            out.write(_element(unit))


def _element(unit: Unit) -> Element:
    made = Element(
        "trans-unit", {"id": unit_token(unit), "resname": unit_name(unit), "xml:space": "preserve"}
    )
    if unit.claim is Claim.APPROVED:
        made.attributes["approved"] = "yes"
    _text(made.add("source"), unit.source)
    if unit.target:
        _text(made.add("target", state=XLIFF1[unit.claim]), unit.target)
    if unit.meta:
        group = made.add("context-group", purpose="information")
        for key, value in unit.meta.items():
            group.add("context", value, context_type=f"{_CONTEXT}{key}")
    if unit.meta.get("note"):
        made.add("note", unit.meta["note"], annotates="source", **{"from": CATEGORY})
    if unit.comment:
        made.add("note", unit.comment, annotates="target", **{"from": CATEGORY})
    return made


def _text(parent: Element, pattern: str) -> None:
    for piece in pieces(pattern):
        if isinstance(piece, str):
            parent.children.append(piece)
        else:
            name, kind = piece
            slot = f"{{{name}:{kind}}}"
            parent.add("ph", slot, id=name, ctype=f"{_CONTEXT}{kind}", equiv_text=slot)


def read(path: Path, remarks: Remarks, progress: Progress | None = None) -> Iterator[tuple[Header, Unit]]:
    """The units, each with the header it stands under. Raises InputError."""
    for record in read_records(path, frozenset({"trans-unit", "bin-unit"}), progress):
        if record.node.name == "bin-unit":
            remarks.add("Bild oder Datei <bin-unit> nicht ausgewertet", record.node.line)
            continue
        file = next((node for node in record.around if node.name == "file"), record.node)
        kind = file.get("original").removeprefix(f"{CATEGORY}:")
        language = _target_language(record.node) or file.get("target-language")
        yield Header(kind, language, file.get("source-language")), _unit(record, remarks)


def _target_language(node: Node) -> str:
    target = node.find("target")
    return target.get("xml:lang") if target is not None else ""


def _unit(record: Record, remarks: Remarks) -> Unit:
    node = record.node
    for part in node.all():
        if part.name == "alt-trans":
            remarks.add("Vorschlag <alt-trans> nicht übernommen", part.line)
        elif part.name not in _UNIT_PARTS:
            remarks.add(f"Element <{part.name}> nicht ausgewertet", part.line)
    meta = _metadata(node)
    entry, form = split_name(node.get("resname"), node.get("id"))
    source, target = node.find("source"), node.find("target")
    slots = slots_by_id(source, {}) if source is not None else {}
    text = read_text(target, remarks, slots, {}) if target is not None else ""
    claim = _claim(node, target, remarks)
    plain = read_text(source, remarks, {}, {}) if source is not None else ""
    if claim is Claim.OPEN and text == plain and "status" not in meta:
        # Many tools fill an untranslated target with its source.
        text = ""
    return Unit(
        id=entry,
        form=form,
        source=plain,
        target=text,
        claim=own_claim(meta.get("status", ""), claim),
        comment=_comment(node, bool(meta)),
        meta=meta,
        line=node.line,
    )


def _claim(node: Node, target: Node | None, remarks: Remarks) -> Claim:
    if target is None:
        return Claim.OPEN
    if node.get("approved") == "yes":
        return Claim.APPROVED
    claim = read_claim(target.get("state"), Claim.DRAFT)
    if claim is None:
        remarks.add(f"unbekannter Stand „{target.get('state')}“, als Entwurf gelesen", target.line)
    return claim or Claim.DRAFT


def _metadata(node: Node) -> dict[str, str]:
    contexts = (context for group in node.all("context-group") for context in group.all("context"))
    return {
        context.get("context-type").removeprefix(_CONTEXT): context.text()
        for context in contexts
        if context.get("context-type").startswith(_CONTEXT)
    }


def _comment(node: Node, own: bool) -> str:
    """Remarks on the translation; in a file of ours the note on the German is no such remark."""
    texts = (
        note.text()
        for note in node.all("note")
        if not (own and note.get("annotates") == "source" and note.get("from") == CATEGORY)
    )
    return "\n".join(text for text in texts if text.strip())
