"""A look at a pane that the client need not show: its rows as they are, cut to the place there is.

It keeps the rows of the pane and size it was told last, and nothing else.
"""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from termlab.client.style import DIM, Run, clip_line
from termlab.ui.strips import VtStrip
from termlab.ui.tree_page import top_row
from termlab.ui.vt_row import cut_row, line_row
from termlab.wire.messages import Peeked

GONE = " this pane has ended"


class Preview(Widget, can_focus=False):
    """Shows one pane at a time: which, `look` says."""

    DEFAULT_CSS = """
    Preview {
        background: ansi_default;
        color: ansi_default;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.pane = -1
        self.pane_size = (0, 0)  # columns and rows of it; zeros while nothing is known
        self._rows: dict[int, bytes] = {}
        self._cursor_row = 0
        self._gone = False

    def look(self, pane: int) -> None:
        """Show this pane from now on; what the one before showed is not shown for it."""
        if pane != self.pane:
            self.pane = pane
            self._forget((0, 0))
            self.refresh()

    def take(self, news: Peeked) -> None:
        """What is new of a pane."""
        if news.pane != self.pane:
            return
        if news.gone:
            self._forget((0, 0))
            self._gone = True
        elif news.rows is not None:
            if (news.cols, news.lines) != self.pane_size:
                self._forget((news.cols, news.lines))
            self._rows.update(news.rows.rows)
            if news.rows.cursor is not None:
                self._cursor_row = news.rows.cursor.y
        self.refresh()

    def _forget(self, size: tuple[int, int]) -> None:
        self.pane_size = size
        self._rows = {}
        self._cursor_row = 0
        self._gone = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual asks here; a row stays the bytes it came as."""
        left, right = crop.column_span
        return [self._line(y).crop(left, right) for y in crop.line_range]

    def _line(self, y: int) -> Strip:
        cols, rows = self.size
        if self._gone:
            line = clip_line((Run(GONE, DIM),), cols) if y == 0 else ()
            return VtStrip(line_row(line, 0), self.region.x, cols)
        top = top_row(self.pane_size[1], self._cursor_row, rows)
        row = self._rows.get(top + y, b"")
        if self.pane_size[0] > cols:
            row = cut_row(row, 0, cols)
        return VtStrip(row, self.region.x, cols)
