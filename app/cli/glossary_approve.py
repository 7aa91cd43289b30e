"""`sprachpult glossary approve`: German and translation of a concept beside each other, to be signed."""

import datetime
from collections.abc import Iterable
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import approve as common
from app.cli.glossary import known_concept, open_glossary
from app.cli.output import Json
from app.core.languages import isolate, language

if TYPE_CHECKING:
    from app.content import Concept, Glossary, TermTranslation


def approve(
    concept_id: Annotated[
        str | None, typer.Argument(metavar="BEGRIFF", help="Kennung, z. B. infektionen/tuberkulose.")
    ] = None,
    code: common.Target = "",
    domain: Annotated[
        str | None, typer.Option("--domain", help="Alle Begriffe eines Fachgebiets, einer nach dem anderen.")
    ] = None,
    step: common.Step = "approved",
    reviewer: common.Reviewer = "",
    expires: common.Expires = "",
    yes: common.Yes = False,
    json: Json = False,
) -> None:
    """Zeigt den deutschen Begriff und das Wort der Sprache, dann unterschreibt eine Person mit Namen."""
    from app.content.glossary_check import objections

    order = common.Order(concept_id, domain, code, step, yes, json)
    order.refuse_wrong_usage(
        "Einen Begriff oder ein Fachgebiet angeben",
        "glossary approve infektionen/tuberkulose",
        "Ein ganzes Fachgebiet wird Begriff für Begriff gefragt",
    )
    glossary = open_glossary(domain)
    concepts = [concept for concept in glossary.concepts.values() if concept.domain == domain]
    chosen = [known_concept(glossary, concept_id)] if concept_id is not None else concepts

    def show(concept: "Concept", code: str, day: datetime.date) -> None:
        _show(glossary, concept, code, day)

    shelf = common.Shelf(glossary.root, chosen, show, objections, glossary.problems)
    common.run(shelf, order, reviewer, expires)


def _show(glossary: "Glossary", concept: "Concept", code: str, day: datetime.date) -> None:
    domain = glossary.domains[concept.domain]
    also = "Stichwörter" if domain.fetch_human else "auch"
    print(f"\n{concept.id}  ({', '.join(filter(None, (domain.title, concept.icd)))})")
    common.show_text("Bedeutung", concept.definition)
    if concept.note:
        common.show_text("Notiz", concept.note)
    common.show_text("Deutsch", concept.term)
    _words(also, (*concept.synonyms, *concept.inflections))
    found = concept.translation(code)
    if found is None:
        return
    common.show_text(language(code).name, found.term)
    _words(also, found.variants)
    for avoid in found.avoid:
        common.show_text("nicht", f"{isolate(avoid.term)}: {avoid.reason}")
    for other in _same_word(glossary, concept, found):
        common.show_text("▲ dasselbe Wort für", f"{other.term} ({other.id})")
    common.show_standing(found, day)


def _words(label: str, words: Iterable[str]) -> None:
    """A list of words, whole words on each line: marks of direction must not be torn apart."""
    lines, width = [""], max(get_terminal_size().columns - common.LABEL - 2, 40)
    for word in words:
        joined = f"{lines[-1]}, {isolate(word)}" if lines[-1] else isolate(word)
        if len(joined) > width and lines[-1]:
            lines[-1] += ","
            lines.append(isolate(word))
        else:
            lines[-1] = joined
    for number, line in enumerate(lines if lines[0] else []):
        print(f"    {label if number == 0 else '':{common.LABEL - 2}}{line}")


def _same_word(glossary: "Glossary", concept: "Concept", own: "TermTranslation") -> "list[Concept]":
    """Other concepts that have the same word in this language: is that right?"""
    from app.content.tokens import fold

    if glossary.domains[concept.domain].fetch_human:
        return []
    wanted = fold(own.term, own.language)
    terms = ((other, other.translation(own.language)) for other in glossary.terms if other != concept)
    return [other for other, term in terms if term and fold(term.term, own.language) == wanted]
