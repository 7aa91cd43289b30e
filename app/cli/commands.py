"""All commands in one place, in the order of the help page."""

from typing import Annotated

import typer

from app.cli import languages, phrases, sound, text
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
app.add_typer(phrases.app, name="phrases", help="Phrasen ansehen und suchen.")
app.command()(doctor)
app.command()(bench)
app.command("eval")(evaluate)
