"""Checks of the further wordings by which a prepared sentence is recognised."""

from collections.abc import Iterator

from app.content.checking import ContentFinding, Scope, finding
from app.content.phrasebooks import Library
from app.content.text_form import form_problems
from app.content.toml_file import TomlFile
from app.content.wordings import FOLDER, read_wordings
from app.core.languages import STAFF_LANGUAGE


def check_wordings(library: Library, scope: Scope) -> Iterator[ContentFinding]:
    """Files and entries that cannot be used, texts with wrong characters, one wording for two sentences."""
    for code in library.languages:
        found = read_wordings(library, code)
        for problem in found.problems:
            if scope.has(problem.phrase.split("/", 1)[0], code):
                yield finding("broken", problem.error, problem.phrase if "/" in problem.phrase else "", code)
        owners: dict[str, str] = {}
        for name, texts in found.texts.items():
            for text in texts:
                owner = owners.setdefault(text, name)
                if scope.has(name.split("/", 1)[0], code):
                    yield from _of_text(library, code, name, text, owner)


def _of_text(library: Library, code: str, name: str, text: str, owner: str) -> Iterator[ContentFinding]:
    problems = list(form_problems(text))
    phrases = library.phrases.values() if code == STAFF_LANGUAGE else ()
    sources = (phrase.id for phrase in phrases if text in phrase.text.values())
    other = next((known for known in sources if known != name), owner)
    if other != name:
        problems.append(("duplicate-wording", f"steht auch bei {other}"))
    if problems:
        topic, slug = name.split("/", 1)
        file = TomlFile(library.root / topic / FOLDER / f"{code}.toml")
        for problem, message in problems:
            where = f"„{slug}“: „{text}“"
            error = file.error(f"{where} {message}", "ändern oder streichen", key=slug)
            yield finding(problem, error, name, code)
