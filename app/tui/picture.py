"""Pictures in terminals that can show them: the protocols of kitty and of iTerm2, told by the environment.

Asking the terminal itself would mean reading its answer from the same input as the keys.
"""

import base64
import os
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

_CHUNK = 4096
"""Most characters of one piece in kitty's protocol."""
_KITTY = ("kitty", "ghostty", "wezterm")


class Protocol(StrEnum):
    """How a terminal takes a PNG."""

    KITTY = "kitty"
    ITERM = "iterm"


def protocol(environment: Mapping[str, str] = os.environ) -> Protocol | None:
    """What this terminal understands; None if nothing is known, and inside a multiplexer."""
    if "TMUX" in environment or "STY" in environment:
        return None
    names = f"{environment.get('TERM', '')} {environment.get('TERM_PROGRAM', '')}".casefold()
    if "KITTY_WINDOW_ID" in environment or any(name in names for name in _KITTY):
        return Protocol.KITTY
    if "iterm" in names or environment.get("LC_TERMINAL") == "iTerm2":
        return Protocol.ITERM
    return None


def escapes(pictures: Sequence[bytes], how: Protocol, rows: int) -> Iterator[str]:
    """What to write to the terminal for PNG files, each `rows` lines high."""
    for picture in pictures:
        text = base64.standard_b64encode(picture).decode("ascii")
        if how is Protocol.ITERM:
            yield f"\x1b]1337;File=inline=1;height={rows};preserveAspectRatio=1:{text}\x07\n"
            continue
        pieces = [text[start : start + _CHUNK] for start in range(0, len(text), _CHUNK)]
        for number, piece in enumerate(pieces):
            more = int(number + 1 < len(pieces))
            head = f"a=T,f=100,r={rows},m={more}" if number == 0 else f"m={more}"
            yield f"\x1b_G{head};{piece}\x1b\\"
        yield "\n"
