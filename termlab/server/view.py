"""A client's look back into a pane's history: where it stands, its cursor, what it has lit.

Anchored to a tracked row, so that it stays put while output arrives, history is trimmed and lines
reflow. One for each client and pane; the engine's own viewport is never moved.
"""

import re
from collections.abc import Sequence
from typing import Final

from termlab.errors import UsageError
from termlab.model.screen import Cursor
from termlab.server.cells import Span, light, texts
from termlab.server.motions import Spot, end_of
from termlab.server.pane import Pane
from termlab.server.search import Search, hits
from termlab.server.selection import MAX_ROWS, Kind, Selection

# The column of a cursor that stays at the end of each line.
LINE_END: Final = 1 << 20
# A row's bytes, and what was looked for in it.
_Looked = tuple[bytes, re.Pattern[str] | None]


class View:
    """Shows ``rows`` of the pane from row `top` of history and screen on. ``x`` is the column the
    cursor would stand on if its line were long enough, ``y`` its row of the view."""

    def __init__(self, pane: Pane) -> None:
        self.pane = pane
        emulator = pane.emulator
        self._anchor = emulator.track(emulator.history_rows())
        self._sent: list[bytes] = []
        cursor = emulator.cursor()
        self.x, self.y = cursor.x, min(cursor.y, emulator.size.rows - 1)
        self.kind: Kind | None = None  # of the selection
        self._mark = 0  # the handle of the row it began on
        self._mark_column = 0
        self._size = emulator.size
        self.pattern: re.Pattern[str] | None = None
        self.backward = False
        self.search: Search | None = None
        self._lit: dict[tuple[bytes, tuple[Span, ...]], bytes] = {}
        self._known: dict[_Looked, tuple[Sequence[str], list[Span]]] = {}

    @property
    def top(self) -> int:
        """The row at the top; the oldest kept, once the anchor's row was trimmed."""
        row = self.pane.emulator.tracked_row(self._anchor)
        return min(row or 0, self.pane.emulator.history_rows())

    @property
    def at_bottom(self) -> bool:
        return self.top >= self.pane.emulator.history_rows()

    def scroll(self, rows: int) -> None:
        """Move by ``rows``, up if negative, within what is kept."""
        self.move_to(self.top + rows)

    def move_to(self, row: int) -> None:
        emulator = self.pane.emulator
        row = min(max(row, 0), emulator.history_rows())
        emulator.untrack(self._anchor)
        self._anchor = emulator.track(row)

    # The cursor

    @property
    def last_row(self) -> int:
        emulator = self.pane.emulator
        return emulator.history_rows() + emulator.size.rows - 1

    @property
    def spot(self) -> Spot:
        """The cell the cursor stands on: the last of a line that is shorter than it wants."""
        row = self.top + min(self.y, self.pane.emulator.size.rows - 1)
        last = self.pane.emulator.size.cols - 1
        line = self.read(row)
        column = min(self.x, last if self.kind == "block" else min(end_of(line), last))
        while 0 < column < len(line) and not line[column]:
            column -= 1
        return Spot(row, column)

    def go(self, spot: Spot) -> None:
        """Put the cursor on a cell; the view moves as far as it must."""
        rows, top = self.pane.emulator.size.rows, self.top
        row = min(max(spot.row, 0), self.last_row)
        if not top <= row < top + rows:
            self.move_to(row if row < top else row - rows + 1)
        self.x, self.y = max(spot.column, 0), row - self.top

    def step(self, rows: int) -> None:
        """Move the cursor by rows; it keeps the column it wants."""
        self.go(Spot(self.top + self.y + rows, self.x))

    def read(self, row: int) -> Sequence[str]:
        """The cells of a row, as texts."""
        found = self.pane.emulator.rows_at(row, 1)
        return texts(found[0]) if found else []

    def cursor(self) -> Cursor:
        spot = self.spot
        return Cursor(spot.column, spot.row - self.top)

    # The selection

    def select(self, kind: Kind) -> None:
        """Begin one at the cursor; of one that stands, change the kind, or end it if it is that."""
        if self.kind == kind:
            self.deselect()
        elif self.kind is not None:
            self.kind = kind
        else:
            self.mark(self.spot, kind)

    def mark(self, spot: Spot, kind: Kind) -> None:
        """Begin a selection at a cell."""
        self.deselect()
        self.kind = kind
        self._mark = self.pane.emulator.track(spot.row)
        self._mark_column = spot.column

    def deselect(self) -> None:
        if self.kind is not None:
            self.kind = None
            self.pane.emulator.untrack(self._mark)

    def selection(self) -> Selection | None:
        """What is selected now."""
        if self.kind is None:
            return None
        row = self.pane.emulator.tracked_row(self._mark)
        mark = Spot(row, self._mark_column) if row is not None else Spot(0, 0)
        return Selection(self.kind, mark, self.spot)

    def other_end(self) -> None:
        """The cursor goes to where the selection began, which goes on from here."""
        selection, spot = self.selection(), self.spot
        if selection is not None:
            self.mark(spot, selection.kind)
            self.go(selection.anchor)

    def selected_text(self) -> str:
        """The selected text, "" if nothing is. Raises ``UsageError`` if that is too much."""
        selection = self.selection()
        if selection is None:
            return ""
        if len(selection.rows) > MAX_ROWS:
            raise UsageError(
                f"{len(selection.rows)} rows are too many to copy at once: at most {MAX_ROWS}, or "
                "write the history to a file with `termlab capture --scrollback`"
            )
        return selection.text(self.read, self.pane.emulator.wraps)

    # The search

    def still(self) -> None:
        """The next key came: a search under way ends."""
        if self.search is not None:
            self.search.cancel()

    @property
    def note(self) -> str:
        """What there is to say of the search."""
        search = self.search
        if search is None:
            return ""
        if search.running:
            return "counting" if search.hit else "searching"
        if not search.hit:
            return "not found"
        return f"{search.count} hit{'s' * (search.count != 1)}" if search.count else ""

    # What is shown

    def changed_rows(self) -> tuple[tuple[int, bytes], ...]:
        """The rows that differ from those given last."""
        size = self.pane.emulator.size
        if size != self._size:  # its cells have moved
            self._size = size
            self.y = min(self.y, size.rows - 1)
            self.deselect()
        rows = self._lighted(self.pane.emulator.rows_at(self.top, size.rows))
        old = self._sent
        self._sent = rows
        if len(old) != len(rows):
            return tuple(enumerate(rows))
        return tuple((y, row) for y, row in enumerate(rows) if old[y] != row)

    def _lighted(self, rows: list[bytes]) -> list[bytes]:
        selection, pattern = self.selection(), self.pattern
        if selection is None and pattern is None:
            return rows
        # Most rows are as they were in the last frame: cutting them into cells again is dear.
        old, self._lit = self._lit, {}
        known, self._known = self._known, {}
        shown = []
        for row, data in enumerate(rows, self.top):
            spans: list[Span] = []
            inside = selection is not None and row in selection.rows
            looked = known.get((data, pattern))
            if looked is None:
                cut = texts(data)
                looked = cut, hits(cut, pattern) if pattern is not None else []
            self._known[data, pattern] = looked
            line = looked[0]
            if inside and selection is not None and (span := selection.span(row, line)):
                spans.append(span)
            else:
                spans += looked[1]
            key = data, tuple(spans)
            self._lit[key] = old.get(key) or (light(data, spans) if spans else data)
            shown.append(self._lit[key])
        return shown

    def forget_sent(self) -> None:
        """The client's screen starts anew."""
        self._sent = []

    def close(self) -> None:
        self.still()
        if not self.pane.closed:
            self.deselect()
            self.pane.emulator.untrack(self._anchor)
