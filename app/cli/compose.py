"""The composition root: the only place that knows every part and puts them together."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from app.cli.output import error_line, progress
from app.core.errors import SprachpultError

if TYPE_CHECKING:
    from app.content import Glossary
    from app.core.types import Finding, Translation, Verdict
    from app.desk.tools import Tools
    from app.engines.registry import EngineRegistry
    from app.guard.humans import HumanTopics
    from app.routing import Router, TranslationService

_WARM_UP_TEXT = "Ja."
HOTWORDS = 12
"""Terms that recognition is told to expect: a handful, as every one takes room and draws the ear."""


@cache
def engines() -> "EngineRegistry":
    """The models of this machine; nothing is loaded yet."""
    from app.engines import load_engines

    return load_engines()


_content: list["Router"] = []
"""The router in use; replaced as a whole when content was changed."""


def router() -> "Router":
    from app.content import load_library
    from app.routing import Router

    if not _content:
        _content.append(Router(load_library()))
    return _content[-1]


@cache
def translation_service() -> "TranslationService":
    from app.guard import check
    from app.routing import TranslationService
    from app.routing.glossary_true import GlossaryTrue

    return TranslationService(router(), engines(), GlossaryTrue(glossary(), check))


@cache
def glossary() -> "Glossary":
    from app.content import load_glossary

    return load_glossary()


def checked(translation: "Translation") -> "Verdict":
    """The guard's answer, glossary terms included."""
    from app.guard import check

    return check(translation, glossary())


@cache
def tools() -> "Tools":
    """Everything that the live loop works with."""
    from app.desk.tools import Tools
    from app.guard import check_transcript

    return Tools(engines(), translate, checked, check_transcript, human_finding, back=back, hotwords=hotwords)


def translate(text: str, source: str, target: str) -> "Translation":
    """By the content of now: it may be read anew while the desk runs."""
    return translation_service().translate(text, source, target)


def read_content_anew(*languages: str) -> "Router":
    """Read phrasebooks and glossaries again after somebody changed them; the new router, ready to be used."""
    from app.content import load_library
    from app.routing import Router

    fresh = Router(load_library())
    for code in languages:
        fresh.prepare(code)
    _content.clear()
    _content.append(fresh)
    translation_service.cache_clear()
    glossary.cache_clear()
    hotwords.cache_clear()
    human_topics.cache_clear()
    return fresh


@cache
def hotwords(language: str, topic: str | None) -> tuple[str, ...]:
    """Terms of the topic in hand; none before there is one, as a wrong expectation does more harm."""
    if topic is None:
        return ()
    return glossary().hotwords(language, topic, HOTWORDS, router().phrasebooks.phrases.values())


def back(translation: "Translation") -> str | None:
    """A translation as the reverse model reads it; None if there is no such model or it declines."""
    try:
        reverse = engines().translator(translation.target_language, translation.source_language)
        found = reverse.translate(translation.text, translation.target_language, translation.source_language)
    except SprachpultError:
        return None
    return found[0].text if found else None


def human_finding(translation: "Translation") -> "Finding | None":
    """The topic that makes a sentence a matter for a human interpreter."""
    from app.guard.humans import human_finding

    return human_finding(translation, human_topics())


@cache
def human_topics() -> "HumanTopics":
    """The stop-list, from the glossaries as they are read now."""
    from app.guard.humans import HumanTopics

    return HumanTopics(glossary().stop_list)


def prepared_tools(languages: Sequence[str]) -> "Tools":
    """The same with the languages' models loaded and warm, under a progress bar."""
    with progress("lade Modelle") as report:
        for failure in prepare(languages, report):
            error_line(str(failure))
    return tools()


def prepare(languages: Sequence[str], report: Callable[[str, float], None]) -> tuple[SprachpultError, ...]:
    """Load and warm up everything a conversation in these languages needs; gives what could not be loaded."""
    report("Phrasen", 0.0)
    for code in languages:
        router().prepare(code)
        human_topics().cues(code)
        glossary().terms_in(_WARM_UP_TEXT, code)
        for other in languages:
            if code != other:
                tools().check(router().route(_WARM_UP_TEXT, code, other))
    return engines().prepare(languages, report)
