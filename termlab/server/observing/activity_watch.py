"""What a pane's processes have done while somebody looks, and how much of it in silence.

It looks at the processes when it is asked, when the silence of the terminal begins, and, at those
it knows, when it ends: what they do in between is idle work. All else is busy, the 250 ms behind
the last byte that nothing tells from a pause included. Of a tree that is too large for that, what
was done between a look and an edge is neither's, and that time is told as unseen.
"""

from collections.abc import Callable
from time import thread_time
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from termlab.model.figure import Missing

if TYPE_CHECKING:  # a server that observes nothing needs no probes
    from termlab.model.wakers import Waker
    from termlab.probes.tally import Edge, Sums

# The edges' own looks take no more than this share of the time: somebody types on, and a large
# tree takes milliseconds.
COST_FACTOR: Final = 100


class Processes(Protocol):
    """Those of a pane: `probes.tally.Tally` fulfils it."""

    def look(self, now: float, silent: bool = False) -> "Sums | Missing": ...
    def ready(self) -> None: ...
    def edge(self) -> "Edge | None": ...
    def forget(self) -> None: ...
    def wakers(self) -> "tuple[Waker, ...]": ...


class Idle(NamedTuple):
    """How long the terminal has been silent, and what the processes did in that time. ``unseen_s``
    is silence of which nothing is known."""

    s: float = 0.0
    cpu_s: float = 0.0
    switches: int = 0
    unseen_s: float = 0.0


class ActivityWatch:
    """One pane's. ``cost_s`` is what its looks have taken so far; ``last`` the newest sums."""

    def __init__(
        self,
        processes: Processes,
        clock: Callable[[], float],
        spent: Callable[[], float] = thread_time,
    ) -> None:
        self.idle = Idle()
        self.cost_s = 0.0
        self.last: Sums | None = None
        self._processes = processes
        self._clock = clock
        self._spent = spent  # the CPU time of this thread: a look that has to wait costs no more
        self._silent = False
        self._calm: Sums | None = None  # as it was when the terminal was silent, and has been since
        self._unseen_from: float | None = None  # silent since then, and not looked at
        self._looked_at = float("-inf")
        self._look_cost_s = 0.0

    def edge(self, silent: bool) -> None:
        """The silence of the terminal begins, or ends."""
        if silent:
            self._silent = True
            self._calm = None
            if self._clock() - self._looked_at >= self._look_cost_s * COST_FACTOR:
                self.read()
            else:
                self._unseen_from = self._clock()
            return
        start, spent_s = self._clock(), self._spent()
        self._unseen_until(start)
        if self._calm is not None:
            done = self._processes.edge()
            silence_s = start - self._calm.at_s
            if done is None:
                self.idle = self.idle._replace(unseen_s=self.idle.unseen_s + silence_s)
            else:
                silence_s += done.late_s
                self.idle = _longer(self.idle, silence_s, done.cpu_s, done.switches)
        # A key waits for this: the files stay open until the next look.
        self._silent = False
        self._calm = None
        self.cost_s += self._spent() - spent_s

    def read(self) -> "Sums | Missing":
        """The sums by now; where the terminal is silent, `idle` has grown with them."""
        start, spent_s = self._clock(), self._spent()
        sums = self._processes.look(start, self._calm is not None)
        self._unseen_until(start)
        if isinstance(sums, Missing):
            self._calm = None
            self._cost(spent_s)
            return sums
        if self._calm is not None:
            switches = _switches(sums) - _switches(self._calm)
            cpu_s = sums.cpu_s - self._calm.cpu_s
            self.idle = _longer(self.idle, sums.at_s - self._calm.at_s, cpu_s, switches)
        self.last = sums
        self._calm = sums if self._silent else None
        if self._silent:
            self._processes.ready()
        self._cost(spent_s)
        return sums

    def wakers(self) -> "tuple[Waker, ...]":
        """Each thread that was woken, by the last look."""
        return self._processes.wakers()

    def _cost(self, spent_s: float) -> None:
        self._looked_at = self._clock()
        self._look_cost_s = self._spent() - spent_s
        self.cost_s += self._look_cost_s

    def _unseen_until(self, now: float) -> None:
        if self._unseen_from is not None:
            self.idle = self.idle._replace(unseen_s=self.idle.unseen_s + now - self._unseen_from)
            self._unseen_from = None

    def close(self) -> None:
        """Nobody looks any more."""
        self._processes.forget()


def _longer(idle: Idle, silence_s: float, cpu_s: float, switches: int) -> Idle:
    """``idle`` and what was done between two looks within it."""
    return idle._replace(
        s=idle.s + silence_s, cpu_s=idle.cpu_s + cpu_s, switches=idle.switches + switches
    )


def _switches(sums: "Sums") -> int:
    return 0 if isinstance(sums.switches, Missing) else sums.switches
