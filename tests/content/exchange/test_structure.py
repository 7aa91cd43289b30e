"""What is written has the structure its standard asks for: elements, their order, their attributes."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from app.content.exchange.formats import FORMATS, write_file
from app.content.exchange.unit import Claim, Header, Unit

ARABIC, SENTENCE = "{wochen:number} أسابيع", "{wochen:number} Wochen"
META = {"status": "approved", "note": "Ab 38 Grad.", "definition": "Eine Krankheit.", "synonyms": "TB | Tbc"}
FORMS = {"xliff2": "few", "xliff1": "few", "tmx": "few", "tbx": "term", "tbx-dct": "term", "tbx-2008": "term"}
XLIFF = "xliff: file+; file: unit+; unit: metadata notes segment; metadata: metaGroup; metaGroup: meta+"
TBX_HEAD = "fileDesc: titleStmt sourceDesc; titleStmt: title; sourceDesc: p; text: body"
TBX = f"tbx: tbxHeader text; tbxHeader: fileDesc; {TBX_HEAD}; body: conceptEntry+; langSec: termSec+"
MARTIF = f"martif: martifHeader text; martifHeader: fileDesc encodingDesc; encodingDesc: p; {TBX_HEAD}"
STRUCTURE = {
    "xliff2": f"{XLIFF}; notes: note+; segment: source target?; source: ph?; target: ph?",
    "xliff1": "xliff: file+; file: body; body: trans-unit+; trans-unit: source target? context-group note*; "
    "context-group: context+; source: ph?; target: ph?",
    "tmx": "tmx: header body; body: tu+; tu: note? prop* tuv+; tuv: seg; seg: ph?",
    "tbx": f"{TBX}; conceptEntry: descrip* note langSec+; termSec: term termNote note*",
    "tbx-dct": f"{TBX}; conceptEntry: subjectField definition? note langSec+; "
    "termSec: term administrativeStatus note*",
    "tbx-2008": f"{MARTIF}; body: termEntry+; termEntry: descrip* note langSet+; langSet: tig+; "
    "tig: term termNote note*",
}
NAMESPACES = {
    "xliff2": "urn:oasis:names:tc:xliff:document:2.0",
    "xliff1": "urn:oasis:names:tc:xliff:document:1.2",
    "tmx": None,
    "tbx": "urn:iso:std:iso:30042:ed-2",
    "tbx-dct": "urn:iso:std:iso:30042:ed-2",
    "tbx-2008": None,
}
ATTRIBUTES = {
    "xliff2": {"xliff": "version srcLang trgLang", "file": "id", "unit": "id", "ph": "id"},
    "xliff1": {
        "xliff": "version",
        "file": "original source-language datatype",
        "trans-unit": "id",
        "ph": "id",
    },
    "tmx": {
        "tmx": "version",
        "header": "creationtool creationtoolversion segtype o-tmf adminlang srclang datatype",
        "tuv": "{http://www.w3.org/XML/1998/namespace}lang",
        "prop": "type",
    },
    "tbx": {"tbx": "style type", "descrip": "type", "termNote": "type"},
    "tbx-dct": {"tbx": "style type"},
    "tbx-2008": {"martif": "type", "descrip": "type", "termNote": "type"},
}


def written(tmp_path: Path, name: str) -> ElementTree.Element:
    form = FORMS[name]
    terms = name.startswith("tbx")
    units = [
        Unit(
            "tb/a",
            form,
            "TB" if terms else SENTENCE,
            "verem" if terms else ARABIC,
            Claim.APPROVED,
            "gut",
            META,
        ),
        Unit("tb/b", form, "Husten", "", Claim.OPEN, "", META),
    ]
    path = tmp_path / "x"
    write_file(FORMATS[name], path, Header("glossary" if terms else "phrases", "ar"), units)
    return ElementTree.parse(path).getroot()


def local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def rule(children: str) -> re.Pattern[str]:
    """`tu: note? tuv+` as a pattern over „note tuv tuv “."""
    parts = (re.fullmatch(r"([\w-]+)([?*+]?)", part) for part in children.split())
    return re.compile("".join(f"(?:{part[1]} ){part[2]}" for part in parts if part))


@pytest.mark.parametrize("name", STRUCTURE)
def test_elements_stand_where_the_standard_wants_them(tmp_path: Path, name: str) -> None:
    root = written(tmp_path, name)
    rules = dict(row.split(": ") for row in STRUCTURE[name].split("; "))
    namespace = NAMESPACES[name]
    assert root.tag == (f"{{{namespace}}}" if namespace else "") + next(iter(rules))
    for element in root.iter():
        children = "".join(f"{local(child)} " for child in element)
        assert rule(rules.get(local(element), "")).fullmatch(children), f"{local(element)}: {children}"
        for attribute in ATTRIBUTES[name].get(local(element), "").split():
            assert element.get(attribute), f"{local(element)} without {attribute}"


@pytest.mark.parametrize("name", STRUCTURE)
def test_ids_are_unique_name_tokens(tmp_path: Path, name: str) -> None:
    ids = (element.get("id") for element in written(tmp_path, name).iter() if local(element) != "ph")
    found = [token for token in ids if token]
    assert len(found) == len(set(found))
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", token) for token in found)
