"""The office's list of services, from a TOML file that staff edit; every complaint names file and line."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import as_file, files
from pathlib import Path

from app.content.reading import Entry
from app.content.toml_file import TomlFile, nearest
from app.core.errors import InputError
from app.core.languages import languages
from app.core.paths import user_root
from app.directory.hours import Hours, parse_hours

TEMPLATE = "dienste.toml"
"""Name of the office's file, and of the template beside this module."""
_KEYS = ["name", "kind", "phone", "languages", "hours", "cost_centre", "note"]


class Kind(StrEnum):
    """What kind of help a service gives; in the order in which the card shows them."""

    INTERPRETER = "dolmetscher"
    TELEPHONE = "telefon"
    VIDEO = "video"
    MEDIATOR = "sprachmittler"
    COUNSELLING = "beratung"
    EMERGENCY = "notruf"

    @property
    def label(self) -> str:
        return {
            "dolmetscher": "Dolmetscher vor Ort",
            "telefon": "Telefondolmetschen",
            "video": "Videodolmetschen",
            "sprachmittler": "Sprachmittlung",
            "beratung": "Beratung",
            "notruf": "Notruf",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody who can be fetched or called."""

    slug: str
    name: str
    kind: Kind
    phone: str
    languages: tuple[str, ...] = ()
    """Codes; empty: not bound to languages."""
    hours: Hours | None = None
    """None: not stated."""
    cost_centre: str = ""
    note: str = ""

    def speaks(self, language: str) -> bool:
        return not self.languages or language in self.languages


def directory_file() -> Path:
    """The office's own list; it need not exist."""
    return user_root() / TEMPLATE


def load_services(path: Path | None = None) -> tuple[Service, ...]:
    """Services of a file, in its order; without a file of the office's own, the nationwide numbers.

    Raises ContentError with file and line for anything that cannot be used, InputError for a missing `path`.
    """
    if path is None:
        path = directory_file()
        if not path.is_file():
            with as_file(files("app.directory") / TEMPLATE) as template:
                return _read(template)
    if not path.is_file():
        raise InputError(f"{path}: gibt es nicht", "anlegen mit: sprachpult directory init")
    return _read(path)


def serving(services: Iterable[Service], language: str | None) -> list[Service]:
    """Services that help in a language, by kind; those bound to this language come first within a kind."""
    order = list(Kind)
    found = [service for service in services if language is None or service.speaks(language)]
    return sorted(found, key=lambda service: (order.index(service.kind), not service.languages))


def write_template(path: Path | None = None) -> Path:
    """Put the commented template where the office's list belongs. Raises InputError if a list is there."""
    path = directory_file() if path is None else path
    text = (files("app.directory") / TEMPLATE).read_text("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(f"{path}: gibt es schon", "bearbeiten; überschrieben wird sie nie") from None
    except OSError as error:
        message = f"{path}: nicht zu schreiben ({error.strerror})"
        raise InputError(message, "Rechte des Ordners prüfen") from error
    return path


def _read(path: Path) -> tuple[Service, ...]:
    file = TomlFile(path)
    return tuple(_service(file, slug) for slug in file.table)


def _service(file: TomlFile, slug: str) -> Service:
    entry = Entry(file, slug, _KEYS)
    for key in ("name", "kind", "phone"):
        if not entry.string(key).strip():
            raise entry.error(f"„{key}“ fehlt", f'{key} = "…" ergänzen', key)
    phone = entry.string("phone")
    if not any(character.isdigit() for character in phone):
        raise entry.error(f"„{phone}“ ist keine Telefonnummer", 'zum Beispiel phone = "0231 …"', "phone")
    return Service(
        slug,
        entry.string("name"),
        _kind(entry),
        phone,
        _languages(entry),
        _hours(entry),
        entry.string("cost_centre"),
        entry.string("note"),
    )


def _kind(entry: Entry) -> Kind:
    value = entry.string("kind").casefold()
    if value not in list(Kind):
        hint = nearest(value, [kind.value for kind in Kind])
        raise entry.error(f"„kind“ kennt „{value}“ nicht", hint, "kind")
    return Kind(value)


def _languages(entry: Entry) -> tuple[str, ...]:
    raw = entry.table.get("languages", [])
    if not isinstance(raw, list) or not all(isinstance(code, str) for code in raw):
        raise entry.error("„languages“ ist keine Liste von Kürzeln", 'languages = ["tr", "ar"]', "languages")
    for code in raw:
        if code not in languages():
            hint = nearest(code, list(languages()))
            raise entry.error(f"Sprache „{code}“ gibt es nicht", hint, "languages")
    return tuple(raw)


def _hours(entry: Entry) -> Hours | None:
    text = entry.string("hours").strip()
    try:
        return parse_hours(text) if text else None
    except ValueError as error:
        hint = 'zum Beispiel hours = "Mo-Do 8:00-16:00; Fr 8:00-12:00" oder "rund um die Uhr"'
        raise entry.error(f"Öffnungszeit: {error}", hint, "hours") from None
