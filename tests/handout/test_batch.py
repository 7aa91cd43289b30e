"""Many sheets at once: only what changed, and one failure does not stop the rest."""

from pathlib import Path

from app.content import Library
from app.core.settings import Settings
from app.handout import Order
from app.handout.batch import build_all


def run(books: Library, out: Path) -> dict[str, str]:
    order = Order("a4", (), office=Settings().office)
    shares: list[float] = []
    made = build_all(books.root, order, out, lambda _, share: shares.append(share))
    found = {sheet.path.name: sheet.state for sheet in made}
    assert shares[-1] == 1.0
    return found


def test_only_what_changed_is_made_again(books: Library, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(books, out) == {"probe-ar.pdf": "made", "handzettel-ar.pdf": "made"}
    assert run(books, out) == {"probe-ar.pdf": "unchanged", "handzettel-ar.pdf": "unchanged"}
    file = books.root / "probe" / "ar.toml"
    file.write_text(file.read_text("utf-8").replace("هل؟", "هل هذا؟"), "utf-8")
    assert run(books, out) == {"probe-ar.pdf": "made", "handzettel-ar.pdf": "unchanged"}


def test_one_failure_is_named_and_the_rest_is_made(books: Library, tmp_path: Path) -> None:
    file = books.root / "probe" / "ar.toml"
    file.write_text(file.read_text("utf-8").replace("هل؟", "هل \U0001f9ff؟"), "utf-8")
    assert run(books, tmp_path / "out") == {"probe-ar.pdf": "failed", "handzettel-ar.pdf": "made"}
    assert not (tmp_path / "out" / "probe-ar.pdf").exists()
