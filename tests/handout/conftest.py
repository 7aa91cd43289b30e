"""A small phrasebook whose entries are in every state a sheet has to deal with."""

from pathlib import Path

import pytest

from app.content import Library, load_library, source_hash

GERMAN = {
    "entwurf": "Husten Sie?",
    "freigegeben": "Haben Sie Fieber?",
    "abgelaufen": "Sind Sie müde?",
    "veraltet": "Haben Sie Durst?",
    "fehlt": "Haben Sie Hunger?",
    "rot": "Stimmen Sie der Operation zu?",
    "dosis": "Nehmen Sie {menge:quantity} am {tag:date}.",
}
SIGNED = 'reviewer = "Dr. Erika Probe"\ndate = 2026-01-02\n'


@pytest.fixture
def books(tmp_path: Path) -> Library:
    """One topic with seven sentences, and the sentences of the page itself."""
    installed = load_library()
    furniture = tmp_path / "handzettel"
    furniture.mkdir()
    for name in ("phrases.toml", "ar.toml"):
        (furniture / name).write_text((installed.root / "handzettel" / name).read_text("utf-8"), "utf-8")
    topic = tmp_path / "probe"
    topic.mkdir()
    risk = {"rot": 'risk = "red"\n'}
    german = [f'[{slug}]\ntext = "{text}"\n{risk.get(slug, "")}' for slug, text in GERMAN.items()]
    (topic / "phrases.toml").write_text('title = "Probe"\n' + "\n".join(german), "utf-8")
    approved = f'status = "approved"\n{SIGNED}'
    status = {"freigegeben": approved, "abgelaufen": f"{approved}expires = 2026-02-01\n"}
    texts = {slug: "هل؟" for slug in GERMAN if slug != "fehlt"} | {
        "dosis": "خذ {menge:quantity} في {tag:date}."
    }
    entries = []
    for slug, text in texts.items():
        mark = "00000000" if slug == "veraltet" else source_hash(GERMAN[slug])
        state = status.get(slug, 'status = "draft"\n')
        entries.append(f'[{slug}]\ntext = "{text}"\n{state}source_hash = "{mark}"\n')
    (topic / "ar.toml").write_text("\n".join(entries), "utf-8")
    return load_library(tmp_path)
