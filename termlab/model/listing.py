"""What `ls --json`, `capture --json`, `wait --json` and `doctor --json` print, as records."""

from termlab.model.records import msgspec


class PaneListing(msgspec.Struct, frozen=True):
    """One pane; sizes in cells, ``pid`` of its first process (0 for a recording). ``ended`` is how
    its command ended, "" while it runs, with the status `wait` tells."""

    id: str
    active: bool
    cols: int
    rows: int
    pid: int
    command: str
    title: str
    directory: str
    history_rows: int
    ended: str = ""
    exit_status: int | None = None


class WindowListing(msgspec.Struct, frozen=True):
    """One window. ``bell``: it rang while nobody looked; ``last``: it was the current one before;
    ``layout`` is what `select-layout` takes to place so many panes again; ``synchronised``: keys go
    to all of them.
    """

    id: str
    index: int
    name: str
    current: bool
    zoomed: bool
    panes: tuple[PaneListing, ...]
    bell: bool = False
    last: bool = False
    layout: str = ""
    synchronised: bool = False


class SessionListing(msgspec.Struct, frozen=True):
    """One session; ``clients`` is how many terminals show it."""

    id: str
    name: str
    clients: int
    windows: tuple[WindowListing, ...]


class CommandListing(msgspec.Struct, frozen=True):
    """One command that a shell has run, by its marks. ``started_at_s`` is of the epoch; while it is
    ``running``, ``duration_s`` is up to now. Rows are counted from the oldest that is kept, as
    `capture --scrollback` prints them; ``row`` is that of its prompt."""

    command: str
    directory: str
    started_at_s: float | None
    duration_s: float | None
    running: bool
    exit_status: int | None
    row: int
    output_row: int | None
    output_rows: int


class CaptureListing(msgspec.Struct, frozen=True):
    """What a pane shows: its rows as text, oldest first, the cursor 0-based on the screen.
    ``last_command`` is what was run last in it, if its shell tells."""

    pane: str
    cols: int
    rows: int
    cursor_x: int
    cursor_y: int
    cursor_visible: bool
    title: str
    history_rows: int
    lines: tuple[str, ...]
    last_command: CommandListing | None = None


class WaitListing(msgspec.Struct, frozen=True):
    """What ended a `wait`: "text", "quiet" or "exit"; the status if the command ended."""

    pane: str
    reason: str
    exit_status: int | None


class RunningListing(msgspec.Struct, frozen=True):
    """One job in a pane: its first process, and whether it is in front of the pane's terminal."""

    pane: str
    pid: int
    command: str
    foreground: bool


class Finding(msgspec.Struct, frozen=True):
    """One line of `doctor`; ``why`` says what is missing and what would help."""

    name: str
    works: bool
    detail: str
    why: str = ""


def read_sessions(text: str) -> tuple[SessionListing, ...]:
    """What `ls --json` has printed."""
    return msgspec.json.decode(text, type=tuple[SessionListing, ...])
