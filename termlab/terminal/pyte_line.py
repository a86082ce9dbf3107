"""One line of the screen: pyte's sparse mapping of columns to cells, and changes to a part of it.

What a line does not hold is its default: so a whole line is erased, in any colour, by a new one.
"""

from collections.abc import Iterable
from typing import Final

from pyte.screens import Char, StaticDefaultDict

from termlab.terminal.pyte_rows import BLANK, mend

Line = StaticDefaultDict[int, Char]

# Cells kept for one look: a screen of text has fewer kinds of characters.
MAX_GLYPHS: Final = 256


class Glyphs(dict[str, Char]):
    """The cells of one look, by character: made once, for making one takes longer than all else."""

    def __init__(self, look: str) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, text: str) -> Char:
        if len(self) >= MAX_GLYPHS:
            self.clear()
        cell = self[text] = Char(text, self._look, self._look)
        return cell


def new_line(cell: Char = BLANK) -> Line:
    """A line of nothing but ``cell``."""
    return StaticDefaultDict(cell)


def cells_of(line: Line, cols: int) -> list[Char]:
    """All its cells."""
    get, default = line.get, line.default
    return [get(x, default) for x in range(cols)]


def used_cells(line: Line, cols: int) -> list[Char]:
    """Its cells up to the last one that was written: enough to paint it."""
    if line.default is not BLANK:
        return cells_of(line, cols)
    return cells_of(line, min(max(line, default=-1) + 1, cols))


def split(line: Line, cell: Char, *columns: int) -> None:
    """Make room between columns: a wide character across one of these edges becomes ``cell``."""
    for x in columns:
        half = line.get(x)
        if half is not None and not half.data:
            line[x - 1] = line[x] = cell


def fill(line: Line, start: int, end: int, cell: Char) -> None:
    """Every cell from ``start`` to before ``end`` becomes ``cell``."""
    split(line, cell, start, end)
    line.update(dict.fromkeys(range(start, end), cell))


def replace(line: Line, cells: Iterable[Char], cols: int) -> None:
    """The line holds the first ``cols`` of these cells from now on."""
    line.clear()
    line.update(enumerate(mend(list(cells)[:cols])))


def widen(line: Line, old: int, new: int) -> None:
    """The screen has ``new`` columns instead of ``old``; what is cut off is lost."""
    if new > old and line.default is not BLANK:
        replace(line, cells_of(line, old), old)
        line.default = BLANK
    for x in [x for x in line if x >= new]:
        del line[x]
    last = line.get(new - 1)
    if new < old and last is not None:
        line[new - 1] = mend([last])[0] if last.data else last
