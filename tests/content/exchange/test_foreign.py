"""Files in the style of other tools are read for what they offer; the rest is named."""

import codecs
from pathlib import Path

import pytest

from app.content.exchange.concepts import concept_stock
from app.content.exchange.difference import Outcome
from app.content.exchange.transfer import Plan, prepare
from app.content.glossaries import load_glossary
from app.core.errors import InputError, UsageError
from tests.content.exchange.helpers import book, read_in, stock_of

DATA = Path(__file__).parents[2] / "data" / "exchange"
FEVER, WAIT = "Ateşiniz var mı?", "{minuten:number} dakika bekleyin."


def taken(plan: Plan) -> dict[str, str]:
    return {c.id: c.new["other"] for c in plan.changes if c.outcome is Outcome.NEW}


def unread(plan: Plan) -> str:
    return " | ".join(what for what, _, _ in plan.remarks)


@pytest.mark.parametrize(
    ("name", "language", "expected", "mentioned"),
    [
        ("segmented-1.2.xlf", "tr", {"test/fieber": FEVER}, ["<g>", "<seg-defs>"]),
        (
            "cdata-and-suggestions-1.2.xlf",
            "tr",
            {"test/fieber": FEVER, "test/warten": WAIT},
            ["<alt-trans>", "<bin-unit>", "<bpt>", "<insertedmatch>"],
        ),
        (
            "modules-2.0.xlf",
            "tr",
            {"test/fieber": "Ateşiniz var mı?", "test/warten": WAIT},
            ["<matches>", "document_state", "<mrk>", "<pc>", "<sc>", "Platzhalter <ph>", "U+0007"],
        ),
        (
            "memory-1.1.tmx",
            "tr",
            {"test/fieber": FEVER},
            ["<bpt>", "<hi>", "„project“", "ohne deutschen Text"],
        ),
        ("memory-1.1.tmx", "ar", {"test/fieber": "هل لديك حمى؟"}, ["<bpt>"]),
    ],
)
def test_sentences(
    tmp_path: Path, name: str, language: str, expected: dict[str, str], mentioned: list[str]
) -> None:
    plan = read_in(book(tmp_path), DATA / name, language)
    assert taken(plan) == expected
    assert [what for what in mentioned if what not in unread(plan)] == []
    assert all(line for _, line, _ in plan.remarks)


def test_a_claimed_approval_is_only_reported(tmp_path: Path) -> None:
    plan = read_in(book(tmp_path), DATA / "cdata-and-suggestions-1.2.xlf")
    change = next(change for change in plan.changes if change.id == "test/fieber")
    assert change.reason == "laut Datei geprüft oder freigegeben; hier ein Entwurf"
    assert change.comment == "Höflich, bitte so lassen."


def test_a_memory_of_several_languages_asks_which(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="mehrere Sprachen: ar, tr → eine mit --language"):
        read_in(book(tmp_path), DATA / "memory-1.1.tmx")


@pytest.mark.parametrize("name", ["termbase-2008.tbx", "termbase-2019-dct.tbx"])
def test_terms(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "infektionen"
    folder.mkdir()
    (folder / "concepts.toml").write_text(
        'title = "Infektionen"\n[tuberkulose]\nterm = "Tuberkulose"\ndefinition = "Eine Krankheit."\n',
        "utf-8",
    )
    plan = prepare(
        DATA / name, lambda code: concept_stock(load_glossary(tmp_path), code), "glossary", language="tr"
    )
    (change,) = plan.changes
    assert change.outcome is Outcome.NEW and change.id == "infektionen/tuberkulose"
    assert change.new["term"] == "tüberküloz"
    if name == "termbase-2008.tbx":
        assert change.new["variant.1"] == "verem"
        assert (change.new["avoid.1"], change.new["reason.1"]) == (
            "ince hastalık",
            "veraltet, nur in Liedern",
        )
        assert change.comment == "so im Lehrbuch"
        assert "„partOfSpeech“" in unread(plan)
    else:
        assert "„register“" in unread(plan)


TABLE = "Deutsch{d}Türkisch{d}Kommentar\r\nHaben Sie Fieber?{d}Ateşiniz var mı?{d}\r\n"


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", b"")],
)
def test_tables_of_every_kind(tmp_path: Path, delimiter: str, encoding: str, mark: bytes) -> None:
    path = tmp_path / "tabelle.txt"
    path.write_bytes(mark + TABLE.format(d=delimiter).encode(encoding))
    assert taken(read_in(book(tmp_path), path)) == {"test/fieber": FEVER}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-9", "windows-1254"])
def test_xml_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = (
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n'
        '<tmx version="1.4"><header srclang="de"/><body><tu><tuv xml:lang="de"><seg>Haben Sie Fieber?</seg>'
        '</tuv><tuv xml:lang="tr"><seg>Ateşiniz var mı?</seg></tuv></tu></body></tmx>'
    )
    path = tmp_path / "x.bin"
    path.write_bytes(text.encode(encoding))
    assert taken(read_in(book(tmp_path), path)) == {"test/fieber": FEVER}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a;b;c\n1;2;3\n", ":1: die erste Zeile nennt keine bekannten Spalten"),
        ("de|tr\nHaben Sie Fieber?|x\n", ":1: die erste Zeile nennt keine bekannten Spalten"),
        ("de;tr\nHaben Sie Fieber?\n", ":2: 1 Felder statt 2"),
        ('de;tr\nHaben Sie Fieber?;"offen\n', ":2: keine vollständige CSV-Zeile"),
        ("de;tr\nGuten Tag;Merhaba\n", ":2: keiner der 1 Einträge ist einer unserer Sätze"),
        ("de;tr\n", "keine Übersetzungen gefunden"),
        ("", "die Datei ist leer"),
        ("<html><body/></html>", ":1: <html> ist kein Format für Übersetzungen"),
        ("<xliff version='1.2'><file source-language='en' target-language='tr'><body><trans-unit id='1'>"
         "<source>a</source><target>b</target></trans-unit></body></file></xliff>", "übersetzt aus „en“"),
        ("<xliff version='2.0' srcLang='de' trgLang='ar'><file id='f'><unit id='1'><segment>"
         "<source>a</source><target>b</target></segment></unit></file></xliff>", "enthält ar, nicht tr"),
    ],
)  # fmt: skip
def test_what_does_not_belong_here_is_said_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "fremd.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"fremd\.csv") as raised:
        read_in(book(tmp_path), path, "tr")
    assert message in str(raised.value)
    assert raised.value.hint and "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("header", "language", "message"),
    [("de;tr;ar", None, "mehrere Sprachen: tr, ar"), ("de;Türkisch;uk-UA", "ar", "enthält tr, uk, nicht ar")],
)
def test_a_table_of_other_languages(tmp_path: Path, header: str, language: str | None, message: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{header}\nHaben Sie Fieber?;Ateş?;Є?\n", "utf-8")
    with pytest.raises(UsageError, match=message):
        read_in(book(tmp_path), path, language)
    assert taken(read_in(book(tmp_path), path, "tr")) == {"test/fieber": "Ateş?"}


XLIFF1 = (
    "<xliff version='1.2'><file source-language='de' target-language='tr'><body><trans-unit id='1'>"
    "<source>Haben Sie Fieber?</source>{}</trans-unit></body></file></xliff>"
)
XLIFF2 = (
    "<xliff version='2.0' srcLang='de' trgLang='tr'><file id='f'><unit id='1'><segment>"
    "<source>Haben Sie </source>{}</segment><segment><source>Fieber?</source><target>ateş</target></segment>"
    "</unit></file></xliff>"
)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (XLIFF1.format("<target state='new'>Haben Sie Fieber?</target>"), Outcome.OPEN),
        (XLIFF1.format("<target state='needs-translation'/>"), Outcome.OPEN),
        (XLIFF1.format(""), Outcome.OPEN),
        (XLIFF1.format("<target state='x-unheard-of'>Ateş?</target>"), Outcome.NEW),
        (XLIFF1.format("<target>\n   Ateşiniz\n   var mı?\n  </target>"), Outcome.NEW),
        (XLIFF2.format("<target>Sizde </target>"), Outcome.NEW),
        (XLIFF2.format(""), Outcome.REFUSED),
        (XLIFF2.format("<target> </target>"), Outcome.REFUSED),
    ],
)
def test_half_done_work(tmp_path: Path, text: str, outcome: Outcome) -> None:
    path = tmp_path / "x.xlf"
    path.write_text(text, "utf-8")
    (change,) = read_in(book(tmp_path), path).changes
    assert change.outcome is outcome
    assert "\n" not in "".join(change.new.values())
    assert ("1 von 2 Segmenten" in change.reason) is (outcome is Outcome.REFUSED)


def test_a_format_that_was_named_must_be_right(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ist TMX 1\.4b, nicht csv"):
        prepare(DATA / "memory-1.1.tmx", stock_of(book(tmp_path)), "phrases", format_name="csv")
