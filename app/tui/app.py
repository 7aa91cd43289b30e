"""The Textual application: theme, palette, a clean end; the screens hold the rest."""

import asyncio
import traceback
from collections.abc import Iterable
from pathlib import PurePath
from typing import ClassVar

from rich.segment import Segments
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from app.core.settings import Settings
from app.tui import themes
from app.tui.builder import Builder
from app.tui.desk import Build
from app.tui.palette import system_commands
from app.tui.screens.desk import DeskScreen


class DeskApp(App[None]):
    """The desk. `build` runs in a thread while the screen is already up."""

    TITLE = "Sprachpult"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "beenden", id="app-quit", tooltip="Das Pult schließen", priority=True),
        Binding(
            "ctrl+c",
            "copy_or_quit",
            "beenden",
            id="app-interrupt",
            show=False,
            tooltip="Kopieren oder beenden",
        ),
    ]

    def __init__(self, build: Build, settings: Settings | None = None) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (34, "-tall")]
        self.settings = settings or Settings()
        self._desk_screen = DeskScreen(self.settings)
        self._builder = Builder(build, self._desk_screen.post_message)
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        known = self.settings.theme in self.available_themes
        self.theme = self.settings.theme if known else themes.DARK.name

    def on_mount(self) -> None:
        self.push_screen(self._desk_screen)
        self._builder.start()

    async def on_unmount(self) -> None:
        await asyncio.to_thread(self._builder.close)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that a key can do, and more, by name."""
        yield from system_commands(self._desk_screen)

    def action_command_palette(self) -> None:
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="Befehl suchen …", id="--command-palette"))

    def action_copy_or_quit(self) -> None:
        """Ctrl-C copies what is selected; with nothing selected it ends the desk."""
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
        else:
            self.exit()

    def _fatal_error(self) -> None:
        """One line instead of a traceback with locals: those hold what patients said."""
        self._exit_renderables.append(Segments(self.console.render(last_words(self._exception))))
        self._close_messages_no_wait()


def last_words(error: Exception | None) -> str:
    """Kind and place of an error, never its message or its values."""
    trace = traceback.extract_tb(error.__traceback__) if error else None
    where = f" in {PurePath(trace[-1].filename).name}:{trace[-1].lineno}" if trace else ""
    return (
        f"Sprachpult musste anhalten ({type(error).__name__}{where}) → neu starten; nichts wurde gespeichert"
    )
