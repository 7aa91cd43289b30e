"""The page with sound: real voices, real files, a real browser."""

import shutil
import subprocess
from pathlib import Path

import pytest
import soundfile

from app.cli.compose import engines
from app.content import load_library
from app.handout import Order, prepare
from app.handout.sound import sound_pack

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draft = prepare(load_library(), Order("a4", ("ar",), topic="notfall", office="Amt & Co"))
    (found,) = sound_pack(draft, tmp_path_factory.mktemp("ton"), engines().voice, lambda _step, _share: None)
    return found


def test_every_sentence_has_a_sound_file_of_its_length(page: Path) -> None:
    files = sorted(page.parent.glob("*.ogg"))
    assert [file.name for file in files] == [f"{number:03}.ogg" for number in range(1, 8)]
    assert all(0.5 < soundfile.info(file).duration < 8 for file in files)
    assert sum(file.stat().st_size for file in files) < 200_000


def test_the_page_needs_nothing_but_its_folder(page: Path) -> None:
    text = page.read_text("utf-8")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "").replace("https://fontawesome.com", "")
    assert "Amt &amp; Co" in text and 'dir="rtl"' in text and "لم يراجعها" in text


def test_a_browser_shows_it_from_the_disk(page: Path, tmp_path: Path) -> None:
    assert BROWSER, "Chromium fehlt: apt install chromium"
    picture = tmp_path / "page.png"
    command = [BROWSER, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={picture}"]
    command += ["--window-size=900,1200", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.count("<button") == 7 and 'lang="ar"' in done.stdout
    assert picture.is_file() and picture.stat().st_size > 20_000
