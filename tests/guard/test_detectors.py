"""What each detector says, with codes and levels that desk and reports rely on."""

import pytest

from app.core.types import Level, Verdict
from app.guard import check_pair
from app.guard.text import fold


def codes(verdict: Verdict) -> set[str]:
    return {finding.code for finding in verdict.findings}


@pytest.mark.parametrize(
    ("source", "target", "language", "code", "level"),
    [
        ("Nehmen Sie 3 Tabletten.", "4 tablet alın.", "tr", "number-changed", Level.RED),
        ("Nehmen Sie 3 Tabletten.", "Tablet alın.", "tr", "number-missing", Level.RED),
        ("Nehmen Sie Tabletten.", "3 tablet alın.", "tr", "number-added", Level.RED),
        ("Nehmen Sie 5 mg.", "5 ml alın.", "tr", "measure-changed", Level.RED),
        ("Warten Sie 3 Tage.", "Așteptați 3 săptămâni.", "ro", "period-changed", Level.RED),
        ("Drei Tage, bis Freitag.", "Üç hafta, Cuma gününe kadar.", "tr", "period-changed", Level.RED),
        ("Kommen Sie am 3. Mai.", "Veniți pe 3 iunie.", "ro", "month-changed", Level.RED),
        ("Kommen Sie am Montag.", "Приходьте у вівторок.", "uk", "weekday-changed", Level.RED),
        ("Kommen Sie morgen um 8 Uhr.", "Bugün saat 8'de gelin.", "tr", "relday-changed", Level.RED),
        ("Heben Sie den rechten Arm.", "Підніміть ліву руку.", "uk", "side-changed", Level.RED),
        ("Heben Sie den rechten Arm.", "Підніміть руку.", "uk", "side-missing", Level.AMBER),
        ("Vor dem Essen.", "بعد الأكل.", "ar", "order-changed", Level.RED),
        ("Nehmen Sie es morgens.", "Prenez-le le soir.", "fr", "daypart-changed", Level.RED),
        ("Tut der Arm weh?", "Bacağınız ağrıyor mu?", "tr", "body-changed", Level.AMBER),
        ("Sie sind nicht krank.", "Вы больны.", "ru", "negation-missing", Level.AMBER),
        ("Haben Sie Fieber?", "Ateşiniz yok mu?", "tr", "negation-added", Level.RED),
        ("Sie dürfen nicht arbeiten.", "You do not have to work.", "en", "obligation-changed", Level.RED),
        ("Sie müssen zahlen.", "Możecie zapłacić.", "pl", "obligation-changed", Level.AMBER),
        ("Sie müssen nicht zahlen.", "Не трябва да плащате.", "bg", "obligation-ambiguous", Level.AMBER),
        ("Nehmen Sie Ibuprofen.", "Парацетамол приймайте.", "uk", "name-changed", Level.RED),
        ("Nehmen Sie Ibuprofen.", "Приймайте ліки.", "uk", "name-missing", Level.AMBER),
        ("Ich nehme 1.000 IE am Tag.", "Günde 1.000 IU alıyorum.", "tr", "number-ambiguous", Level.AMBER),
        ("2 morgens, 1 abends nehmen.", "Sabah 1, akşam 2 alın.", "tr", "number-swapped", Level.RED),
        ("Links der Arm, rechts das Bein.", "Sağ kol, sol bacak.", "tr", "side-swapped", Level.RED),
        ("Kommen Sie bitte herein.", "Kommen Sie bitte herein.", "tr", "source-copied", Level.RED),
        ("Kommen Sie bitte herein.", "Kommen Sie bitte içeri.", "tr", "source-copied", Level.RED),
        ("Bitte warten Sie hier.", "Моля изчакайте тук.", "ar", "script-wrong", Level.RED),
        ("Bitte warten Sie hier.", "Bitte lütfen ждите 这里.", "ar", "script-wrong", Level.RED),
        ("Warten Sie.", "Bekle bekle bekle bekle bekle.", "tr", "loop", Level.RED),
        ("Wo haben Sie seit gestern Schmerzen, und wie stark?", "Nere?", "tr", "too-short", Level.AMBER),
        (
            "Warten Sie.",
            "Lütfen burada oturun, doktor gelip sizi çağırana kadar kalkmadan bekleyin.",
            "tr",
            "too-long",
            Level.AMBER,
        ),
        ("Haben Sie Schmerzen?", "У тебя болит?", "ru", "address-informal", Level.AMBER),
        ("Warten Sie.", "Bekle\u202eyin.", "tr", "direction-override", Level.RED),
        ("Warten Sie.", "Bekle\u0007yin.", "tr", "control-character", Level.AMBER),
        ("Warten Sie.", "Зачек\u0061йте.", "uk", "mixed-script", Level.AMBER),
        ("Warten Sie 12 Tage.", "انتظر 1٢ يوما.", "ar", "mixed-digits", Level.RED),
        ("Kommen Sie am 5.6.2024.", "۱۶ خرداد ۱۴۰۳ بیایید.", "fa", "date-calendar", Level.AMBER),
        ("Kommen Sie am 5.6.2024.", "۱۷ خرداد ۱۴۰۳ بیایید.", "fa", "date-changed", Level.RED),
        ("Warten Sie.", "", "tr", "no-translation", Level.RED),
        ("Warten Sie.", "…", "tr", "no-translation", Level.RED),
        ("Warten Sie hier bitte.", "Fadlan halkan ku sug.", "so", "not-checked", Level.AMBER),
    ],
)
def test_finding(source: str, target: str, language: str, code: str, level: Level) -> None:
    verdict = check_pair(source, target, "de", language)
    found = {finding.code: finding.level for finding in verdict.findings}
    assert found.get(code) == level, verdict


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("Husten Sie länger als 3 Wochen?", "Üç haftadan uzun süredir öksürüyor musunuz?", "tr"),
        ("Kommen Sie um 14 Uhr.", "Veniți la ora 2 după-amiaza.", "ro"),
        ("Kommen Sie um halb elf.", "Saat 10.30'da gelin.", "tr"),
        ("Nein, ich habe kein Fieber.", "Нет, у меня нет температуры.", "ru"),
        ("Das habe ich nie gesagt.", "Я ніколи цього не казав.", "uk"),
        ("Wir speichern nichts.", "Nu salvăm nimic.", "ro"),
        ("Vergessen Sie nicht die Tabletten.", "Tabletleri unutmayın.", "tr"),
        ("Nehmen Sie Paracetamol.", "Приймайте парацетамол.", "uk"),
        ("Machen Sie einen HIV-Test?", "هل تجري فحص HIV؟", "ar"),
        ("Haben Sie einen Ausweis?", "\u2067هل لديك هوية؟\u2069", "ar"),
        ("Warten Sie eine halbe Stunde.", "Yarım saat bekleyin.", "tr"),
    ],
)
def test_right_translations_stay_green(source: str, target: str, language: str) -> None:
    assert check_pair(source, target, "de", language).level is Level.GREEN


def test_messages_say_in_german_what_differs() -> None:
    messages = [f.message for f in check_pair("3 Tabletten.", "Tablet.", "de", "tr").findings]
    assert messages == ["Zahl 3 fehlt in der Übersetzung"]


def test_spans_point_into_both_texts() -> None:
    source, target = "Guten Tag. Heben Sie den rechten Arm.", "Bună ziua. Ridicați brațul stâng."
    finding = next(f for f in check_pair(source, target, "de", "ro").findings if f.code == "side-changed")
    assert finding.source_span is not None
    assert finding.target_span is not None
    assert source[slice(*finding.source_span)] == "rechten"
    assert target[slice(*finding.target_span)] == "stâng"


def test_sentences_do_not_excuse_each_other() -> None:
    source = "Sie haben kein Fieber. Sie haben keinen Husten."
    verdict = check_pair(source, "Nu aveți febră deloc, niciodată. Aveți tuse.", "de", "ro")
    assert "negation-missing" in codes(verdict)


def test_the_patients_direction_is_checked_too() -> None:
    verdict = check_pair("Dört haftadır öksürüyorum.", "Ich huste seit drei Wochen.", "tr", "de")
    assert codes(verdict) == {"number-changed"}


@pytest.mark.parametrize("gap", ["\t", "\r\n", " "])
def test_a_control_character_between_words_is_a_gap(gap: str) -> None:
    assert fold(f"5{gap}ünite")[0].split() == ["5", "ünite"]
