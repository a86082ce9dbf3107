"""Themes as data: the few colours the frame around the panes needs, and which theme holds when.

``terminal`` is none of them: it is the terminal's own 16 colours. The others are Textual's, so that
what opens over the panes can wear the same.
"""

from typing import Final

from termlab.model.records import msgspec

# The terminal's own colours.
TERMINAL: Final = "terminal"


class Theme(msgspec.Struct, frozen=True, array_like=True):
    """A theme of Textual's by its ``name``; colours are 0xRRGGBB."""

    name: str
    dark: bool
    primary: int
    secondary: int
    accent: int
    foreground: int
    background: int
    panel: int
    warning: int
    error: int
    success: int


def theme_names() -> tuple[str, ...]:
    """Every theme there is."""
    from termlab.model.theme_table import THEMES

    return (TERMINAL, *THEMES)


def theme_named(name: str) -> Theme | None:
    """The colours of a theme; None for the terminal's own, and for a name that is none."""
    if name == TERMINAL:
        return None
    from termlab.model.theme_table import THEMES

    row = THEMES.get(name)
    return None if row is None else Theme(name, *row)


def choose_theme(theme: Theme | None, light: Theme | None, dark: bool | None) -> Theme | None:
    """Which of the two holds on a terminal whose ground is dark, or is not, or that did not say."""
    return light if dark is False else theme
