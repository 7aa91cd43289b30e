"""`sprachpult interpret`, `transcribe`, `speak`: sound in and out, through the live loop's own parts."""

import time
from pathlib import Path
from typing import Annotated

import typer

from app.cli.event_rows import EventPrinter, print_transcript
from app.cli.output import Json, error_line, progress
from app.core.errors import InputError, UsageError
from app.core.languages import language
from app.core.types import Samples

SoundFile = Annotated[Path, typer.Argument(metavar="DATEI", help="Tondatei (WAV, FLAC, OGG, MP3).")]


def interpret(
    file: SoundFile,
    source: Annotated[str, typer.Option("--from", help="Sprache der Aufnahme.")] = "de",
    target: Annotated[str, typer.Option("--to", help="Sprache der Übersetzung.")] = "tr",
    out: Annotated[Path | None, typer.Option("--out", help="Gesprochene Übersetzung als WAV-Datei.")] = None,
    realtime: Annotated[bool, typer.Option("--realtime", help="So schnell wie gesprochen.")] = False,
    json: Json = False,
) -> None:
    """Dolmetscht eine Aufnahme durch genau die Kette, die auch das Pult benutzt."""
    from app.cli.compose import prepared_tools
    from app.core.settings import load_settings
    from app.desk.replay import interpret_file

    for code in (source, target):
        language(code)
    _readable(file)
    tools = prepared_tools([source, target])
    printer = EventPrinter(json, start=time.monotonic() if realtime else 0.0)
    played = interpret_file(file, tools, load_settings(), (source, target), printer, realtime)
    if out is not None:
        _save(out, [speech.samples for speech in played], played[0].rate if played else 0)
    if printer.failed:
        raise typer.Exit(1)


def transcribe(
    file: SoundFile,
    code: Annotated[str, typer.Option("--language", help="Sprache der Aufnahme.")] = "de",
    json: Json = False,
) -> None:
    """Schreibt auf, was in einer Aufnahme gesagt wird."""
    from app.cli.compose import engines
    from app.desk.transcribe import transcribe_file
    from app.guard import check_transcript

    language(code)
    _readable(file)
    heard = False
    with progress("erkenne"):
        for utterance, transcript in transcribe_file(file, engines(), code):
            heard = True
            print_transcript(utterance, transcript, check_transcript(transcript), json)
    if not heard:
        error_line(f"{file}: keine Sprache gehört")


def speak(
    text: Annotated[str, typer.Argument(help="Text, der gesprochen wird.")],
    out: Annotated[Path, typer.Option("--out", help="WAV-Datei, die geschrieben wird.")],
    code: Annotated[str, typer.Option("--language", help="Sprache des Textes.")] = "de",
    speed: Annotated[float, typer.Option("--speed", min=0.5, max=1.5, help="1 normal, 0.7 langsam.")] = 1.0,
    json: Json = False,
) -> None:
    """Spricht einen Text in eine WAV-Datei."""
    from app.cli.compose import engines
    from app.cli.output import json_line

    language(code)
    if not text.strip():
        raise UsageError("Kein Text angegeben", 'sprachpult speak "Guten Tag." --language de --out gruss.wav')
    voice = engines().voice(code)
    pieces = []
    with progress("spreche") as report:
        for piece in voice.synthesise(text, speed):
            pieces.append(piece)
            report(f"spreche, Satz {len(pieces)}", 0.0)
    _save(out, pieces, voice.rate)
    seconds = round(sum(piece.size for piece in pieces) / voice.rate, 2)
    if json:
        json_line({"text": text, "language": code, "out": str(out), "seconds": seconds, "rate": voice.rate})
    else:
        print(f"{out}: {seconds} s")


def _readable(path: Path) -> None:
    """Say at once what is wrong with the path, before models are loaded."""
    if not path.exists():
        raise InputError(f"{path}: gibt es nicht", "Pfad prüfen")
    if path.is_dir():
        raise InputError(f"{path}: ist ein Ordner", "eine Tondatei angeben")


def _save(path: Path, pieces: list[Samples], rate: int) -> None:
    from app.desk.sound_file import write_wave

    if not any(piece.size for piece in pieces):
        raise InputError(f"{path}: nichts gesprochen, keine Datei geschrieben", "Text oder Aufnahme prüfen")
    write_wave(path, pieces, rate)
