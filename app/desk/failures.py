"""From an exception to the one line that is shown; never with a patient's words in it."""

import logging
import traceback

from app.core.errors import SprachpultError
from app.core.types import Failure, Stage, Turn

log = logging.getLogger(__name__)

_PARTS = {
    Stage.LISTEN: "Zuhören",
    Stage.RECOGNISE: "Spracherkennung",
    Stage.TRANSLATE: "Übersetzung",
    Stage.CHECK: "Prüfung",
    Stage.SPEAK: "Sprachausgabe",
}


def failure(turn: Turn | None, stage: Stage, error: Exception) -> Failure:
    """Errors made for people keep their message; of any other only kind and place are told."""
    if isinstance(error, SprachpultError):
        return Failure(turn, stage, error.message, error.hint)
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f"{place[0].name}:{place[0].lineno}" if place else "?"
    log.error("%s failed: %s in %s", stage.value, type(error).__name__, where)
    message = f"{_PARTS[stage]} gescheitert ({type(error).__name__})"
    return Failure(turn, stage, message, "noch einmal versuchen; Tippen und Phrasen gehen weiter")


def falling_behind(turn: Turn | None, stage: Stage) -> Failure:
    """The machine is too slow for what it hears."""
    return Failure(
        turn, stage, f"{_PARTS[stage]} kommt nicht nach", "kurz warten und den letzten Satz wiederholen"
    )
