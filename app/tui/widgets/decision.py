"""What staff decide about the newest turn; its keys work only while the bar has the focus."""

import time
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from app.tui.commands import DECISION_BINDINGS
from app.tui.messages import NearKey, TypedOn
from app.tui.state import Decision

_LETTERS = {letter for binding in DECISION_BINDINGS for letter in binding.key.split(",")}
"""Keys of choices, whether they are open now or not: pressing one that is closed does nothing."""


class DecisionBar(Vertical, can_focus=True):
    """Speak, change, look for a phrase, fetch a human; near phrases by number.

    Keys are taken only `arming_seconds` after the bar appeared, so that a letter somebody was just typing
    never speaks a doubtful sentence.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*DECISION_BINDINGS]
    decision: reactive[Decision | None] = reactive(None)
    arming_seconds: ClassVar[float] = 0.5

    def __init__(self) -> None:
        super().__init__(id="decision")
        self._shown_at = 0.0

    def compose(self) -> ComposeResult:
        yield Static(id="near")
        yield Static(id="choices")

    @property
    def armed(self) -> bool:
        return time.monotonic() - self._shown_at >= self.arming_seconds

    def watch_decision(self, before: Decision | None, after: Decision | None) -> None:
        if after is not None and (before is None or before.line.turn != after.line.turn):
            self._shown_at = time.monotonic()
        self.display = after is not None
        if after is not None and self.children:
            self.query_one("#choices", Static).update(_choices(after, self.has_focus))
            near = self.query_one("#near", Static)
            near.update(_near(after))
            near.display = bool(after.near)

    def watch_has_focus(self, _focused: bool) -> None:
        super().watch_has_focus(_focused)
        if self.decision is not None and self.children:
            self.query_one("#choices", Static).update(_choices(self.decision, _focused))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.decision is None or not self.armed:
            return False
        return _open(action, self.decision)

    def on_key(self, event: events.Key) -> None:
        if self.decision is None or event.character is None or not event.is_printable:
            return
        near = event.character in "123" and int(event.character) <= len(self.decision.near)
        if near and self.armed:
            event.stop()
            self.post_message(NearKey(int(event.character) - 1))
        elif not near and event.character not in _LETTERS:
            # Somebody begins a new sentence: it belongs into the typing line.
            event.stop()
            self.post_message(TypedOn(event.character))


def _action(binding: Binding) -> str:
    return binding.action.removeprefix("screen.")


def _open(action: str, decision: Decision) -> bool:
    """Is this choice there?"""
    if action == "speak":
        return decision.may_speak
    return decision.human is not None if action == "override" else True


def _choices(decision: Decision, focused: bool) -> Content:
    """The open keys; dim while the typing line has the focus."""
    parts = []
    for binding in DECISION_BINDINGS:
        if not _open(_action(binding), decision):
            continue
        parts.append(Content.assemble((f"[{binding.key[0]}]", "bold"), f" {binding.description}"))
    way = "Tab: tippen" if focused else "Tab: entscheiden"
    row = Content("   ").join(parts) + Content.styled(f"   {way}", "dim")
    return row if focused else row.stylize("dim")


def _near(decision: Decision) -> Content:
    rows = [
        Content.assemble((f"[{number}]", "bold"), f" {near.phrase_source}")
        for number, near in enumerate(decision.near, 1)
    ]
    return Content("\n").join(rows)
