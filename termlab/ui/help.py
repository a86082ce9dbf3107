"""Help over the panes: every key and what it does. Opened by `list-keys`.

A shell around `help_page`, which draws; nothing here moves by itself.
"""

from typing import Final

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from termlab.client.style import Line
from termlab.model.geometry import Rect
from termlab.model.keys import LEFT
from termlab.ui import help_page, private
from termlab.ui.overlay import Overlay
from termlab.ui.strips import VtStrip
from termlab.ui.vt_row import line_row
from termlab.wire.messages import ClientOptions

CLOSING: Final = frozenset({"q", "escape", "enter", "question_mark", "ctrl+c"})
# By lines, and by pages.
LINES: Final = {"up": -1, "k": -1, "down": 1, "j": 1}
PAGES: Final = {"pageup": -1, "ctrl+b": -1, "pagedown": 1, "ctrl+f": 1, "space": 1}
ENDS: Final = {"home": 0, "g": 0, "end": 1 << 30, "G": 1 << 30}
WHEEL_LINES: Final = 3


class Help(Overlay):
    """Closes on q, Escape, Enter, ?, C-c, or a click on its mark."""

    def __init__(self, options: ClientOptions) -> None:
        super().__init__()
        self._parts = help_page.sections(options)
        self._top = 0
        self._body: list[Line] = []
        self._body_cols = -1

    def place(self, cols: int, rows: int) -> Rect:
        return help_page.place(self._parts, cols, rows)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual asks here; each line is ready-made, as those of panes and frame are."""
        cols, rows = self.size
        self._fit()
        lines = help_page.draw(self._body, cols, rows, self._top)
        x = self.region.x
        strips = [VtStrip(line_row(line, 0), x, cols) for line in lines]
        left, right = crop.column_span
        return [strips[y].crop(left, right) for y in crop.line_range]

    def _fit(self) -> None:
        """Lines for the width there is, no further down than they go."""
        wide, tall = help_page.room(*self.size)
        if wide != self._body_cols:
            self._body_cols = wide
            self._body = help_page.body(self._parts, wide)
        self._top = max(min(self._top, len(self._body) - tall), 0)

    def _show_from(self, top: int) -> None:
        before, self._top = self._top, top
        self._fit()
        if self._top != before:
            private.paint([(self, [])], self.screen)

    def on_key(self, event: events.Key) -> None:
        """Every key is for it."""
        event.stop()
        key = event.key
        if key in CLOSING:
            self.post_message(self.Closed())
        elif key in ENDS:
            self._show_from(ENDS[key])
        else:
            page = max(help_page.room(*self.size)[1] - 1, 1)
            self._show_from(self._top + LINES.get(key, PAGES.get(key, 0) * page))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._show_from(self._top + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._show_from(self._top - WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.button == LEFT and help_page.closes(event.x, event.y, self.size.width):
            self.post_message(self.Closed())
