"""How the frame around the panes looks in a theme.

The frame is drawn in the terminal's 16 colours, and that is what ``terminal`` leaves as it is. A
theme gives those colours its own: 2 is what has the focus, 3 wants to be seen, 1 has failed. Panes
keep the terminal's ground, and so do the lines between them; the status row gets the theme's.
"""

from functools import lru_cache
from typing import Final

from termlab.client.chrome import Placed
from termlab.client.style import Colour, Line, Rgb, Style
from termlab.model.theme import Theme

BLACK: Final = Rgb(0, 0, 0)
WHITE: Final = Rgb(255, 255, 255)
# What text needs over its ground to be read with ease (WCAG 2, level AA).
READABLE: Final = 4.5
# Styles that one frame uses; a title can't make more.
_STYLES: Final = 64


class Look:
    """Of one theme; None is the terminal's own colours."""

    def __init__(self, theme: Theme | None = None) -> None:
        self.theme = theme
        if theme is None:
            return
        self._ground = _rgb(theme.panel)
        self._text = _readable(theme, self._ground)
        self._muted = _mixed(_rgb(theme.foreground), _rgb(theme.background))
        order = (theme.background, theme.error, theme.primary, theme.warning)
        more = (theme.secondary, theme.accent, theme.success, theme.foreground)
        self._colours = tuple(_rgb(colour) for colour in (*order, *more))
        self._styled = lru_cache(_STYLES)(self._style)

    def row(self, line: Line) -> Line:
        """The status row."""
        return self._dressed(line, self._ground) if self.theme is not None else line

    def line(self, line: Line) -> Line:
        """A line between the panes or over them, on the terminal's own ground."""
        return self._dressed(line, None) if self.theme is not None else line

    def frame(self, lines: list[Placed]) -> list[Placed]:
        """Lines between the panes and around them."""
        if self.theme is None:
            return lines
        return [each._replace(line=self.line(each.line)) for each in lines]

    def _dressed(self, line: Line, ground: Rgb | None) -> Line:
        return tuple(run._replace(style=self._styled(run.style, ground)) for run in line)

    def _style(self, style: Style, ground: Rgb | None) -> Style:
        assert self.theme is not None
        background = self._colour(style.background) or ground
        colour = self._colour(style.colour)
        if style.background is not None and isinstance(background, Rgb):
            colour = _readable(self.theme, background)
        elif colour is None and style.dim:
            colour = self._muted if ground is None else _mixed(self._text, ground)
        elif colour is None and ground is not None:
            colour = self._text
        return style._replace(colour=colour, background=background, dim=False)

    def _colour(self, colour: Colour | None) -> Colour | None:
        if isinstance(colour, int) and colour < 16:
            return self._colours[colour % 8]
        return colour


def _rgb(colour: int) -> Rgb:
    return Rgb(colour >> 16, colour >> 8 & 255, colour & 255)


def _mixed(one: Rgb, other: Rgb) -> Rgb:
    return Rgb(*((a + b) // 2 for a, b in zip(one, other, strict=True)))


def _readable(theme: Theme, ground: Rgb) -> Rgb:
    """What text on ``ground`` is best read in: of the theme's colours, if one will do."""
    own = [_rgb(theme.foreground), _rgb(theme.background)]
    best = max(own, key=lambda colour: contrast(colour, ground))
    if contrast(best, ground) >= READABLE:
        return best
    return max((best, BLACK, WHITE), key=lambda colour: contrast(colour, ground))


def contrast(one: Rgb, other: Rgb) -> float:
    """How far apart two colours are for the eye, 1 to 21 (WCAG 2)."""
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(colour: Rgb) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
