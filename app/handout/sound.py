"""Sound beside a sheet, for people who don't read: a page that works offline, and one file per sentence."""

import html
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template

import numpy as np

from app.content.types import Status
from app.core.languages import language
from app.core.protocols import Voice
from app.handout.building import Draft
from app.handout.furniture import DRAFT
from app.handout.pictures import CREDIT, pictogram
from app.handout.saving import save
from app.handout.selection import Entry, Selection
from app.handout.typesetting import TEMPLATES

Voices = Callable[[str], Voice]
"""Voice of a language. Raises MissingModelError."""
Progress = Callable[[str, float], None]
_FORMAT, _SUBTYPE, _ENDING = "OGG", "VORBIS", "ogg"
_ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def sound_pack(draft: Draft, folder: Path, voices: Voices, progress: Progress) -> Iterator[Path]:
    """Write a page per language below `folder`; gives their paths.

    Sentences with a gap to be filled in are read without their gap's value and therefore left out. Raises
    MissingModelError before anything of a language is written, InputError if the folder can't be written.
    """
    for selection in draft.selections:
        spoken = [entry for entry in selection.entries if not entry.open]
        voice = voices(selection.language)
        for number, entry in enumerate(spoken):
            progress(entry.german, number / len(spoken))
            save(folder / selection.language / _name(entry), _sound(voice, entry.text))
        page = folder / selection.language / "index.html"
        save(page, _page(draft, selection, spoken).encode())
        yield page


def _name(entry: Entry) -> str:
    return f"{entry.number:03}.{_ENDING}"


def _sound(voice: Voice, text: str) -> bytes:
    import soundfile

    samples = np.concatenate(
        [*voice.synthesise(text.translate(_ISOLATES)), np.zeros(voice.rate // 5, np.float32)]
    )
    out = io.BytesIO()
    soundfile.write(out, samples, voice.rate, format=_FORMAT, subtype=_SUBTYPE)
    return out.getvalue()


def _page(draft: Draft, selection: Selection, spoken: list[Entry]) -> str:
    row = language(selection.language)
    way = "rtl" if row.right_to_left else "ltr"
    sections = {section["language"]["code"]: section for section in draft.data["sections"]}
    note = sections[row.code]["notes"][DRAFT]
    told = html.escape(note["german"])
    if note["text"]:
        told += f'<br><span lang="{row.code}" dir="{way}">{html.escape(note["text"])}</span>'
    drafts = any(entry.status is Status.DRAFT for entry in spoken)
    version = f"Version {draft.data['version']}, {draft.data['date']}"
    furniture = " · ".join(filter(None, (draft.data["office"], version, CREDIT)))
    return Template((TEMPLATES / "sound.html").read_text("utf-8")).substitute(
        title=html.escape(f"{draft.data['title']} · {row.name} · {row.autonym}"),
        note=f'<p class="note">{told}</p>' if drafts else "",
        items="\n".join(_item(entry, row.code, way) for entry in spoken),
        furniture=html.escape(furniture),
    )


def _item(entry: Entry, code: str, way: str) -> str:
    picture = pictogram(entry.phrase.pictogram) or ""
    picture = picture.replace("<svg ", '<svg aria-hidden="true" ', 1)
    return (
        f'<li><button type="button" data-sound="{_name(entry)}">{picture or "<span></span>"}<span>'
        f'<span class="own" lang="{code}" dir="{way}">{html.escape(entry.text)}</span>'
        f'<span class="number">{entry.number}</span> {html.escape(entry.german)}</span></button></li>'
    )
