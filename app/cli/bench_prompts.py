"""Sentences from the phrasebooks as sound whose end is known."""

from app.cli.compose import engines
from app.content import Library, Phrase, load_library, render
from app.core.languages import STAFF_LANGUAGE
from app.core.types import Speaker
from app.desk.bench import Prompt, prompt

TOPICS = ("tb", "antworten", "empfang")
"""Topics that the demo pack was trained on, so that the measurement runs on a fresh clone."""


def phrases(library: Library, speaker: Speaker, language: str, count: int) -> list[Phrase]:
    """Phrases of this speaker without slots, prepared in the language, spread over the phrasebooks."""
    fitting = [
        phrase
        for phrase in library.phrases.values()
        if phrase.topic in TOPICS
        and phrase.speaker == speaker
        and not phrase.slots
        and phrase.translation(language)
    ]
    step = max(1, len(fitting) // count)
    return fitting[::step][:count]


def prompts(language: str, count: int) -> list[Prompt]:
    """`count` sentences of staff and `count` of patients who speak this language."""
    library = load_library()
    found = []
    for speaker, spoken in ((Speaker.STAFF, STAFF_LANGUAGE), (Speaker.PATIENT, language)):
        voice = engines().voice(spoken)
        found += [
            prompt(render(phrase, spoken, {}), spoken, voice)
            for phrase in phrases(library, speaker, language, count)
        ]
    return found
