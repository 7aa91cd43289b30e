"""The conversation: earlier turns in short, the newest one large and always in the same place."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from app.core.types import Level
from app.tui import wording
from app.tui.line import Line
from app.tui.state import Decision
from app.tui.widgets import text
from app.tui.widgets.decision import DecisionBar


class TurnView(Horizontal):
    """An earlier turn: who, German above, the patient's language below, marks at the right."""

    line: reactive[Line | None] = reactive(None)

    def __init__(self, line: Line) -> None:
        super().__init__(classes=f"turn -{line.speaker}")
        self.set_reactive(TurnView.line, line)

    def compose(self) -> ComposeResult:
        yield Static(classes="who")
        with Vertical(classes="texts"):
            yield Static(classes="german")
            yield Static(classes="foreign")
        yield Static(classes="marks")

    def on_mount(self) -> None:
        self.watch_line()

    def watch_line(self) -> None:
        if self.line is None or not self.children:
            return
        self.query_one(".who", Static).update(Content(wording.SPEAKER[self.line.speaker]))
        self.query_one(".german", Static).update(text.german(self.line))
        foreign = self.query_one(".foreign", Static)
        foreign.update(text.foreign(self.line))
        foreign.set_class(text.right_to_left(self.line), "-rtl")
        self.query_one(".marks", Static).update(Content("\n".join(_short(text.marks(self.line)))))


def _short(marks: list[str]) -> list[str]:
    """The two marks that matter later: where it came from and whether it was spoken."""
    return [marks[0], marks[-1]] if len(marks) > 2 else marks


class History(VerticalScroll):
    """Earlier turns, the latest at the bottom."""

    can_focus = False

    def show(self, lines: tuple[Line, ...]) -> None:
        """Bring the views in line with `lines`; what did not change is left alone."""
        views = list(self.query(TurnView))
        for view, line in zip(views, lines, strict=False):
            view.line = line
        for view in views[len(lines) :]:
            view.remove()
        fresh = [TurnView(line) for line in lines[len(views) :]]
        if fresh:
            self.mount_all(fresh)
            self.call_after_refresh(self.scroll_end, animate=False)


class NewestTurn(Vertical):
    """The newest turn: German bold, the patient's text on its own line, findings, what to decide."""

    line: reactive[Line | None] = reactive(None)
    teach: reactive[str] = reactive("")
    """Where a teach-back stands, in words."""

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static(classes="german")
            yield Static(classes="foreign")
            yield Static(classes="remarks")
        yield DecisionBar()

    def on_mount(self) -> None:
        self.watch_line()

    def watch_line(self) -> None:
        line = self.line
        if not self.children:
            return
        self.border_title = wording.SPEAKER[line.speaker] if line else "Gespräch"
        self.border_subtitle = Content("  ·  ".join(text.marks(line)) if line else "").markup
        for level in Level:
            self.set_class(bool(line and line.verdict and line.verdict.level is level), f"-{level}")
        self.query_one(".german", Static).update(text.german(line) if line else _welcome())
        foreign = self.query_one(".foreign", Static)
        foreign.update(text.foreign(line) if line else Content(""))
        foreign.set_class(bool(line and text.right_to_left(line)), "-rtl")
        self.query_one(".remarks", Static).update(_remarks(line, self.teach) if line else Content(""))

    def show(self, line: Line | None, decision: Decision | None, teach: str) -> None:
        self.teach, self.line = teach, line
        self.query_one(DecisionBar).decision = decision

    def watch_teach(self) -> None:
        self.watch_line()


def _welcome() -> Content:
    return Content.styled(
        "Noch nichts gesagt. F2 drücken und Deutsch sprechen, oder unten tippen.", "not bold dim"
    )


def _remarks(line: Line, teach: str) -> Content:
    """Findings of the guard, the phrase that was taken, what failed, and the state of a teach-back."""
    rows = [teach] if teach else []
    if line.verdict is not None:
        rows += [f"{wording.FINDING[finding.level]} {finding.message}" for finding in line.verdict.findings]
    if line.translation is not None and (phrase := wording.matched_phrase(line.translation)):
        rows.append(f"≙ als Phrase: {phrase}")
    if line.back:
        rows.append(f"↩ Rückübersetzung (maschinell, nur ein Hinweis): {line.back}")
    if line.failure is not None:
        rows.append(f"✖ {line.failure.message}")
    return Content("\n".join(rows))
