"""Drafts: what is written is read back, what is not touched stays, and nobody's work is overwritten."""

import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.content import Status, load_library
from app.content.editing import (
    SIGNATURE,
    Edition,
    add_phrase,
    draft_translation,
    set_source,
    set_translation,
    written,
)
from app.content.types import Phrase
from app.core.errors import ContentError, InputError, SprachpultError, UsageError
from tests.content.helpers import GERMAN, entry, translated, write_book

COMMENTED = f"""# Kopf der Datei

{translated("{minuten:number} dakika bekleyin.", status="checked", reviewer="Ayşe Yılmaz", date="2026-01-01")}
# gehört zum nächsten
[platz]  # auch hier
text = "Oturun."  # am Zeilenende
status = "draft"
source_hash = "00000000"
"""
ALPHABET = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="{}")
SENTENCES = st.text(ALPHABET, min_size=1, max_size=60).filter(lambda text: text.strip() != "")
FORMS = st.dictionaries(st.sampled_from(["zero", "one", "two", "few", "many"]), SENTENCES)
ALTERNATIVES = st.dictionaries(st.sampled_from(["female", "male"]), SENTENCES)


def phrase(root: Path, slug: str = "warten") -> Phrase:
    return load_library(root).phrases[f"test/{slug}"]


def clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


@settings(deadline=None, max_examples=60)
@given(SENTENCES, FORMS, ALTERNATIVES)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, forms: dict[str, str], alternatives: dict[str, str]
) -> None:
    root = write_book(tmp_path_factory.mktemp("book"), entry("satz", "Nehmen Sie Platz."))
    texts = {**forms, "other": text}
    set_translation(root, phrase(root, "satz"), "ar", texts, alternatives=alternatives, comment=text)
    found = phrase(root, "satz").translation("ar")
    assert found is not None
    assert dict(found.text) == {form: clean(value) for form, value in texts.items()}
    assert dict(found.alternatives) == {name: clean(value) for name, value in alternatives.items()}
    assert found.comment == clean(text)
    assert found.status is Status.DRAFT


@settings(deadline=None, max_examples=40)
@given(SENTENCES)
def test_german_is_read_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    root = write_book(tmp_path_factory.mktemp("book"))
    name = add_phrase(root, "test", text, translations={"tr": text})
    found = load_library(root).phrases[name]
    assert found.text == {"other": clean(text)}
    translation = found.translation("tr")
    assert translation is not None and translation.text == {"other": clean(text)}


def test_an_edit_takes_the_signature_away_and_nothing_else(tmp_path: Path) -> None:
    root = write_book(tmp_path, translation=COMMENTED)
    set_translation(root, phrase(root), "tr", "{minuten:number} dakika.", comment="kürzer")
    text = (root / "test" / "tr.toml").read_text("utf-8")
    expected = COMMENTED.replace(" bekleyin", "").replace('"checked"', '"draft"')
    expected = expected.replace('reviewer = "Ayşe Yılmaz"\ndate = "2026-01-01"\n', 'comment = "kürzer"\n')
    assert sorted(text.splitlines()) == sorted(expected.splitlines())
    assert text.index("# gehört zum nächsten\n[platz]  # auch hier") > text.index("kürzer")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_stay_and_a_byte_order_mark_does_no_harm(tmp_path: Path, ending: str, mark: str) -> None:
    root = write_book(tmp_path, entry("warten", GERMAN) + entry("neu", "Ja."))
    path = root / "test" / "tr.toml"
    path.write_bytes((mark + translated("{minuten:number} dk.").replace("\n", ending)).encode())
    set_translation(root, phrase(root), "tr", "{minuten:number} dakika.")
    set_translation(root, phrase(root, "neu"), "tr", "Evet.")
    raw = path.read_bytes().decode("utf-8")
    assert raw.count("\n") == raw.count(ending) == 9
    assert "\ufeff" not in raw


@pytest.mark.parametrize("language", [code for code in load_library().languages if code != "de"])
def test_writing_what_is_there_changes_no_byte(tmp_path: Path, language: str) -> None:
    installed = load_library()
    topic = tmp_path / "antworten"
    shutil.copytree(installed.root / "antworten", topic)
    before = (topic / f"{language}.toml").read_bytes()
    edition, library = Edition(tmp_path), load_library(tmp_path)
    for phrase in library.phrases.values():
        found = phrase.translation(language)
        assert found is not None
        draft_translation(edition, phrase, language, found.text, alternatives=found.alternatives)
    edition.save()
    assert (topic / f"{language}.toml").read_bytes() == before


REFUSED = [
    ("dakika bekleyin.", ContentError, "fehlt der Platzhalter"),
    ("{minuten:number} {saat:time}", ContentError, "anderer Platzhalter"),
    ("{minuten:number", ContentError, "geschweifte Klammer"),
    ({"one": "{minuten:number} dk."}, ContentError, "other"),
    ({"few": "{minuten:number} dk.", "other": "{minuten:number} dk."}, ContentError, "keine Mehrzahlform"),
    (" ", InputError, "leer"),
    ("{minuten:number}\nzwei Zeilen", InputError, "Zeilenumbruch"),
    ("{minuten:number}\x07", InputError, "Steuerzeichen"),
]


@pytest.mark.parametrize(("text", "kind", "message"), REFUSED)
def test_what_is_wrong_is_not_written(
    tmp_path: Path, text: str | dict[str, str], kind: type[SprachpultError], message: str
) -> None:
    root = write_book(tmp_path, translation=COMMENTED)
    with pytest.raises(kind, match=message):
        set_translation(root, phrase(root), "tr", text)
    assert (root / "test" / "tr.toml").read_text("utf-8") == COMMENTED


def test_half_written_file_is_not_written_over(tmp_path: Path) -> None:
    root = write_book(tmp_path, translation='[warten]\ntext = "')
    with pytest.raises(ContentError, match=r"tr\.toml:2: kein vollständiges TOML"):
        set_translation(root, phrase(root), "tr", "{minuten:number} dakika.")
    assert (root / "test" / "tr.toml").read_text("utf-8") == '[warten]\ntext = "'


def test_the_same_entry_changed_by_two_people_is_a_conflict(tmp_path: Path) -> None:
    root = write_book(tmp_path, translation=translated("{minuten:number} dk."))
    first, second = phrase(root), phrase(root)
    for seen in (first, second):
        assert seen.translation("tr") is not None
    set_translation(root, first, "tr", "{minuten:number} dakika bekleyin.")
    with pytest.raises(ContentError, match="inzwischen geändert"):
        set_translation(root, second, "tr", "{minuten:number} dakika oturun.")
    assert written(root, first, "tr") == ({"other": "{minuten:number} dakika bekleyin."}, {})


def test_an_entry_that_somebody_else_began_is_a_conflict(tmp_path: Path) -> None:
    root = write_book(tmp_path)
    first, second = phrase(root), phrase(root)
    assert first.translation("tr") is second.translation("tr") is None
    set_translation(root, first, "tr", "{minuten:number} dakika bekleyin.")
    with pytest.raises(ContentError, match="inzwischen geändert"):
        set_translation(root, second, "tr", "{minuten:number} dakika oturun.")


WRITER = """
import sys
from pathlib import Path
from app.content import load_library
from app.content.editing import set_translation
root, own = Path(sys.argv[1]), sys.argv[2]
for phrase in load_library(root).phrases.values():
    if phrase.id.startswith(f"test/{own}"):
        set_translation(root, phrase, "tr", phrase.source)
"""


def test_two_people_write_into_one_file_at_once(tmp_path: Path) -> None:
    numbers = range(12)
    german = "".join(entry(f"{own}{n}", f"Satz {own} {n}.") for own in "ab" for n in numbers)
    root = write_book(tmp_path, german)
    home = Path(__file__).parents[2]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(root), own], cwd=home) for own in "ab"]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    library = load_library(root)
    assert library.problems() == ()
    assert all(p.translation("tr") is not None for p in library.phrases.values())


def test_changed_german_makes_translations_stale(tmp_path: Path) -> None:
    root = write_book(tmp_path, translation=translated("{minuten:number} dk."))
    before = phrase(root)
    set_source(root, "test/warten", "Warten Sie bitte {minuten:number} Minuten.", seen=before)
    library = load_library(root)
    assert library.phrases["test/warten"].translation("tr") is None
    assert [problem.code for problem in library.problems()] == ["stale"]
    with pytest.raises(ContentError, match="inzwischen geändert"):
        set_source(root, "test/warten", "Warten Sie {minuten:number} min.", seen=before)
    set_translation(root, library.phrases["test/warten"], "tr", "{minuten:number} dk.")
    assert phrase(root).translation("tr") is not None


def test_new_phrases_get_short_different_names(tmp_path: Path) -> None:
    root = write_book(tmp_path)
    names = [add_phrase(root, "test", f"Öffnen Sie bitte das große Fenster{end}") for end in (".", "!", "?")]
    first = "test/oeffnen-bitte-grosse-fenster"
    assert names == [first, f"{first}-2", f"{first}-3"]
    with pytest.raises(ContentError, match="gibt es schon"):
        add_phrase(root, "test", "Öffnen Sie bitte das große Fenster.")
    with pytest.raises(UsageError, match="Unbekanntes Thema"):
        add_phrase(root, "tset", "Ja.")


def test_a_phrase_and_its_drafts_come_together_or_not_at_all(tmp_path: Path) -> None:
    root = write_book(tmp_path)
    before = (root / "test" / "phrases.toml").read_text("utf-8")
    with pytest.raises(ContentError, match="fehlt der Platzhalter"):
        add_phrase(root, "test", "Um {zeit:time}.", translations={"tr": "{zeit:time}", "ar": "?"})
    assert (root / "test" / "phrases.toml").read_text("utf-8") == before
    assert not (root / "test" / "tr.toml").exists()


def test_an_edition_cannot_sign(tmp_path: Path) -> None:
    root = write_book(tmp_path)
    for name in ("status", *SIGNATURE):
        with pytest.raises(ValueError, match="lifecycle"):
            Edition(root).set_draft(root / "test/tr.toml", "warten", {"source_hash": "", name: "approved"})
