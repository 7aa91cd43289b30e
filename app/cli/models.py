"""`sprachpult models list|verify`: what there is and whether it is whole."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.output import Json, json_line, progress
from app.core.errors import UsageError
from app.core.languages import language, languages

if TYPE_CHECKING:
    from app.engines.catalog import Catalog, ModelRow
    from app.modelstore.overview import Offer

app = typer.Typer(no_args_is_help=True)

_PARTS = {"recognise": "hören", "translate": "übersetzen", "speak": "sprechen"}
_MARKS = {"runs": "✔ läuft", "installed": "● da", "available": "○ zu holen"}
_FIGURES = {
    "word_error_rate": "Wortfehler",
    "chrf": "chrF",
    "bleu": "BLEU",
    "terms_rendered": "Fachwörter",
    "real_time_factor": "Echtzeitfaktor",
    "examples_exact": "genau richtig",
}
_USE = {"yes": "", "no": "nicht gewerblich", "unclear": "Lizenz ungeklärt"}


@app.command("list")
def list_models(
    code: Annotated[
        str | None, typer.Option("--language", help="Nur diese Sprache, mit allem, was es gibt.")
    ] = None,
    json: Json = False,
) -> None:
    """Zeigt je Sprache, was läuft, was fehlt und was es zu holen gibt."""
    from app.modelstore.overview import offers, parts

    found = catalog()
    for wanted in [language(code).code] if code else list(languages()):
        serving = list(offers(found, wanted))
        if json:
            for offer in serving:
                json_line(_row(wanted, offer))
            for part, key in parts(wanted):
                if not any((offer.part, offer.key) == (part, key) for offer in serving):
                    json_line(
                        {"language": wanted, "part": part, "key": key, "model": None, "state": "missing"}
                    )
        elif code:
            _show_all(wanted, serving)
        else:
            _show_line(wanted, serving)
    if not json and not code:
        print("\n✔ läuft · ○ gibt es zu holen · – gibt es nicht.  Einzelheiten: --language KÜRZEL")


@app.command()
def verify(
    names: Annotated[list[str] | None, typer.Argument(metavar="MODELL", help="Ohne Namen: alle.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Ein selbst hingelegtes Modell so annehmen, wie es jetzt ist.")
    ] = False,
    json: Json = False,
) -> None:
    """Liest jede Datei der Modelle und vergleicht die Prüfsummen."""
    from app.engines import intact

    rows = _installed(names)
    total, done, damaged = sum(_size(row) for row in rows), 0, 0
    with progress("prüfe Modelle") as report:
        for row in rows:

            def count(gained: int, name: str = row.name) -> None:
                nonlocal done
                done += gained
                report(name, done / max(1, total))

            if accept and intact.read_record(row.path) is None:
                intact.accept(row.path)
            record = intact.known_record(row.path)
            complaints = list(intact.problems(row.path, record, report=count)) if record else []
            if record and not complaints:
                intact.remember(row.path, record.files)
            damaged += bool(complaints)
            _tell_state(row, record is not None, complaints, json)
    if damaged:
        raise typer.Exit(1)


def catalog() -> "Catalog":
    """The catalog of this machine. Raises ContentError with file and line for a wrong row."""
    from app.core.paths import model_roots
    from app.engines.catalog import load_catalog

    return load_catalog(model_roots())


def split(codes: str) -> list[str]:
    """Language codes of a list with commas. Raises UsageError for an unknown one."""
    return [language(code.strip()).code for code in codes.split(",") if code.strip()]


def _installed(names: list[str] | None) -> "list[ModelRow]":
    rows = {row.name: row for row in catalog().installed if row.folder}
    for name in names or ():
        if name not in rows:
            raise UsageError(f"Das Modell „{name}“ ist nicht installiert", f"da sind: {', '.join(rows)}")
    return [rows[name] for name in names] if names else list(rows.values())


def _size(row: "ModelRow") -> int:
    return sum(path.stat().st_size for path in row.path.rglob("*") if path.is_file())


def _tell_state(row: "ModelRow", recorded: bool, complaints: list[str], json: bool) -> None:
    from app.engines.intact import repair

    state = "damaged" if complaints else "whole" if recorded else "unrecorded"
    if json:
        json_line({"model": row.name, "state": state, "problems": complaints,
                   "repair": repair(row) if complaints else ""})  # fmt: skip
        return
    words = {"damaged": "✘ beschädigt", "whole": "✔ unverändert", "unrecorded": "? noch nie geladen"}
    print(f"{words[state]:18} {row.name:24} {'; '.join(complaints)}")
    if complaints:
        print(f"{'':18} → {repair(row)}")


def _row(code: str, offer: "Offer") -> dict[str, Any]:
    row = offer.row
    return {
        "language": code,
        "part": offer.part,
        "key": offer.key,
        "model": row.name,
        "state": offer.state,
        "licence": row.licence,
        "official_use": row.official_use,
        "size_mb": row.size_mb or None,
        "memory_mb": row.memory_mb or None,
        "origin": row.origin,
        "revision": row.revision or None,
        "profiles": list(row.profiles),
        "published": _published(offer),
        "measured": _measured(offer),
        "verified": row.verified,
        "note": row.note,
    }


def _published(offer: "Offer") -> dict[str, Any] | None:
    value = offer.row.published.get(offer.key)
    if value is None:
        return None
    return {"value": value, "metric": offer.row.published_metric, "source": offer.row.published_source}


def _measured(offer: "Offer") -> list[dict[str, Any]]:
    from app.evaluation.store import measured
    from app.modelstore.overview import figures

    return figures(offer, measured) if offer.state != "available" else []


def _show_line(code: str, serving: "list[Offer]") -> None:
    """One language in one line: what runs, or that there is something to fetch."""
    from app.modelstore.overview import parts

    cells = []
    for part, key in parts(code):
        found = [offer for offer in serving if (offer.part, offer.key) == (part, key)]
        used = [offer.row.name for offer in found if offer.state == "runs"]
        title = _PARTS[part] if part != "translate" else key.replace("-", "→")
        cells.append(f"{title} {'✔ ' + ' + '.join(used) if used else '○' if found else '–'}")
    print(f"{code:4}{language(code).name:22}{' · '.join(cells)}")


def _show_all(code: str, serving: "list[Offer]") -> None:
    from app.modelstore.overview import parts

    print(f"{language(code).name} ({code})")
    for part, key in parts(code):
        found = [offer for offer in serving if (offer.part, offer.key) == (part, key)]
        print(f"\n{_PARTS[part]} {key.replace('-', ' → ')}" + ("" if found else ": gibt es nicht"))
        for offer in found:
            _show_offer(offer)


def _show_offer(offer: "Offer") -> None:
    row = offer.row
    size = f"{row.size_mb:.0f} MB" if row.size_mb else ""
    remarks = [_quality(offer), row.licence, _USE[row.official_use], row.note]
    if row.source and not row.verified:
        remarks.append("nicht verifiziert")
    print(f"  {_MARKS[offer.state]:12} {row.name:24} {size:>8}  {'; '.join(filter(None, remarks))}")


def _quality(offer: "Offer") -> str:
    measured, published = _measured(offer), _published(offer)
    if measured:
        figures = measured[-1]["figures"]
        shown = [f"{_FIGURES[name]} {_number(value)}" for name, value in figures.items() if name in _FIGURES]
        return f"gemessen: {', '.join(shown)}" if shown else ""
    return f"{published['metric']}: {published['value']} (Angabe)" if published else ""


def _number(value: Any) -> str:
    return f"{value['value'] if isinstance(value, dict) else value:g}"
