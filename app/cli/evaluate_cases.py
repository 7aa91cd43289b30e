"""What `sprachpult eval` measures on: the phrasebooks in synthetic voices, or the office's own recordings."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from app.cli.table import read_table
from app.core.errors import InputError
from app.core.languages import STAFF_LANGUAGE, language
from app.core.types import RECOGNITION_RATE, Samples
from app.evaluation.cases import Cases, Pair, Recording, phrase_pairs

RECORDINGS, SENTENCES = "aufnahmen.tsv", "saetze.tsv"
TOPICS = ("tb", "antworten", "empfang", "notfall")
"""Topics the demo pack was trained on; other models are measured on the same sentences."""


def phrase_cases(codes: Sequence[str], count: int) -> Cases:
    """`count` phrases per language, each read aloud by the desk's own voice."""
    from app.cli.compose import engines
    from app.content import load_library

    book = load_library()
    pairs = [
        pair for code in codes if code != STAFF_LANGUAGE for pair in phrase_pairs(book, code, TOPICS, count)
    ]
    said = list(dict.fromkeys((pair.source_language, pair.source) for pair in pairs))
    recordings = [
        Recording(code, text, partial(_synthesised, code, text))
        for code, text in said
        if engines().serves(code).speak
    ]
    return Cases("Phrasen, Computerstimme ohne Störgeräusch", tuple(recordings), tuple(pairs))


def _synthesised(code: str, text: str) -> Samples:
    import soxr

    from app.cli.compose import engines

    voice = engines().voice(code)
    sound = np.concatenate(list(voice.synthesise(text)))
    return np.asarray(soxr.resample(sound, voice.rate, RECOGNITION_RATE), np.float32)


def own_cases(folder: Path) -> Cases:
    """Recordings and sentences of the office's own. Raises InputError naming file and line."""
    tables = [folder / RECORDINGS, folder / SENTENCES]
    if not any(table.is_file() for table in tables):
        raise InputError(f"{folder}: weder {RECORDINGS} noch {SENTENCES}", "sprachpult eval --help")
    recordings = tuple(_recordings(tables[0])) if tables[0].is_file() else ()
    pairs = tuple(_pairs(tables[1])) if tables[1].is_file() else ()
    return Cases(f"eigene Sätze aus {folder.name}", recordings, pairs)


def _recordings(table: Path) -> Iterator[Recording]:
    from app.desk.sound_file import read_wave

    for row in read_table(table, ("wav", "language", "text")):
        sound = table.parent / row["wav"]
        if not sound.is_file():
            raise InputError(
                f"{table}: die Aufnahme {row['wav']} gibt es nicht", "Pfad in der Tabelle prüfen"
            )
        yield Recording(language(row["language"]).code, row["text"], partial(read_wave, sound))


def _pairs(table: Path) -> Iterator[Pair]:
    for row in read_table(table, ("from", "to", "source", "target")):
        yield Pair(language(row["from"]).code, language(row["to"]).code, row["source"], row["target"])
