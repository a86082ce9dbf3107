"""Strips whose bytes are ready-made: a row of VT bytes, and a hole.

The compositor asks a strip to render, to be cut at the edges of what covers it, and for segments
when a picture is taken. None of it measures text: a row carries its own columns.
"""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from termlab.ui.vt_row import at_column, cut_row
from termlab.ui.vt_segments import to_segments


class _ReadyStrip(Strip):
    """A strip without segments until somebody asks."""

    def __init__(self, cols: int) -> None:
        # Not the parent's: it makes six caches for each strip, and none is of use here.
        self._cell_length = cols
        self._render_cache = None

    def _cut(self, start: int, end: int) -> Strip:
        """Columns ``start`` up to ``end``."""
        raise NotImplementedError

    @property
    def _segments(self) -> list[Segment]:  # type: ignore[override]
        raise NotImplementedError

    @property
    def cell_count(self) -> int:
        return self.cell_length

    def __bool__(self) -> bool:
        return self.cell_length > 0

    def __len__(self) -> int:
        return len(self._segments)

    def __iter__(self) -> Iterator[Segment]:
        return iter(self._segments)

    def crop(self, start: int, end: int | None = None) -> Strip:
        start = max(start, 0)
        end = self.cell_length if end is None else min(end, self.cell_length)
        if start == 0 and end == self.cell_length:
            return self
        return self._cut(start, max(end, start))

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        parts = []
        start = 0
        for cut in cuts:
            if cut <= self.cell_length:
                parts.append(self.crop(start, cut))
                start = cut
        return parts


class VtStrip(_ReadyStrip):
    """A row of a pane, or of what is around the panes: VT bytes for ``cols`` erased cells from
    column ``x`` of the terminal on (`terminal.emulator`)."""

    __slots__ = ("_row", "_x")

    def __init__(self, row: bytes, x: int, cols: int) -> None:
        super().__init__(cols)
        self._row = row
        self._x = x

    def render(self, console: Console) -> str:
        """Erase, the row, a plain pen, and the column where what follows stands."""
        if self._render_cache is None:
            self._render_cache = at_column(self._row, self._x, self.cell_length).decode()
        return self._render_cache

    def _cut(self, start: int, end: int) -> Strip:
        return VtStrip(cut_row(self._row, start, end), self._x + start, end - start)

    @property
    def _segments(self) -> list[Segment]:  # type: ignore[override]
        return to_segments(self._row, self.cell_length)


class HoleStrip(_ReadyStrip):
    """Cells that somebody else paints: stepped over."""

    __slots__ = ()

    def render(self, console: Console) -> str:
        return f"\x1b[{self.cell_length}C" if self.cell_length else ""

    def _cut(self, start: int, end: int) -> Strip:
        return HoleStrip(end - start)

    @property
    def _segments(self) -> list[Segment]:  # type: ignore[override]
        return [Segment(" " * self.cell_length)]
