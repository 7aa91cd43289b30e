"""`sprachpult models pull`: the one command that goes online. Says what and how much, asks, fetches."""

import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.ask import NoAnswer, confirm
from app.cli.models import catalog, split
from app.cli.models_carry import Languages
from app.cli.output import Json, error_line, json_line, progress
from app.core.errors import EngineError, SprachpultError, UsageError

if TYPE_CHECKING:
    from app.engines.catalog import Catalog, ModelRow
    from app.modelstore.fetch.policy import Policy
    from app.modelstore.fetch.sources import Source
    from app.modelstore.store import Store

_HINT = "z. B. „sprachpult models pull --languages tr,ar“, oder Namen aus „sprachpult models list“"
Accepted = Annotated[
    list[str] | None,
    typer.Option(
        "--accept-licence", help="Nicht gewerbliche Lizenz annehmen: Modell oder Lizenz, z. B. CC-BY-NC-4.0."
    ),
]


def pull(
    names: Annotated[list[str] | None, typer.Argument(metavar="MODELL", help="Einzelne Modelle.")] = None,
    codes: Languages = None,
    profile: Annotated[
        str | None, typer.Option("--profile", help="klein, mittel oder gross; sonst nach diesem Rechner.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Nicht fragen (außer nach nicht gewerblichen Lizenzen).")
    ] = False,
    licences: Accepted = None,
    json: Json = False,
) -> None:
    """Holt, was diese Sprachen brauchen: prüft, wandelt um, setzt Abgebrochenes fort."""
    from app.core.settings import load_settings
    from app.modelstore.fetch.policy import policy_of
    from app.modelstore.store import Store

    if not names and not codes:
        raise UsageError("Welche Modelle?", f"--languages angeben, {_HINT}")
    policy, store = policy_of(load_settings()), Store()
    sources = _chosen(names or [], split(codes or ""), profile, licences or [], policy, store)
    if not sources:
        json_line({"state": "complete"}) if json else print("Es fehlt nichts.")
        return
    _show(sources, json)
    if not yes and not _agreed("Holen und diese Lizenzen annehmen?", "--yes"):
        raise typer.Exit(1)
    _fetch(sources, policy, store, json)


def _chosen(
    names: list[str],
    codes: list[str],
    wanted: str | None,
    licences: list[str],
    policy: "Policy",
    store: "Store",
) -> "list[Source]":
    """Sources of all models asked for and allowed; the next best for what a server no longer has."""
    from app.modelstore import plan
    from app.modelstore.fetch.client import Gone
    from app.modelstore.fetch.sources import ask

    found, gone = _without_damaged(catalog()), set[str]()
    profile = _profile(wanted) if codes else ""
    while True:
        rows = list(_allowed(plan.named(found, names), licences, must=True))
        if codes:
            needs = plan.plan(found, codes, profile, gone)
            rows += [*needs.needed, *_allowed(needs.restricted, licences, must=False)]
        with progress("frage die Server") as report:
            report("frage die Server", 0.0)
            sources, failed = ask(
                list({row.name: row for row in rows}.values()), store, policy, threading.Event()
            )
        lost = {name for name, error in failed.items() if isinstance(error, Gone) and name not in names}
        if set(failed) - lost or not lost or lost <= gone:
            break
        for name in sorted(lost):
            error_line(f"{failed[name].message}; statt „{name}“ das nächstbeste")
        gone |= lost
    if failed:
        raise next(iter(failed.values()))
    if codes and needs.gaps:
        error_line(f"dafür gibt es kein freies Modell: {', '.join(needs.gaps)}")
    return sources


def _without_damaged(found: "Catalog") -> "Catalog":
    """The catalog with models that would be refused counted as missing, so that they are fetched anew."""
    from app.engines.catalog import Catalog
    from app.engines.intact import require_intact

    rows = dict(found.rows)
    for row in found.installed:
        try:
            require_intact(row)
        except EngineError as error:
            error_line(str(error))
            rows[row.name] = replace(row, root=None)
    return Catalog(rows, found.pivots)


def _profile(wanted: str | None) -> str:
    from app.modelstore.benchmark import machine_speed
    from app.modelstore.profile import PROFILES, choose, reasons, this_machine

    if wanted is not None and wanted not in PROFILES:
        raise UsageError(f"Unbekanntes Profil „{wanted}“", f"möglich: {', '.join(PROFILES)}")
    with progress("messe diesen Rechner") as report:
        machine = this_machine(machine_speed(report))
    profile = wanted or choose(machine)
    error_line(f"Profil {profile}: {reasons(machine)}")
    return profile


def _allowed(rows: "Sequence[ModelRow]", licences: list[str], must: bool) -> "list[ModelRow]":
    """Rows with a licence for official use, or an accepted one. `must`: asked for by name, no is an error."""
    from app.modelstore.plan import NOT_FREE

    found = []
    for row in rows:
        if (
            row.official_use != NOT_FREE
            or {row.name, row.licence} & {*licences}
            or _agreed(
                f"„{row.name}“ steht unter {row.licence}: nicht für gewerbliche Zwecke. Ob Ihr Amt es nutzen "
                "darf, muss die Rechtsstelle sagen. Holen?",
                f"--accept-licence {row.name}",
                quiet=not must,
            )
        ):
            found.append(row)
        elif must:
            raise UsageError(
                f"„{row.name}“ wurde nicht angenommen ({row.licence})", f"--accept-licence {row.name}"
            )
    return found


def _agreed(question: str, option: str, quiet: bool = False) -> bool:
    """The person's answer. Without a terminal: no where that is fine, else wrong usage."""
    if quiet and not sys.stdin.isatty():
        error_line(f"{question} Übersprungen; mit {option} wird es geholt")
        return False
    try:
        return confirm(question)
    except NoAnswer as error:
        raise UsageError("Keine Antwort, nichts geholt", f"im Terminal antworten, oder {option}") from error


def _show(sources: "list[Source]", json: bool) -> None:
    from app.modelstore.store import megabytes

    for source in sources:
        row = source.row
        if json:
            json_line({"model": row.name, "state": "planned", "bytes": source.size or None,
                       "licence": row.licence, "official_use": row.official_use})  # fmt: skip
            continue
        size = megabytes(source.size) if source.size else "unbekannt"
        use = {"yes": "", "no": " (nicht gewerblich)", "unclear": " (ungeklärt)"}[row.official_use]
        print(f"{row.name:24} {size:>9}  {row.licence}{use}")
    total = megabytes(sum(source.size for source in sources))
    if not json:
        print(f"zusammen {total} aus dem Netz, {megabytes(sum(source.space for source in sources))} Platz")


def _fetch(sources: "list[Source]", policy: "Policy", store: "Store", json: bool) -> None:
    from app.modelstore.fetch.pull import WAITING, Progress, Puller
    from app.modelstore.status import Status, StatusNote
    from app.modelstore.store import megabytes

    note = StatusNote(store)
    with progress("hole") as report:

        def show(news: Progress) -> None:
            note.write(Status(news.step, news.done, news.total))
            if news.step == WAITING:
                error_line(WAITING)
            amount = f"{megabytes(news.done)} von {megabytes(news.total)}" if news.total else ""
            report(f"{news.step} {amount}", news.done / news.total if news.total else 0.0)

        try:
            failed = Puller(store, policy, show).pull(sources)
        except KeyboardInterrupt:
            error_line("angehalten; derselbe Befehl noch einmal macht dort weiter")
            raise
        finally:
            note.clear()
    for source in sources:
        _tell(source, failed.get(source.row.name), json)
    if failed:
        raise typer.Exit(1)


def _tell(source: "Source", error: SprachpultError | None, json: bool) -> None:
    name = source.row.name
    if json:
        json_line({"model": name, "state": "failed" if error else "whole", "revision": source.revision,
                   "bytes": source.size, "error": str(error) if error else None})  # fmt: skip
    elif error:
        error_line(f"{name}: {error}")
    else:
        print(f"✔ {name} ist da")


def main() -> None:
    """`download_models.py`: the same with the arguments of `models pull`."""
    from app.cli import leave, run

    leave(run(["models", "pull", *sys.argv[1:]]))
