"""A client's look back into a pane's history: where it stands, its cursor, what it has lit.

Anchored to a tracked row, so that it stays put while output arrives, history is trimmed and lines
reflow. One for each client and pane; the engine's own viewport is never moved.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from termlab.errors import UsageError
from termlab.model.screen import Cursor
from termlab.server.cells import texts
from termlab.server.hunt import Hunt
from termlab.server.lighting import Lighting
from termlab.server.motions import Spot, end_of
from termlab.server.pane import Pane
from termlab.server.selection import MAX_ROWS, Kind, Selection

# The column of a cursor that stays at the end of each line.
LINE_END: Final = 1 << 20


class Place(NamedTuple):
    """Where a view stood: the handle of its top row, and its cursor."""

    anchor: int
    x: int
    y: int


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
        self._pin = emulator.track(self.top + self.y)
        self.hunt = Hunt()
        self._origin: Place | None = None  # where the search that is being typed began
        self._lighting = Lighting()

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
        self._follow()
        self.move_to(self.top + rows)
        self._pin_cursor()

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
        self._follow()
        row = self.top + min(self.y, self.pane.emulator.size.rows - 1)
        last = self.pane.emulator.size.cols - 1
        line = self.read(row)
        column = min(self.x, last if self.kind == "block" else min(end_of(line), last))
        while 0 < column < len(line) and not line[column]:
            column -= 1
        return Spot(row, column)

    def go(self, spot: Spot) -> None:
        """Put the cursor on a cell; the view moves as far as it must."""
        self._follow()
        rows, top = self.pane.emulator.size.rows, self.top
        row = min(max(spot.row, 0), self.last_row)
        if not top <= row < top + rows:
            self.move_to(row if row < top else row - rows + 1)
        self.x, self.y = max(spot.column, 0), row - self.top
        self._pin_cursor()

    def step(self, rows: int) -> None:
        """Move the cursor by rows; it keeps the column it wants."""
        self._follow()
        self.go(Spot(self.top + self.y + rows, self.x))

    def read(self, row: int) -> Sequence[str]:
        """The cells of a row, as texts."""
        found = self.pane.emulator.rows_at(row, 1)
        return texts(found[0]) if found else []

    def wraps(self, row: int) -> bool:
        """Whether the text of a row goes on in the next one."""
        return self.pane.emulator.wraps(row)

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
        return selection.text(self.read, self.wraps)

    # The search

    def still(self) -> None:
        """The next key came: a search under way ends."""
        self.hunt.still()

    def begin(self) -> Spot:
        """A search is being typed: where it began."""
        if self._origin is None:
            spot = self.spot
            self._origin = Place(self.pane.emulator.track(self.top), spot.column, self.y)
            return spot
        top = self.pane.emulator.tracked_row(self._origin.anchor) or 0
        return Spot(top + self._origin.y, self._origin.x)

    @property
    def typing(self) -> bool:
        """Whether a search is being typed."""
        return self._origin is not None

    def back(self) -> None:
        """To where the search that is being typed began; it goes on being typed."""
        if self._origin is not None:
            self._follow()
            self.move_to(self.pane.emulator.tracked_row(self._origin.anchor) or 0)
            self.x, self.y = self._origin.x, self._origin.y

    def settle(self) -> None:
        """The search that was typed is done: it can't be gone back from any more."""
        if self._origin is not None:
            if not self.pane.closed:
                self.pane.emulator.untrack(self._origin.anchor)
            self._origin = None

    # What is shown

    def changed_rows(self) -> tuple[tuple[int, bytes], ...]:
        """The rows that differ from those given last."""
        self._follow()
        self._pin_cursor()
        size = self.pane.emulator.size
        top, selection, pattern = self.top, self.selection(), self.hunt.pattern
        rows = self.pane.emulator.rows_at(top, size.rows)
        if selection is not None or pattern is not None:
            rows = self._lighting.lighted(self.pane.emulator, top, rows, selection, pattern)
        old = self._sent
        self._sent = rows
        if len(old) != len(rows):
            return tuple(enumerate(rows))
        return tuple((y, row) for y, row in enumerate(rows) if old[y] != row)

    def _follow(self) -> None:
        """In a pane of another size the cells have moved: so has the row the cursor stands on."""
        size = self.pane.emulator.size
        if size != self._size:
            self._size = size
            self.deselect()
            row = self.pane.emulator.tracked_row(self._pin)
            at = self.y if row is None else row - self.top
            self.y = min(max(at, 0), size.rows - 1)

    def _pin_cursor(self) -> None:
        """Keep hold of the row the cursor stands on."""
        emulator, row = self.pane.emulator, self.top + self.y
        if emulator.tracked_row(self._pin) != row:
            emulator.untrack(self._pin)
            self._pin = emulator.track(row)

    def forget_sent(self) -> None:
        """The client's screen starts anew."""
        self._sent = []

    def close(self) -> None:
        self.still()
        self.settle()
        if not self.pane.closed:
            self.deselect()
            self.pane.emulator.untrack(self._pin)
            self.pane.emulator.untrack(self._anchor)
