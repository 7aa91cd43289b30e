"""Language chooser: own name and German name, and what really works on this machine."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from app.core.languages import STAFF_LANGUAGE, Language, isolate, languages
from app.tui.desk import Support
from app.tui.screens.dialog import Dialog

Serves = Callable[[str], Support]


class LanguageDialog(Dialog[str]):
    """Returns the code of the language that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "nächste", id="language-down", tooltip="Nächste Sprache"),
        Binding("up", "move(-1)", "vorige", id="language-up", tooltip="Vorige Sprache"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, current: str, serves: Serves | None) -> None:
        super().__init__()
        self._current = current
        self._serves = serves

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            box.border_title = "Sprache des Patienten"
            box.border_subtitle = "tippen sucht · ↑↓ wählt · Enter übernimmt · Esc zurück"
            yield Input(placeholder="Name auf Deutsch oder in der Sprache, oder Kürzel", compact=True)
            yield OptionList(id="languages", compact=True)
            yield Static(id="note", classes="note")

    def on_mount(self) -> None:
        self._fill("")
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(self._current)

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        self.query_one(OptionList).action_select()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        row = languages()[event.option_id or STAFF_LANGUAGE]
        self.query_one("#note", Static).update(Content(row.note))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id)

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()

    def _fill(self, text: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(self._row(row), id=row.code) for row in matching(text))
        options.highlighted = 0 if options.option_count else None

    def _row(self, row: Language) -> Content:
        names = Content.assemble((f"{row.name:<22}", "bold"), isolate(row.autonym))
        return names.pad_right(max(1, 42 - names.cell_length)) + self._abilities(row)

    def _abilities(self, row: Language) -> Content:
        if self._serves is None:
            return Content.styled("wird noch geladen", "dim")
        support = self._serves(row.code)
        able = {
            "hören": support.listen,
            "übersetzen": support.translate_to and support.translate_from,
            "sprechen": support.speak,
        }
        return Content("  ").join(
            Content(f"✓ {word}") if model else Content.styled(f"– {word}", "dim")
            for word, model in able.items()
        )


def matching(text: str) -> list[Language]:
    """Languages whose German name, own name or code holds `text`."""
    wanted = text.strip().casefold()
    return [
        row
        for row in languages().values()
        if row.code != STAFF_LANGUAGE
        and (wanted in row.name.casefold() or wanted in row.autonym.casefold() or wanted == row.code)
    ]
