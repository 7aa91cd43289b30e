"""Hostile, damaged and random files end in one line that says so, within bounded time and memory."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.content.exchange import matching, xlsx_file
from app.content.exchange.formats import FORMATS
from app.content.exchange.transfer import export
from app.core.errors import InputError, SprachpultError
from tests.content.exchange.helpers import book, read_in, stock_of, turkish

BODY = '<xliff version="1.2"><file source-language="de" target-language="tr"><body>{}</body></file></xliff>'
UNIT = "<trans-unit id='1'><source>{}</source><target>x</target></trans-unit>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "entity expansion": (
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>' + BODY.format(UNIT.format("&l9;")),
        "Entitäten",
    ),
    "external entity": (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + BODY.format(UNIT.format("&e;")),
        "Entitäten",
    ),
    "parameter entity": (
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1/p.dtd"> %p;]>' + BODY,
        "Entitäten",
    ),
    "external DTD": ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + BODY, "fremde DTD"),
    "undeclared entity": ('<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx><body>&nbsp;</body></tmx>', "&nbsp;"),
    "depth": ("<a>" * 200 + "</a>" * 200, "Elemente ineinander"),
    "depth in a text": (BODY.format(UNIT.format("<g>" * 500 + "</g>" * 500)), "Elemente ineinander"),
    "attribute": (f'<a b="{"x" * (9 << 20)}"/>', "größer als 4 MB"),
    "attributes": ("<a " + " ".join(f"b{n}='1'" for n in range(500)) + "/>", "200 Attribute"),
    "text": (BODY.format(UNIT.format("x" * (3 << 20))), "unmäßig groß"),
    "elements": (BODY.format(UNIT.format("<x/>" * 30_000)), "unmäßig groß"),
    "truncated": ((BODY.format(UNIT.format("a")))[:-30], "kein wohlgeformtes XML"),
    "not well-formed": (BODY.format("<trans-unit>"), "kein wohlgeformtes XML"),
    "control character": (BODY.format(UNIT.format("\x07")), "kein wohlgeformtes XML"),
    "encoding": ('<?xml version="1.0" encoding="klingonisch"?><xliff/>', "fremd.xlf"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused(tmp_path: Path, name: str) -> None:
    text, expected = HOSTILE[name]
    path = tmp_path / "fremd.xlf"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        read_in(book(tmp_path), path, "tr")
    assert expected in str(raised.value) and "fremd.xlf" in str(raised.value)
    assert "\n" not in str(raised.value) and raised.value.hint and len(str(raised.value)) < 400


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({f"xl/{n}.xml": b" " * (7 << 20) for n in range(6)}, "entpackt unmäßig groß"),
        ({"xl/sheet1.xml": b" " * (30 << 20)}, "verdächtig dicht gepackt"),
        ({f"xl/{n}.xml": b"" for n in range(2000)}, "entpackt unmäßig groß"),
        ({"xl/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'}, "erklärt eigene Entitäten"),
        ({"xl/sheet1.xml": " <!ENTITY ".encode("utf-16")}, "erklärt eigene Entitäten"),
        ({"readme.txt": b"kein Excel"}, "keine lesbare XLSX-Datei"),
    ],
)
def test_hostile_archives_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: dict[str, bytes], message: str
) -> None:
    monkeypatch.setattr(xlsx_file, "MAX_UNPACKED", 40 << 20)
    path = packed(tmp_path / "fremd.xlsx", parts)
    with pytest.raises(InputError, match=message):
        read_in(book(tmp_path), path, "tr")


def test_formulas_neither_leave_nor_enter(tmp_path: Path) -> None:
    from openpyxl import Workbook, load_workbook

    path = tmp_path / "x.xlsx"
    root = book(tmp_path, turkish().replace("{minuten:number} dakika", "=1+1 {minuten:number}"))
    export(stock_of(root)("tr"), "xlsx", path)
    cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert read_in(root, path).counts["unchanged"] == 1
    export(stock_of(root)("tr"), "csv", path)
    assert ";'=1+1" in path.read_text("utf-8-sig")
    made = Workbook()
    made.active.append(["de", "tr"])
    made.active.append(["Haben Sie Fieber?", '=HYPERLINK("http://127.0.0.1")'])
    made.save(path)
    with pytest.raises(InputError, match=r"x\.xlsx:2: eine Zelle enthält eine Formel"):
        read_in(root, path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from([b"", b"<xliff>", b"PK\x03\x04", b"id;tr\n", b"\xff\xfe", b"\xef\xbb\xbf<"]),
    rest=st.binary(),
)
def test_random_bytes_are_an_error_for_people(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(start + rest)
    with pytest.raises(SprachpultError):
        read_in(book(tmp_path), path, "tr")


SHARES = st.one_of(st.just(1.0), st.floats(0, 1))
"""Places in a file, as shares of its length; often its end, so that many files stay whole."""


@pytest.mark.parametrize("name", ["xliff2", "xliff1", "tmx", "csv", "xlsx"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=SHARES, changes=st.lists(st.tuples(SHARES, st.integers(0, 255)), max_size=3))
def test_a_damaged_file_is_read_or_refused(
    tmp_path: Path, name: str, cut: float, changes: list[tuple[float, int]]
) -> None:
    """Cut somewhere, a few bytes changed: an error for people, or a plan with an outcome per entry."""
    root, path = book(tmp_path, turkish()), tmp_path / f"x{FORMATS[name].suffix}"
    export(stock_of(root)("tr"), name, path)
    whole = bytearray(path.read_bytes())
    for place, value in changes:
        whole[int(place * (len(whole) - 1))] = value
    path.write_bytes(whole[: int(cut * len(whole))])
    try:
        plan = read_in(root, path, "tr")
    except SprachpultError as error:
        assert "\n" not in str(error)
    else:
        assert sum(plan.counts.values()) == len(plan.changes) > 0


def test_foreign_words_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('de;tr;"\x1b[2J\nSpalte"\n"Guten\n\x1b[31mTag";Merhaba;\n', "utf-8")
    with pytest.raises(InputError) as raised:
        read_in(book(tmp_path), path)
    assert "Guten �[31mTag" in str(raised.value)
    path.write_text("de;tr\nHaben Sie Fieber?;\x1b[31m\n", "utf-8")
    (change,) = read_in(book(tmp_path), path).changes
    assert change.reason == "Form „other“: Steuerzeichen U+001B"


@pytest.mark.parametrize("text", ["de;tr\n" + ";" * (5 << 20), "de;tr\n" * 3 + '"' + "x\n" * (2 << 20)])
def test_gigantic_rows_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"x\.csv:\d+: "):
        read_in(book(tmp_path), path)


def test_more_entries_than_anybody_needs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MAX_UNITS", 1000)
    path = tmp_path / "x.xlf"
    path.write_text(
        '<xliff version="2.0" trgLang="tr"><file>' + "<unit/>" * 1001 + "</file></xliff>", "utf-8"
    )
    with pytest.raises(InputError, match="mehr als 1000 Einträge"):
        read_in(book(tmp_path), path)


def test_remarks_stay_few(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    properties = "".join(f'<prop type="p{n}">x</prop>' for n in range(5000))
    path.write_text(
        f"<tmx><body><tu>{properties}<tuv xml:lang='de'><seg>Haben Sie Fieber?</seg></tuv>"
        "<tuv xml:lang='tr'><seg>Ateş?</seg></tuv></tu></body></tmx>",
        "utf-8",
    )
    remarks = list(read_in(book(tmp_path), path).remarks)
    assert len(remarks) <= 101 and sum(count for _, _, count in remarks) == 5000
