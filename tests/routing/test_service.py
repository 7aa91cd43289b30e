"""Phrase first, machine second, and nothing at all without a model."""

from collections.abc import Callable, Sequence

import pytest

from app.content import load_library
from app.core.errors import MissingModelError
from app.core.protocols import Recogniser, SpeechDetector, Translator, Voice
from app.core.types import Hypothesis, Origin
from app.routing import Router, TranslationService
from app.routing.service import split_sentences

ROUTER = Router(load_library())


class Reverser:
    """A translator whose answer is known: the sentence backwards."""

    def __init__(self, answers: Callable[[str], Sequence[str]]) -> None:
        self._answers = answers

    def translate(self, text: str, source: str, target: str) -> tuple[Hypothesis, ...]:
        return tuple(Hypothesis(answer, -0.1 * (rank + 1)) for rank, answer in enumerate(self._answers(text)))


class OnePair:
    """Engines with one translator, German to Turkish."""

    def __init__(self, answers: Callable[[str], Sequence[str]] = lambda text: (text[::-1], text)) -> None:
        self._answers = answers

    def translator(self, source: str, target: str) -> Translator:
        if (source, target) != ("de", "tr"):
            raise MissingModelError("kein Modell")
        return Reverser(self._answers)

    def detector(self) -> SpeechDetector:
        raise MissingModelError("kein Modell")

    def recogniser(self, language: str) -> Recogniser:
        raise MissingModelError("kein Modell")

    def voice(self, language: str) -> Voice:
        raise MissingModelError("kein Modell")


SERVICE = TranslationService(ROUTER, OnePair())


def test_phrase_comes_before_the_machine() -> None:
    found = SERVICE.translate("Haben Sie Fieber?", "de", "tr")
    assert (found.origin, found.text, found.score) == (Origin.DRAFT, "Ateşiniz var mı?", None)


def test_machine_keeps_offers_and_hypotheses() -> None:
    found = SERVICE.translate("Haben Sie starkes Fieber?", "de", "tr")
    assert found.origin is Origin.MACHINE and found.text == "?rebeiF sekrats eiS nebaH"
    assert found.score == pytest.approx(-0.1) and found.alternatives == ("Haben Sie starkes Fieber?",)
    assert "tb/fieber" in [offer.phrase for offer in found.near]


def test_route_only_and_missing_model() -> None:
    assert SERVICE.translate("Der Mond ist rund.", "de", "tr", route_only=True).origin is Origin.NONE
    assert SERVICE.translate("Der Mond ist rund.", "de", "uk").origin is Origin.NONE
    assert SERVICE.translate("", "de", "tr").origin is Origin.NONE


def test_translator_that_does_not_know_the_sentence_gives_none() -> None:
    found = TranslationService(ROUTER, OnePair(lambda text: ())).translate("Der Mond ist rund.", "de", "tr")
    assert (found.origin, found.text) == (Origin.NONE, "")


def test_two_sentences_are_two_phrases() -> None:
    found = SERVICE.translate("Haben Sie Fieber? Sind Sie schwanger?", "de", "tr")
    assert (found.origin, found.text) == (Origin.DRAFT, "Ateşiniz var mı? Hamile misiniz?")


def test_origin_is_the_weakest_part() -> None:
    assert SERVICE.translate("Haben Sie Fieber? Der Mond ist rund.", "de", "tr").origin is Origin.MACHINE
    found = SERVICE.translate("Haben Sie Fieber? Der Mond ist rund.", "de", "uk")
    assert (found.origin, found.text) == (Origin.NONE, "")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Guten Tag. Haben Sie Fieber?", ["Guten Tag.", "Haben Sie Fieber?"]),
        ("Kommen Sie am 3. März.", ["Kommen Sie am 3. März."]),
        ("Kommen Sie zu Dr. Klein! Bitte.", ["Kommen Sie zu Dr. Klein!", "Bitte."]),
        ("هل لديك حمى؟ نعم.", ["هل لديك حمى؟", "نعم."]),
        ("", []),
        ("…", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
