"""The two looks of the desk; text on each ground keeps a contrast of 4.5:1 or more."""

from textual.theme import Theme

DARK = Theme(
    name="dunkel",
    primary="#6cb6ff",
    secondary="#8fd3c8",
    accent="#ffc266",
    foreground="#e9eef2",
    background="#12171c",
    surface="#1a2127",
    panel="#242d35",
    success="#7fd99a",
    warning="#ffc266",
    error="#ff8a80",
    dark=True,
)
LIGHT = Theme(
    name="hell",
    primary="#0a58a6",
    secondary="#0f6a60",
    accent="#8a4b00",
    foreground="#17212b",
    background="#f6f4ef",
    surface="#ffffff",
    panel="#e6e3da",
    success="#17693a",
    warning="#8a4b00",
    error="#a8201a",
    dark=False,
)


def other(name: str) -> str:
    """The look to change to."""
    return LIGHT.name if name == DARK.name else DARK.name
