"""What was measured on this machine, one file per model in the office's folder.

Not inside the model's own folder: that may be read-only, and its content is covered by digests.
"""

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.core.errors import InputError
from app.core.paths import user_root
from app.evaluation.measure import Result


def evaluations() -> Path:
    return user_root() / "evaluations"


def save(results: Iterable[Result], origin: str, machine: str) -> list[Path]:
    """Write the results, replacing earlier ones of the same model, part and language. Raises InputError."""
    by_model: dict[str, list[Result]] = {}
    for result in results:
        by_model.setdefault(result.model, []).append(result)
    return [_save(model, found, origin, machine) for model, found in by_model.items()]


def measured(model: str) -> list[dict[str, Any]]:
    """Earlier results of a model: rows with part, language, cases, figures, origin, machine, date."""
    path = _file(model)
    if not path.is_file():
        return []
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError) as error:
        raise InputError(f"{path}: nicht lesbar ({error})", "Datei löschen und neu messen") from error
    return rows if isinstance(rows, list) else []


def _save(model: str, results: list[Result], origin: str, machine: str) -> Path:
    new = [
        {
            "part": result.part,
            "language": result.language,
            "cases": result.cases,
            "figures": {name: estimate.as_json() for name, estimate in result.figures.items()},
            "origin": origin,
            "machine": machine,
            "date": datetime.date.today().isoformat(),
        }
        for result in results
    ]
    replaced = {(row["part"], row["language"]) for row in new}
    kept = [row for row in measured(model) if (row["part"], row["language"]) not in replaced]
    path = _file(model)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps([*kept, *new], ensure_ascii=False, indent=1), "utf-8")
        partial.replace(path)
    except OSError as error:
        raise InputError(f"{path}: nicht schreibbar ({error.strerror})", "Platz und Rechte prüfen") from error
    return path


def _file(model: str) -> Path:
    return evaluations() / f"{model.replace('/', '-')}.json"
