"""Files through the live loop: every machine gets the same, nothing is dropped, and long files stay small."""

from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from app.core.errors import InputError, UsageError
from app.core.protocols import SpeechDetector
from app.core.settings import Settings
from app.core.types import CheckedTranslation, Samples, Speaker
from app.desk.ports import EndOfSound
from app.desk.replay import FileReplay, Replay, interpret_file
from app.engines.vad import SileroDetector
from tests.desk.parts import RATE, Events, Parts, silence, word

TALK = np.concatenate([silence(20), word(1), silence(5), word(2), silence(30), word(3), silence(3)])


def write(path: Path, samples: Samples, rate: int = RATE) -> Path:
    soundfile.write(path, samples, rate, subtype="FLOAT")
    return path


def test_frames_are_all_of_the_file_in_order() -> None:
    replay = Replay([np.arange(700, dtype=np.float32), np.arange(700, 1000, dtype=np.float32)])
    replay.open_microphone()
    frames = [replay.read(0.0), replay.read(0.0)]
    heard = np.concatenate([frame.samples for frame in frames if frame])
    assert np.array_equal(heard[:1000], np.arange(1000, dtype=np.float32))
    assert [frame.time for frame in frames if frame] == [0.0, 0.032]
    with pytest.raises(EndOfSound):
        replay.read(0.0)


@pytest.mark.parametrize(
    ("languages", "said"),
    [(("de", "tr"), ["tr eins zwei", "tr drei"]), (("tr", "de"), ["de eins zwei", "de drei"])],
)
def test_both_directions_are_spoken(tmp_path: Path, languages: tuple[str, str], said: list[str]) -> None:
    events = Events()
    path = write(tmp_path / "talk.wav", TALK)
    spoken = interpret_file(path, Parts().tools(), Settings(), languages, events)
    assert [speech.text for speech in spoken] == said
    checked = [payload for payload in events.payloads() if isinstance(payload, CheckedTranslation)]
    assert {c.speaker for c in checked} == {Speaker.STAFF if languages[0] == "de" else Speaker.PATIENT}


def test_same_events_at_the_same_times_every_time(tmp_path: Path) -> None:
    path = write(tmp_path / "talk.wav", TALK)
    runs = []
    for _ in range(3):
        events = Events()
        interpret_file(path, Parts().tools(), Settings(), ("de", "tr"), events)
        runs.append(sorted(events.all, key=lambda event: (event.time, repr(event.payload))))
    assert runs[0] == runs[1] == runs[2]
    assert runs[0][-1].time <= TALK.size / RATE + 0.032


def test_real_time_gives_the_same_as_fast(tmp_path: Path) -> None:
    path = write(tmp_path / "talk.wav", TALK)
    for realtime in (False, True):
        spoken = interpret_file(path, Parts().tools(), Settings(), ("de", "tr"), Events(), realtime)
        assert [speech.text for speech in spoken] == ["tr eins zwei", "tr drei"]


def test_pair_without_german_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="muss „de“"):
        interpret_file(tmp_path / "none.wav", Parts().tools(), Settings(), ("tr", "ar"), Events())


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all" * 100])
def test_unreadable_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(InputError, match="broken"):
        FileReplay(path)


class Silero(Parts):
    def detector(self) -> SpeechDetector:
        return SileroDetector()


@pytest.mark.parametrize("loudness", [0.0, 0.05], ids=["silence", "noise"])
def test_long_files_without_speech_give_nothing_and_stay_small(tmp_path: Path, loudness: float) -> None:
    minutes, generator = 3, np.random.default_rng(7)
    path = tmp_path / "long.wav"
    with soundfile.SoundFile(path, "w", RATE, 1) as file:
        for _ in range(minutes):
            file.write(loudness * generator.standard_normal(60 * RATE))
    parts = Silero()
    parts.detector()
    before = psutil.Process().memory_info().rss
    spoken = interpret_file(path, parts.tools(), Settings(), ("de", "tr"), Events())
    grown = psutil.Process().memory_info().rss - before
    assert spoken == [] and parts.reader.heard == []
    assert grown < 20 * 2**20
