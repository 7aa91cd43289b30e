"""Fetch a human: whom to call now, while the patient hears that somebody is coming."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from app.core.errors import SprachpultError
from app.directory import Service, directory_file, load_services, serving
from app.tui import wording
from app.tui.screens.dialog import Dialog

STEPS = (
    "Sprechen Sie bis dahin nur das Nötigste und zeigen Sie, was Sie meinen.",
    "Kinder und Angehörige dolmetschen nicht bei Diagnose, Einwilligung oder Gewalt.",
)


class HumanDialog(Dialog[None]):
    """Says whom to call and what to do; the sentence for the patient can be played again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,f12", "again", "noch einmal", id="human-again", tooltip="Den Satz noch einmal sprechen"
        )
    ]

    def __init__(self, language: str, tell: Callable[[], None]) -> None:
        super().__init__()
        self._language, self._tell = language, tell

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            box.border_title = "Einen Menschen holen"
            yield Static(Content.styled(f"Gebraucht wird: {wording.language_label(self._language)}", "bold"))
            yield Static(
                Content("♪ Der Patient hört jetzt, dass ein Mensch geholt wird."), classes="sentence"
            )
            with VerticalScroll(id="services", can_focus=False):
                yield Static(card(self._language, datetime.now()))
            yield Static(Content("\n".join(f"▸ {step}" for step in STEPS)), classes="steps")
            keys = Content.assemble(
                ("Enter", "bold"), " Satz noch einmal   ", ("Esc", "bold"), " zurück zum Pult"
            )
            yield Static(keys, classes="keys")

    def action_again(self) -> None:
        self._tell()


def card(language: str, now: datetime) -> Content:
    """The services that help in a language, reachable ones first."""
    try:
        services = serving(load_services(), language)
    except SprachpultError as error:
        return Content(f"✖ {error}")
    rows = sorted(services, key=lambda service: _reachable(service, now) is False)
    found = Content("\n").join([part for service in rows for part in _rows(service, now)])
    if not directory_file().is_file():
        hint = "Eigene Dolmetschdienste eintragen: sprachpult directory init"
        found += Content.styled(f"\n▲ {hint}", "dim")
    return found


def _reachable(service: Service, now: datetime) -> bool | None:
    """None where no hours are stated."""
    return service.hours.open_at(now) if service.hours else None


def _rows(service: Service, now: datetime) -> Iterator[Content]:
    sign = {True: "● jetzt", False: "○ zu", None: "◌ ?"}[_reachable(service, now)]
    yield Content.assemble(
        f"{sign:<8}",
        (f"{service.phone}  ", "bold $accent"),
        (service.name, "bold"),
        f"  {service.kind.label}",
    )
    details = [service.hours.text if service.hours else "", service.note]
    details.append(f"Kostenstelle {service.cost_centre}" if service.cost_centre else "")
    if text := " · ".join(filter(None, details)):
        yield Content.styled(f"{'':8}{text}", "dim")
