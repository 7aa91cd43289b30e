"""Content in the person's own editor (VISUAL, EDITOR, or what the platform has), as a few lines of text."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from app.cli.ask import NoAnswer, confirm
from app.cli.output import error_line
from app.core.errors import InputError, SprachpultError, UsageError
from app.core.languages import STAFF_LANGUAGE, language

if TYPE_CHECKING:
    from app.content import Phrase

FORMS = ("zero", "one", "two", "few", "many", "other")
"""CLDR plural categories, in the order of CLDR."""
VARIANTS = ("female", "male", "informal")
"""Other wordings of a translation, by the sex of who speaks or the form of address."""
_FORM = re.compile(rf"({'|'.join((*FORMS, *VARIANTS))})\s*[:=]\s*(.*)")


def edit_until_saved(text: str, save: Callable[[str], None]) -> bool:
    """Edit until `save` takes it; what was typed is not lost over a mistake. False if nothing was saved."""
    while (edited := _open_editor(text)) is not None:
        try:
            save(edited)
            return True
        except SprachpultError as error:
            error_line(str(error))
            if not _again():
                raise typer.Exit(1) from error
            text = edited
    return False


def _again() -> bool:
    try:
        return confirm("Noch einmal bearbeiten?")
    except NoAnswer:
        return False


def _open_editor(text: str) -> str | None:
    """The text as the person saved it; None if nothing was saved. Raises UsageError if no editor starts."""
    import click

    try:
        edited = click.edit(text, extension=".txt")
    except click.ClickException as error:
        hint = 'Umgebungsvariable EDITOR setzen oder --text "…" benutzen'
        raise UsageError(f"Der Editor lässt sich nicht benutzen ({error.message})", hint) from error
    return None if edited is None else str(edited)


def page(phrase: "Phrase", code: str, before: dict[str, str]) -> str:
    """What the editor shows: the German as remarks, then the texts, a line per form."""
    from app.content.pattern import plural_numbers

    lines = [f"# {phrase.id} · {language(code).name}"]
    if code != STAFF_LANGUAGE:
        lines += [f"# Deutsch ({form}): {text}" for form, text in phrase.text.items()]
    lines.append("# Zeilen mit # zählen nicht. Platzhalter {name:art} bleiben stehen, wie sie sind.")
    if phrase.plural:
        forms = ", ".join(form for form in FORMS if form in plural_numbers(code))
        lines.append(f"# Mehrzahlformen dieser Sprache, eine je Zeile „form: Text“: {forms}")
    if set(before) <= {"other"}:
        lines.append(before.get("other", ""))
    else:
        lines += [f"{form}: {before[form]}" for form in (*FORMS, *VARIANTS) if form in before]
    return "\n".join([*lines, ""])


def parse_forms(text: str) -> dict[str, str]:
    """The texts by plural category or variant; empty for none. Raises InputError for a mixture."""
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines()]
    rows = [line for line in lines if line and not line.startswith("#")]
    found = [_FORM.fullmatch(row) for row in rows]
    if len(rows) == 1 and found[0] is None:
        return {"other": rows[0]}
    if wrong := next((row for row, match in zip(rows, found, strict=True) if match is None), None):
        raise InputError(f"Zeile ohne Namen der Form: „{wrong}“", "„other: Text“, oder nur eine Zeile Text")
    return {match[1]: match[2].strip() for match in found if match is not None}
