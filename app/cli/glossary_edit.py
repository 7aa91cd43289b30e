"""`sprachpult glossary edit`: a term or a German concept, by options or in the person's own editor."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.editor import edit_until_saved
from app.cli.glossary import known_concept, open_glossary
from app.cli.output import Json, json_line
from app.core.errors import InputError, UsageError
from app.core.languages import STAFF_LANGUAGE, language

if TYPE_CHECKING:
    from app.content import Avoid, Concept, Glossary

Rows = dict[str, list[str]]
"""Texts by name of the line in the editor."""

_ROW = re.compile(r"(\w+)\s*:\s*(.*)")
_SEMICOLON = re.compile(r"\s*[;؛]\s*")
_TARGET = ("term", "variant", "avoid")
_GERMAN = ("term", "definition", "synonym", "inflection")
_ONCE = frozenset({"term", "definition"})
_HELP = {
    "term": "das übliche Wort",
    "variant": "ein weiteres richtiges Wort",
    "avoid": "Wort = Grund, warum nicht",
    "definition": "was es bedeutet, einfach gesagt",
    "synonym": "ein anderes Wort dafür",
    "inflection": "eine andere Form (Mehrzahl, Fall)",
}


def edit(
    concept_id: Annotated[
        str, typer.Argument(metavar="BEGRIFF", help="Kennung, z. B. infektionen/tuberkulose.")
    ],
    code: Annotated[str, typer.Option("--language", help="Sprache; „de“ ändert den deutschen Begriff.")],
    term: Annotated[
        str | None, typer.Option("--term", help="Das übliche Wort; ohne Angaben öffnet sich ein Editor.")
    ] = None,
    variants: Annotated[
        str | None, typer.Option("--variants", help="Weitere richtige Wörter, durch Semikolon getrennt.")
    ] = None,
    avoid: Annotated[
        list[str] | None, typer.Option("--avoid", help="„Wort = Grund“, warum nicht (mehrfach).")
    ] = None,
    definition: Annotated[
        str | None, typer.Option("--definition", help="Nur deutsch: was der Begriff bedeutet.")
    ] = None,
    comment: Annotated[str | None, typer.Option("--comment", help="Bemerkung für die, die prüfen.")] = None,
    json: Json = False,
) -> None:
    """Ändert ein Fachwort oder den deutschen Begriff. Was geändert ist, ist wieder Entwurf."""
    words = "synonym" if language(code).code == STAFF_LANGUAGE else "variant"
    given = {
        "term": None if term is None else [term],
        words: None if variants is None else _SEMICOLON.split(variants),
        "avoid": avoid,
        "definition": None if definition is None else [definition],
    }
    glossary = open_glossary()
    task = _task(glossary, known_concept(glossary, concept_id), code, comment, json)
    changes = {name: texts for name, texts in given.items() if texts is not None}
    if changes or comment is not None:
        _refuse_foreign(task, changes)
        _save(task, _filled(task.before | changes))
    elif not edit_until_saved(_page(task), lambda text: _save(task, _parsed(task, text) or task.before)):
        _say(task, {"done": False}, "Nichts geändert.")


@dataclass(frozen=True, slots=True)
class _Task:
    """What is edited, and how it stood before."""

    glossary: "Glossary"
    concept: "Concept"
    language: str
    before: Rows
    fits: bool
    """False where there is no usable term: then saving the same words confirms it."""
    comment: str | None
    json: bool

    @property
    def names(self) -> tuple[str, ...]:
        return _GERMAN if self.language == STAFF_LANGUAGE else _TARGET


def _task(glossary: "Glossary", concept: "Concept", code: str, comment: str | None, json: bool) -> _Task:
    from app.content.glossary_editing import german, written

    # Asked for before an editor opens: what somebody else changes meanwhile is a conflict, not overwritten.
    fits = code == STAFF_LANGUAGE or concept.translation(code) is not None
    if code == STAFF_LANGUAGE:
        own = german(concept)
        rows = {"term": [own.term], "definition": [own.definition]}
        rows |= {"synonym": list(own.synonyms), "inflection": list(own.inflections)}
    else:
        held = written(glossary.root, concept, code)
        rows = {"term": [held.term], "variant": list(held.variants)}
        rows["avoid"] = [f"{avoid.term} = {avoid.reason}" for avoid in held.avoid]
    return _Task(glossary, concept, code, _filled(rows), fits, comment, json)


def _refuse_foreign(task: _Task, changes: Rows) -> None:
    if wrong := next((name for name in changes if name not in task.names), None):
        raise UsageError(f"--{wrong} gibt es hier nicht: {language(task.language).name}", "weglassen")
    if task.language == STAFF_LANGUAGE and task.comment is not None:
        raise UsageError("Deutsche Begriffe haben keine Bemerkung", "--comment weglassen")


def _save(task: _Task, new: Rows) -> None:
    if wrong := next((name for name in _ONCE & set(task.names) if len(new.get(name, [])) != 1), None):
        raise InputError(f"„{wrong}“ fehlt oder steht zweimal da", f"{wrong}: …")
    if new == task.before and task.fits and task.comment is None:
        _say(task, {"done": False}, "Nichts geändert.")
    elif task.language == STAFF_LANGUAGE:
        _save_german(task, new)
    else:
        _save_term(task, new)


def _save_term(task: _Task, new: Rows) -> None:
    from app.content.glossary_editing import Wording, set_term

    avoid = tuple(_avoid(text) for text in new.get("avoid", []))
    wording = Wording(new["term"][0], tuple(new.get("variant", [])), avoid)
    set_term(task.glossary.root, task.concept, task.language, wording, comment=task.comment)
    _say(task, {"done": True, "status": "draft"}, "Gespeichert als Entwurf.")


def _save_german(task: _Task, new: Rows) -> None:
    from app.content.glossary_editing import GermanWording, set_concept

    lists = (tuple(new.get(name, [])) for name in ("synonym", "inflection"))
    set_concept(task.glossary.root, task.concept, GermanWording(new["term"][0], new["definition"][0], *lists))
    same = all(new[name] == task.before[name] for name in _ONCE)
    codes = () if same else task.glossary.languages
    stale = [code for code in codes if task.concept.translation(code) is not None]
    message = f"Gespeichert. {len(stale)} Übersetzungen passen nicht mehr und werden nicht benutzt"
    hint = f", bis jemand sie ändert: {', '.join(stale)}" if stale else ""
    _say(task, {"done": True, "stale": stale}, f"{message}{hint}.")


def _avoid(text: str) -> "Avoid":
    from app.content import Avoid

    term, sign, reason = text.partition("=")
    if not (term.strip() and sign and reason.strip()):
        raise InputError(f"„{text}“ nennt nicht Wort und Grund", '--avoid "Wort = Grund"')
    return Avoid(term.strip(), reason.strip())


def _page(task: _Task) -> str:
    """What the editor shows: the German as remarks, then a line per word."""
    concept = task.concept
    lines = [f"# {concept.id} · {language(task.language).name}"]
    if task.language != STAFF_LANGUAGE:
        lines += [f"# Deutsch: {', '.join((concept.term, *concept.synonyms))}", f"# {concept.definition}"]
    lines.append("# Zeilen mit # zählen nicht. Ein Wort je Zeile:")
    lines += [f"#   {name}: {_HELP[name]}" for name in task.names]
    rows = {"term": [""]} | task.before
    lines += [f"{name}: {text}" for name in task.names for text in rows.get(name, [])]
    return "\n".join([*lines, ""])


def _parsed(task: _Task, text: str) -> Rows:
    """The words by name; none if everything was deleted. Raises InputError for another line."""
    rows: Rows = {}
    for line in text.removeprefix("\ufeff").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _ROW.fullmatch(line.strip())
        if found is None or found[1] not in task.names:
            raise InputError(f"Zeile ohne bekannten Namen: „{line.strip()}“", f"{', '.join(task.names)}")
        rows.setdefault(found[1], []).append(found[2])
    return _filled(rows)


def _filled(rows: Rows) -> Rows:
    """Without spaces at the ends, and without what is empty."""
    texts = {name: [text.strip() for text in row if text.strip()] for name, row in rows.items()}
    return {name: row for name, row in texts.items() if row}


def _say(task: _Task, row: dict[str, Any], message: str) -> None:
    if task.json:
        json_line({"concept": task.concept.id, "language": task.language, **row})
    else:
        print(f"{task.concept.id} ({language(task.language).name}): {message}")
