"""Rows of a ghostty terminal as VT bytes: those that changed, and any of history.

Owns the terminal's one render state (the first to update takes the dirty flags, a second would see
nothing). Rows come from the native formatter, 2 µs a plain row of 200 columns, 4 to 18 times
cheaper than decoding raw cells here; only rows it can't be trusted with are taken through
`ghostty_cells`. Knows no modes and no input.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from termlab.terminal.arena import Temporary
from termlab.terminal.disputed import MAY_DISPUTE
from termlab.terminal.ghostty_cells import (
    MAX_URI_BYTES,
    SPACER_HEAD,
    has_blanks,
    repaint,
)
from termlab.terminal.ghostty_format import Formatter
from termlab.terminal.ghostty_lib import Library, sized

# Rows formatted in one call when history is read: bounds the buffer, costs nothing measurable.
BATCH_ROWS = 256


class Rows:
    """Reads the rows of one terminal. ``links`` must be set once the pane has used OSC 8. What is
    formatted for one frame, or one look at history, is built in ``arena``: it is reset for each."""

    def __init__(self, library: Library, terminal: Any, arena: Temporary) -> None:
        ffi, lib = library.ffi, library.lib
        self._ffi = ffi
        self._lib = lib
        self._terminal = terminal
        self._arena = arena
        self._formatter = Formatter(library, terminal, arena)
        self.links = False
        state = ffi.new("GhosttyRenderState *")
        lib.ghostty_render_state_new(ffi.NULL, state)
        self._state = state[0]
        self._iterator = ffi.new("GhosttyRenderStateRowIterator *")
        lib.ghostty_render_state_row_iterator_new(ffi.NULL, self._iterator)
        self._dirty = ffi.new("GhosttyRenderStateDirty *")
        self._y = ffi.new("uint16_t *")
        self._view = ffi.new("GhosttyCellsView *")
        self._row = ffi.new("GhosttyRow *")
        self._flag = ffi.new("bool *")
        self._semantic = ffi.new("GhosttyRowSemanticPrompt *")
        self._cursor = sized(ffi, "GhosttyRenderStateCursor")
        self._cell = ffi.new("GhosttyCell *")
        self._ref = sized(ffi, "GhosttyGridRef")
        self._uri = ffi.new("uint8_t[]", MAX_URI_BYTES)
        self._length = ffi.new("size_t *")

    def close(self) -> None:
        """Free what the engine holds for us, before the terminal goes."""
        self._lib.ghostty_render_state_row_iterator_free(self._iterator[0])
        self._lib.ghostty_render_state_free(self._state)

    def cursor(self) -> Any:
        """The render state's cursor, brought up to date; rows that are dirty stay so."""
        lib, cursor = self._lib, self._cursor
        lib.ghostty_render_state_update(self._state, self._terminal)
        lib.ghostty_render_state_get(self._state, lib.GHOSTTY_RENDER_STATE_DATA_CURSOR, cursor)
        return cursor

    def changed(self, cols: int, rows: int) -> dict[int, bytes]:
        """Rows of the screen that may have changed since the last call."""
        lib, state = self._lib, self._state
        lib.ghostty_render_state_update(state, self._terminal)
        lib.ghostty_render_state_get(state, lib.GHOSTTY_RENDER_STATE_DATA_DIRTY, self._dirty)
        dirty = self._dirty[0]
        if dirty == lib.GHOSTTY_RENDER_STATE_DIRTY_FALSE:
            return {}
        self._arena.reset()
        full = dirty == lib.GHOSTTY_RENDER_STATE_DIRTY_FULL
        tag, lines = lib.GHOSTTY_POINT_TAG_VIEWPORT, self._formatter.lines
        changed: dict[int, bytes] = {}
        for first, count in _spans(range(rows) if full else self._dirty_rows()):
            changed.update(enumerate(lines(tag, first, count, cols), first))
        doubtful = {y for y, line in changed.items() if self.links or _is_doubtful(line)}
        if doubtful:
            self._repair(changed, doubtful)
        lib.ghostty_render_state_clean(state)
        return changed

    def at(self, first: int, count: int, cols: int) -> list[bytes]:
        """Rows of history and screen as one, by number from the oldest."""
        tag, found = self._lib.GHOSTTY_POINT_TAG_SCREEN, []
        for start, size in _batches(first, count):
            self._arena.reset()
            for y, line in enumerate(self._formatter.lines(tag, start, size, cols), start):
                doubtful = self.links or _is_doubtful(line)
                found.append(self._repaint_at(y, line, cols) if doubtful else line)
        return found

    def text(self, first: int, count: int, cols: int) -> list[str]:
        """The same rows as plain text."""
        tag, found = self._lib.GHOSTTY_POINT_TAG_SCREEN, []
        for start, size in _batches(first, count):
            self._arena.reset()
            found += self._formatter.texts(tag, start, size, cols)
        return found

    def joined(self, first: int, count: int, cols: int) -> bytes:
        """The same rows as lines, each joined to the next if it wraps."""
        self._arena.reset()
        return self._formatter.joined(self._lib.GHOSTTY_POINT_TAG_SCREEN, first, count, cols)

    def wraps(self, y: int) -> bool:
        """Whether a row of history or screen goes on in the next."""
        self._formatter.place(self._lib.GHOSTTY_POINT_TAG_SCREEN, 0, y, self._ref)
        self._lib.ghostty_grid_ref_row(self._ref, self._row)
        return self._row_has(self._lib.GHOSTTY_ROW_DATA_WRAP)

    def wrapped(self, first: int, count: int, cols: int) -> list[bool]:
        """The same of ``count`` rows."""
        tag, found = self._lib.GHOSTTY_POINT_TAG_SCREEN, list[bool]()
        for start, size in _batches(first, count):
            self._arena.reset()
            wrapped = self._formatter.wrapped(tag, start, size, cols)
            for y, wraps in enumerate(wrapped, start):
                found.append(self.wraps(y) if wraps is None else wraps)
        return found

    def has_prompt(self, y: int) -> bool:
        """Whether a prompt of a shell was written in a row and not erased since."""
        self._formatter.place(self._lib.GHOSTTY_POINT_TAG_SCREEN, 0, y, self._ref)
        self._lib.ghostty_grid_ref_row(self._ref, self._row)
        semantic = self._lib.GHOSTTY_ROW_DATA_SEMANTIC_PROMPT
        self._lib.ghostty_row_get(self._row[0], semantic, self._semantic)
        return bool(self._semantic[0] == self._lib.GHOSTTY_ROW_SEMANTIC_PROMPT)

    def _dirty_rows(self) -> Iterator[int]:
        """Numbers of the dirty rows; the iterator stands on each as it is yielded."""
        lib, y = self._lib, self._y
        lib.ghostty_render_state_get(
            self._state, lib.GHOSTTY_RENDER_STATE_DATA_ROW_ITERATOR, self._iterator
        )
        next_dirty, iterator = (
            lib.ghostty_render_state_row_iterator_next_dirty,
            self._iterator[0],
        )
        while next_dirty(iterator, y):
            yield y[0]

    def _repair(self, changed: dict[int, bytes], doubtful: set[int]) -> None:
        """Replace the rows that the formatter did not get right."""
        lib, view = self._lib, self._view
        row_get, raw_row, raw_cells = (
            lib.ghostty_render_state_row_get,
            lib.GHOSTTY_RENDER_STATE_ROW_DATA_RAW,
            lib.GHOSTTY_RENDER_STATE_ROW_DATA_CELLS_RAW,
        )
        for y in self._dirty_rows():
            if y not in doubtful:
                continue
            iterator, line = self._iterator[0], changed[y]
            row_get(iterator, raw_row, self._row)
            row_get(iterator, raw_cells, view)
            raw = self._ffi.buffer(view.ptr, view.len * 8)[:].rstrip(b"\0")
            cells = memoryview(raw + bytes(-len(raw) % 8)).cast("Q").tolist()
            changed[y] = self._repainted(lib.GHOSTTY_POINT_TAG_VIEWPORT, y, line, cells)

    def _repaint_at(self, y: int, line: bytes, cols: int) -> bytes:
        """One row of history: there is no view of its cells, so one by one (0.3 µs each)."""
        ref, cell, cells = self._ref, self._cell, []
        cell_of, tag = self._lib.ghostty_grid_ref_cell, self._lib.GHOSTTY_POINT_TAG_SCREEN
        self._formatter.place(tag, 0, y, ref)
        self._lib.ghostty_grid_ref_row(ref, self._row)
        for x in range(cols):
            ref.x = x
            cell_of(ref, cell)
            cells.append(cell[0])
        return self._repainted(tag, y, line, cells)

    def _repainted(self, tag: int, y: int, line: bytes, cells: list[int]) -> bytes:
        """The row as it must be; ``line`` is the formatter's, `_row` the engine's row."""
        if cells and cells[-1] >> 42 & 3 == SPACER_HEAD:
            cells[-1] = 0  # it has the style of what wrapped; the formatter shows it now and then
        if not cells:
            return b""
        disputed = not line.isascii() and (
            self._row_has(self._lib.GHOSTTY_ROW_DATA_GRAPHEME)
            or MAY_DISPUTE.search(line) is not None
        )
        linked = self.links and self._row_has(self._lib.GHOSTTY_ROW_DATA_HYPERLINK)
        if not disputed and not linked and line and not (b"\x1b" in line and has_blanks(cells)):
            return line
        self._formatter.select_row(tag, y)
        if linked:
            self._formatter.place(tag, 0, y, self._ref)
        return repaint(cells, self._formatter.run, disputed, self._link_at if linked else None)

    def _row_has(self, flag: int) -> bool:
        self._lib.ghostty_row_get(self._row[0], flag, self._flag)
        return bool(self._flag[0])

    def _link_at(self, column: int) -> bytes:
        """The address at a column of the row `_ref` is on; b"" if none or too long."""
        self._ref.x = column
        if self._lib.ghostty_grid_ref_hyperlink_uri(
            self._ref, self._uri, MAX_URI_BYTES, self._length
        ):
            return b""
        uri: bytes = self._ffi.buffer(self._uri, self._length[0])[:]
        return uri


def _is_doubtful(line: bytes) -> bool:
    """Whether the formatter may have lost something: backgrounds, gaps in styles, clusters."""
    return not line or b"\x1b" in line or not line.isascii()


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, count) of each unbroken span."""
    spans: list[tuple[int, int]] = []
    first = last = -2
    for number in numbers:
        if number != last + 1:
            if first >= 0:
                spans.append((first, last - first + 1))
            first = number
        last = number
    if first >= 0:
        spans.append((first, last - first + 1))
    return spans


def _batches(first: int, count: int) -> Iterator[tuple[int, int]]:
    end = first + count
    return ((start, min(BATCH_ROWS, end - start)) for start in range(first, end, BATCH_ROWS))
