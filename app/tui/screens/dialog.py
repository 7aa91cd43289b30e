"""What all dialogs share: a titled box, and Esc, which closes and also silences the desk."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A dialog that hands its result to whoever opened it; None when it was left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "schließen", id="dialog-leave", tooltip="Schließen und Ansage anhalten")
    ]

    async def action_leave(self) -> None:
        await self.app.run_action("stop", self.app.screen_stack[1])
        self.dismiss(None)
