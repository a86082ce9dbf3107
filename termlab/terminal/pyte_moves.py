"""pyte's screen with a cursor that moves as programs expect: margins, origin, tabs, saved places.

pyte takes a cursor outside the scrolling region into it with every move, ignores places outside it
in origin mode, and keeps a stack of saved cursors without an end.
"""

from typing import Final

from pyte import modes
from pyte.screens import Margins, Screen

TAB_COLUMNS: Final = 8


class MovingScreen(Screen):
    """The cursor's part. ``margins`` are always set, to the whole screen by default."""

    margins: Margins

    def settle(self) -> None:
        """A command that moves or edits ends a pending wrap."""
        self.cursor.x = min(self.cursor.x, self.columns - 1)

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        first = max((top or 1) - 1, 0)
        last = min(bottom or self.lines, self.lines) - 1
        if first < last:
            self.margins = Margins(first, last)
            self.cursor_position()

    def cursor_up(self, count: int | None = None) -> None:
        top = self.margins.top if self.cursor.y >= self.margins.top else 0
        self.cursor.y = max(self.cursor.y - (count or 1), top)

    def cursor_down(self, count: int | None = None) -> None:
        inside = self.cursor.y <= self.margins.bottom
        bottom = self.margins.bottom if inside else self.lines - 1
        self.cursor.y = min(self.cursor.y + (count or 1), bottom)

    def lines_down(self, count: int | None = None) -> None:
        """VPR: a move to a line, so margins hold it in origin mode only."""
        self.cursor.y = min(self.cursor.y + (count or 1), self.bounds()[1])

    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        self.cursor.x = min((column or 1), self.columns) - 1
        self.cursor_to_line(line)

    def cursor_to_line(self, line: int | None = None) -> None:
        top, bottom = self.bounds()
        self.cursor.y = min(top + (line or 1) - 1, bottom)

    def bounds(self) -> tuple[int, int]:
        """The lines that places are counted in."""
        inside = modes.DECOM in self.mode
        return self.margins if inside else (0, self.lines - 1)

    def linefeed(self) -> None:
        self.settle()
        super().linefeed()

    def tab(self) -> None:
        if self.cursor.x < self.columns:  # else a wrap is pending, and stays so
            super().tab()

    def tab_forward(self, count: int | None = None) -> None:
        for _ in range(min(count or 1, self.columns)):
            self.tab()

    def tab_back(self, count: int | None = None) -> None:
        stops = sorted(stop for stop in self.tabstops if stop < self.cursor.x)
        self.cursor.x = stops[-(count or 1)] if len(stops) >= (count or 1) else 0

    def reset_tabs(self, start: int = 0) -> None:
        """A stop every eight columns, from column ``start`` on."""
        if not start:
            self.tabstops = set()
        first = max(start, TAB_COLUMNS) + -max(start, TAB_COLUMNS) % TAB_COLUMNS
        self.tabstops.update(range(first, self.columns, TAB_COLUMNS))
