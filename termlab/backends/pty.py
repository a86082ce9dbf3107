"""The door to child processes: what every backend promises, and what it may lack.

A `Pty` is a child on a terminal of its own. It knows neither the emulator nor any event loop: its
descriptor is handed to whoever waits. All calls are non-blocking.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from termlab.model.geometry import Size

# What a backend may lack, declared in `Pty.lacks`.
PIXELS: Final = "pixels"  # the size in pixels is not passed on
SIGNALS: Final = "signals"  # only a kill is possible
BYTES: Final = "bytes"  # output is decoded text, not the child's bytes
LINE: Final = "line"  # what becomes of a key is not told: `line_modes`, `unread_input` are None
USAGE: Final = "usage"  # no accounts of what the child used: `usage` is None, nobody looks last


class Command(NamedTuple):
    """What to run: an argument list (never a shell line), where, and on what size."""

    argv: tuple[str, ...]
    directory: str
    environment: Mapping[str, str]
    size: Size


class ChildUsage(NamedTuple):
    """What a child used, with all descendants that were waited for.

    ``peak_bytes`` is the resident memory of the largest single process among them. The kernel
    counts in what the child had before it became the program: a peak that is not above
    ``floor_bytes`` says only that the program's own was no larger. ``wakeups`` are voluntary
    switches; those and page faults are the program's own, and None where nobody keeps them.
    """

    user_s: float
    system_s: float
    peak_bytes: int
    floor_bytes: int
    wakeups: int | None = None
    minor_faults: int | None = None
    major_faults: int | None = None

    @property
    def cpu_s(self) -> float:
        """User and system together, which the kernel measures; how they share it is a guess where
        a program is short."""
        return self.user_s + self.system_s


class LineModes(NamedTuple):
    """What the terminal does with a key: whether it shows it itself (``echo``), and whether it
    keeps it until its line is ended (``canonical``)."""

    echo: bool
    canonical: bool


class Unread(Protocol):
    """What was typed and not read yet. While one is open, the end of the output is not told."""

    def count(self) -> int | None:
        """So many bytes; in a canonical line, those of finished lines. None: it can't be told."""

    def close(self) -> None:
        """Soon; may be called twice."""


class Pty(Protocol):
    """A running child and its terminal. Everything but `exit_status`, `usage` and
    `close` raises ``PtyError`` once it is closed."""

    pid: int
    lacks: frozenset[str]
    # Called with the pid once the child has ended and before it is reaped, while its accounts can
    # still be read. Set by whoever measures it.
    last_look: Callable[[int], None] | None

    def fileno(self) -> int:
        """A descriptor that is readable when output, or its end, waits."""

    def readv(self, spans: Sequence[memoryview]) -> int | None:
        """Read what waits: bytes read, 0 at the end of output, None if nothing waits."""

    def writev(self, buffers: Sequence[bytes | memoryview]) -> int:
        """Write what fits now: how many bytes were taken, 0 when the terminal is full."""

    def resize(self, size: Size) -> None:
        """Tell the child its size. Raises ``PtyError`` on an impossible one; nothing changes."""

    def signal(self, number: int) -> None:
        """Signal the child's whole process group; nothing happens if it has gone."""

    def insist(self, number: int) -> bool:
        """Signal the child alone, also once its terminal is closed; False if it needs none: it has
        ended, or closing ended it."""

    def foreground(self) -> str:
        """The name of the program in front on this terminal, or "" where it can't be told."""

    def exit_status(self) -> int | None:
        """None while it runs; the exit code, or -N once signal N ended it. Reaps it."""

    def usage(self) -> ChildUsage | None:
        """What it used, once `exit_status` was told; None where that is not known."""

    def line_modes(self) -> LineModes | None:
        """What the terminal does with the next key; None where that is not known."""

    def unread_input(self) -> Unread | None:
        """A look at what its program has not read yet; None where it can't be had."""

    def close(self) -> None:
        """Close the terminal; the child gets a hang-up. Never blocks, may be called twice."""


class Backend(Protocol):
    """A way to start children."""

    name: str

    def spawn(self, command: Command) -> Pty:
        """Start it. Raises ``SpawnError`` (what, where, why) or ``PtyError`` (the size)."""
