"""A desk on the recording stand-in, with the project's own phrasebooks."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from textual.pilot import Pilot

from app.content import Library, load_glossary, load_library
from app.core.events import Activity, AudioState, Emit, Status
from app.core.settings import Settings
from app.core.types import (
    CheckedTranslation,
    Finding,
    Level,
    NearPhrase,
    Origin,
    Speaker,
    Translation,
    Turn,
    Verdict,
)
from app.routing import Router
from app.tui import Desk, DeskApp
from app.tui.screens.desk import DeskScreen
from tests.tui.double import RecordingInterpreter, RecordingShelf

LIBRARY = load_library()
ROUTER = Router(LIBRARY)
GLOSSARY = load_glossary()


@dataclass(frozen=True)
class Model:
    """What serves a language in these tests."""

    listen: str | None = "demo"
    translate_to: str | None = "demo"
    translate_from: str | None = "demo"
    speak: str | None = "demo"


@dataclass
class Opened:
    """A running desk with its parts in reach."""

    app: DeskApp
    pilot: Pilot[None]
    loop: RecordingInterpreter

    @property
    def screen(self) -> DeskScreen:
        found = self.app.screen_stack[1]
        assert isinstance(found, DeskScreen)
        return found

    @property
    def picture(self) -> str:
        """Everything visible, as text."""
        lines = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in lines)

    async def shows(self, text: str) -> None:
        """Wait until the text is on the screen; drawing follows events by a few turns of Textual's loop."""
        for _ in range(300):
            if text in self.picture:
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"{text!r} is not on the screen:\n{self.picture}")

    async def send(self, *payloads: Any) -> None:
        for payload in payloads:
            self.loop.send(payload)
        await self.pilot.pause()


def desk(loop: RecordingInterpreter, audio: AudioState, books: Library) -> Desk:
    """A desk on these phrasebooks; after a change it reads them again."""

    def read_anew(_language: str) -> Desk:
        return desk(loop, audio, load_library(books.root))

    router = ROUTER if books is LIBRARY else Router(books)
    return Desk(loop, books, router, audio, lambda code: Model(), GLOSSARY, read_anew, RecordingShelf())


OpenDesk = Callable[..., AbstractAsyncContextManager[Opened]]


@pytest.fixture
def open_desk() -> OpenDesk:
    """Call with settings and a terminal size; gives a desk that is ready."""

    @asynccontextmanager
    async def opened(
        settings: Settings | None = None, size: tuple[int, int] = (100, 34), audio: AudioState | None = None
    ) -> AsyncIterator[Opened]:
        made: list[RecordingInterpreter] = []

        def build(emit: Emit, progress: Callable[[str, float], None]) -> Desk:
            progress("Stimmen", 0.5)
            made.append(RecordingInterpreter(emit))
            return desk(made[0], audio or AudioState("sound", ok=True), LIBRARY)

        app = DeskApp(build, settings)
        async with app.run_test(size=size) as pilot:
            while not made or not isinstance(app.screen, DeskScreen) or app.screen.desk is None:
                await pilot.pause()
            yield Opened(app, pilot, made[0])

    return opened


def checked(
    said: str,
    text: str,
    *,
    number: int = 1,
    speaker: Speaker = Speaker.STAFF,
    language: str = "tr",
    origin: Origin = Origin.DRAFT,
    findings: tuple[Finding, ...] = (),
    near: tuple[NearPhrase, ...] = (),
) -> CheckedTranslation:
    """A checked translation; its verdict is the worst of the findings."""
    source, target = ("de", language) if speaker is Speaker.STAFF else (language, "de")
    order = (Level.GREEN, Level.AMBER, Level.RED)
    level = max((finding.level for finding in findings), key=order.index, default=Level.GREEN)
    translation = Translation(said, text, source, target, origin, near=near)
    return CheckedTranslation(Turn(number), speaker, translation, Verdict(level, findings))


WAITING = Status(Activity.WAITING)
