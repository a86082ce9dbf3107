"""How the kernel runs this very process, as its options ask (`model.schedule`).

Nothing is imported before something is asked for: who leaves the options alone pays nothing. What
is not permitted is told, and never an error. Programs started from here have none of it, if they
are started by `Dedicated.apart`.
"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from termlab.model.schedule import NOTHING, Outcome, Schedule

T = TypeVar("T")


if TYPE_CHECKING:  # what only names a type is not made at each start

    class Process(Protocol):
        """This process, on one kind of system."""

        @property
        def pauses(self) -> int:
            """How often it gave its real-time priority up for a while."""

        def apply(self, asked: Schedule) -> tuple[Outcome, ...]:
            """Be run so; what is not asked for any more is given back. What came of each thing."""

        def apart(self, start: Callable[[], T]) -> T:
            """What ``start`` gives or raises; what it starts is run as this process was first."""

        def close(self) -> None:
            """Give all of it back."""


class Dedicated:
    """Belongs to the thread that made it, the one with the process's loop."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self._asked = NOTHING
        self.outcomes: tuple[Outcome, ...] = ()

    def take(self, asked: Schedule) -> bool:
        """Be run as ``asked``; whether anything is to be told of that."""
        if asked == self._asked:
            return False
        self._asked = asked
        before = self.outcomes
        try:
            if self._process is None:
                self._process = _this_process()
            self.outcomes = self._process.apply(asked)
        except (OSError, RuntimeError) as error:  # a sandbox without these calls, no more threads
            self.outcomes = (Outcome("options", "set", "not applied", f"the system says: {error}"),)
        return before != self.outcomes

    def apart(self, start: Callable[[], T]) -> T:
        """Start a process that has nothing of this: see `Process.apart`."""
        return start() if self._process is None else self._process.apart(start)

    @property
    def pauses(self) -> int:
        """How often a real-time priority was given up for a while: it did not sleep."""
        return self._process.pauses if self._process is not None else 0

    def close(self) -> None:
        """Be run as at first; for who goes on to live."""
        process, self._process = self._process, None
        self._asked, self.outcomes = NOTHING, ()
        if process is not None:
            process.close()


def _this_process() -> "Process":
    if sys.platform == "linux":
        from termlab.scheduling.linux_process import LinuxProcess

        return LinuxProcess()
    else:
        from termlab.scheduling.other_process import OtherProcess

        return OtherProcess()
