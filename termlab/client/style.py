"""Styled text of the frame around the panes: what both the painter and a widget can show.

Only the terminal's own 16 colours and attributes, so that it fits every theme.
"""

from typing import Final, NamedTuple

from termlab.client.width import clip_text, text_width


class Style(NamedTuple):
    """``colour`` and ``background`` are indices of the terminal's palette; None is its default."""

    colour: int | None = None
    background: int | None = None
    bold: bool = False
    dim: bool = False
    reverse: bool = False


class Run(NamedTuple):
    """A piece of a line in one style; ``window`` is the window whose name it is, if it is one."""

    text: str
    style: Style
    window: int | None = None


Line = tuple[Run, ...]

PLAIN: Final = Style()
DIM: Final = Style(dim=True)


def sgr(style: Style) -> bytes:
    """The sequence that sets a style on a plain pen; empty for the plain one."""
    codes = [code for code, on in (("1", style.bold), ("2", style.dim), ("7", style.reverse)) if on]
    if style.colour is not None:
        codes.append(f"38;5;{style.colour}" if style.colour > 7 else f"{30 + style.colour}")
    if style.background is not None:
        shown = style.background
        codes.append(f"48;5;{shown}" if shown > 7 else f"{40 + shown}")
    return f"\x1b[{';'.join(codes)}m".encode() if codes else b""


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


def window_at(line: Line, x: int) -> int | None:
    """The window whose name a line shows in its cell ``x``; None if it is no window's."""
    for run in line:
        width = text_width(run.text)
        if x < width:
            return run.window
        x -= width
    return None


def encode_run(run: Run) -> bytes:
    """A run as bytes; the pen is plain before and after."""
    lead = sgr(run.style)
    return lead + run.text.encode() + (b"\x1b[m" if lead else b"")
