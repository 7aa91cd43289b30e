"""The office's services: opening hours, the list and its complaints, and the command."""

from datetime import datetime
from pathlib import Path

import pytest

from app.core.errors import ContentError, InputError
from app.directory import Kind, load_services, serving, write_template
from app.directory.hours import parse_hours
from tests.cli.conftest import Command, command, own_folder, rows

__all__ = ["command", "own_folder"]

MONDAY, SATURDAY, SUNDAY = datetime(2026, 3, 2), datetime(2026, 3, 7), datetime(2026, 3, 8)


@pytest.mark.parametrize(
    ("text", "moment", "is_open"),
    [
        ("Mo-Fr 8:00-16:00", MONDAY.replace(hour=8), True),
        ("Mo-Fr 8:00-16:00", MONDAY.replace(hour=7, minute=59), False),
        ("Mo-Fr 8:00-16:00", MONDAY.replace(hour=16), False),
        ("Mo-Fr 8:00-16:00", SATURDAY.replace(hour=9), False),
        ("mo–fr 8.30–12 Uhr", MONDAY.replace(hour=8, minute=30), True),
        ("Mo, Mi 10-12", MONDAY.replace(hour=11), True),
        ("Di und Do 10-12", MONDAY.replace(hour=11), False),
        ("Mo-Do 8-12, 13-16; Fr 8-12", MONDAY.replace(hour=12, minute=30), False),
        ("Mo-Do 8-12 und 13-16, Fr 8-12", MONDAY.replace(hour=13), True),
        ("Fr 20:00-6:00", SATURDAY.replace(hour=5), True),
        ("Fr 20:00-6:00", SATURDAY.replace(hour=6), False),
        ("Sa-Mo 9-10", SUNDAY.replace(hour=9), True),
        ("täglich 0:00-24:00", SUNDAY.replace(hour=23, minute=59), True),
        ("Rund um die  Uhr", SUNDAY, True),
        ("Montag bis Freitag 8-12", None, None),
        ("8:00-12:00", None, None),
        ("Mo-Fr", None, None),
        ("Mo 8:70-9", None, None),
        ("Mo 25-26", None, None),
        ("Mo 9-9", None, None),
        ("nach Absprache", None, None),
    ],
)
def test_opening_hours(text: str, moment: datetime | None, is_open: bool | None) -> None:
    if moment is None:
        with pytest.raises(ValueError, match=r"\w"):
            parse_hours(text)
    else:
        assert parse_hours(text).open_at(moment) is is_open


def test_next_opening_is_named() -> None:
    hours = parse_hours("Mo-Fr 8:00-16:00")
    assert hours.opens_after(SATURDAY.replace(hour=10)) == datetime(2026, 3, 9, 8)
    assert hours.opens_after(MONDAY.replace(hour=6)) == MONDAY.replace(hour=8)
    assert parse_hours("immer").opens_after(MONDAY) is None


def test_without_a_list_the_nationwide_numbers_serve_every_language() -> None:
    services = load_services()
    assert {"112", "110", "116 117", "116 016", "116 123"} == {service.phone for service in services}
    assert len(serving(services, "ti")) == len(services)


def test_those_who_speak_the_language_come_first(tmp_path: Path) -> None:
    path = tmp_path / "dienste.toml"
    path.write_text(
        '[a]\nname = "A"\nkind = "telefon"\nphone = "1"\n'
        '[b]\nname = "B"\nkind = "telefon"\nphone = "2"\nlanguages = ["tr"]\n'
        '[c]\nname = "C"\nkind = "dolmetscher"\nphone = "3"\nlanguages = ["ar"]\n',
        "utf-8",
    )
    services = load_services(path)
    assert [service.name for service in serving(services, "tr")] == ["B", "A"]
    assert [service.name for service in serving(services, None)] == ["C", "B", "A"]


GOOD = '[a]\nname = "A"\nkind = "telefon"\nphone = "0231 1"\n'


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (GOOD + 'languages = ["xx"]\n', 5, "xx"),
        (GOOD + 'languages = "tr"\n', 5, "Liste"),
        (GOOD + 'hours = "Mo-Fr acht bis zwölf"\n', 5, "acht"),
        (GOOD.replace("telefon", "telefn"), 3, "telefon"),
        (GOOD.replace("0231 1", "unbekannt"), 4, "Telefonnummer"),
        (GOOD.replace("phone", "fon"), 4, "phone"),
        ('[a]\nname = "A"\nphone = "1"\n', 1, "kind"),
        (GOOD + 'note = "offen\n', 5, "TOML"),
        ('a = 1\n', 1, "Eintrag"),
    ],
)
def test_complaints_name_file_and_line(tmp_path: Path, text: str, line: int, part: str) -> None:
    path = tmp_path / "dienste.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        load_services(path)
    assert f"{path}:{line}:" in str(caught.value) and part in str(caught.value)


def test_the_template_is_written_once_and_is_right(tmp_path: Path) -> None:
    path = write_template(tmp_path / "neu" / "dienste.toml")
    assert len(load_services(path)) == len(load_services())
    uncommented = path.read_text("utf-8").split("# --- Bundesweit")[0].split("---\n", 1)[1].replace("# ", "")
    path.with_name("eigene.toml").write_text(uncommented, "utf-8")
    assert [service.kind for service in load_services(path.with_name("eigene.toml"))] == [
        Kind.TELEPHONE, Kind.VIDEO, Kind.MEDIATOR,
    ]
    with pytest.raises(InputError, match="gibt es schon"):
        write_template(path)
    with pytest.raises(InputError, match="gibt es nicht"):
        load_services(tmp_path / "keine.toml")


def test_command(command: Command, own_folder: Path) -> None:
    assert command("directory", "check", "--json")[0] == 0
    status, out, _ = command("directory", "init")
    assert status == 0 and (own_folder / "dienste.toml").is_file() and str(own_folder) in out
    assert command("directory", "init")[0] == 1
    listed = rows(command("directory", "list", "--language", "tr", "--json")[1])
    assert {row["phone"] for row in listed} >= {"112", "116 016"}
    assert all(row["open"] is True and row["opens"] is None for row in listed)
    assert "● jetzt erreichbar" in command("directory", "list")[1]
    assert command("directory", "list", "--language", "xx")[0] == 2
    (own_folder / "dienste.toml").write_text("[a]\nname = 1\n", "utf-8")
    status, _, err = command("directory", "check")
    assert status == 1 and "dienste.toml:2:" in err
