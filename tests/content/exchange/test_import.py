"""What an import takes over, what it leaves alone, and that it does so whole or not at all."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.content.exchange.concepts import concept_stock
from app.content.exchange.difference import Outcome
from app.content.exchange.entries import units_of
from app.content.exchange.formats import FORMATS, write_file
from app.content.exchange.transfer import Plan, apply, export, prepare
from app.content.exchange.unit import Claim, Header, Unit
from app.content.glossaries import load_glossary
from app.content.types import Status
from app.core.errors import ContentError, InputError, UsageError
from tests.content.exchange.helpers import GERMAN, book, read_in, stock_of, turkish
from tests.content.helpers import entry

FORMS = {
    "one": "ساعة",
    "two": "ساعتان",
    "few": "{n:number} ساعات",
    "many": "{n:number} ساعة",
    "other": "{n:number} س",
}
HOURS = '[stunden]\ntext = { one = "{n:number} Stunde", other = "{n:number} Stunden" }\n'


def toml_of(root: Path, language: str = "tr") -> dict[str, Any]:
    return tomllib.loads((root / "test" / f"{language}.toml").read_text("utf-8"))


def outcomes(plan: Plan) -> dict[str, Outcome]:
    return {change.id: change.outcome for change in plan.changes}


def sent(root: Path, tmp_path: Path, language: str = "tr", name: str = "xliff2") -> Path:
    path = tmp_path / "satz.xlf"
    export(stock_of(root)(language), name, path)
    return path


def edited(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


@pytest.mark.parametrize("name", ["xliff2", "xliff1", "tmx", "csv", "xlsx"])
@pytest.mark.parametrize("copy", ["empty", "changed"])
def test_all_we_hold_returns_into_an_empty_or_changed_copy(tmp_path: Path, name: str, copy: str) -> None:
    german = HOURS + entry("allein", "Ich bin allein.", speaker="patient") + GERMAN
    lines = "\n".join(f'text.{form} = "{text}"' for form, text in FORMS.items())
    hashes = {e.id: e.source_hash for e in stock_of(book(tmp_path, german=german))("ar").entries.values()}
    held = (
        f'[stunden]\n{lines}\nstatus = "draft"\nsource_hash = "{hashes["test/stunden"]}"\n'
        'comment = "a\\nb = c"\n\n'
        f'[allein]\ntext = "أنا وحدي"\nalternatives.female = "أنا وحيدة"\nalternatives.male = "أنا وحيد"\n'
        f'status = "draft"\nsource_hash = "{hashes["test/allein"]}"\n'
    )
    root = book(tmp_path, held, german, "ar")
    before, path = toml_of(root, "ar"), sent(root, tmp_path, "ar", name)
    file = root / "test" / "ar.toml"
    if copy == "empty":
        file.unlink()
    else:
        changed = held.replace("وحدي", "هنا").replace(
            'alternatives.female = "أنا وحيدة"\n', 'comment = "x"\n'
        )
        file.write_text(changed.replace('text.two = "ساعتان"\n', ""), "utf-8")
    plan = read_in(root, path)
    assert plan.counts["open"] == 2
    apply(plan)
    assert toml_of(root, "ar") == before


def test_an_unchanged_entry_keeps_its_signature(tmp_path: Path) -> None:
    signed = turkish(status="approved", reviewer="Dr. Beispiel", date="2026-01-01", expires="2027-01-01")
    root = book(tmp_path, signed)
    before = (root / "test" / "tr.toml").read_bytes()
    plan = read_in(root, sent(root, tmp_path))
    assert outcomes(plan) == {"test/warten": Outcome.UNCHANGED, "test/fieber": Outcome.OPEN}
    assert plan.empty and apply(plan) == ()
    assert (root / "test" / "tr.toml").read_bytes() == before


@pytest.mark.parametrize("status", ["checked", "approved", "expired"])
@pytest.mark.parametrize("name", ["xliff2", "xliff1", "tmx", "csv", "xlsx"])
def test_whatever_a_file_claims_arrives_as_draft(tmp_path: Path, status: str, name: str) -> None:
    root = book(tmp_path, turkish(status=status, reviewer="Dr. Beispiel", date="2026-01-01"))
    path = sent(root, tmp_path, name=name)
    (root / "test" / "tr.toml").unlink()
    apply(read_in(root, path))
    found = toml_of(root)["warten"]
    assert found["status"] == Status.DRAFT and not {"reviewer", "date", "expires"} & found.keys()
    assert found["comment"].startswith("laut Datei ") and "Dr. Beispiel 2026-01-01" in found["comment"]


@pytest.mark.parametrize(
    ("old", "new", "outcome", "reason"),
    [
        ("dakika bekleyin", "dakika bekler misiniz", Outcome.CHANGED, "die Unterschrift hier entfällt"),
        ('id="minuten"', 'id="tage"', Outcome.CHANGED, ""),
        ('equiv="{minuten:number}"', 'equiv="{tage:number}"', Outcome.STALE, "{tage:number}"),
        (" dakika", "\u0007 dakika", None, "kein wohlgeformtes XML"),
        ("bekleyin", "{", Outcome.REFUSED, "geschweifte Klammer"),
        ("Warten Sie", "Bitte warten Sie", Outcome.STALE, "übersetzt ist „Bitte warten Sie"),
    ],
)
def test_one_edit_in_the_file(
    tmp_path: Path, old: str, new: str, outcome: Outcome | None, reason: str
) -> None:
    root = book(tmp_path, turkish(status="checked", reviewer="Dr. Beispiel", date="2026-01-01"))
    path = sent(root, tmp_path)
    if outcome is None:
        with pytest.raises(InputError, match=reason):
            read_in(root, edited(path, old, new))
        return
    change = read_in(root, edited(path, old, new)).changes[0]
    if old == 'id="minuten"':
        # The id of a placeholder is the tool's own; only what it stands for counts.
        outcome = Outcome.UNCHANGED
    assert change.outcome is outcome and reason in change.reason
    assert change.line is not None and change.line > 3


SLOT = "{minuten:number}"
PLACEHOLDER = f'<ph id="minuten" type="other" subType="sprachpult:number" equiv="{SLOT}" disp="{SLOT}"/>'


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("Bekleyin.", "der Platzhalter {minuten:number} fehlt"),
        (f"{PLACEHOLDER} {PLACEHOLDER} dakika", "{minuten:number} ist zu viel"),
        (f"{PLACEHOLDER} {{tage:number}} dakika", "{tage:number} ist zu viel oder steht im Deutschen nicht"),
        (f"{PLACEHOLDER} {{tage:zahl}}", "unbekannte Art „zahl“"),
        ("{minuten:date} dakika", "der Platzhalter {minuten:number} fehlt"),
    ],
)
def test_a_slot_that_is_lost_doubled_or_renamed_is_refused(tmp_path: Path, target: str, reason: str) -> None:
    root = book(tmp_path, turkish())
    path = edited(
        sent(root, tmp_path), f"<target>{PLACEHOLDER} dakika bekleyin.</target>", f"<target>{target}</target>"
    )
    change = read_in(root, path).changes[0]
    assert change.outcome is Outcome.REFUSED and reason in change.reason


def test_the_line_is_that_of_the_wrong_form(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    texts = FORMS | {"few": "{m:number} ساعات"}
    path.write_text(
        "id;form;ar\n" + "".join(f"test/stunden;{f};{text}\n" for f, text in texts.items()), "utf-8"
    )
    (change,) = read_in(book(tmp_path, german=HOURS), path).changes
    assert change.outcome is Outcome.REFUSED and change.line == 4
    path.write_text(
        "id;form;de;ar\ntest/stunden;one;{n:number} Stunde;x\ntest/stunden;other;Tage;x\n", "utf-8"
    )
    (change,) = read_in(book(tmp_path, german=HOURS), path).changes
    assert change.outcome is Outcome.STALE and change.line == 3


def test_german_that_changed_since_makes_it_stale(tmp_path: Path) -> None:
    root = book(tmp_path, turkish())
    path = sent(root, tmp_path, name="csv")
    # Another plural form changed: the text of this unit is the same, only the hash tells.
    edited(path, stock_of(root)("tr").entries["test/warten"].source_hash, "0a1b2c3d")
    change = read_in(root, path).changes[0]
    assert change.outcome is Outcome.STALE and "seit der Ausgabe geändert" in change.reason


def test_a_stale_translation_is_confirmed_by_the_translator(tmp_path: Path) -> None:
    root = book(tmp_path, turkish(source_hash="00000000", comment="alt"))
    path = sent(root, tmp_path)
    assert outcomes(read_in(root, path))["test/warten"] is Outcome.UNCHANGED
    plan = read_in(root, edited(path, 'state="initial"', 'state="translated"'))
    apply(plan)
    assert toml_of(root)["warten"]["source_hash"] == stock_of(root)("tr").entries["test/warten"].source_hash


def test_what_changed_here_meanwhile_is_said(tmp_path: Path) -> None:
    root = book(tmp_path, turkish())
    path = sent(root, tmp_path)
    book(tmp_path, turkish().replace("bekleyin", "durun"))
    change = read_in(root, path).changes[0]
    assert change.outcome is Outcome.CHANGED
    assert change.reason == "hier inzwischen geändert, in der Datei seit der Ausgabe nicht"


def test_somebody_writes_between_the_difference_and_the_yes(tmp_path: Path) -> None:
    root = book(tmp_path, turkish())
    plan = read_in(root, edited(sent(root, tmp_path), "bekleyin", "durun"))
    book(tmp_path, turkish().replace("bekleyin", "oturun"))
    with pytest.raises(ContentError, match="inzwischen geändert"):
        apply(plan)
    assert "oturun" in toml_of(root)["warten"]["text"]


def test_ids_that_were_lost_are_found_by_their_german(tmp_path: Path) -> None:
    root = book(tmp_path, turkish())
    path = sent(root, tmp_path)
    units = [
        replace(unit, id="x", form="") for e in stock_of(root)("tr").entries.values() for unit in units_of(e)
    ]
    write_file(FORMATS["tmx"], path, Header("phrases", "tr"), units)
    assert outcomes(read_in(root, path))["test/warten"] is Outcome.UNCHANGED


def test_the_same_german_in_two_phrases_needs_an_id(tmp_path: Path) -> None:
    root = book(tmp_path, german=GERMAN + entry("auch-fieber", "Haben Sie Fieber?"))
    path = tmp_path / "x.tmx"
    write_file(
        FORMATS["tmx"], path, Header("", "tr"), [Unit("", "", "Haben Sie Fieber?", "Ateş?", Claim.DRAFT)]
    )
    (change,) = read_in(root, path).changes
    assert change.outcome is Outcome.REFUSED and "test/auch-fieber, test/fieber" in change.reason


def test_two_answers_for_one_phrase_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id;tr\ntest/fieber;Ateş\ntest/fieber;Sıcak\n", "utf-8")
    (change,) = read_in(book(tmp_path), path).changes
    assert change.outcome is Outcome.REFUSED and "Zeilen 2 und 3" in change.reason


def test_a_part_of_the_forms_takes_nothing_away(tmp_path: Path) -> None:
    root = book(tmp_path, german=HOURS, language="ar")
    path = tmp_path / "x.csv"
    full = "".join(f"test/stunden;{form};{text}\n" for form, text in FORMS.items())
    path.write_text("id;form;ar\n" + full, "utf-8")
    apply(read_in(root, path))
    path.write_text("id;form;ar\ntest/stunden;few;{n:number} ساعة\n", "utf-8")
    apply(read_in(root, path))
    assert toml_of(root, "ar")["stunden"]["text"] == FORMS | {"few": "{n:number} ساعة"}


@pytest.mark.parametrize(("kind", "hint"), [("tbx", "für Sätze: xliff2"), ("docx", "vorhanden: xliff2")])
def test_formats_that_do_not_fit_are_refused(tmp_path: Path, kind: str, hint: str) -> None:
    with pytest.raises(UsageError) as raised:
        export(stock_of(book(tmp_path))("tr"), kind, tmp_path / "x")
    assert hint in raised.value.hint


def test_only_what_is_open(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    assert export(stock_of(book(tmp_path, turkish()))("tr"), "csv", path, only_open=True) == 1
    assert "test/fieber" in path.read_text("utf-8")


def test_words_of_stop_lists_go_out_only_on_request(tmp_path: Path) -> None:
    head = 'term = "Krise"\ndefinition = "Ein Grund."\n'
    for domain, title in (("menschen", 'title = "M"\nfetch_human = true\n'), ("psyche", 'title = "P"\n')):
        (tmp_path / domain).mkdir()
        (tmp_path / domain / "concepts.toml").write_text(f"{title}[krise]\n{head}", "utf-8")
    path = tmp_path / "x.csv"
    export(concept_stock(load_glossary(tmp_path), "tr"), "csv", path)
    assert "psyche/krise" in path.read_text("utf-8") and "menschen/krise" not in path.read_text("utf-8")
    export(concept_stock(load_glossary(tmp_path), "tr", "menschen"), "csv", path)
    assert "menschen/krise" in path.read_text("utf-8")
    path.write_text("de;tr\nKrise;kriz\n", "utf-8")
    plan = prepare(path, lambda code: concept_stock(load_glossary(tmp_path), code), "glossary")
    assert outcomes(plan) == {"psyche/krise": Outcome.NEW}
