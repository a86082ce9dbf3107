"""What the attached clients have taken of the CPU, each with its ui: termlab's own cost that the
server's process does not show.

A client is known by the number of its process, which the kernel tells of a local connection. One
that has gone keeps what was seen of it; what it did behind the last look is lost.
"""

import os
from collections.abc import Callable, Iterable
from typing import Final

from termlab.model.figure import Amount, Figure, Missing
from termlab.probes.cpu_tree import CpuTree

NOBODY: Final = Missing("no client shows it: there is no process of one")
UNKNOWN: Final = Missing("the client's process is not known: it is of another machine or system")
NOTE: Final = "of attached clients and their uis"


class Viewers:
    """``pids`` are those of the clients by now, 0 for one that is not known."""

    def __init__(self, pids: Callable[[], Iterable[int]]) -> None:
        self._pids = pids
        self._trees: dict[int, CpuTree] = {}
        self._seen_s: dict[int, float] = {}
        self._gone_s = 0.0
        self._ever = self._unknown = False

    def read(self) -> Figure:
        """The seconds on a CPU since the first call."""
        pids = {pid for pid in self._pids() if pid != os.getpid()}
        self._unknown |= 0 in pids
        for pid in pids - {0} - self._trees.keys():
            self._trees[pid] = CpuTree(pid)
        for pid in [*self._trees]:
            spent_s = self._trees[pid].read()
            if spent_s is not None:
                self._ever = True
                self._seen_s[pid] = spent_s
            if pid not in pids or spent_s is None:
                self._gone_s += self._seen_s.pop(pid, 0.0)
                del self._trees[pid]
        if not self._ever:
            return UNKNOWN if self._unknown else NOBODY
        return Amount(self._gone_s + sum(self._seen_s.values()), NOTE)


def percent(before: Figure | None, now: Figure, over_s: float, first: Missing) -> Figure:
    """The share of one CPU between two readings of `Viewers`; ``first`` where there is only one."""
    if isinstance(now, Missing):
        return now
    if not isinstance(before, Amount) or over_s <= 0:
        return first
    return Amount((now.value - before.value) / over_s * 100, now.note)
