"""The options, as one frozen record with units in the names and bounds in the types.

Where they come from is `loader`'s matter; their defaults stand in `defaults.toml` alone.
"""

from typing import Annotated, Literal

from termlab.model.bindings import Binding
from termlab.model.dock import MAX_COLS, MIN_COLS
from termlab.model.records import msgspec

# Longer than a person waits for a key on purpose.
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=10_000)]
# One page at least; more than a GiB for one pane or buffer is a slip of the hand.
Bytes = Annotated[int, msgspec.Meta(ge=4096, le=1 << 30)]
# Between what a panel needs to say anything and what no screen has.
DockCols = Annotated[int, msgspec.Meta(ge=MIN_COLS, le=MAX_COLS)]
# More than a row has room for.
Segments = Annotated[tuple[str, ...], msgspec.Meta(max_length=32)]


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The status row's segments (`model.status_row`), from each of its ends."""

    left: Segments
    right: Segments


class DockOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lab dock of a session that nobody has changed it in."""

    shown: bool
    cols: DockCols


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person may set. ``keys`` holds the bindings of each key table, by its name; another
    record among the fields is a table of options."""

    prefix: str
    escape_ms: Milliseconds
    repeat_ms: Milliseconds
    hint_ms: Milliseconds
    message_ms: Milliseconds
    mouse: bool
    bell: Literal["pass", "mark", "none"]
    set_titles: bool
    default_shell: str
    scrollback_bytes: Bytes
    ring_bytes: Bytes
    flush_bytes: Bytes
    flush_ms: Milliseconds
    theme: str
    theme_light: str
    reload: Literal["auto", "manual"]
    status: Status
    dock: DockOptions
    keys: dict[str, tuple[Binding, ...]]

    def undocked(self) -> "Settings":
        """These for sessions that nobody sees: no dock takes cells from their programs."""
        return msgspec.structs.replace(self, dock=DockOptions(False, self.dock.cols))
