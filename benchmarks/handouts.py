"""How long sheets take: one of 40 sentences, every topic in every language, and the way through a browser.

`python benchmarks/handouts.py`: ratios of one run on one machine.
"""

import html
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.content import load_library
from app.core.paths import phrasebook_root
from app.handout import Order, prepare
from app.handout.batch import build_all

SENTENCES = 40
ROUNDS = 5
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


def main() -> None:
    books = load_library()
    names = [phrase.id for phrase in books.phrases.values() if phrase.risk != "red"][:SENTENCES]
    order = Order("a4", ("ar",), phrases=tuple(names))
    first = timed(lambda: prepare(books, order).pdf())
    again = min(timed(lambda: prepare(books, order).pdf()) for _ in range(ROUNDS))
    print(f"A4, {SENTENCES} sentences, Arabic: first {first:.2f} s with fonts, then {again:.3f} s")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if BROWSER:
            other = min(timed(lambda: through_browser(names, folder)) for _ in range(2))
            print(f"the same through headless Chromium: {other:.2f} s, {other / again:.0f} times as long")
        one = timed(lambda: batch(folder / "one", 1))
        many = timed(lambda: batch(folder / "many", None))
        same = timed(lambda: batch(folder / "many", None))
        count = len(list((folder / "many").glob("*.pdf")))
        print(f"{count} sheets: one process {one:.1f} s, all cores {many:.1f} s ({one / many:.2f} times)")
        print(f"nothing changed: {same:.1f} s")


def timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def batch(folder: Path, workers: int | None) -> None:
    states = {made.state for made in build_all(phrasebook_root(), Order("a4", ()), folder, quiet, workers)}
    assert "failed" not in states, states


def quiet(_step: str, _share: float) -> None:
    pass


def through_browser(names: list[str], folder: Path) -> None:
    """The sentences as a plain table, printed to PDF."""
    library = load_library()
    rows = []
    for name in names:
        translation = library.phrases[name].translation("ar")
        text = translation.text["other"] if translation else ""
        rows.append(
            f"<tr><td>{html.escape(library.phrases[name].source)}<td dir=rtl lang=ar>{html.escape(text)}"
        )
    page = folder / "page.html"
    page.write_text(f"<meta charset=utf-8><table>{''.join(rows)}</table>", "utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
    ]
    target = f"--print-to-pdf={folder / 'page.pdf'}"
    command = [str(BROWSER), *flags, f"--user-data-dir={folder / 'profile'}", target, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
