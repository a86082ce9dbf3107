"""pyte's screen, put right where a pane needs more: what becomes of each command on the cells.

Two of a pyte cell's fields are used for something else: ``fg`` is the cell's whole look
(`pyte_style`), ``bg`` the same again. pyte's cursor stands in column ``columns`` while a wrap is
pending. Nothing here knows bytes, sequences, replies, or that there is a second screen.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from pyte import modes
from pyte.screens import Char, Margins

from termlab.terminal.pyte_charset import Charsets
from termlab.terminal.pyte_line import (
    Glyphs,
    Line,
    cells_of,
    fill,
    new_line,
    replace,
    split,
)
from termlab.terminal.pyte_moves import MovingScreen
from termlab.terminal.pyte_rows import BLANK, blank, char_width
from termlab.terminal.pyte_style import PLAIN_PEN, Pen, apply_sgr, background_of, look_of

# Further marks are dropped: a character can have any number of them.
MAX_CLUSTER_CHARS: Final = 32
_SELECTORS: Final = "\ufe0e\ufe0f"
# Looks whose cells are kept for the next characters of the same look.
MAX_LOOKS: Final = 256
# Latin, lines and blocks: characters of one column, which need no looking up.
_NARROW: Final = re.compile("[ -~\xa1-\xac\xae-\u02ff\u2500-\u259f]+")


class Saved(NamedTuple):
    """What DECSC saves; one for each screen."""

    x: int
    y: int
    pen: Pen
    charsets: Charsets
    origin: bool


class CellScreen(MovingScreen):
    """The cells of one screen. ``scrolled`` is given each line that leaves it at the top."""

    def __init__(self, columns: int, lines: int, scrolled: Callable[[Line], None]) -> None:
        self._scrolled = scrolled
        self._glyphs: dict[str, Glyphs] = {}
        self.saved: Saved | None = None
        super().__init__(columns, lines)
        self.margins = Margins(0, lines - 1)

    @property
    def default_char(self) -> Char:
        return BLANK

    def reset(self) -> None:
        super().reset()
        self.margins = Margins(0, self.lines - 1)
        self.charsets = Charsets()
        self.saved = None
        self.buffer.update((y, new_line()) for y in range(self.lines))
        self.set_pen(PLAIN_PEN)

    def soft_reset(self) -> None:
        """DECSTR: modes, margins, pen and character sets, but neither cells nor place."""
        self.mode = {modes.DECAWM, modes.DECTCEM}
        self.cursor.hidden = False
        self.margins = Margins(0, self.lines - 1)
        self.charsets = Charsets()
        self.saved = None
        self.set_pen(PLAIN_PEN)

    def save_cursor(self) -> None:
        cursor, origin = self.cursor, modes.DECOM in self.mode
        self.saved = Saved(cursor.x, cursor.y, self.pen, self.charsets.copy(), origin)

    def restore_cursor(self) -> None:
        saved = self.saved or Saved(0, 0, PLAIN_PEN, Charsets(), False)
        self.mode.discard(modes.DECOM)
        if saved.origin:
            self.mode.add(modes.DECOM)
        self.charsets = saved.charsets.copy()
        self.set_pen(saved.pen)
        top, bottom = self.bounds()
        self.cursor.x = min(saved.x, self.columns)
        self.cursor.y = min(max(saved.y, top), bottom)

    # The pen

    def set_pen(self, pen: Pen) -> None:
        self.pen = pen
        look = look_of(pen)
        if look not in self._glyphs and len(self._glyphs) >= MAX_LOOKS:
            self._glyphs.clear()
        self._cells = self._glyphs.setdefault(look, Glyphs(look))
        self._erased = blank(background_of(pen))

    def sgr(self, parameters: str) -> None:
        self.set_pen(apply_sgr(self.pen, parameters))

    # Characters

    def draw(self, data: str) -> None:
        text = self.charsets.translate(data)
        position, end = 0, len(text)
        while position < end:
            match = None if modes.IRM in self.mode else _NARROW.match(text, position)
            if match:
                self._draw_narrow(match[0])
                position = match.end()
            else:
                self._draw_one(text[position])
                position += 1

    def _draw_narrow(self, text: str) -> None:
        """Characters of one column each, as many at once as fit a line."""
        cursor, columns = self.cursor, self.columns
        while text:
            if cursor.x >= columns:
                self._wrap()
            room = columns - cursor.x
            part, text = text[:room], text[room:]
            if text and modes.DECAWM not in self.mode:
                part, text = part[:-1] + text[-1], ""
            line, end = self.buffer[cursor.y], cursor.x + len(part)
            split(line, self._erased, cursor.x, end)
            line.update(zip(range(cursor.x, end), map(self._cells.__getitem__, part), strict=True))
            self.dirty.add(cursor.y)
            cursor.x = end

    def _draw_one(self, char: str) -> None:
        """Any character."""
        width = char_width(char)
        if width <= 0:
            if width == 0:
                self._join(char)
            return
        cursor, columns = self.cursor, self.columns
        if cursor.x >= columns:
            self._wrap()
        if cursor.x + width > columns:
            if modes.DECAWM not in self.mode or width > columns:
                return
            fill(self.buffer[cursor.y], cursor.x, columns, BLANK)
            self._wrap()
        if modes.IRM in self.mode:
            self.insert_characters(width)
        line, end = self.buffer[cursor.y], cursor.x + width
        split(line, self._erased, cursor.x, end)
        line[cursor.x] = self._cells[char]
        if width > 1:
            line[cursor.x + 1] = self._cells[""]
        self.dirty.add(cursor.y)
        cursor.x = end

    def _wrap(self) -> None:
        """Before a character that no longer fits: to the next line, or back onto the last cell."""
        if modes.DECAWM in self.mode:
            self.dirty.add(self.cursor.y)
            self.cursor.x = 0
            self.index()
        else:
            self.cursor.x = min(self.cursor.x, self.columns - 1)

    def _join(self, char: str) -> None:
        """A mark becomes part of the character before it on the line."""
        line, x = self.buffer[self.cursor.y], self.cursor.x - 1
        if x > 0 and x in line and not line[x].data:
            x -= 1
        cell = line.get(x)
        if cell is None or (char in _SELECTORS and cell.data.isascii()):
            return  # no character, or one without another presentation
        if len(cell.data) < MAX_CLUSTER_CHARS:
            line[x] = cell._replace(data=cell.data + char)
            self.dirty.add(self.cursor.y)

    # Scrolling

    def index(self) -> None:
        top, bottom = self.margins
        if self.cursor.y != bottom:
            self.cursor.y = min(self.cursor.y + 1, self.lines - 1)
            return
        if top == 0:
            self._scrolled(self.buffer[0])
        super().index()
        self.buffer[bottom] = new_line(self._erased)

    def reverse_index(self) -> None:
        top = self.margins.top
        if self.cursor.y != top:
            self.cursor.y = max(self.cursor.y - 1, 0)
            return
        super().reverse_index()
        self.buffer[top] = new_line(self._erased)

    def scroll(self, count: int) -> None:
        """SU, or SD if ``count`` is negative: the region moves, the cursor stays."""
        top, bottom = self.margins
        size = min(abs(count), bottom - top + 1)
        lines = [self.buffer[y] for y in range(top, bottom + 1)]
        blanks = [new_line(self._erased) for _ in range(size)]
        if count > 0:
            for line in lines[:size] if top == 0 else ():
                self._scrolled(line)
            lines = lines[size:] + blanks
        else:
            lines = blanks + lines[:-size]
        self.buffer.update(enumerate(lines, top))
        self.dirty.update(range(top, bottom + 1))

    def insert_lines(self, count: int | None = None) -> None:
        self._move_lines(count or 1, super().insert_lines)

    def delete_lines(self, count: int | None = None) -> None:
        self._move_lines(-(count or 1), super().delete_lines)

    def _move_lines(self, count: int, move: Callable[[int], None]) -> None:
        """Down by ``count``, up if negative; lines that come in have the pen's background."""
        top, bottom = self.margins
        y = self.cursor.y
        if not top <= y <= bottom:
            return
        move(abs(count))
        size = min(abs(count), bottom - y + 1)
        first = y if count > 0 else bottom - size + 1
        self.buffer.update((y, new_line(self._erased)) for y in range(first, first + size))

    # Editing and erasing

    def insert_characters(self, count: int | None = None) -> None:
        self._edit(count or 1, insert=True)

    def delete_characters(self, count: int | None = None) -> None:
        self._edit(count or 1, insert=False)

    def _edit(self, count: int, insert: bool) -> None:
        line, x, columns = self.buffer[self.cursor.y], self.cursor.x, self.columns
        blanks = [self._erased] * min(count, columns - x)
        cells = cells_of(line, columns)
        if insert:
            cells[x:x] = blanks
        else:
            cells[x : x + len(blanks)] = []
            cells += blanks
        replace(line, cells, columns)
        self.dirty.add(self.cursor.y)

    def erase_characters(self, count: int | None = None) -> None:
        self._erase(self.cursor.x, min(self.cursor.x + (count or 1), self.columns))

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        x = self.cursor.x
        start, end = ((x, self.columns), (0, x + 1), (0, self.columns))[how]
        self._erase(start, end)

    def _erase(self, start: int, end: int) -> None:
        y = self.cursor.y
        self.dirty.add(y)
        if start == 0 and end >= self.columns:
            self.buffer[y] = new_line(self._erased)
        else:
            fill(self.buffer[y], start, end, self._erased)

    def erase_in_display(self, how: int = 0, *args: int, **kwargs: bool) -> None:
        y = self.cursor.y
        rows = (range(y + 1, self.lines), range(y), range(self.lines))[how]
        self.dirty.update(rows)
        self.buffer.update((row, new_line(self._erased)) for row in rows)
        if how < 2:
            self.erase_in_line(how)

    def clear(self) -> None:
        """Nothing at all on the screen, whatever the pen."""
        self.dirty.update(range(self.lines))
        self.buffer.update((y, new_line()) for y in range(self.lines))

    def alignment_display(self) -> None:
        self.margins = Margins(0, self.lines - 1)
        self.cursor_position()
        self.dirty.update(range(self.lines))
        self.set_pen(Pen(foreground=self.pen.foreground, background=self.pen.background))
        self.buffer.update((y, new_line(self._cells["E"])) for y in range(self.lines))
