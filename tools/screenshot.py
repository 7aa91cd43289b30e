"""Draws docs/desk.svg: a short typed conversation on the real router, guard and voices.

python tools/screenshot.py
"""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.cli.compose import engines, glossary, router, tools  # noqa: E402
from app.cli.shelf import Shelf  # noqa: E402
from app.core.events import AudioState, Emit  # noqa: E402
from app.core.settings import Settings  # noqa: E402
from app.desk.interpreter import Interpreter  # noqa: E402
from app.desk.scripted import ScriptedAudio  # noqa: E402
from app.tui import Desk, DeskApp  # noqa: E402
from app.tui.screens.desk import DeskScreen  # noqa: E402

CONVERSATION = (
    ("", "Husten Sie seit mehr als 3 Wochen?"),
    ("ctrl+t", "Evet, 4 haftadır."),
    ("ctrl+t", "Ein positiver Test heißt nicht, dass Sie ansteckend sind."),
    ("", "Nehmen Sie morgens 2 Tabletten."),
)  # fmt: skip
SIZE = (100, 30)


def build(emit: Emit, progress: Callable[[str, float], None]) -> Desk:
    interpreter = Interpreter(tools(), ScriptedAudio(), Settings(), emit)
    sound, books = AudioState("sound", ok=True), router().phrasebooks

    def made() -> Desk:
        serves, words = engines().serves, glossary()
        return Desk(interpreter, books, router(), sound, serves, words, lambda _: made(), Shelf(None))

    return made()


async def draw(path: Path) -> None:
    app = DeskApp(build)
    async with app.run_test(size=SIZE) as pilot:
        while not isinstance(app.screen, DeskScreen) or app.screen.desk is None:
            await pilot.pause(0.1)
        screen = app.screen
        for number, (key, text) in enumerate(CONVERSATION, 1):
            await pilot.press(*([key] if key else []), *text, "enter")
            while len(screen.conversation.lines) < number or screen.conversation.lines[-1].outcome is None:
                await pilot.pause(0.1)
        await pilot.pause(0.5)
        path.write_text(app.export_screenshot(title="Sprachpult"), "utf-8")


if __name__ == "__main__":
    asyncio.run(draw(ROOT / "docs" / "desk.svg"))
