"""All commands in one place, in the order of the help page."""

from typing import Annotated

import typer

from app.cli import (
    directory,
    glossary,
    glossary_approve,
    glossary_edit,
    glossary_exchange,
    glossary_status,
    handout,
    languages,
    models,
    models_pull,
    phrases,
    phrases_approve,
    phrases_check,
    phrases_edit,
    phrases_exchange,
    phrases_status,
    sound,
    text,
)
from app.cli.bench import bench
from app.cli.demo import demo
from app.cli.desk import desk
from app.cli.doctor import doctor
from app.cli.evaluate import evaluate

app = typer.Typer(
    name="sprachpult",
    help="Sprachassistent für das Gespräch im Gesundheitsamt: hören, übersetzen, prüfen, sprechen. Alles auf "
    "diesem Rechner.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Version zeigen.")] = False,
) -> None:
    """Ohne Befehl öffnet sich das Pult."""
    if version:
        from importlib.metadata import version as installed

        print(installed("sprachpult"))
    elif context.invoked_subcommand is None:
        desk()


app.command("desk", help="Das Pult öffnen (auch ohne Befehl).")(desk)
app.command()(demo)
app.command()(sound.interpret)
app.command()(sound.transcribe)
app.command()(text.translate)
app.command()(text.check)
app.command()(sound.speak)
app.command()(languages.languages)
phrases.app.command("export")(phrases_exchange.export)
phrases.app.command("import")(phrases_exchange.import_)
phrases.app.command()(phrases_status.status)
phrases.app.command()(phrases_check.check)
phrases.app.command()(phrases_edit.edit)
phrases.app.command()(phrases_edit.add)
phrases.app.command()(phrases_approve.approve)
app.add_typer(phrases.app, name="phrases", help="Phrasen ansehen, suchen, prüfen, ändern, freigeben.")
glossary.app.command("export")(glossary_exchange.export)
glossary.app.command("import")(glossary_exchange.import_)
glossary.app.command()(glossary_status.status)
glossary.app.command()(glossary_edit.edit)
glossary.app.command()(glossary_approve.approve)
app.add_typer(handout.app, name="handout", help="Blätter, Karten und Tafeln drucken, mit Ton dazu.")
app.add_typer(directory.app, name="directory", help="Wer dolmetscht, wen man ruft: die Liste des Amtes.")
app.add_typer(
    glossary.app, name="glossary", help="Fachwörter ansehen, nachschlagen, prüfen, ändern, freigeben."
)
models.app.command()(models_pull.pull)
app.add_typer(models.app, name="models", help="Modelle ansehen, holen, prüfen, mitnehmen.")
app.command()(doctor)
app.command()(bench)
app.command("eval")(evaluate)
