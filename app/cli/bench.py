"""`sprachpult bench`: speed and memory of the live loop beside the plain way, in one run."""

from app.cli.output import Json


def bench(json: Json = False) -> None:
    """Misst Wartezeit, Rechenzeit und Speicher, daneben den einfachen Weg mit denselben Modellen."""
