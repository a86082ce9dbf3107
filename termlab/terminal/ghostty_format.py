"""The engine's formatter: ranges of cells to VT bytes or plain text, in native code.

It reads the terminal itself, so nothing may be fed between a render state's update and the rows
formatted for it. Knows nothing of what it gets wrong: that is `ghostty_cells`.
"""

from typing import Any

from termlab.terminal.arena import Room, Temporary
from termlab.terminal.ghostty_lib import Library, sized

# Less room than this is not tried: half of all screens take more.
LEAST_ROOM = 4096
_LINE_END = 0x0A


class Formatter:
    """Formats ranges of one terminal. ``tag`` says what rows count from (screen or history). The
    engine writes into ``arena``; what comes out is copied from there."""

    def __init__(self, library: Library, terminal: Any, arena: Temporary) -> None:
        ffi, self._lib = library.ffi, library.lib
        self._ffi = ffi
        self._null = ffi.NULL
        self._grid_ref = library.grid_ref
        self._terminal = terminal
        self._selection = sized(ffi, "GhosttySelection")
        self._start = ffi.addressof(self._selection, "start")
        self._end = ffi.addressof(self._selection, "end")
        self._options = sized(ffi, "GhosttyFormatterTerminalOptions")
        self._options.trim = True
        self._options.selection = self._selection
        self._point = ffi.new("GhosttyPointS *")
        # As they are passed by value: made once, for each is an object, and a row takes three.
        self._by_value = self._options[0]
        self._point_by_value = self._point[0]
        self._at = self._point.value
        self._formatter = ffi.new("GhosttyFormatter *")
        self._length = ffi.new("size_t *")
        self._arena = arena
        # Where a block of the arena begins, for C: it is asked for once a block, not once a row.
        self._memory: object = None
        self._start_of_memory: Any = None

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

    def wrapped(self, tag: int, first: int, count: int, cols: int) -> list[bool | None]:
        """Whether each of ``count`` rows goes on in the next of them; None where that can't be
        seen. With all blanks kept, rows and lines are the same text, but that lines have fewer
        ends: 0.5 us a row, 1 to 4 asked singly."""
        self._select(tag, first, count, cols)
        self._options.trim = False
        try:
            rows = self._format(self._lib.GHOSTTY_FORMATTER_FORMAT_PLAIN)
            self._options.unwrap = True
            lines = self._format(self._lib.GHOSTTY_FORMATTER_FORMAT_PLAIN)
        finally:
            self._options.unwrap, self._options.trim = False, True
        found, at = list[bool | None](), 0
        for row in rows.split(b"\n"):
            at += len(row)
            wraps = at < len(lines) and lines[at] != _LINE_END
            at += not wraps
            # What was erased may wrap still, and blank rows are told only when text follows.
            blank = not row.strip()
            if blank and found:
                found[-1] = None
            found.append(None if blank or (wraps and len(row) < cols) else wraps)
        found[-1] = None
        return found + [None] * (count - len(found))  # blank rows at the end are left out

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
        self._point.tag = tag
        self._at.x = x
        self._at.y = y
        self._grid_ref(self._terminal, self._point_by_value, ref)

    def _select(self, tag: int, first: int, count: int, cols: int) -> None:
        point, value = self._point_by_value, self._at
        self._point.tag = tag
        value.x = 0
        value.y = first
        self._grid_ref(self._terminal, point, self._start)
        value.x = cols - 1
        value.y = first + count - 1
        self._grid_ref(self._terminal, point, self._end)

    def _format(self, emit: int) -> bytes:
        lib, length = self._lib, self._length
        self._options.emit = emit
        lib.ghostty_formatter_terminal_new(
            self._null, self._formatter, self._terminal, self._by_value
        )
        formatter, arena = self._formatter[0], self._arena
        room = arena.reserve(LEAST_ROOM)
        at = self._address(room)
        try:
            while lib.ghostty_formatter_format_buf(formatter, at, room[2], length):
                # Out of space is the only failure; then the length is what it takes.
                room = arena.reserve(length[0] if length[0] > room[2] else 2 * room[2])
                at = self._address(room)
        finally:
            lib.ghostty_formatter_free(formatter)
        text: bytes = self._ffi.buffer(at, length[0])[:]
        arena.commit(length[0])
        return text

    def _address(self, room: Room) -> Any:
        memory, offset, _ = room
        if memory is not self._memory:
            self._memory = memory
            self._start_of_memory = self._ffi.from_buffer("uint8_t[]", memory)
        return self._start_of_memory + offset
