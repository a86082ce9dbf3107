"""Frames to bytes for the outer terminal: each cell has one painter, and this is the panes' one.

Pure: it keeps what stands on the terminal and returns what to write. The rows of a pane that is
covered, painted by somebody else for a while, are kept all the same. Autowrap is off and the pen
plain between messages. A row is written as position, erase to the pane's width, its bytes, plain
pen; a row that only grew or shrank at its end by plain text is written as that difference alone.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from termlab.client.capabilities import TRUE_COLOUR, Capabilities
from termlab.client.chrome import Placed
from termlab.client.style import Line, clip_line, encode_run
from termlab.client.width import clip_row, tame_end, text_width
from termlab.model.geometry import Rect
from termlab.model.screen import Cursor
from termlab.wire.messages import PaneRows

if TYPE_CHECKING:
    from termlab.client.reduce import Reducer

BEGIN_SYNC: Final = b"\x1b[?2026h"
END_SYNC: Final = b"\x1b[?2026l"
HIDE: Final = b"\x1b[?25l"
SHOW: Final = b"\x1b[?25h"
PLAIN_PEN: Final = b"\x1b[m"
HIDDEN: Final = Cursor(0, 0, visible=False)
# The colours, shapes and colours of underlines of a terminal from which nothing is taken away.
EVERYTHING: Final = (TRUE_COLOUR, True, True)
# What is in all pens that a terminal may not have: colours beyond the 16, underlines with a shape
# or a colour of their own, and the end of that colour.
_REDUCIBLE: Final = (b"8;2;", b"8;5;", b"8:", b"4:", b"59")
# A column in a pane's row, 1-based (`terminal.emulator`).
_COLUMN: Final = re.compile(rb"\x1b\[(\d+)G")


class Painter:
    """One terminal's."""

    def __init__(self) -> None:
        self._synchronised = False  # whether it knows mode 2026
        self._shows = EVERYTHING  # the colours and underlines it has
        self._reduce: Reducer | None = None  # made when it is first needed
        self._cols = 0
        self._rows = 0
        self._free = 0
        self._panes: dict[int, Rect] = {}
        self._painted: dict[int, dict[int, bytes]] = {}
        self._covered: dict[int, Rect] = {}  # no longer in `_panes`
        self._over: Cursor | None = None  # in cells of the terminal, in place of the pane's
        self._typing: Cursor | None = None  # where a prompt is typed: before all others
        self._cursor = HIDDEN
        self._cursor_pane = 0
        self._shown = False
        self._shape = 0

    def capable(self, found: Capabilities) -> bool:
        """The terminal can do so much; whether what stands on it could look better by now."""
        self._synchronised = found.synchronised
        shows = (found.colours, found.underline_styles, found.underline_colours)
        if shows == self._shows:
            return False
        lacked, before = self._shows != EVERYTHING, self._reduce
        self._shows, self._reduce = shows, None
        return not lacked or (before is not None and before.used)

    def place(self, panes: dict[int, Rect], cols: int, rows: int, free: int | None = None) -> None:
        """A new geometry: nothing of what stands on the terminal can be relied on. Of its columns
        ``free`` are the panes', all of them if that is None."""
        self._cols, self._rows = cols, rows
        self._free = cols if free is None else free
        self._panes = panes
        self._painted = {pane: {} for pane in panes}
        self._covered = {}
        self._over = None

    def forget(self) -> None:
        """The terminal was taken anew: its cursor is hidden, its shape unknown."""
        self._shown = False
        self._shape = -1

    def focus(self, pane: int) -> None:
        """The pane that has the cursor; it is hidden until that pane says where it is."""
        if pane != self._cursor_pane:
            self._cursor_pane = pane
            self._cursor = HIDDEN

    def pane(self, update: PaneRows) -> list[bytes]:
        """The changed rows of one pane."""
        rect = self._panes.get(update.pane)
        if rect is None:
            self._keep(update)
            return []
        if update.pane == self._cursor_pane:
            self._cursor = update.cursor or HIDDEN
        painted = self._painted[update.pane]
        out = []
        for y, row in update.rows:
            if y < rect.rows and rect.y + y < self._rows and rect.x < self._free:
                out.append(self._row(rect, y, row, painted.get(y)))
                painted[y] = row
        return out

    # Covered panes

    def cover(self, panes: Collection[int]) -> list[bytes]:
        """Somebody else paints these panes from now on, and no others: those that were covered
        before and are not any more, painted anew."""
        every = self._panes | self._covered
        bare = [pane for pane in self._covered if pane not in panes]
        self._covered = {pane: rect for pane, rect in every.items() if pane in panes}
        self._panes = {pane: rect for pane, rect in every.items() if pane not in panes}
        return [row for pane in bare for row in self._again(pane)]

    def bare(self) -> list[bytes]:
        """Every pane that nobody else paints, anew."""
        return [row for pane in list(self._panes) for row in self._again(pane)]

    def over(self, cursor: Cursor | None) -> None:
        """The cursor of whoever paints over the panes; None gives it back to the focused pane."""
        self._over = cursor

    def typing(self, cursor: Cursor | None) -> None:
        """The cursor of the prompt in the status row, in cells of the terminal; None if there is
        none."""
        self._typing = cursor

    @property
    def placed(self) -> bool:
        """Whether there is a geometry: none is between a new size and the server's answer."""
        return bool(self._panes or self._covered)

    @property
    def cursor(self) -> Cursor:
        """The focused pane's."""
        return self._cursor

    def kept(self, pane: int) -> Mapping[int, bytes]:
        """The rows of a pane as far as they are known and the terminal reaches."""
        return self._painted.get(pane, {})

    def _keep(self, update: PaneRows) -> None:
        """Note the changed rows of a pane that somebody else paints."""
        rect = self._covered.get(update.pane)
        if rect is None:
            return
        if update.pane == self._cursor_pane:
            self._cursor = update.cursor or HIDDEN
        kept = self._painted[update.pane]
        for y, row in update.rows:
            if y < rect.rows and rect.y + y < self._rows and rect.x < self._free:
                kept[y] = row

    def _again(self, pane: int) -> list[bytes]:
        """A whole pane: nothing of what stands in its place can be relied on."""
        kept = tuple(sorted(self._painted[pane].items()))
        self._painted[pane] = {}
        return self.pane(PaneRows(pane, kept, self._cursor))

    def _row(self, rect: Rect, y: int, row: bytes, old: bytes | None) -> bytes:
        """One row of a pane."""
        if old is not None and not (old.count(b"\x1b") or row.count(b"\x1b")):
            difference = self._difference(rect, y, row, old)
            if difference is not None:
                return difference
        body = clip_row(row, self._free - rect.x) if rect.right > self._free else row
        cells = min(rect.right, self._free) - rect.x
        body = tame_end(body, cells)
        if rect.x and b"G" in body:
            shift = rect.x
            body = _COLUMN.sub(lambda m: b"\x1b[%dG" % (int(m[1]) + shift), body)
        erase = b"\x1b[K" if rect.x + cells >= self._cols else b"\x1b[%dX" % cells
        # Nothing of a plain row needs the pen reset behind it.
        tail = PLAIN_PEN if b"\x1b" in body else b""
        return b"\x1b[%d;%dH%b%b%b" % (rect.y + y + 1, rect.x + 1, erase, body, tail)

    def _difference(self, rect: Rect, y: int, row: bytes, old: bytes) -> bytes | None:
        """A plain row from its first changed cell on; None if it must be written whole."""
        if rect.right > self._free or not row.isascii() or not old.isascii():
            return None
        same = common_start(row, old)
        gone = len(old) - len(row)
        erase = b"\x1b[%dX" % gone if gone > 0 else b""
        return b"\x1b[%d;%dH%b%b" % (rect.y + y + 1, rect.x + same + 1, row[same:], erase)

    def lines(self, lines: Iterable[Placed]) -> list[bytes]:
        """Lines of the frame around the panes, as far as the terminal reaches."""
        return [
            self.line(each.x, each.y, clip_line(each.line, self._cols - each.x))
            for each in lines
            if each.y < self._rows and each.x < self._cols
        ]

    def line(self, x: int, y: int, line: Line) -> bytes:
        """One line. Behind what terminals may give another width the column is set anew."""
        parts = [b"\x1b[%d;%dH" % (y + 1, x + 1)]
        sure = True
        for run in line:
            parts.append(encode_run(run) if sure else b"\x1b[%dG%b" % (x + 1, encode_run(run)))
            x += text_width(run.text)
            sure = run.text.isascii() or len(run.text) == 1
        return b"".join(parts)

    def message(self, parts: list[bytes]) -> bytes:
        """``parts`` as one message for the terminal, in colours it has, the cursor put where it
        belongs behind them.

        Many parts are one picture: wrapped as such, or, where the terminal does not know how, with
        the cursor hidden.
        """
        if not parts:
            return self._cursor_bytes()
        lead = tail = b""
        if len(parts) > 1:
            if self._synchronised:
                lead, tail = BEGIN_SYNC, END_SYNC
            elif self._shown:
                lead = HIDE
                self._shown = False
        data = b"".join((lead, *parts, self._cursor_bytes(), tail))
        return data if self._shows == EVERYTHING else self._reduced(data)

    def _reduced(self, data: bytes) -> bytes:
        """``data`` as this terminal can show it. A first screen rarely has anything to reduce, and
        no 2 ms for learning how."""
        if self._reduce is None:
            if not any(mark in data for mark in _REDUCIBLE):
                return data
            from termlab.client.reduce import Reducer

            self._reduce = Reducer(*self._shows)
        return self._reduce(data)

    def _cursor_bytes(self) -> bytes:
        """The real cursor in the focused pane's place, shape and visibility; or where it is put
        over the panes."""
        cursor = self._cursor
        rect = self._panes.get(self._cursor_pane)
        if self._over is not None:
            cursor, rect = self._over, Rect(0, 0, self._cols, self._rows)
        x, y = (rect.x + cursor.x, rect.y + cursor.y) if rect is not None else (0, 0)
        cols = self._free if self._over is None else self._cols
        visible = cursor.visible and rect is not None and x < cols and y < self._rows
        if self._typing is not None:
            cursor, visible = self._typing, True
            x, y = cursor.x, cursor.y
        out = b""
        if cursor.shape != self._shape:
            self._shape = cursor.shape
            out += b"\x1b[%d q" % cursor.shape
        if visible:
            out += b"\x1b[%d;%dH" % (y + 1, x + 1)
        if visible != self._shown:
            self._shown = visible
            out += SHOW if visible else HIDE
        return out


def common_start(a: bytes, b: bytes) -> int:
    """How many bytes the two begin with alike."""
    if b.startswith(a) or a.startswith(b):
        return min(len(a), len(b))
    low, high = 0, min(len(a), len(b))
    while low < high:
        middle = (low + high + 1) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
