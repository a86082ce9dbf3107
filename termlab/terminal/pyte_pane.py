"""A pane's two screens on pyte: the primary one with its history, the alternate one without.

Which is shown, and what a new size makes of both. Lines are not wrapped anew: what a narrower
screen cuts off is lost.
"""

from pyte.screens import Margins

from termlab.terminal.pyte_history import History
from termlab.terminal.pyte_line import Line, new_line, used_cells, widen
from termlab.terminal.pyte_recall import Recall
from termlab.terminal.pyte_rows import render
from termlab.terminal.pyte_screen import CellScreen, Saved


class PaneScreen(CellScreen):
    """The screen that is shown; the other one is parked."""

    def __init__(self, columns: int, lines: int, history: History) -> None:
        self._history = history
        self.alternate = False
        self._parked: list[Line] = []
        self._parked_saved: Saved | None = None
        super().__init__(columns, lines, self._keep)

    def reset(self) -> None:
        super().reset()
        self.alternate = False
        self._parked = [new_line() for _ in range(self.lines)]
        self._parked_saved = None
        self._history.restart(self.lines)

    def show_alternate(self, shown: bool) -> None:
        """Show this one or the other; cursor and pen stay as they are."""
        if shown == self.alternate:
            return
        lines = [self.buffer[y] for y in range(self.lines)]
        self.buffer.update(enumerate(self._parked))
        self._parked = lines
        self.saved, self._parked_saved = self._parked_saved, self.saved
        self.alternate = shown
        self.dirty.update(range(self.lines))

    def rows(self, first: int, count: int) -> list[bytes]:
        """Rows of the screen."""
        return [
            render(used_cells(self.buffer[y], self.columns))
            for y in range(max(first, 0), min(first + count, self.lines))
        ]

    def fit(self, columns: int, lines: int) -> None:
        """Another size, of both screens."""
        self.settle()
        recall = Recall(max(self._history.widest, self.columns))
        shown = [self.buffer[y] for y in range(self.lines)]
        moved = self._fit(shown, self.cursor.y, lines, not self.alternate, recall)
        self.saved = _moved(self.saved, moved)
        y = self._parked_saved.y if self._parked_saved else self.lines - 1
        moved_parked = self._fit(self._parked, y, lines, self.alternate, recall)
        self._parked_saved = _moved(self._parked_saved, moved_parked)
        for line in (*shown, *self._parked):
            widen(line, self.columns, columns)
        old, self.columns, self.lines = self.columns, columns, lines
        self.buffer.clear()
        self.buffer.update(enumerate(shown))
        self.dirty = set(range(lines))
        self.margins = Margins(0, lines - 1)
        self.cursor.x = min(self.cursor.x, columns - 1)
        self.cursor.y = min(max(self.cursor.y + moved, 0), lines - 1)
        if columns > old:
            self.reset_tabs(old)

    def _fit(self, rows: list[Line], y: int, lines: int, primary: bool, recall: Recall) -> int:
        """Make ``rows`` so many ``lines``; how far those around row ``y`` moved down by it."""
        moved = 0
        while len(rows) > max(lines, y + 1) and not render(used_cells(rows[-1], self.columns)):
            rows.pop()
        while len(rows) > lines:
            gone = rows.pop(0)
            moved -= 1
            if primary:
                self._push(gone)
        while primary and y == self.lines - 1 and len(rows) < lines:
            row = self._history.pull()
            if row is None:
                break
            rows.insert(0, recall.line(row))
            moved += 1
        rows += [new_line() for _ in range(lines - len(rows))]
        return moved

    def _keep(self, line: Line) -> None:
        if not self.alternate:
            self._push(line)

    def _push(self, line: Line) -> None:
        self._history.push(render(used_cells(line, self.columns)), self.columns)


def _moved(saved: Saved | None, rows: int) -> Saved | None:
    return saved and saved._replace(y=max(saved.y + rows, 0))
