"""The bytes of a row, back to cells: for rows of history that are on the screen again, or too wide.

Rows are our own (`pyte_rows`): text, pens, gaps and columns, nothing else.
"""

from collections.abc import Iterable

from pyte import modes

from termlab.terminal.pyte_filter import Filter, numbers
from termlab.terminal.pyte_line import Line, used_cells, widen
from termlab.terminal.pyte_rows import render
from termlab.terminal.pyte_screen import CellScreen


class Recall:
    """Reads rows of at most ``cols`` columns. Fulfils `Sink`."""

    def __init__(self, cols: int) -> None:
        self._screen = CellScreen(cols, 1, lambda line: None)
        self._screen.mode.discard(modes.DECAWM)
        self._filter = Filter(self)

    def line(self, row: bytes) -> Line:
        """The row as a line of its own."""
        self._screen.sgr("")
        self._screen.cursor_position()
        self._screen.erase_in_display(2)
        self._filter.feed(row)
        return self._screen.buffer[0]

    def text(self, text: str) -> None:
        self._screen.draw(text)

    def csi(self, name: str, parameters: str) -> None:
        if name == "m":
            self._screen.sgr(parameters)
        elif name == "C":
            self._screen.cursor_forward(*numbers(parameters))
        elif name == "G":
            self._screen.cursor_to_column(*numbers(parameters))

    def control(self, char: str) -> None: ...

    def escape(self, name: str) -> None: ...

    def osc(self, text: str, end: str) -> None: ...


def clip(rows: Iterable[bytes], widest: int, cols: int) -> list[bytes]:
    """Rows made on a screen of up to ``widest`` columns, as a screen of ``cols`` shows them."""
    recall = Recall(widest)
    clipped = []
    for row in rows:
        # A gap is the one thing that takes more columns than bytes.
        if len(row) > cols or b"\x1b" in row:
            line = recall.line(row)
            widen(line, widest, cols)
            row = render(used_cells(line, cols))
        clipped.append(row)
    return clipped
