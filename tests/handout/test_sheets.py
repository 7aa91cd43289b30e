"""Sheets as they are written: tags, languages, standards and words read back from the PDF."""

import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from app.content import Library, load_library
from app.core.errors import InputError, SprachpultError, UsageError
from app.handout import Order, layouts, prepare
from app.handout.fonts import FontError, families, printable
from app.handout.selection import RiskError
from app.handout.typesetting import TypesettingError

INSTALLED = load_library()
DAY = datetime.date(2026, 3, 1)
SLOTS = {"tag": "2026-12-03", "uhr": "09:30", "minuten": "15"}
WITH_TOPIC = {"a4", "a5", "falt", "karten", "karten-a6"}


def order(layout: str, /, *languages: str, **more: Any) -> Order:
    found: dict[str, Any] = {"layout": layout, "languages": languages, "day": DAY, "slots": SLOTS}
    found["topic"] = "notfall" if layout in WITH_TOPIC else ""
    return Order(**found | more)


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def root_of(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


def tags(node: Any) -> Iterator[tuple[str, str | None]]:
    """Type and language of every element of the structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"]), str(node["/Lang"]) if "/Lang" in node else None
        if "/K" in node:
            yield from tags(node["/K"])


@pytest.mark.parametrize("layout", layouts())
@pytest.mark.parametrize("language", ["ar", "uk"])
def test_every_layout_is_archivable_and_accessible(layout: str, language: str) -> None:
    found = read(prepare(INSTALLED, order(layout, language, office="Amt")).pdf())
    root = root_of(found)
    assert bool(root["/MarkInfo"]["/Marked"]) and root["/Lang"] == "de"
    assert found.metadata is not None and found.metadata.title
    meta = root["/Metadata"].get_data().decode("utf-8")
    assert "<pdfaid:part>2" in meta and "<pdfuaid:part>1" in meta
    marked = list(tags(root["/StructTreeRoot"]))
    assert "/H1" in {kind for kind, _ in marked}
    assert language in {code for _, code in marked if code}


def test_a_sheet_is_a_table_with_a_head_and_both_languages_in_reading_order() -> None:
    found = read(prepare(INSTALLED, order("a4", "tr", office="Gesundheitsamt Probe")).pdf())
    kinds = [kind for kind, _ in tags(root_of(found)["/StructTreeRoot"])]
    assert {"/Table", "/TH", "/TD"} <= set(kinds)
    text = found.pages[0].extract_text()
    assert text.index("Haben Sie Schmerzen") < text.index("Göğsünüz")
    assert all(
        word in text for word in ("Notfall", "Türkisch", "Türkçe", "Gesundheitsamt Probe", "Seite 1 von 1")
    )


def test_drafts_say_so_in_both_languages() -> None:
    text = read(prepare(INSTALLED, order("a4", "tr")).pdf()).pages[0].extract_text()
    assert "noch nicht von einer" in text and "henüz kontrol edilmedi" in text


def test_several_languages_follow_each_other_in_one_document() -> None:
    pages = read(prepare(INSTALLED, order("a4", "tr", "ar", "uk")).pdf()).pages
    named = zip(pages, ("Türkisch", "Arabisch", "Ukrainisch"), strict=True)
    assert [name in page.extract_text() for page, name in named] == [True] * 3


def test_what_must_not_be_printed_is_left_out_and_listed(books: Library) -> None:
    draft = prepare(books, order("a4", "ar", topic="probe"))
    (selection,) = draft.selections
    assert [entry.phrase.id for entry in selection.entries] == [
        "probe/entwurf",
        "probe/freigegeben",
        "probe/dosis",
    ]
    reasons = {omission.phrase.id.split("/")[1]: omission.reason for omission in selection.omissions}
    assert reasons == {
        "abgelaufen": "abgelaufen",
        "veraltet": "gehört zu einem früheren deutschen Wortlaut",
        "fehlt": "nicht übersetzt",
        "rot": "nur im Gespräch",
    }
    text = " ".join(page.extract_text() for page in read(draft.pdf()).pages)
    assert "Nicht auf diesem Blatt" in text and "Haben Sie Durst?" in text and "Dr. Erika Probe" in text


def test_a_sentence_for_a_conversation_is_refused(books: Library) -> None:
    with pytest.raises(RiskError, match="Stimmen Sie der Operation zu"):
        prepare(books, order("a4", "ar", topic="", phrases=("probe/rot",)))


def test_doses_and_dates_stand_in_isolates_where_writing_runs_from_right_to_left(books: Library) -> None:
    slots = {"menge": "2.5 ml", "tag": "2026-03-16"}
    draft = prepare(books, order("a4", "ar", topic="", phrases=("probe/dosis",), slots=slots))
    text = draft.selections[0].entries[0].text
    assert text.count("\u2068") == text.count("\u2069") == 2


def test_a_day_and_a_time_are_drawn_and_written_in_words() -> None:
    draft = prepare(INSTALLED, order("termin", "tr"))
    when = draft.data["sections"][0]["when"]
    assert when["tag"]["german"] == "Donnerstag, 3. Dezember 2026"
    assert when["tag"]["text"] == "3 Aralık 2026 Perşembe"
    assert (when["uhr"]["hour"], when["uhr"]["minute"]) == (9, 30)


def test_the_same_order_gives_the_same_bytes() -> None:
    first, second = (prepare(INSTALLED, order("a4", "tr")).pdf() for _ in range(2))
    assert first == second


def test_every_language_stands_on_the_pointing_page_in_its_own_script() -> None:
    found = read(prepare(INSTALLED, order("sprachen", "tr")).pdf())
    text = " ".join(page.extract_text() for page in found.pages)
    assert all(name in text for name in ("Українська", "አማርኛ", "ქართული", "Tiếng Việt", "Ελληνικά"))


def test_previews_are_pictures() -> None:
    pictures = prepare(INSTALLED, order("a5", "ar")).pictures(40)
    assert pictures and all(picture.startswith(b"\x89PNG") for picture in pictures)


def test_a_character_without_a_font_names_the_package() -> None:
    with pytest.raises(FontError) as caught:
        families("tr", printable("Ja \U0001f9ff"))
    assert "U+1F9FF" in caught.value.message and "fonts-noto-core" in caught.value.hint


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"layout": "a44"}, UsageError, "a4"),
        ({"languages": ()}, UsageError, "--languages"),
        ({"topic": ""}, UsageError, "--topic"),
        ({"topic": "gibtesnicht"}, UsageError, "gibtesnicht"),
        ({"topic": "", "phrases": ("tb/nie",)}, UsageError, "tb/nie"),
        ({"languages": ("ka",)}, UsageError, "nichts zu drucken"),
        ({"languages": ("xx",)}, UsageError, "xx"),
        ({"logo": Path("logo.gif")}, InputError, "SVG, PNG oder JPEG"),
        ({"logo": Path("fehlt.png")}, InputError, "nicht lesbar"),
    ],
)
def test_bad_orders_are_named(change: dict[str, Any], error: type[SprachpultError], said: str) -> None:
    with pytest.raises(error) as caught:
        prepare(INSTALLED, order("a4", "tr", **change))
    assert said in str(caught.value)


def test_a_broken_logo_is_refused_before_anything_is_set(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"kein Bild")
    with pytest.raises(InputError, match=r"logo\.png"):
        prepare(INSTALLED, order("a4", "tr", logo=logo))


def test_a_sentence_longer_than_its_card_is_refused() -> None:
    with pytest.raises(TypesettingError, match="länger als die Karte"):
        prepare(INSTALLED, order("karten", "tr", topic="belehrung", large=True)).pdf()
