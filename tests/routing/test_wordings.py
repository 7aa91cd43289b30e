"""The further wordings of phrases lead to their own phrase and to no other."""

from pathlib import Path

import pytest

from app.content import Library, load_library
from app.content.pattern import slots_of
from app.content.wordings import FOLDER, read_wordings
from app.routing import Router
from tests.routing.filled import filled

LANGUAGES = sorted({path.stem for path in load_library().root.glob(f"*/{FOLDER}/*.toml")})


@pytest.fixture(scope="module")
def books() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def router(books: Library) -> Router:
    return Router(books)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_used(books: Library, language: str) -> None:
    found = read_wordings(books, language)
    assert found.texts and [str(problem.error) for problem in found.problems] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_wording_leads_to_another_phrase(books: Library, router: Router, language: str) -> None:
    target = "tr" if language == "de" else "de"
    astray, own = [], 0
    for phrase_id, texts in read_wordings(books, language).texts.items():
        for text in texts:
            said = filled(text, slots_of(text), books.phrases[phrase_id].examples, language)
            taken = router.route(said, language, target).phrase
            own += taken == phrase_id
            if taken not in (phrase_id, None):
                astray.append((phrase_id, said, taken))
    assert astray == []
    assert own >= 0.95 * sum(map(len, read_wordings(books, language).texts.values()))


def test_wrong_entries_are_named_with_their_line(tmp_path: Path) -> None:
    topic = tmp_path / "test"
    (topic / FOLDER).mkdir(parents=True)
    (topic / "phrases.toml").write_text(
        'title = "T"\n[warten]\ntext = "Warten Sie {n:number} Minuten."\n', "utf-8"
    )
    lines = ['warten = ["Bitte warten Sie."]', 'fehlt = ["Nein."]', "leer = 3"]
    (topic / FOLDER / "de.toml").write_text("\n".join(lines) + "\n", "utf-8")
    found = read_wordings(load_library(tmp_path), "de")
    assert found.texts == {}
    errors = [str(problem.error) for problem in found.problems]
    assert [f"de.toml:{line}:" in error for line, error in enumerate(errors, 1)] == [True] * 3
    assert "{n:number}" in errors[0] and "fehlt" in errors[1]
