"""`sprachpult bench`: speed and memory of the live loop beside the plain way, in one run."""

from typing import Annotated

import typer

from app.cli.output import Json, json_line, progress
from app.core.errors import MissingModelError, UsageError
from app.core.languages import STAFF_LANGUAGE, language


def bench(
    code: Annotated[str, typer.Option("--language", help="Sprache der Gegenseite.")] = "tr",
    count: Annotated[int, typer.Option("--count", min=1, max=50, help="Sätze je Seite.")] = 4,
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=20, help="Wiederholungen.")] = 1,
    json: Json = False,
) -> None:
    """Misst Wartezeit, Rechenzeit und Speicher, daneben den einfachen Weg mit denselben Modellen."""
    from app.cli.bench_prompts import prompts
    from app.cli.compose import engines, prepared_tools
    from app.core.settings import Settings
    from app.desk.bench import bench as measure
    from app.desk.bench_report import lines
    from app.engines.plain_whisper import PlainWhisper

    if language(code).code == STAFF_LANGUAGE:
        raise UsageError("Gemessen wird zwischen Deutsch und einer anderen Sprache", "z. B. --language tr")
    row = engines().catalog.recogniser(code)
    if row is None:
        raise MissingModelError(f"Kein Erkennungsmodell für {language(code).name}", "sprachpult languages")
    tools = prepared_tools([STAFF_LANGUAGE, code])
    plain = {"einfacher Weg": lambda: PlainWhisper(row, guess_language=True)}
    with progress("messe") as report:
        measured = measure(
            prompts(code, count), tools, Settings(patient_language=code), plain, rounds, report
        )
    if json:
        json_line(measured.as_json())
    else:
        print("\n".join(lines(measured)))
