"""Children of panes that are gone: hung up when their terminal closed, later asked, then killed.

Nobody waits for them, and each is reaped when the kernel tells of its end. Only a pane's first
process is asked and killed: what it left running on purpose, as `nohup` does, is its own affair.
On Windows the hang-up has killed already, and a recording ends with its pane.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from termlab.backends.pty import Pty
from termlab.server.loop import Loop, Timer

# From the hang-up on: a shell has written its history by then; whoever cleans up has had time.
TERM_S: Final = 2.0
KILL_S: Final = 5.0
_TERM: Final = 15  # Windows has no name for the second, and needs neither
_KILL: Final = 9


class DepartingStats(NamedTuple):
    """Those that have not ended yet; how many had to be asked, and killed."""

    waiting: int
    asked: int
    killed: int


class Departing:
    """All of a server's. ``empty`` is called whenever the last of them has ended."""

    def __init__(self, loop: Loop, empty: Callable[[], object]) -> None:
        self._loop = loop
        self._empty = empty
        self._timers: dict[Pty, tuple[Timer, ...]] = {}
        self._asked = self._killed = 0

    def __len__(self) -> int:
        return len(self._timers)

    def add(self, pty: Pty) -> None:
        """Its terminal was just closed, and it has not ended yet."""
        now = self._loop.now
        self._timers[pty] = (
            self._loop.call_at(now + TERM_S, lambda: self._ask(pty)),
            self._loop.call_at(now + KILL_S, lambda: self._kill(pty)),
        )

    def reap(self, more: Iterable[Pty] = ()) -> None:
        """A child has ended; ``more`` were hung up by others."""
        for pty in more:
            self.add(pty)
        if not self._timers:
            return
        for pty in [each for each in self._timers if each.exit_status() is not None]:
            for timer in self._timers.pop(pty):
                timer.cancel()
        if not self._timers:
            self._empty()

    def stats(self) -> DepartingStats:
        return DepartingStats(len(self._timers), self._asked, self._killed)

    def _ask(self, pty: Pty) -> None:
        self._asked += pty.insist(_TERM)
        self.reap()

    def _kill(self, pty: Pty) -> None:
        self._killed += pty.insist(_KILL)
        self.reap()
