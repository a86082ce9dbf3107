"""Which threads were woken how often: by name, over all the looks at a tree.

A thread that has ended keeps its place as long as there is room, so a run can tell of it.
"""

from collections.abc import Mapping
from typing import Final

from termlab.model.wakers import Waker
from termlab.probes.process_tree import Name, Seen

# Of a fork storm those that were woken most stay.
MAX_THREADS: Final = 256
# A record holds the first so many.
MAX_WAKERS: Final = 32

_Thread = tuple[Name, int]


class Woken:
    """The books of one tree."""

    def __init__(self) -> None:
        self._books: dict[_Thread, Waker] = {}

    def add(self, name: Name, old: Seen | None, now: Seen, counted: bool, idle: bool) -> int:
        """Note what the threads of one process have had since it was ``old``: how much that is.
        ``counted`` books it as wakeups, ``idle`` as wakeups in silence; they may differ in time."""
        before: Mapping[int, int] = (old.switches if old is not None else None) or {}
        names = dict(now.names)
        process = now.names[0][1] if now.names else ""
        total = 0
        for tid, count in (now.switches or {}).items():
            grown = count - before.get(tid, 0)
            if grown <= 0:
                continue
            total += grown
            found = self._books.get((name, tid))
            self._books[name, tid] = Waker(
                process,
                names.get(tid, ""),
                name[0],
                tid,
                (found.wakeups if found is not None else 0) + grown * counted,
                (found.idle_wakeups if found is not None else 0) + grown * idle,
            )
        if len(self._books) > MAX_THREADS:
            self._trim()
        return total

    def all(self) -> tuple[Waker, ...]:
        """Those in the books, in no order."""
        return tuple(self._books.values())

    def _trim(self) -> None:
        most = sorted(self._books.items(), key=lambda each: -each[1].wakeups)
        self._books = dict(most[: MAX_THREADS // 2])


def most_woken(before: tuple[Waker, ...], now: tuple[Waker, ...]) -> tuple[Waker, ...]:
    """What was added since ``before``, those that were woken most first, at most `MAX_WAKERS`."""
    old = {(each.pid, each.tid): each for each in before}
    grown = []
    for each in now:
        was = old.get((each.pid, each.tid))
        wakeups = each.wakeups - (was.wakeups if was is not None else 0)
        idle = each.idle_wakeups - (was.idle_wakeups if was is not None else 0)
        if wakeups > 0 or idle > 0:
            # An edge may book what the next look counts: never more idle than there were.
            grown.append(
                Waker(each.process, each.thread, each.pid, each.tid, max(wakeups, idle), idle)
            )
    grown.sort(key=lambda each: (-each.wakeups, each.pid, each.tid))
    return tuple(grown[:MAX_WAKERS])
