"""Look-up by rank, dropped-in folders, and complaints with file and line."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import ContentError
from app.core.languages import languages
from app.core.paths import data_root
from app.engines.catalog import RecogniseRow, TranslateRow, VoiceRow, load_catalog

RECOGNISER = """
purpose = "recognise"
library = "faster-whisper"
licence = "MIT"
"""
TRANSLATOR = """
purpose = "translate"
library = "ctranslate2"
licence = "CC-BY-4.0"
"""
FETCHED = f"{RECOGNISER}folder = 'a'\nrank = 1\nlanguages = ['de']\n"


def _root(tmp_path: Path, catalog: str = "", *folders: str, name: str = "models") -> Path:
    root = tmp_path / name
    root.mkdir(exist_ok=True)
    if catalog:
        (root / "catalog.toml").write_text(catalog, "utf-8")
    for folder in folders:
        (root / folder).mkdir(parents=True)
        (root / folder / "model.bin").write_bytes(b"x")
    return root


def _recogniser(name: str, rank: int, languages: str = '["de"]') -> str:
    return f'[{name}]{RECOGNISER}folder = "{name}"\nrank = {rank}\nlanguages = {languages}\n'


def _translator(name: str, rank: int, source: str, target: str) -> str:
    return f'[{name}]{TRANSLATOR}folder = "{name}"\nrank = {rank}\nfrom = {source}\nto = {target}\n'


def test_the_installed_row_of_highest_rank_wins(tmp_path: Path) -> None:
    catalog = _recogniser("demo", 0) + _recogniser("small", 50) + _recogniser("large", 90)
    found = load_catalog([_root(tmp_path, catalog, "demo", "small")])
    row = found.recogniser("de")
    assert row is not None and row.name == "small" and row.path == tmp_path / "models" / "small"
    assert not found.rows["large"].installed
    assert found.recogniser("tr") is None


def test_the_office_folder_comes_before_the_program(tmp_path: Path) -> None:
    program = _root(tmp_path, _recogniser("small", 50), "small")
    office = _root(tmp_path, "", "small", name="office")
    row = load_catalog([office, program]).recogniser("de")
    assert row is not None and row.path == office / "small"


def test_a_dropped_folder_brings_its_own_row(tmp_path: Path) -> None:
    root = _root(tmp_path, "", "mine")
    (root / "mine" / "model.toml").write_text(
        f'{TRANSLATOR}rank = 60\nfrom = ["de"]\nto = ["tr", "ro"]\nsource_prefix = [">>{{target}}<<"]\n'
        'codes = { tr = "tur", ro = "ron" }\n', "utf-8",
    )  # fmt: skip
    (row,) = load_catalog([root]).translator("de", "ro")
    assert row.name == "mine" and row.codes["ro"] == "ron" and row.source_prefix == (">>{target}<<",)


def test_a_pack_amends_its_catalog_row_with_what_was_measured(tmp_path: Path) -> None:
    root = _root(tmp_path, _recogniser("demo", 0, '["de", "tr"]'), "demo")
    (root / "demo" / "model.toml").write_text("known_threshold = { de = 0.4 }\nsize_mb = 5\n", "utf-8")
    row = load_catalog([root]).recogniser("tr")
    assert row is not None and row.threshold("de") == 0.4 and row.threshold("tr") is None and row.size_mb == 5


def test_a_folder_with_nothing_but_its_row_is_not_installed(tmp_path: Path) -> None:
    root = _root(tmp_path)
    (root / "mine").mkdir()
    (root / "mine" / "model.toml").write_text(f'{RECOGNISER}rank = 1\nlanguages = ["de"]\n', "utf-8")
    assert load_catalog([root]).recogniser("de") is None


@pytest.mark.parametrize(
    ("direct", "halves", "names"),
    [
        (None, (50, 50), ["out", "in"]),
        (45, (50, 50), ["direct"]),
        (0, (50, 40), ["out", "in"]),
        (0, (50, 5), ["direct"]),
    ],
)
def test_a_pivot_must_be_clearly_better(
    tmp_path: Path, direct: int | None, halves: tuple[int, int], names: list[str]
) -> None:
    catalog = 'pivots = ["en"]\n' + _translator("out", halves[0], '["de"]', '["en"]')
    catalog += _translator("in", halves[1], '["en"]', '["so"]')
    if direct is not None:
        catalog += _translator("direct", direct, '["de"]', '["so"]')
    found = load_catalog([_root(tmp_path, catalog, "out", "in", "direct")])
    assert [row.name for row in found.translator("de", "so")] == names
    assert found.translator("so", "de") == ()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("[a\n", 1, "kein gültiges TOML"),
        ('\n[a]\npurpose = "speak"\n', 3, "„recognise“ oder „translate“ oder „voice“"),
        (f"[a]{RECOGNISER}folder = 'a'\nrank = 1\nlanguages = ['de', 'tk']\n", 7, "„tk“.*tr"),
        (f"[a]{RECOGNISER}folder = 'a'\nrank = 1\nlangages = ['de']\n", 7, "langages.*languages"),
        (f"[a]{RECOGNISER}folder = 'a'\nrank = 'viel'\nlanguages = ['de']\n", 6, "rank"),
        (f"[a]{RECOGNISER}folder = 'a'\nlanguages = ['de']\n", 1, "fehlt: rank"),
        (f"[a]{TRANSLATOR}folder = 'a'\nrank = 1\nfrom = ['de']\n", 1, "fehlt: to"),
        (f"[a]{TRANSLATOR}folder = 'a'\nrank = 1\nfrom = 'de'\nto = ['tr']\n", 7, "Liste von Sprachkürzeln"),
        ("[a]\npurpose = 'voice'\nlibrary = 'pipr'\nlicence = ''\nrank = 1\nlanguages = []", 3, "„espeak“"),
        ("pivot = ['en']\n", 1, "pivot.*pivots"),
        (f"[a]{FETCHED}source = 'ftp'\n", 8, "„source“.*„hub“ oder „archive“"),
        (f"[a]{FETCHED}official_use = 'ja'\n", 8, "„yes“ oder „no“ oder „unclear“"),
        (f"[a]{FETCHED}profiles = ['riesig']\n", 8, "klein.*mittel.*gross"),
        (f"[a]{FETCHED}revision = 'main'\n", 8, "Commit mit 40 Zeichen"),
        (f"[a]{FETCHED}files = ['model.bin']\n", 8, "Tabellen mit „path“"),
        (f"[a]{FETCHED}files = [{{ path = '../x' }}]\n", 8, "„path“.*stimmt nicht"),
        (f"[a]{FETCHED}files = [{{ path = 'x', md5 = 'abc' }}]\n", 8, "„md5“.*stimmt nicht"),
        (f"[a]{FETCHED}files = [{{ path = 'x', size = '1' }}]\n", 8, "„size“.*stimmt nicht"),
        (f"[a]{FETCHED}files = [{{ path = 'x', sha = '1' }}]\n", 8, "„sha“.*erlaubt: path"),
        (f"[a]{FETCHED}published = {{ tr = 'gut' }}\n", 8, "„published“.*falsche Art"),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_file_and_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    root = _root(tmp_path, text)
    with pytest.raises(ContentError, match=f"(?s)catalog.toml:{line}: .*{words}") as caught:
        load_catalog([root])
    assert caught.value.line == line and caught.value.hint


def test_a_mistake_in_a_folder_is_named_there(tmp_path: Path) -> None:
    root = _root(tmp_path, _recogniser("demo", 0), "demo")
    (root / "demo" / "model.toml").write_text("size_mb = 5\nknown_treshold = 0.4\n", "utf-8")
    with pytest.raises(ContentError, match=r"model.toml:2: .*known_treshold.*known_threshold"):
        load_catalog([root])


def test_the_catalog_of_the_program_is_right() -> None:
    found = load_catalog([data_root() / "models"])
    kinds = {type(row) for row in found.rows.values()}
    assert kinds == {RecogniseRow, TranslateRow, VoiceRow}
    assert all(row.licence for row in found.rows.values())
    espeak = found.rows["espeak-ng"]
    assert isinstance(espeak, VoiceRow)
    assert set(espeak.languages) == {code for code, row in languages().items() if row.espeak}


_WHOLE = (data_root() / "models" / "catalog.toml").read_text("utf-8")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_damaged_catalog_is_a_content_error_or_none(tmp_path: Path, data: st.DataObject) -> None:
    blocks = _WHOLE.split("\n\n[")
    block = "[" + data.draw(st.sampled_from(blocks[1:]))
    start = data.draw(st.integers(0, len(block)))
    rest = block[data.draw(st.integers(start, min(len(block), start + 12))) :]
    damaged = (
        block[:start] + data.draw(st.sampled_from(["", "=", "[", '"', "'", "\n", "1", "x", "{", "ü"])) + rest
    )
    (tmp_path / "catalog.toml").write_text(damaged, "utf-8")
    try:
        load_catalog([tmp_path])
    except ContentError as error:
        assert "catalog.toml" in error.message and error.hint
