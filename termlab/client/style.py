"""Styled text of the frame around the panes: what both the painter and a widget can show.

It is drawn in the terminal's own 16 colours; a theme gives them others (`client.look`).
"""

from typing import Final, NamedTuple

from termlab.client.width import clip_text, text_width


class Rgb(NamedTuple):
    """A colour by its parts, 0 to 255 each."""

    red: int
    green: int
    blue: int


# An index of the terminal's palette, or any colour.
Colour = int | Rgb


class Style(NamedTuple):
    """``colour`` and ``background`` of None are the terminal's defaults."""

    colour: Colour | None = None
    background: Colour | None = None
    bold: bool = False
    dim: bool = False
    reverse: bool = False


class Run(NamedTuple):
    """A piece of a line in one style; ``window`` is the window whose name it is, if it is one, and
    ``press`` what a press on it means to the prompt it belongs to, ``command`` what it asks for."""

    text: str
    style: Style
    window: int | None = None
    press: str = ""
    command: tuple[str, ...] = ()


Line = tuple[Run, ...]

PLAIN: Final = Style()
DIM: Final = Style(dim=True)


def sgr(style: Style) -> bytes:
    """The sequence that sets a style on a plain pen; empty for the plain one."""
    codes = [code for code, on in (("1", style.bold), ("2", style.dim), ("7", style.reverse)) if on]
    codes += _colour(style.colour, 30) + _colour(style.background, 40)
    return f"\x1b[{';'.join(codes)}m".encode() if codes else b""


def _colour(colour: Colour | None, first: int) -> list[str]:
    """The code of a colour; ``first`` is that of the palette's first one."""
    if colour is None:
        return []
    if isinstance(colour, Rgb):
        return [f"{first + 8};2;{colour.red};{colour.green};{colour.blue}"]
    return [f"{first + 8};5;{colour}" if colour > 7 else f"{first + colour}"]


def line_width(line: Line) -> int:
    """The cells a line takes."""
    return sum(text_width(run.text) for run in line)


def fit(left: Line, right: Line, cols: int) -> Line:
    """``left`` and, as far as there is room, the first runs of ``right`` at the end of ``cols``
    cells, filled up between them."""
    while right and line_width(right) + min(line_width(left), cols // 2) > cols:
        right = right[:-1]
    kept = clip_line(left, cols - line_width(right))
    gap = cols - line_width(right) - line_width(kept)
    return (*kept, Run(" " * gap, PLAIN), *right)


def clip_line(line: Line, cols: int) -> Line:
    """The part of a line that fits."""
    kept: list[Run] = []
    for run in line:
        text = clip_text(run.text, cols)
        cols -= text_width(text)
        if text:
            kept.append(run._replace(text=text))
        if text != run.text:
            break
    return tuple(kept)


def run_at(line: Line, x: int) -> tuple[Run, int] | None:
    """The run that has a line's cell ``x``, and which of its cells that is."""
    for run in line:
        width = text_width(run.text)
        if x < width:
            return run, x
        x -= width
    return None


def encode_run(run: Run) -> bytes:
    """A run as bytes; the pen is plain before and after."""
    lead = sgr(run.style)
    return lead + run.text.encode() + (b"\x1b[m" if lead else b"")
