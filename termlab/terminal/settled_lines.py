"""Where the commands of a pane's history stand: by row, through output, trimming and other widths.

Rows of history keep their distance from each other, so one row followed by the engine tells where
all are: each place is a *number*, its row plus a shift that the followed row gives. Another width
is the one thing that changes the distances: before it, rows become lines (`relined`). They become
rows again when somebody asks, so that ten changes of the width cost what one does.

What is known of each command lies in the pane's persistent arena, and goes with its row.
"""

from array import array
from bisect import bisect_left
from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.terminal.arena import Persistent
from termlab.terminal.emulator import Emulator
from termlab.terminal.relined import Relined

# More than 16 MiB of history have rows of 80 columns.
MAX_SETTLED: Final = 1 << 15
# What is kept of them all: of so many with usual directories. A program may tell longer ones.
MAX_KEPT_BYTES: Final = 4 << 20
# A place is the number of a row or line above so many bits for the column, or the cell in the line.
CELL_BITS: Final = 20
_CELLS: Final = (1 << CELL_BITS) - 1
NOWHERE: Final = -1
_LOST: Final = -2
_PLACES: Final = 4
_STRIDE: Final = _PLACES + 2  # and the arena's handle, and of how many bytes


class Place(NamedTuple):
    """A cell: its row, counted from the oldest kept, and its column."""

    row: int
    column: int


Places = tuple[Place | None, ...]
_Change = Callable[[int], int]


class Settled:
    """The commands whose rows can't change any more, oldest first; at most `MAX_SETTLED`, of
    `MAX_KEPT_BYTES` in all."""

    def __init__(self, emulator: Emulator, arena: Persistent) -> None:
        self._emulator = emulator
        self._arena = arena
        self._table = array("q")  # of each: its places, its handle in the arena, its size there
        self._kept_bytes = 0  # of those that are not gone
        self._gone = 0  # of the table, at its beginning
        self._serial = 0  # of the first that is not gone
        self._anchor: int | None = None  # the followed row: the last place of all
        self._anchor_number = 0
        self._relined: Relined | None = None  # then places are lines and cells in them
        self.dropped = 0  # for there were too many

    def __len__(self) -> int:
        return len(self._table) // _STRIDE - self._gone

    @property
    def generation(self) -> int:
        """The arena's, of rows to come."""
        return self._serial + len(self)

    def add(self, places: Places, data: bytes) -> None:
        """The newest: its prompt, input, output and end, and what is to be kept of it."""
        self.refresh()
        shift = self._shift() or 0
        numbers = [
            NOWHERE if place is None else (place.row + shift) << CELL_BITS | place.column
            for place in places
        ]
        handle = self._arena.store(data, self.generation)
        self._table.extend((*numbers, handle, len(data)))
        self._kept_bytes += len(data)
        self._anchor_at(max(place.row for place in places if place is not None), shift)
        while len(self) > MAX_SETTLED or self._kept_bytes > MAX_KEPT_BYTES:
            self._drop(1)
            self.dropped += 1

    def refresh(self) -> None:
        """Forget what was trimmed, and know the rows of the rest."""
        if not len(self):
            return
        if self._relined is not None:
            self._to_rows(self._relined)
        shift = self._shift()
        if shift is None:
            self.clear()
        else:
            self._drop(self._first_behind(shift << CELL_BITS))

    def places(self, index: int) -> Places:
        """Of the command at ``index``, as of the last `refresh`."""
        at = (self._gone + index) * _STRIDE
        shift = self._shift() or 0
        return tuple(
            None if value == NOWHERE else Place((value >> CELL_BITS) - shift, value & _CELLS)
            for value in self._table[at : at + _PLACES]
        )

    def data(self, index: int) -> bytes:
        """What was kept of the command at ``index``."""
        return self._arena.data(self._table[(self._gone + index) * _STRIDE + _PLACES])

    def first_at(self, row: int) -> int:
        """The index of the first command whose prompt is in ``row`` or below it."""
        return self._first_behind((row + (self._shift() or 0)) << CELL_BITS)

    def cut(self, count: int) -> None:
        """Keep the oldest ``count``, as of the last `refresh`: the rows of the others are another's
        now."""
        if count <= 0:
            self.clear()
        elif count < len(self):
            self._kept_bytes -= self._bytes_of(count, len(self))
            del self._table[(self._gone + count) * _STRIDE :]
            places = self.places(count - 1)
            last = max(place.row for place in places if place is not None)
            self._anchor_at(last, self._shift() or 0)

    def last_row(self) -> int | None:
        """The row of the last place of all; None if there is none."""
        if self._relined is not None:
            return self._relined.last_row()
        return None if self._anchor is None else self._emulator.tracked_row(self._anchor)

    def before_reflow(self) -> None:
        """The width is about to change."""
        if not len(self) or self._relined is not None:
            return
        self.refresh()
        shift = self._shift()
        if not len(self) or shift is None:
            return
        prompts = self._table[self._gone * _STRIDE :: _STRIDE]
        rows = [(value >> CELL_BITS) - shift for value in prompts]
        relined = Relined(self._emulator, [*rows, self._anchor_number - shift])

        def line_of(value: int) -> int:
            line, cell = relined.line_of((value >> CELL_BITS) - shift, value & _CELLS)
            return line << CELL_BITS | min(cell, _CELLS)

        self._convert(line_of)
        relined.forget_rows()
        self._relined = relined
        self._let_go()

    def clear(self) -> None:
        """All rows are gone."""
        self._arena.release(self.generation)
        self._serial = self.generation + 1
        self._gone = self._kept_bytes = 0
        del self._table[:]
        self._let_go()
        if self._relined is not None:
            self._relined.close()
            self._relined = None

    def _anchor_at(self, row: int, shift: int) -> None:
        """Follow a row, the last of all."""
        self._let_go()
        self._anchor = self._emulator.track(row)
        self._anchor_number = row + shift

    def _to_rows(self, relined: Relined) -> None:
        """From lines to rows, at the width of now."""
        last = relined.last_row()
        if last is None:
            self.clear()
            return
        relined.find_rows()

        def row_of(value: int) -> int:
            found = relined.row_of(value >> CELL_BITS, value & _CELLS)
            return _LOST if found is None else min(found[0], last) << CELL_BITS | found[1]

        self._convert(row_of)
        relined.close()
        self._relined = None
        self._anchor_at(last, 0)
        count = len(self)
        prompts = self._table[::_STRIDE]
        lost = next((i for i in range(count - 1, -1, -1) if prompts[i] == _LOST), -1)
        self._drop(lost + 1)

    def _convert(self, change: _Change) -> None:
        table = self._table
        del table[: self._gone * _STRIDE]
        self._gone = 0
        for at, value in enumerate(table):
            if value != NOWHERE and at % _STRIDE < _PLACES:
                table[at] = change(value)

    def _let_go(self) -> None:
        if self._anchor is not None:
            self._emulator.untrack(self._anchor)
            self._anchor = None

    def _shift(self) -> int | None:
        """What numbers are more than rows; None once the newest was trimmed, and all with it."""
        row = self.last_row()
        return None if row is None else self._anchor_number - row

    def _first_behind(self, number: int) -> int:
        """The index of the first command whose prompt has this place's number, or a larger one."""
        table, gone = self._table, self._gone
        key = lambda index: table[(gone + index) * _STRIDE]  # noqa: E731
        return bisect_left(range(len(self)), number, key=key)

    def _bytes_of(self, first: int, end: int) -> int:
        """What is kept of the commands from ``first`` to before ``end``."""
        at = (self._gone + first) * _STRIDE + _STRIDE - 1
        return sum(self._table[at : (self._gone + end) * _STRIDE : _STRIDE])

    def _drop(self, count: int) -> None:
        """The oldest ``count`` are gone."""
        if not count:
            return
        self._kept_bytes -= self._bytes_of(0, count)
        self._gone += count
        self._serial += count
        self._arena.release(self._serial - 1)
        if self._gone > len(self):
            del self._table[: self._gone * _STRIDE]
            self._gone = 0
