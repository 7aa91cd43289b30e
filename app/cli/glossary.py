"""`sprachpult glossary …`: look at the terms, look a text up, check the files."""

import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import Json, json_line
from app.cli.phrases_check import show_findings
from app.cli.status import standing
from app.core.errors import InputError, UsageError
from app.core.languages import STAFF_LANGUAGE, isolate, language

if TYPE_CHECKING:
    from app.content import Concept, Domain, Glossary
    from app.content.term_cards import TermCard

app = typer.Typer(no_args_is_help=True)

LONGEST_TEXT = 10_000
"""Characters of a text that is looked up."""

SHOWN = 3
"""Variants shown to people; the rest are mostly forms of the same word."""

DomainOption = Annotated[str | None, typer.Option("--domain", help="Nur dieses Fachgebiet, z. B. koerper.")]


@app.command("list")
def list_terms(
    domain: DomainOption = None,
    code: Annotated[str, typer.Option("--language", help="Dazu das Wort in dieser Sprache.")] = "",
    json: Json = False,
) -> None:
    """Zeigt die Fachwörter, nach Fachgebiet."""
    glossary = open_glossary(domain)
    if code:
        language(code)
    for concept in glossary.concepts.values():
        if domain in (None, concept.domain):
            row = _row(concept, glossary.domains[concept.domain], code)
            if json:
                json_line(row)
            else:
                word = isolate(row["translation"]["term"]) if row.get("translation") else ""
                print(f"{concept.id:36}{concept.term:32}{word}".rstrip())


@app.command()
def lookup(
    text: Annotated[str, typer.Argument(help="Wort, Satz oder Text.")],
    code: Annotated[str, typer.Option("--language", help="Sprache des Textes.")] = STAFF_LANGUAGE,
    target: Annotated[str, typer.Option("--to", help="Sprache der Patientin.")] = "tr",
    json: Json = False,
) -> None:
    """Erklärt die Fachwörter eines Textes: Bedeutung, Wort in der anderen Sprache, was zu vermeiden ist."""
    from app.content.term_cards import term_cards

    for name in (code, target):
        language(name)
    if not text.strip():
        raise UsageError("Kein Text angegeben", 'sprachpult glossary lookup "Haben Sie Fieber?" --to tr')
    if len(text) > LONGEST_TEXT:
        raise InputError(f"Text mit {len(text)} Zeichen, erlaubt sind {LONGEST_TEXT}", "in Teilen eingeben")
    glossary = open_glossary()
    patient = target if code == STAFF_LANGUAGE else code
    cards = term_cards(glossary, text, code, patient)
    for card in cards:
        if json:
            json_line(_card_row(card, patient))
        else:
            _show_card(card)
    if not cards and not json:
        print(_nothing(glossary, text, code))


@app.command()
def check(
    domains: Annotated[
        list[str] | None, typer.Option("--domain", help="Nur dieses Fachgebiet (mehrfach).")
    ] = None,
    codes: Annotated[
        list[str] | None, typer.Option("--language", help="Nur diese Sprache (mehrfach).")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnungen zählen wie Fehler.")] = False,
    json: Json = False,
) -> None:
    """Prüft die Fachwörter: Datei, Stand, Schrift, Unterschrift, doppelte Wörter."""
    from app.content.checking import Scope
    from app.content.glossary_check import check_glossary
    from app.core.paths import glossary_root

    for code in codes or ():
        language(code)
    scope = Scope(domains or None, codes or None)
    glossary, found = check_glossary(glossary_root(), scope, datetime.date.today())
    unknown = [domain for domain in domains or () if domain not in glossary.domains]
    if unknown and not any(row.path.parent.name in unknown for row in found):
        raise _unknown(unknown[0], glossary)
    show_findings(found, json)
    if any(row.severity == "error" or strict for row in found):
        raise typer.Exit(1)


def known_concept(glossary: "Glossary", concept_id: str) -> "Concept":
    """The concept with an id. Raises UsageError naming near ids."""
    if concept_id in glossary.concepts:
        return glossary.concepts[concept_id]
    near = get_close_matches(concept_id, list(glossary.concepts), n=3, cutoff=0.6)
    hint = f"gemeint vielleicht: {', '.join(near)}" if near else "„sprachpult glossary list“ nennt sie"
    raise UsageError(f"Unbekannter Begriff „{concept_id}“", hint)


def open_glossary(domain: str | None = None) -> "Glossary":
    """The installed glossary. Raises UsageError for a domain that is not in it."""
    from app.content import load_glossary

    glossary = load_glossary()
    if domain is not None and domain not in glossary.domains:
        raise _unknown(domain, glossary)
    return glossary


def _unknown(domain: str, glossary: "Glossary") -> UsageError:
    return UsageError(f"Unbekanntes Fachgebiet „{domain}“", f"vorhanden: {', '.join(glossary.domains)}")


def _row(concept: "Concept", domain: "Domain", code: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "concept": concept.id,
        "domain": concept.domain,
        "term": concept.term,
        "synonyms": list(concept.synonyms),
        "definition": concept.definition,
        "icd": concept.icd,
        "note": concept.note,
        "fetch_human": domain.fetch_human,
    }
    if not code or code == STAFF_LANGUAGE:
        return row
    found = concept.translation(code)
    translation = found and {
        "term": found.term,
        "variants": list(found.variants),
        "avoid": [{"term": avoid.term, "reason": avoid.reason} for avoid in found.avoid],
        **standing(found, datetime.date.today()),
    }
    return row | {"language": code, "translation": translation}


def _card_row(card: "TermCard", patient: str) -> dict[str, Any]:
    concept = card.concept
    return {
        "concept": concept.id,
        "text": card.text,
        "start": card.start,
        "end": card.end,
        "part": card.part,
        "term": concept.term,
        "definition": concept.definition,
        "icd": concept.icd,
        "note": concept.note,
        "language": patient,
        "translation": card.term,
        "origin": card.origin.value,
        "variants": list(card.variants),
        "avoid": [{"term": avoid.term, "reason": avoid.reason} for avoid in card.avoid],
    }


def _show_card(card: "TermCard") -> None:
    concept = card.concept
    code = f"  [{concept.icd}]" if concept.icd else ""
    said = f" (im Text: {isolate(card.text)})" if card.text != concept.term else ""
    print(f"{concept.term}{said}{code}\n  {concept.definition}")
    if concept.note:
        print(f"  Hinweis: {concept.note}")
    if card.term:
        others = ", ".join(isolate(word) for word in card.variants[:SHOWN])
        also = f" (auch {others})" if others else ""
        print(f"  {card.origin.mark} {card.origin.word}: {isolate(card.term)}{also}")
    for avoid in card.avoid:
        print(f"  nicht {isolate(avoid.term)}: {avoid.reason}")


def _nothing(glossary: "Glossary", text: str, code: str) -> str:
    near = [concept.term for concept in glossary.search(text, code)[:5]]
    return f"Kein Fachwort in „{text}“." + (f" Ähnlich: {', '.join(near)}" if near else "")
