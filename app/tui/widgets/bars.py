"""One-line bars: what is the matter, quick replies, keys."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from app.tui.answers import Answer
from app.tui.commands import DESK_BINDINGS, QUICK_REPLIES
from app.tui.state import Notice

SYMBOL = {"error": "✖", "warning": "▲", "info": "●"}


class NoticeBar(Widget):
    """The most urgent remark and what to do; keeps its place when there is none."""

    notice: reactive[Notice | None] = reactive(None)

    def watch_notice(self, before: Notice | None, after: Notice | None) -> None:
        if before is not None:
            self.remove_class(f"-{before.kind}")
        if after is not None:
            self.add_class(f"-{after.kind}")

    def render(self) -> Content:
        if self.notice is None:
            return Content("")
        head = Content.styled(f"{SYMBOL[self.notice.kind]} {self.notice.text}", "bold")
        return head + Content(f" → {self.notice.hint}" if self.notice.hint else "")


class QuickBar(Widget):
    """Quick replies with their digits; dim while something is typed, because digits are text then."""

    asleep: reactive[bool] = reactive(False)

    def render(self) -> Content:
        parts = [
            Content.assemble((f" {key} ", "reverse"), f" {label}").stylize(
                "dim" if self.asleep else "not dim"
            )
            for key, label, _ in QUICK_REPLIES
        ]
        return Content("   ").join(parts)


class AnswerBar(Widget):
    """What the patient may answer to the last question; keeps its place when there is none."""

    answers: reactive[tuple[Answer, ...]] = reactive(())
    asleep: reactive[bool] = reactive(False)

    def render(self) -> Content:
        if not self.answers:
            return Content("")
        look = "dim" if self.asleep else "not dim"
        parts = [
            Content.assemble((f" {answer.key} ", "reverse"), f" {answer.label}").stylize(look)
            for answer in self.answers
        ]
        return Content.styled("Patient: ", "bold") + Content("   ").join(parts)


class KeyBar(Widget):
    """All keys that are always there, with the state of the two switches."""

    hands_free: reactive[bool] = reactive(False, layout=True)
    confirm_first: reactive[bool] = reactive(False, layout=True)

    def render(self) -> Content:
        """As many keys in a row as fit: a key must not be parted from its word."""
        rows, width = [Content("")], max(1, self.content_size.width)
        for key in (self._key(*row) for row in self._rows()):
            together = rows[-1] + Content("  ") + key if rows[-1].cell_length else key
            if together.cell_length > width and rows[-1].cell_length:
                rows.append(key)
            else:
                rows[-1] = together
        return Content("\n").join(rows)

    def _rows(self) -> list[tuple[str, str, str]]:
        return [(b.key_display or b.key, b.description, b.id or "") for b in DESK_BINDINGS if b.show]

    def _key(self, key: str, label: str, name: str) -> Content:
        switches = {"hands-free": self.hands_free, "confirm-first": self.confirm_first}
        if name in switches:
            label += "●" if switches[name] else "○"
        return Content.assemble((key, "bold $accent"), f" {label}")
