"""Pictures for terminals: the right protocol, and every byte of the picture in it."""

import base64
import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tui.picture import Protocol, escapes, protocol


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-kitty"}, Protocol.KITTY),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, Protocol.KITTY),
        ({"TERM_PROGRAM": "WezTerm"}, Protocol.KITTY),
        ({"TERM_PROGRAM": "iTerm.app"}, Protocol.ITERM),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, None),
        ({"TERM": "xterm-256color"}, None),
        ({}, None),
    ],
)
def test_the_terminal_is_known_by_its_environment(
    environment: Mapping[str, str], expected: Protocol | None
) -> None:
    assert protocol(environment) is expected


@given(st.binary(min_size=1, max_size=20_000))
def test_every_byte_arrives_in_pieces_a_terminal_takes(picture: bytes) -> None:
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", "".join(escapes([picture], Protocol.KITTY, 40)))
    assert base64.b64decode("".join(text for _, text in pieces)) == picture
    assert all(len(text) <= 4096 for _, text in pieces)
    assert [head.endswith("m=1") for head, _ in pieces] == [True] * (len(pieces) - 1) + [False]
    (line,) = escapes([picture], Protocol.ITERM, 40)
    assert base64.b64decode(line.split(":", 1)[1].rstrip("\x07\n")) == picture
