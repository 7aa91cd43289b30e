"""Reads catalog rows from TOML and says in one line what is wrong with them, and where."""

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import MISSING, fields, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from app.core.errors import ContentError
from app.core.languages import languages
from app.engines.catalog import FileFact, ModelRow, RecogniseRow, TranslateRow, VoiceRow

CATALOG, MODEL = "catalog.toml", "model.toml"
_KINDS: dict[str, type[ModelRow]] = {"recognise": RecogniseRow, "translate": TranslateRow, "voice": VoiceRow}
_LIBRARIES = {"recognise": ("faster-whisper",), "translate": ("ctranslate2",), "voice": ("piper", "espeak")}
# What a person writes, where it differs from the field's name.
_ALIASES = {"from": "sources", "to": "targets", "library": "runtime"}
"""Key of the file → field, where a word of the file would mislead in the code."""
_COMPUTED = {"name", "root"}
_CHOICES = {"source": ("", "hub", "archive"), "official_use": ("yes", "no", "unclear")}
_PROFILES = ("klein", "mittel", "gross")
_SHAPES = {
    "path": r"(?!/)(?!.*\.\./)[^\\:]+",
    "sha256": "[0-9a-f]{64}",
    "md5": "[0-9a-f]{32}",
    "size": r"\d+",
}


def read_roots(roots: list[Path]) -> tuple[dict[str, ModelRow], tuple[str, ...]]:
    """Rows by name, with the root each model lies under, and the pivot languages."""
    tables: dict[str, tuple[dict[str, Any], Path]] = {}
    pivots: tuple[str, ...] = ()
    for root in roots:
        if (root / CATALOG).is_file():
            document = _parse(root / CATALOG)
            pivots = pivots or _languages(document.pop("pivots", []), "pivots", root / CATALOG, "")
            for name, table in document.items():
                tables.setdefault(name, (_table(table, name, root / CATALOG), root / CATALOG))
    for root in roots:
        for path in sorted([*root.glob(f"*/{MODEL}"), *root.glob(f"*/*/{MODEL}")]):
            _amend(tables, _parse(path), path, root)
    rows = (_row(name, table, path) for name, (table, path) in tables.items())
    return {row.name: _placed(row, roots) for row in rows}, pivots


def _amend(
    tables: dict[str, tuple[dict[str, Any], Path]], document: dict[str, Any], path: Path, root: Path
) -> None:
    folder = path.parent.relative_to(root).as_posix()
    known = next((name for name, (table, _) in tables.items() if table.get("folder") == folder), None)
    if known is None:
        tables[folder.replace("/", "-")] = ({**document, "folder": folder}, path)
        return
    # Each line is checked against the file it stands in.
    base, base_path = tables[known]
    _row(known, base, base_path)
    merged = {**base, **document, "folder": folder}
    _row(known, merged, path)
    tables[known] = (merged, path)


def _placed(row: ModelRow, roots: list[Path]) -> ModelRow:
    if not row.folder:
        return replace(row, root=roots[0] if roots else Path())
    return replace(row, root=next((root for root in roots if _holds_files(root / row.folder)), None))


def _holds_files(folder: Path) -> bool:
    return folder.is_dir() and any(path.name != MODEL for path in folder.iterdir())


def _parse(path: Path) -> dict[str, Any]:
    import rtoml

    try:
        text = path.read_text("utf-8")
        with suppress(rtoml.TomlParsingError):
            return rtoml.loads(text)
        # Slower, with the line in its message.
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ContentError(
            f"kein gültiges TOML ({error})",
            "Zeile berichtigen",
            path=path,
            line=int(line[1]) if line else None,
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"nicht lesbar ({error})", "Datei neu anlegen oder löschen", path=path) from error


def _row(name: str, table: Mapping[str, Any], path: Path) -> ModelRow:
    purpose = table.get("purpose")
    kind = _KINDS.get(purpose) if isinstance(purpose, str) else None
    if kind is None or not isinstance(purpose, str):
        raise _wrong(f"„purpose“ von [{name}] muss {_or(_KINDS)} sein", path, name, "purpose")
    hints = _hints(purpose)
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key == "purpose":
            continue
        target = _ALIASES.get(key, key)
        if target not in hints or target in _COMPUTED or (key in _ALIASES.values()):
            raise _unknown(key, name, set(hints) - _COMPUTED, path)
        values[target] = _value(value, hints[target], key, name, path)
    missing = [
        f.name
        for f in fields(kind)
        if f.default is MISSING and f.default_factory is MISSING and f.name not in {*values, *_COMPUTED}
    ]
    if missing:
        raise _wrong(f"in [{name}] fehlt: {', '.join(_written(key) for key in missing)}", path, name, "")
    for field, allowed in {"runtime": _LIBRARIES[purpose], **_CHOICES}.items():
        if values.get(field, allowed[0]) not in allowed:
            key = _written(field)
            raise _wrong(f"„{key}“ von [{name}] muss {_or(allowed)} sein", path, name, key)
    if not set(values.get("profiles", ())) <= set(_PROFILES):
        raise _wrong(f"„profiles“ von [{name}]: nur {_or(_PROFILES)}", path, name, "profiles")
    if not re.fullmatch("([0-9a-f]{40})?", values.get("revision", "")):
        raise _wrong(f"„revision“ von [{name}] muss ein Commit mit 40 Zeichen sein", path, name, "revision")
    return kind(name=name, **values)


@cache
def _hints(purpose: str) -> dict[str, Any]:
    return get_type_hints(_KINDS[purpose])


def _value(value: Any, hint: Any, key: str, name: str, path: Path) -> Any:
    """The value as the field's type, or ContentError."""
    if key in ("languages", "from", "to"):
        return _languages(value, key, path, name)
    if key == "files":
        return _files(value, path, name)
    if key == "known_threshold" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return {"all": float(value)}
    allowed = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    for kind in allowed:
        if (fitted := _fitted(value, kind)) is not None:
            return fitted
    raise _wrong(f"„{key}“ von [{name}] hat die falsche Art von Wert", path, name, key)


def _files(value: Any, path: Path, name: str) -> tuple[FileFact, ...]:
    entries = value if isinstance(value, list) and all(isinstance(entry, dict) for entry in value) else [{}]
    for entry in entries:
        for key, part in entry.items():
            shape = _SHAPES.get(key)
            if (
                shape is None
                or not re.fullmatch(shape, str(part))
                or isinstance(part, int) != (key == "size")
            ):
                hint = f"erlaubt: {', '.join(_SHAPES)}"
                raise _wrong(
                    f"„{key}“ in „files“ von [{name}] stimmt nicht: {part}", path, name, "files", hint
                )
        if "path" not in entry:
            hint = 'so: files = [{ path = "model.bin", size = 1, sha256 = "…" }]'
            raise _wrong(
                f"„files“ von [{name}] muss aus Tabellen mit „path“ bestehen", path, name, "files", hint
            )
    return tuple(FileFact(**entry) for entry in entries)


def _fitted(value: Any, kind: Any) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        fits = isinstance(value, list) and all(isinstance(part, str) for part in value)
        return tuple(value) if fits else None
    if origin is not None:
        wanted = get_args(kind)[1]
        fits = isinstance(value, dict) and all(_fitted(v, wanted) is not None for v in value.values())
        return dict(value) if fits else None
    if kind is float:
        return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    return value if type(value) is kind else None


def _languages(value: Any, key: str, path: Path, name: str) -> tuple[str, ...]:
    codes = _fitted(value, tuple[str, ...])
    if codes is None:
        raise _wrong(f"„{key}“ muss eine Liste von Sprachkürzeln sein", path, name, key)
    for code in codes:
        if code not in languages():
            near = get_close_matches(code, languages(), cutoff=0.4)
            raise _wrong(
                f"unbekannte Sprache „{code}“ in „{key}“",
                path,
                name,
                key,
                f"gemeint vielleicht: {', '.join(near)}" if near else "Kürzel wie in app/core/languages.toml",
            )
    return tuple(codes)


def _table(value: Any, name: str, path: Path) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _unknown(name, "", {"pivots"}, path)
    return value


def _unknown(key: str, name: str, known: set[str], path: Path) -> ContentError:
    allowed = sorted(_written(field) for field in known)
    near = get_close_matches(key, allowed, n=1)
    hint = f"gemeint vielleicht: {near[0]}" if near else f"erlaubt: {', '.join(allowed)}"
    where = f" in [{name}]" if name else ""
    return _wrong(f"unbekannter Schlüssel „{key}“{where}", path, name, key, hint)


def _wrong(message: str, path: Path, table: str, key: str, hint: str = "Eintrag berichtigen") -> ContentError:
    return ContentError(message, hint, path=path, line=_line(path, table, key))


def _line(path: Path, table: str, key: str) -> int | None:
    """Line of a key inside a table; of the table's head if the key is not there."""
    head, inside = None, path.name == MODEL
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if text.startswith("["):
            inside = text.split("]")[0].strip("[\"' ") == table
            head = number if inside else head
        elif (key and inside and re.match(rf"[\"']?{re.escape(key)}[\"']?\s*=", text)) or (
            key and not table and head is None and re.match(rf"{re.escape(key)}\s*=", text)
        ):
            return number
    return head


def _written(name: str) -> str:
    return {alias: key for key, alias in _ALIASES.items()}.get(name, name)


def _or(words: Mapping[str, Any] | tuple[str, ...]) -> str:
    return " oder ".join(f"„{word}“" for word in words)
