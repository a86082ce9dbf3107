"""The emulator contract: bytes of a child go in, rows that changed come out.

An engine knows neither windows, sockets nor clocks. It is single-threaded: whoever owns it makes
every call. A row comes out as *self-contained VT bytes*: written on an erased line, with the pen
plain and autowrap off, they show exactly the cells the engine has. In a row with styles, blank
cells are skipped with ``CSI n C``; a cluster whose width terminals disagree about is followed by
``CSI n G`` with the 1-based column *in the row*, which a painter shifts by its pane's left edge.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from termlab.model.geometry import Size
from termlab.model.keys import Key, Mouse
from termlab.model.screen import Cursor, EngineEvent, Modes

# One turn's replies of one pane (cursor reports, device attributes): a flood of queries is cut
# here, counted in `EmulatorStats.replies_dropped`.
MAX_REPLY_BYTES = 4096
MAX_TITLE_CHARS = 256


class Colours(NamedTuple):
    """What the outer terminal told: answers for programs that ask. None means unknown."""

    foreground: tuple[int, int, int] | None = None
    background: tuple[int, int, int] | None = None


class EmulatorStats(NamedTuple):
    """Counters since the engine was made."""

    bytes_fed: int
    replies_dropped: int
    history_rows: int
    memory_bytes: int  # what rows take, as the engine reckons


class Emulator(Protocol):
    """One terminal. ``lacks`` names, by the words of the contract test, what it can't do."""

    name: str
    lacks: frozenset[str]
    size: Size

    def feed(self, data: memoryview) -> None:
        """Interpret bytes. They are borrowed: valid during the call only."""

    def resize(self, size: Size) -> None:
        """Reflow to ``size``. Raises ``PtyError`` on an impossible size; nothing changes then."""

    @property
    def holding(self) -> bool:
        """Whether the program holds its output (mode 2026); the caller bounds how long."""

    def release_hold(self) -> None:
        """End the hold: the program took too long."""

    def changed_rows(self) -> dict[int, bytes]:
        """Rows of the screen that may have changed since the last call, by row from 0."""

    def history_rows(self) -> int:
        """How many rows lie above the screen."""

    def rows_at(self, first: int, count: int) -> list[bytes]:
        """VT bytes of ``count`` rows; row 0 is the oldest one kept, history and screen as one."""

    def text_at(self, first: int, count: int) -> list[str]:
        """The same rows as plain text, trailing blanks trimmed."""

    def joined_at(self, first: int, count: int) -> bytes:
        """The same rows as lines of UTF-8: a row that wraps is joined to the next, lines are parted
        by line feeds, blanks at their ends may be left out."""

    def wraps(self, row: int) -> bool:
        """Whether the text of a row (counted as in `rows_at`) goes on in the next one because it
        did not fit."""

    def wraps_at(self, first: int, count: int) -> list[bool]:
        """The same of ``count`` rows, at a fifth of the cost."""

    def prompt_at(self, row: int) -> bool:
        """Whether a shell's prompt (OSC 133;A) began in a row and the screen was not cleared
        since. Another width may make the engine forget."""

    def cursor_place(self) -> tuple[int, int] | None:
        """The cursor's row (counted as in `rows_at`) and column; None on the alternate screen."""

    def track(self, row: int) -> int:
        """A handle that follows row ``row`` (counted as in `rows_at`) through scroll and reflow."""

    def tracked_row(self, handle: int) -> int | None:
        """Where a tracked row is now; None once it was dropped from history."""

    def untrack(self, handle: int) -> None:
        """Let go of a handle; unknown ones are ignored."""

    def cursor(self) -> Cursor: ...

    def modes(self) -> Modes: ...

    def take_replies(self) -> bytes:
        """What the program must be told (reports it asked for), at most `MAX_REPLY_BYTES`."""

    def take_events(self) -> Sequence[EngineEvent]:
        """What happened since the last call, oldest first; only the last title and directory."""

    def set_colours(self, colours: Colours) -> None:
        """What OSC 10/11 queries are answered with."""

    def encode_key(self, key: Key) -> bytes:
        """The bytes this key is in the pane's modes; b"" if it types nothing there."""

    def encode_mouse(self, mouse: Mouse) -> bytes:
        """The report the program asked for; b"" if it asked for none of this kind."""

    def encode_paste(self, data: bytes, first: bool, last: bool) -> bytes:
        """Pasted bytes, bracketed if asked for, with any end marker inside defused."""

    def encode_focus(self, gained: bool) -> bytes:
        """The focus report, or b"" if the program did not ask."""

    def compress(self) -> bool:
        """Make history that nobody reads smaller, one step of about a millisecond at most; whether
        more is left to do."""

    def stats(self) -> EmulatorStats: ...

    def close(self) -> None:
        """Free the engine's memory; no call may follow."""
