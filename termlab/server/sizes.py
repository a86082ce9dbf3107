"""How large a window is: the smallest free area of the writing clients that show it.

Larger clients fill the rest with dots; read-only ones don't count and may see it cut. With nobody
looking a window keeps its size. Pure.
"""

from collections.abc import Iterable
from typing import Final

from termlab.model.dock import free_cols
from termlab.model.geometry import Size, clamp_size

STATUS_ROWS: Final = 1


def window_size(areas: Iterable[Size]) -> Size | None:
    """The cells for a window shown on ``areas``; pixels where all agree on a cell; None: keep."""
    shown = [clamp_size(area) for area in areas]
    if not shown:
        return None
    cols = min(area.cols for area in shown)
    rows = min(area.rows for area in shown)
    return Size(cols, rows)


def free_area(outer: Size, dock: int) -> Size:
    """The cells a terminal has for windows: without the status row, a dock of ``dock`` columns and
    the line before it."""
    rows = outer.rows - STATUS_ROWS if outer.rows > STATUS_ROWS else outer.rows
    return Size(free_cols(dock, outer.cols, rows), rows, outer.xpixel, outer.ypixel)


def pane_size(cols: int, rows: int, cell: tuple[int, int]) -> Size:
    """A pane's size with its pixels; ``cell`` is (width, height) of one, zeros where unknown."""
    return Size(cols, rows, cols * cell[0], rows * cell[1])


def cell_pixels(outer: Size) -> tuple[int, int]:
    """Width and height of a cell of a terminal that told its pixels; zeros if it did not."""
    if not outer.xpixel or not outer.ypixel or not outer.cols or not outer.rows:
        return 0, 0
    return outer.xpixel // outer.cols, outer.ypixel // outer.rows
