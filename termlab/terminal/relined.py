"""Rows as lines, while the width of a pane changes: from cells of rows to cells of lines and back.

A line is what was written before it wrapped: another width changes rows, not lines. But an engine
may make lines of its own of what was erased, so some rows are followed as well, and lines are
counted from the nearest of those. It is bounded how many: an engine reflows the slower the more it
follows (10,000 of 100,000 rows: 3.5 s, none: 26 ms).
"""

from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from termlab.terminal.emulator import Emulator

MAX_FOLLOWED: Final = 256
# Rows looked through in one call on the way up.
BATCH_ROWS: Final = 1024
_LOST: Final = -1


class Anchor(NamedTuple):
    """A followed row: the number of the line it was part of, and its handle."""

    line: int
    handle: int


class Relined:
    """Made before the width changes, of rows in ascending order of which some are followed; the
    last one is. Then `line_of`, until `forget_rows`; after it `find_rows`, then `row_of`."""

    def __init__(self, emulator: Emulator, rows: Sequence[int]) -> None:
        self._emulator = emulator
        self._cols = emulator.size.cols
        self._top = self._line_start(rows[0])
        count = rows[-1] - self._top + 1
        wrapped = [False, *emulator.wraps_at(self._top, count - 1)]
        self._lines = array("q", accumulate(int(not wraps) for wraps in wrapped))
        begins = (0 if wraps else y for y, wraps in enumerate(wrapped))
        self._starts = array("q", accumulate(begins, max))
        step = -(-len(rows) // MAX_FOLLOWED)
        self._anchors = [
            Anchor(self._lines[row - self._top], emulator.track(row))
            for row in reversed(rows[::-1][::step])
        ]
        self._first_line = 0

    def line_of(self, row: int, column: int) -> tuple[int, int]:
        """The line that a cell is in, and which of its cells it is."""
        y = row - self._top
        return self._lines[y], (y - self._starts[y]) * self._cols + column

    def forget_rows(self) -> None:
        """They are about to be others."""
        self._lines = self._starts = array("q")

    def last_row(self) -> int | None:
        """Where the last row is now; None once it was dropped, and all with it."""
        return self._emulator.tracked_row(self._anchors[-1].handle)

    def find_rows(self) -> None:
        """Where every line begins at the width of now."""
        emulator = self._emulator
        self._cols = emulator.size.cols
        found = [(line, emulator.tracked_row(handle)) for line, handle in self._anchors]
        kept = [(line, row) for line, row in found if row is not None]
        self._first_line = first = max(kept[0][0] - kept[0][1], 1) if kept else 1
        self._starts = array("q", [_LOST]) * (kept[-1][0] - first + 1 if kept else 0)
        above = (first - 1, -1)
        for line, row in kept:
            begins = self._line_starts(row, line - above[0], above[1])
            for back, start in enumerate(begins):
                self._starts[line - first - back] = start
            above = (line, row)

    def row_of(self, line: int, cell: int) -> tuple[int, int] | None:
        """The row and column of a cell of a line; None if it was dropped."""
        at = line - self._first_line
        if not 0 <= at < len(self._starts) or self._starts[at] == _LOST:
            return None
        y, x = divmod(cell, self._cols)
        return self._starts[at] + y, x

    def close(self) -> None:
        for anchor in self._anchors:
            self._emulator.untrack(anchor.handle)

    def _line_start(self, row: int) -> int:
        lowest = max(row - BATCH_ROWS, 0)
        while row > lowest and self._emulator.wraps(row - 1):
            row -= 1
        return row

    def _line_starts(self, row: int, count: int, above: int) -> list[int]:
        """The first rows of the line that ``row`` is in and of those over it: ``count`` at most,
        and none in row ``above`` or higher but the first."""
        starts: list[int] = []
        end = row
        while len(starts) < count and end > max(above, 0):
            first = max(end - BATCH_ROWS, above, 0)
            wraps = self._emulator.wraps_at(first, end - first)
            starts += [first + y + 1 for y in range(end - first - 1, -1, -1) if not wraps[y]]
            end = first
        if not starts or (above < 0 and end == 0):
            starts.append(end)
        return starts[:count]
