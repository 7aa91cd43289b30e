"""What is usually built: wait for the end of the turn, then recognise, translate, synthesise everything,
play.

Serves as the measure beside the live loop, on the same models and the same segmenter.
"""

import numpy as np

from app.core.protocols import Recogniser, SpeechDetector
from app.core.types import Speaker, Speech, Transcript, Turn, Utterance
from app.desk.loop import Choices
from app.desk.ports import Audio, EndOfSound
from app.desk.segment import Rules, Segment, Segmenter
from app.desk.tools import Tools


def plain_turn(
    audio: Audio, tools: Tools, recogniser: Recogniser, choices: Choices, speaker: Speaker, rules: Rules
) -> tuple[Transcript, str] | None:
    """One turn of a speaker: what was heard and how it was translated; None if nobody spoke."""
    audio.open_microphone()
    segment = _wait_for_turn(audio, tools.engines.detector(), Segmenter(rules))
    if segment is None:
        return None
    source, target = choices.language(speaker), choices.language(speaker.other)
    turn = Turn(1)
    transcript = recogniser.transcribe(
        Utterance(turn, speaker, source, segment.samples, segment.start, segment.end)
    )
    translation = tools.translate(transcript.text, source, target)
    tools.check(translation)
    voice = tools.engines.voice(target)
    pieces = list(voice.synthesise(translation.text))
    if pieces:
        audio.play(Speech(turn, target, translation.text, np.concatenate(pieces), voice.rate))
    return transcript, translation.text


def _wait_for_turn(audio: Audio, detector: SpeechDetector, segmenter: Segmenter) -> Segment | None:
    while True:
        try:
            frame = audio.read(1.0)
        except EndOfSound:
            return next((e for e in segmenter.flush() if isinstance(e, Segment)), None)
        if frame is None:
            continue
        events = segmenter.push(frame, detector.probability(frame.samples))
        for event in events:
            if isinstance(event, Segment) and event.final:
                return event
