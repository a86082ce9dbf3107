"""A text over the panes that is scrolled and searched: what help and the messages have in common.

A shell around `boxed`, which draws; nothing here moves by itself. ``/`` begins to look for
something, each character shows what is left; Escape forgets that, and then closes.
"""

from typing import ClassVar, Final

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from termlab.model.keys import LEFT
from termlab.model.screen import Cursor
from termlab.ui import boxed, private
from termlab.ui.boxed import Hints, Looking, Text
from termlab.ui.looked_for import LEAVING, LOOKING, LookedFor
from termlab.ui.overlay import Overlay
from termlab.ui.query import Query
from termlab.ui.strips import VtStrip
from termlab.ui.vt_row import line_row

CLOSING: Final = frozenset({"q", "enter", "question_mark"})
# By lines, and by pages; what types does so only while nothing is looked for.
LINES: Final = {"up": -1, "down": 1}
PAGES: Final = {"pageup": -1, "pagedown": 1}
TYPING_LINES: Final = {"k": -1, "j": 1}
TYPING_PAGES: Final = {"ctrl+b": -1, "ctrl+f": 1, "space": 1}
ENDS: Final = {"home": 0, "g": 0, "end": 1 << 30, "G": 1 << 30}
WHEEL_LINES: Final = 3


class Page(Overlay):
    """Closes on q, Escape, Enter, ?, C-c, or a click on its mark; with a command, on a click on
    what runs one."""

    TITLE: ClassVar[str]
    HINTS: ClassVar[Hints]

    def __init__(self) -> None:
        super().__init__()
        self._top = 0
        self._text = Text((), 0, 0, {})
        self._text_cols = -1
        self._looked_for = LookedFor()

    def text(self, cols: int, query: Query) -> Text:
        """What it says, as far as it has what is looked for, in lines of ``cols`` cells."""
        raise NotImplementedError

    def hints(self) -> Hints:
        """What keys do, in the edge below."""
        return self.HINTS

    def changed(self) -> None:
        """It has something else to say."""
        self._text_cols = -1
        if self.is_mounted and self.visible:
            private.paint([(self, [])], self.screen)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual asks here; each line is ready-made, as those of panes and frame are."""
        cols, rows = self.size
        self._fit()
        lines = boxed.draw(
            self.TITLE, self._text, cols, rows, self._top, self.hints(), self._looking()
        )
        x = self.region.x
        strips = [VtStrip(line_row(self.look.line(line), 0), x, cols) for line in lines]
        left, right = crop.column_span
        return [strips[y].crop(left, right) for y in crop.line_range]

    @property
    def cursor(self) -> Cursor | None:
        looking = self._looking()
        at = looking and boxed.cursor_at(self._text, *self.size, looking)
        return Cursor(self.region.x + at[0], self.region.y + at[1]) if at else None

    def _looking(self) -> Looking | None:
        sought = self._looked_for
        return Looking(sought.text, sought.cursor) if sought else None

    def _fit(self) -> None:
        """Lines for the width there is, no further down than they go."""
        wide, tall = boxed.room(*self.size)
        if wide != self._text_cols:
            self._text_cols = wide
            self._text = self.text(wide, Query(self._looked_for.text))
        self._top = max(min(self._top, len(self._text.lines) - tall), 0)

    def _show_from(self, top: int) -> None:
        before, self._top = self._top, top
        self._fit()
        if self._top != before:
            private.paint([(self, [])], self.screen)

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Every key is for it."""
        event.stop()
        key = event.key
        page = max(boxed.room(*self.size)[1] - 1, 1)
        if key in LINES or key in PAGES:
            self._show_from(self._top + LINES.get(key, 0) + PAGES.get(key, 0) * page)
        elif key in LEAVING:
            self._leave()
        elif self._looked_for.types:
            if self._looked_for.press(event):
                self._look()
        elif key in CLOSING:
            self.post_message(self.Closed())
        elif key in LOOKING:
            self._looked_for.begin()
            self._look()
        elif key in ENDS:
            self._show_from(ENDS[key])
        else:
            by = TYPING_LINES.get(key, 0) + TYPING_PAGES.get(key, 0) * page
            self._show_from(self._top + by)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if self._looked_for.paste(event.text):
            self._look()

    def _leave(self) -> None:
        """Forget what is looked for; else close."""
        if not self._looked_for:
            self.post_message(self.Closed())
            return
        self._looked_for.forget()
        self._look()

    def _look(self) -> None:
        """Show what there is of what is looked for by now."""
        self._top = 0
        self.changed()

    # The mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._show_from(self._top + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._show_from(self._top - WHEEL_LINES)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.button != LEFT:
            return
        if boxed.closes(event.x, event.y, self.size.width):
            self.post_message(self.Closed())
        elif run := self._run_at(event.x, event.y):
            self.post_message(self.Closed(run))

    def _run_at(self, x: int, y: int) -> tuple[str, ...]:
        """The command of what stands in a cell; none: ()."""
        at = boxed.line_at(x, y, *self.size, self._top)
        if at is None:
            return ()
        line, cell = at
        spots = self._text.spots.get(line, ())
        return next((spot.run for spot in spots if spot.start <= cell < spot.end), ())
