"""The emulator on pyte: for systems without the native engine. See `Emulator`.

Slower by two orders of magnitude and without what `lacks` names, but bounded and never in doubt
about where it stands: what it does not know it passes over.
"""

from collections.abc import Sequence
from typing import Final

from termlab.model.geometry import Size, check_size
from termlab.model.keys import Key, Mouse
from termlab.model.screen import Cursor, EngineEvent, Modes
from termlab.terminal.emulator import Colours, EmulatorStats
from termlab.terminal.paste import encode_paste
from termlab.terminal.pyte_commands import Commands
from termlab.terminal.pyte_filter import Filter
from termlab.terminal.pyte_history import History
from termlab.terminal.pyte_keys import encode_key
from termlab.terminal.pyte_modes import BRACKETED_PASTE, FOCUS_REPORTS, HOLD
from termlab.terminal.pyte_mouse import encode_mouse
from termlab.terminal.pyte_pane import PaneScreen
from termlab.terminal.pyte_recall import clip
from termlab.terminal.pyte_reports import Reports
from termlab.terminal.pyte_rows import row_text

# What a written cell of the screen takes: its place in the line's mapping.
CELL_BYTES: Final = 64

LACKS: Final = frozenset(
    {
        "reflow",
        "links",
        "kitty keyboard",
        "modified keys",
        "grapheme widths",
        "left and right margins",
        "protected cells",
        "palette",
        "termcap queries",
        "size reports",
        "soft wraps",
        "prompt rows",
    }
)


class PyteEmulator:
    """One terminal; see `Emulator`. ``version`` and ``host`` are what programs are told or compare.

    Raises ``PtyError`` on an impossible size.
    """

    name = "pyte"
    lacks: frozenset[str] = LACKS

    def __init__(
        self, size: Size, scrollback_bytes: int = 16 << 20, version: str = "", host: str = ""
    ) -> None:
        self.size = check_size(size)
        self._history = History(max(scrollback_bytes, 0))
        self._screen = PaneScreen(size.cols, size.rows, self._history)
        identity = f"termlab {version}".strip().encode("ascii", "replace").decode()
        self._reports = Reports(identity, host)
        self._commands = Commands(self._screen, self._history, self._reports, size)
        self._filter = Filter(self._commands)
        self._bytes_fed = 0

    def feed(self, data: memoryview) -> None:
        self._bytes_fed += len(data)
        self._filter.feed(data)

    def resize(self, size: Size) -> None:
        self.size = self._commands.size = check_size(size)
        self._screen.fit(size.cols, size.rows)
        self._commands.end_hold()

    @property
    def holding(self) -> bool:
        return HOLD in self._commands.modes

    def release_hold(self) -> None:
        self._commands.end_hold()

    def changed_rows(self) -> dict[int, bytes]:
        screen = self._screen
        changed = {y: screen.rows(y, 1)[0] for y in sorted(screen.dirty) if y < screen.lines}
        screen.dirty.clear()
        return changed

    def history_rows(self) -> int:
        return 0 if self._screen.alternate else len(self._history)

    def rows_at(self, first: int, count: int) -> list[bytes]:
        history = self.history_rows()
        start, end = max(first, 0), first + count
        rows = self._history.rows(start, min(end, history) - start) if start < history else []
        if self._history.widest > self.size.cols:
            rows = clip(rows, self._history.widest, self.size.cols)
        start = max(start, history)
        return rows + self._screen.rows(start - history, end - start)

    def text_at(self, first: int, count: int) -> list[str]:
        return [row_text(row) for row in self.rows_at(first, count)]

    def joined_at(self, first: int, count: int) -> bytes:
        return "\n".join(self.text_at(first, count)).encode()

    def wraps(self, row: int) -> bool:
        return False

    def wraps_at(self, first: int, count: int) -> list[bool]:
        start, end = max(first, 0), min(first + count, self.history_rows() + self.size.rows)
        return [False] * max(end - start, 0)

    def prompt_at(self, row: int) -> bool:
        """Nobody keeps them: any row with a text may have one."""
        return any(self.text_at(row, 1))

    def cursor_place(self) -> tuple[int, int] | None:
        if self._screen.alternate:
            return None
        cursor = self.cursor()
        return self.history_rows() + cursor.y, cursor.x

    def track(self, row: int) -> int:
        return self._history.track(row, self.history_rows() + self.size.rows)

    def tracked_row(self, handle: int) -> int | None:
        return self._history.tracked_row(handle)

    def untrack(self, handle: int) -> None:
        self._history.untrack(handle)

    def cursor(self) -> Cursor:
        cursor = self._screen.cursor
        x = min(cursor.x, self.size.cols - 1)
        return Cursor(x, cursor.y, not cursor.hidden, self._commands.shape)

    def modes(self) -> Modes:
        modes = self._commands.modes
        return Modes(
            alternate=self._screen.alternate,
            mouse=modes.mouse(),
            focus=FOCUS_REPORTS in modes,
            bracketed_paste=BRACKETED_PASTE in modes,
        )

    def take_replies(self) -> bytes:
        return self._reports.take_replies()

    def take_events(self) -> Sequence[EngineEvent]:
        return self._reports.take_events()

    def set_colours(self, colours: Colours) -> None:
        self._reports.colours = colours

    def encode_key(self, key: Key) -> bytes:
        return encode_key(key, self._commands.modes)

    def encode_mouse(self, mouse: Mouse) -> bytes:
        return encode_mouse(mouse, self._commands.modes, self.size)

    def encode_paste(self, data: bytes, first: bool, last: bool) -> bytes:
        return encode_paste(data, first, last, BRACKETED_PASTE in self._commands.modes)

    def encode_focus(self, gained: bool) -> bytes:
        if FOCUS_REPORTS not in self._commands.modes:
            return b""
        return b"\x1b[I" if gained else b"\x1b[O"

    def compress(self) -> bool:
        return False

    def stats(self) -> EmulatorStats:
        return EmulatorStats(
            bytes_fed=self._bytes_fed,
            replies_dropped=self._reports.dropped,
            history_rows=self.history_rows(),
            memory_bytes=self._history.bytes + 2 * self.size.rows * self.size.cols * CELL_BYTES,
        )

    def close(self) -> None:
        self._history.clear()
