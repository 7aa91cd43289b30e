"""A recording to text: the loop's own segmenter and recogniser, without translation."""

from collections.abc import Iterator
from pathlib import Path

from app.core.languages import STAFF_LANGUAGE
from app.core.protocols import Engines
from app.core.types import Speaker, Transcript, Turn, Utterance
from app.desk.ports import EndOfSound
from app.desk.replay import FileReplay
from app.desk.segment import Segment, Segmenter, SegmentEvent


def transcribe_file(path: Path, engines: Engines, language: str) -> Iterator[tuple[Utterance, Transcript]]:
    """Utterances of one speaker with what was recognised, in order.

    Raises InputError for an unreadable file, MissingModelError if nothing recognises the language.
    """
    recogniser = engines.recogniser(language)
    speaker = Speaker.STAFF if language == STAFF_LANGUAGE else Speaker.PATIENT
    for segment in _segments(path, engines):
        turn = Turn(segment.number + 1, segment.revision)
        utterance = Utterance(turn, speaker, language, segment.samples, segment.start, segment.end)
        yield utterance, recogniser.transcribe(utterance)


def _segments(path: Path, engines: Engines) -> Iterator[Segment]:
    replay, detector, segmenter = FileReplay(path), engines.detector(), Segmenter()
    replay.open_microphone()
    while True:
        try:
            frame = replay.read(timeout=0.0)
        except EndOfSound:
            yield from _final(segmenter.flush())
            return
        if frame is not None:
            yield from _final(segmenter.push(frame, detector.probability(frame.samples)))


def _final(events: list[SegmentEvent]) -> Iterator[Segment]:
    return (event for event in events if isinstance(event, Segment) and event.final)
