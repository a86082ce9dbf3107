"""The emulator on libghostty-vt: one native terminal and what is read from and told to it.

Knows which options make the engine bounded and honest: scrollback by bytes (a line limit costs 4
to 6 times the feed and bounds nothing), no images, no clipboard, sizes and colours as they are.
"""

import re
from collections.abc import Sequence
from typing import Any

from termlab.errors import EngineError
from termlab.model.geometry import Size, check_size
from termlab.model.keys import PRESS, Key, Mouse
from termlab.model.screen import (
    MOUSE_ANY,
    MOUSE_BUTTONS,
    MOUSE_DRAG,
    MOUSE_OFF,
    MOUSE_PRESS,
    Cursor,
    EngineEvent,
    Modes,
)
from termlab.terminal.arena import Temporary
from termlab.terminal.emulator import Colours, EmulatorStats
from termlab.terminal.ghostty_effects import Effects
from termlab.terminal.ghostty_keys import KeyEncoder
from termlab.terminal.ghostty_lib import Library, load
from termlab.terminal.ghostty_mouse import MouseEncoder
from termlab.terminal.ghostty_rows import Rows
from termlab.terminal.ghostty_track import Tracks
from termlab.terminal.heap_arena import HeapTemporary
from termlab.terminal.paste import encode_paste

SCROLLBACK_BYTES = 16 << 20  # about 10,000 rows of 200 columns
CELL_BYTES = 8
# Longer strings are dropped by the engine; the default for kitty's graphics alone is 65 MB.
MAX_STRING_BYTES = 64 << 10
TERMINFO_NAME = b"xterm-256color"

LINK = b"]8;"
ANY_LINK = re.compile(re.escape(LINK))
LINK_BEGUN = (b"]", b"]8")
FOCUS_REPORTS = 1004
BRACKETED_PASTE = 2004
HOLD = 2026
# The engine keeps each as its own mode; the widest one decides what to ask the outer terminal for.
MOUSE_MODES = (MOUSE_ANY, MOUSE_DRAG, MOUSE_BUTTONS, MOUSE_PRESS)

# Shapes as DECSCUSR counts them when they blink; steady is one more.
SHAPES = {"BLOCK": 1, "UNDERLINE": 3, "BAR": 5}


class GhosttyEmulator:
    """One terminal; see `Emulator`. ``version`` and ``host`` are what programs are told or compare,
    ``arena`` is where its rows are built.

    Raises ``EngineError`` if the engine can't be loaded, ``PtyError`` on an impossible size.
    """

    name = "ghostty"
    lacks: frozenset[str] = frozenset()

    def __init__(
        self,
        size: Size,
        scrollback_bytes: int = SCROLLBACK_BYTES,
        version: str = "",
        host: str = "",
        arena: Temporary | None = None,
    ) -> None:
        self.size = check_size(size)
        library = load()
        self._ffi = library.ffi
        self._lib = library.lib
        self._terminal = _new_terminal(library, size)
        _restrict(library, self._terminal, scrollback_bytes)
        identity = f"termlab {version}".strip().encode("ascii", "replace")
        self._effects = Effects(library, self._terminal, identity, host, self._fill_size)
        self._rows = Rows(library, self._terminal, arena or HeapTemporary())
        self._tracks = Tracks(library, self._terminal)
        self._keys = KeyEncoder(library, self._terminal)
        self._mouse = MouseEncoder(library, self._terminal)
        self._mode = self._ffi.new("GhosttyTerminalModeConfig *")
        self._number = self._ffi.new("size_t *")
        self._compression = self._ffi.new("GhosttyTerminalCompressionResult *")
        self._short = self._ffi.new("uint16_t *")
        self._flag = self._ffi.new("bool *")
        self._screen = self._ffi.new("GhosttyTerminalScreen *")
        self._shapes = {
            getattr(self._lib, f"GHOSTTY_RENDER_STATE_CURSOR_VISUAL_STYLE_{name}"): shape
            for name, shape in SHAPES.items()
        }
        self._bytes_fed = 0
        self._holding = False
        self._kitty: int | None = None
        self._begun = b""  # the end of the last call, if a link may have begun there
        self._apply_size(size)

    def feed(self, data: memoryview) -> None:
        self._bytes_fed += len(data)
        self._kitty = None  # to be asked for again
        if not self._rows.links:
            self._look_for_links(data)
        self._lib.ghostty_terminal_vt_write(
            self._terminal, self._ffi.from_buffer("uint8_t[]", data), len(data)
        )
        self._holding = self._has_mode(HOLD)

    def resize(self, size: Size) -> None:
        self._apply_size(check_size(size))
        self.size = size
        self._holding = self._has_mode(HOLD)

    @property
    def holding(self) -> bool:
        return self._holding

    def release_hold(self) -> None:
        self._holding = False
        self._mode.mode = HOLD
        self._mode.value = False
        self._lib.ghostty_terminal_set(
            self._terminal, self._lib.GHOSTTY_TERMINAL_OPT_MODE, self._mode
        )

    def changed_rows(self) -> dict[int, bytes]:
        changed = self._rows.changed(self.size.cols, self.size.rows)
        if len(changed) == self.size.rows and self._columns() != self.size.cols:
            # A program that asks for 132 columns (DECCOLM) gets no more than its pane has.
            self._apply_size(self.size)
            changed = self._rows.changed(self.size.cols, self.size.rows)
        return changed

    def history_rows(self) -> int:
        return self._read_number(self._lib.GHOSTTY_TERMINAL_DATA_SCROLLBACK_ROWS)

    def rows_at(self, first: int, count: int) -> list[bytes]:
        first, count = self._kept(first, count)
        return self._rows.at(first, count, self.size.cols)

    def text_at(self, first: int, count: int) -> list[str]:
        first, count = self._kept(first, count)
        return self._rows.text(first, count, self.size.cols)

    def joined_at(self, first: int, count: int) -> bytes:
        first, count = self._kept(first, count)
        return self._rows.joined(first, count, self.size.cols) if count else b""

    def wraps(self, row: int) -> bool:
        return bool(self._kept(row, 1)[1]) and self._rows.wraps(row)

    def wraps_at(self, first: int, count: int) -> list[bool]:
        first, count = self._kept(first, count)
        return self._rows.wrapped(first, count, self.size.cols)

    def prompt_at(self, row: int) -> bool:
        return bool(self._kept(row, 1)[1]) and self._rows.has_prompt(row)

    def cursor_place(self) -> tuple[int, int] | None:
        if self._is_alternate():
            return None
        lib, get = self._lib, self._lib.ghostty_terminal_get
        get(self._terminal, lib.GHOSTTY_TERMINAL_DATA_CURSOR_Y, self._short)
        row = self.history_rows() + int(self._short[0])
        get(self._terminal, lib.GHOSTTY_TERMINAL_DATA_CURSOR_X, self._short)
        return row, int(self._short[0])

    def track(self, row: int) -> int:
        return self._tracks.track(row, self.size.cols)

    def tracked_row(self, handle: int) -> int | None:
        return self._tracks.row(handle)

    def untrack(self, handle: int) -> None:
        self._tracks.untrack(handle)

    def cursor(self) -> Cursor:
        cursor = self._rows.cursor()
        shape = self._shapes.get(cursor.visual_style, 0)
        steady = 1 if shape and not cursor.blinking else 0
        return Cursor(cursor.viewport_x, cursor.viewport_y, cursor.visible, shape + steady)

    def modes(self) -> Modes:
        return Modes(
            alternate=self._is_alternate(),
            mouse=self._mouse_mode(),
            focus=self._has_mode(FOCUS_REPORTS),
            bracketed_paste=self._has_mode(BRACKETED_PASTE),
            kitty=self._flags_now(),
        )

    def _flags_now(self) -> int:
        self._kitty = self._keys.kitty_flags()
        return self._kitty

    def take_replies(self) -> bytes:
        return self._effects.take_replies()

    def take_events(self) -> Sequence[EngineEvent]:
        return self._effects.take_events()

    def set_colours(self, colours: Colours) -> None:
        lib = self._lib
        for option, colour in (
            (lib.GHOSTTY_TERMINAL_OPT_COLOR_FOREGROUND, colours.foreground),
            (lib.GHOSTTY_TERMINAL_OPT_COLOR_BACKGROUND, colours.background),
        ):
            value = self._ffi.NULL if colour is None else self._ffi.new("GhosttyColorRgb *", colour)
            lib.ghostty_terminal_set(self._terminal, option, value)

    def encode_key(self, key: Key) -> bytes:
        if key.action == PRESS and not key.mods and key.text and key.text == key.name:
            # A plain character is itself unless the kitty protocol reports all keys.
            if self._kitty is None:
                self._kitty = self._keys.kitty_flags()
            if not self._kitty and key.text.isprintable():
                return key.text.encode()
        return self._keys.encode(key)

    def encode_mouse(self, mouse: Mouse) -> bytes:
        return self._mouse.encode(mouse, self.size)

    def encode_paste(self, data: bytes, first: bool, last: bool) -> bytes:
        return encode_paste(data, first, last, self._has_mode(BRACKETED_PASTE))

    def encode_focus(self, gained: bool) -> bytes:
        if not self._has_mode(FOCUS_REPORTS):
            return b""
        return b"\x1b[I" if gained else b"\x1b[O"

    def compress(self) -> bool:
        lib = self._lib
        lib.ghostty_terminal_compress(
            self._terminal, lib.GHOSTTY_TERMINAL_COMPRESSION_MODE_INCREMENTAL, self._compression
        )
        return bool(self._compression[0] == lib.GHOSTTY_TERMINAL_COMPRESSION_RESULT_PENDING)

    def stats(self) -> EmulatorStats:
        rows = self._read_number(self._lib.GHOSTTY_TERMINAL_DATA_TOTAL_ROWS)
        return EmulatorStats(
            bytes_fed=self._bytes_fed,
            replies_dropped=self._effects.dropped,
            history_rows=self.history_rows(),
            memory_bytes=rows * self.size.cols * CELL_BYTES,
        )

    def close(self) -> None:
        self._mouse.close()
        self._keys.close()
        self._tracks.close()
        self._rows.close()
        self._lib.ghostty_terminal_free(self._terminal)

    def _look_for_links(self, data: memoryview) -> None:
        """Have rows looked through for links from the first one on: it costs 2 µs a row. Looked for
        in place: the bytes stay where they were read to."""
        if self._begun:  # which is rare: nothing is put together for most calls
            data = memoryview(self._begun + data)
        self._rows.links = ANY_LINK.search(data) is not None
        end = bytes(data[1 - len(LINK) :])
        self._begun = end if end.endswith(LINK_BEGUN) else b""

    def _kept(self, first: int, count: int) -> tuple[int, int]:
        """The part of a range of rows that exists."""
        total = self._read_number(self._lib.GHOSTTY_TERMINAL_DATA_TOTAL_ROWS)
        start = min(max(first, 0), total)
        return start, max(min(first + count, total) - start, 0)

    def _is_alternate(self) -> bool:
        lib = self._lib
        lib.ghostty_terminal_get(
            self._terminal, lib.GHOSTTY_TERMINAL_DATA_ACTIVE_SCREEN, self._screen
        )
        return bool(self._screen[0] == lib.GHOSTTY_TERMINAL_SCREEN_ALTERNATE)

    def _mouse_mode(self) -> int:
        lib = self._lib
        lib.ghostty_terminal_get(
            self._terminal, lib.GHOSTTY_TERMINAL_DATA_MOUSE_TRACKING, self._flag
        )
        if not self._flag[0]:
            return MOUSE_OFF
        return next((mode for mode in MOUSE_MODES if self._has_mode(mode)), MOUSE_OFF)

    def _has_mode(self, number: int) -> bool:
        self._mode.mode = number
        self._lib.ghostty_terminal_get(
            self._terminal, self._lib.GHOSTTY_TERMINAL_DATA_MODE, self._mode
        )
        return bool(self._mode.value)

    def _columns(self) -> int:
        self._lib.ghostty_terminal_get(
            self._terminal, self._lib.GHOSTTY_TERMINAL_DATA_COLS, self._short
        )
        return int(self._short[0])

    def _read_number(self, key: int) -> int:
        self._lib.ghostty_terminal_get(self._terminal, key, self._number)
        return int(self._number[0])

    def _apply_size(self, size: Size) -> None:
        width, height = _cell_pixels(size)
        failed = self._lib.ghostty_terminal_resize(
            self._terminal, size.cols, size.rows, width, height
        )
        if failed:
            raise EngineError(
                f"the terminal engine has no memory for {size.cols}x{size.rows} cells ({failed}): "
                "make the window smaller"
            )

    def _fill_size(self, out: Any) -> None:
        out.rows, out.columns = self.size.rows, self.size.cols
        out.cell_width, out.cell_height = _cell_pixels(self.size)


def _cell_pixels(size: Size) -> tuple[int, int]:
    """Width and height of a cell; zeros where pixels are unknown."""
    return size.xpixel // size.cols, size.ypixel // size.rows


def _new_terminal(library: Library, size: Size) -> Any:
    made = library.ffi.new("GhosttyTerminal *")
    failed = library.lib.ghostty_terminal_new(library.ffi.NULL, made, size.cols, size.rows)
    if failed:
        raise EngineError(f"the terminal engine can't make a terminal ({failed}): free memory")
    return made[0]


def _restrict(library: Library, terminal: Any, scrollback_bytes: int) -> None:
    """Bound what a program can make the engine hold, and what it may claim to be able to do."""
    ffi = library.ffi
    limits: dict[str, Any] = {
        "SCROLLBACK_MAX_LINES": ffi.NULL,  # no limit: the bytes are one
        "SCROLLBACK_MAX_BYTES": ffi.new("size_t *", max(scrollback_bytes, 0)),
        "KITTY_IMAGE_STORAGE_LIMIT": ffi.new("uint64_t *", 0),
        "APC_MAX_BYTES": ffi.new("size_t *", MAX_STRING_BYTES),
        "APC_MAX_BYTES_KITTY": ffi.new("size_t *", MAX_STRING_BYTES),
        "CLIPBOARD_WRITE_MAX_BYTES": ffi.new("size_t *", MAX_STRING_BYTES),
        "GLYPH_PROTOCOL": ffi.new("bool *", False),
        "TITLE_REPORT": ffi.new("bool *", False),
        "TERMINFO_NAME": ffi.new(
            "GhosttyString *", (ffi.from_buffer("uint8_t[]", TERMINFO_NAME), len(TERMINFO_NAME))
        ),
        # Programs can't choose a hollow block: seeing one means that they never chose.
        "DEFAULT_CURSOR_STYLE": ffi.new(
            "GhosttyTerminalCursorStyle *",
            library.lib.GHOSTTY_TERMINAL_CURSOR_STYLE_BLOCK_HOLLOW,
        ),
    }
    for option, value in limits.items():
        number = getattr(library.lib, f"GHOSTTY_TERMINAL_OPT_{option}")
        failed = library.lib.ghostty_terminal_set(terminal, number, value)
        if failed:
            raise EngineError(f"the terminal engine refused its limit {option} ({failed})")
