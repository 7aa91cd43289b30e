"""How origin, slots, risk, score and other hypotheses weigh in."""

from typing import Any

from app.core.types import Level, Origin, Translation, Verdict
from app.guard import check


def translation(source: str, text: str, language: str = "tr", **more: object) -> Translation:
    values: dict[str, Any] = {"origin": Origin.MACHINE, **more}
    return Translation(source, text, "de", language, **values)


def codes(verdict: Verdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


def test_nothing_to_say_is_red() -> None:
    assert codes(check(translation("Hallo", "", origin=Origin.NONE))) == {"no-translation"}
    assert check(translation("Hallo", "Merhaba", origin=Origin.BLOCKED)).level is Level.RED


def test_a_contradiction_in_a_prepared_sentence_is_asked_not_forbidden() -> None:
    verdict = check(translation("3 Tage", "4 gün", origin=Origin.APPROVED))
    assert verdict.level is Level.AMBER


def test_free_wording_of_a_prepared_sentence_is_nobodys_business() -> None:
    assert check(translation("Tut der Arm weh?", "Ağrı var mı?", origin=Origin.DRAFT)).level is Level.GREEN


def test_a_filled_slot_is_compared_in_full() -> None:
    verdict = check(translation("Seit 3 Wochen", "4 haftadır", origin=Origin.DRAFT, slots={"wochen": "3"}))
    assert verdict.level is Level.RED


def test_a_name_in_a_slot_may_change_its_script() -> None:
    slots = {"ort": "Wagner"}
    kept = check(translation("Zu Wagner", "До Вагнер", "uk", origin=Origin.DRAFT, slots=slots))
    missing = check(translation("Zu Wagner", "До Шмідт", "uk", origin=Origin.DRAFT, slots=slots))
    assert kept.level is Level.GREEN
    assert "slot-missing" in codes(missing)


def test_a_place_kept_in_latin_letters_is_no_copy() -> None:
    slots = {"ort": "Bezirksregierung Arnsberg"}
    source = "Das Ergebnis geht an: Bezirksregierung Arnsberg."
    text = "Результат надсилають сюди: Bezirksregierung Arnsberg."
    assert check(translation(source, text, "uk", origin=Origin.DRAFT, slots=slots)).level is Level.GREEN


def test_red_risk_without_rules_is_never_green() -> None:
    green = check(translation("Warten Sie.", "Sug.", "so", origin=Origin.APPROVED))
    red = check(translation("Warten Sie.", "Sug.", "so", origin=Origin.APPROVED, risk="red"))
    assert green.level is Level.GREEN
    assert codes(red) == {"not-checked"}


def test_low_score_is_asked() -> None:
    assert codes(check(translation("Hallo", "Merhaba", score=-3.0))) == {"score-low"}
    assert check(translation("Hallo", "Merhaba", score=-0.3)).level is Level.GREEN


def test_hypotheses_that_differ_in_a_number_are_asked() -> None:
    verdict = check(translation("Drei Tabletten", "Üç tablet", alternatives=("3 tablet", "Dört tablet")))
    assert codes(verdict) == {"versions-differ"}
    assert check(translation("Drei Tabletten", "Üç tablet", alternatives=("3 hap",))).level is Level.GREEN


def test_too_long_a_text_is_asked() -> None:
    assert "too-much" in codes(check(translation("Ja. " * 2000, "Evet. " * 2000)))
