"""The engine's formatter: ranges of cells to VT bytes or plain text, in native code.

It reads the terminal itself, so nothing may be fed between a render state's update and the rows
formatted for it. Knows nothing of what it gets wrong: that is `ghostty_cells`.
"""

from typing import Any

from termlab.terminal.ghostty_lib import Library, sized

BUFFER_BYTES = 1 << 16
# A larger buffer was for one screen of extreme rows and is let go afterwards.
KEEP_BUFFER_BYTES = 1 << 20


class Formatter:
    """Formats ranges of one terminal. ``tag`` says what rows count from (screen or history)."""

    def __init__(self, library: Library, terminal: Any) -> None:
        ffi, self._lib = library.ffi, library.lib
        self._ffi = ffi
        self._grid_ref = library.grid_ref
        self._terminal = terminal
        self._selection = sized(ffi, "GhosttySelection")
        self._start = ffi.addressof(self._selection, "start")
        self._end = ffi.addressof(self._selection, "end")
        self._options = sized(ffi, "GhosttyFormatterTerminalOptions")
        self._options.trim = True
        self._options.selection = self._selection
        self._point = ffi.new("GhosttyPointS *")
        self._formatter = ffi.new("GhosttyFormatter *")
        self._length = ffi.new("size_t *")
        self._buffer = ffi.new("uint8_t[]", BUFFER_BYTES)

    def lines(self, tag: int, first: int, count: int, cols: int) -> list[bytes]:
        """``count`` rows as VT bytes, each self-contained."""
        self._select(tag, first, count, cols)
        lines = self._format(self._lib.GHOSTTY_FORMATTER_FORMAT_VT).split(b"\r\n")
        missing = count - len(lines)  # blank rows at the end are left out
        return lines + [b""] * missing if missing else lines

    def texts(self, tag: int, first: int, count: int, cols: int) -> list[str]:
        """``count`` rows as plain text, trailing blanks trimmed."""
        self._select(tag, first, count, cols)
        text = self._format(self._lib.GHOSTTY_FORMATTER_FORMAT_PLAIN).decode("utf-8", "replace")
        lines = [line.rstrip(" ") for line in text.split("\n")]
        return lines + [""] * (count - len(lines))

    def joined(self, tag: int, first: int, count: int, cols: int) -> bytes:
        """``count`` rows as lines of plain text; blank ones at the end are left out."""
        self._select(tag, first, count, cols)
        self._options.unwrap = True
        try:
            return self._format(self._lib.GHOSTTY_FORMATTER_FORMAT_PLAIN)
        finally:
            self._options.unwrap = False

    def select_row(self, tag: int, y: int) -> None:
        """Make row ``y`` the one that `run` takes cells of."""
        self._select(tag, y, 1, 1)

    def run(self, first: int, last: int) -> bytes:
        """Columns ``first`` to ``last`` of the selected row."""
        self._start.x = first
        self._end.x = last
        return self._format(self._lib.GHOSTTY_FORMATTER_FORMAT_VT)

    def place(self, tag: int, x: int, y: int, ref: Any) -> None:
        """Point ``ref`` at a cell; valid until the terminal changes."""
        point = self._point
        point.tag = tag
        point.value.x = x
        point.value.y = y
        self._grid_ref(self._terminal, point[0], ref)

    def _select(self, tag: int, first: int, count: int, cols: int) -> None:
        point, value = self._point, self._point.value
        point.tag = tag
        value.x = 0
        value.y = first
        self._grid_ref(self._terminal, point[0], self._start)
        value.x = cols - 1
        value.y = first + count - 1
        self._grid_ref(self._terminal, point[0], self._end)

    def _format(self, emit: int) -> bytes:
        lib, length = self._lib, self._length
        self._options.emit = emit
        lib.ghostty_formatter_terminal_new(
            self._ffi.NULL, self._formatter, self._terminal, self._options[0]
        )
        formatter = self._formatter[0]
        buffer = self._buffer
        try:
            while lib.ghostty_formatter_format_buf(formatter, buffer, len(buffer), length):
                # Out of space is the only failure; then the length is what it takes.
                buffer = self._ffi.new("uint8_t[]", max(length[0], 2 * len(buffer)))
        finally:
            lib.ghostty_formatter_free(formatter)
        if len(buffer) <= KEEP_BUFFER_BYTES:
            self._buffer = buffer
        text: bytes = self._ffi.buffer(buffer, length[0])[:]
        return text
