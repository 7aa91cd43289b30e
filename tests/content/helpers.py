"""Writes small phrasebooks for tests."""

from pathlib import Path

from app.content import source_hash

GERMAN = "Warten Sie {minuten:number} Minuten."


def write_book(
    root: Path,
    german: str | None = None,
    translation: str | None = None,
    language: str = "tr",
    topic: str = "test",
) -> Path:
    """A phrasebook with one topic; returns its root."""
    folder = root / topic
    folder.mkdir(parents=True, exist_ok=True)
    german = german if german is not None else entry("warten", GERMAN, kind="instruction")
    (folder / "phrases.toml").write_text(f'title = "Test"\n\n{german}', encoding="utf-8")
    if translation is not None:
        (folder / f"{language}.toml").write_text(translation, encoding="utf-8")
    return root


def entry(slug: str, text: str, **fields: str) -> str:
    """One TOML table with string fields."""
    rows = [f'text = "{text}"', *(f'{key} = "{value}"' for key, value in fields.items())]
    return "\n".join([f"[{slug}]", *rows, ""])


def translated(text: str, source: str = GERMAN, slug: str = "warten", **fields: str) -> str:
    """A translation entry with the hash of its source."""
    return entry(slug, text, **({"status": "draft", "source_hash": source_hash(source)} | fields))
