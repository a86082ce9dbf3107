"""What a tree of processes has done since somebody began to look: sums that only grow.

A `Tally` compares one look with the last. What a process did that went meanwhile is on the books of
the parent that waited for it, so calls, bytes and CPU time are whole, however short children live.
Of context switches the kernel keeps none for threads that have ended: the sum is of those seen.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.model.metrics import Missing
from termlab.probes.accounting import IoCounts
from termlab.probes.process_tree import Look, Name, Seen, lives

GONE: Final = Missing("the program in this pane has ended")
NO_IO: Final = Missing(
    "the kernel shows I/O accounts only of one's own processes, and this is another user's"
)
NO_SWITCHES: Final = Missing("the kernel does not show how often these processes were woken")
# Of a tree in which somebody goes all the time the last one has to do.
MAX_LOOKS: Final = 4


class Sums(NamedTuple):
    """Since the first look, at ``at_s``. ``strangers`` are the processes whose I/O is not shown,
    ``ended`` whether some of whose switches nothing is known have ended, ``cut`` whether there are
    more processes than are read."""

    at_s: float
    processes: int
    cpu_s: float
    io: IoCounts | Missing
    switches: int | Missing
    rss_bytes: int
    strangers: int
    ended: bool
    cut: bool


class Tally:
    """Of one tree; ``read`` looks at it, ``alive`` says whether a process is still anywhere."""

    def __init__(self, read: Callable[[], Look], alive: Callable[[Name], bool] = lives) -> None:
        self._read = read
        self._alive = alive
        self._last: dict[Name, Seen] | None = None
        self._cpu_ns = _Sum()
        self._io = tuple(_Sum() for _ in IoCounts._fields)
        self._switches = 0

    def look(self, now: float) -> Sums | Missing:
        """The sums by now; `GONE` once nothing is there to look at."""
        found = self._settled(self._last or {})
        seen = found.processes
        if not seen:
            return GONE
        last = seen if self._last is None else self._last
        self._last = seen
        away = {name for name in last.keys() - seen.keys() if self._alive(name)}
        torn = found.torn or found.cut
        self._cpu_ns.move(_cpu(last, away), _cpu(seen, ()), torn)
        strangers = {name for name, each in seen.items() if each.io is None}
        was_strange = {name for name, each in last.items() if each.io is None}
        for i, total in enumerate(self._io):
            total.move(_io(last, i, away | strangers), _io(seen, i, was_strange), torn)
        known = all(each.switches is not None for each in seen.values())
        ended = self._count_switches(last, seen) if known else False
        return Sums(
            at_s=now,
            processes=len(seen),
            cpu_s=self._cpu_ns.value / 1e9,
            io=IoCounts(*(total.value for total in self._io))
            if len(strangers) < len(seen)
            else NO_IO,
            switches=self._switches if known else NO_SWITCHES,
            rss_bytes=sum(each.rss_bytes for each in seen.values()),
            strangers=len(strangers),
            ended=ended,
            cut=found.cut,
        )

    def _settled(self, last: dict[Name, Seen]) -> Look:
        """A look at whose beginning all those were gone that it lacks: who goes in the middle of
        one is missing there, and may not be on its parent's books yet."""
        found = self._read()
        gone: set[Name] = set()
        for _ in range(MAX_LOOKS):
            before, gone = gone, last.keys() - found.processes.keys()
            if gone == before or not found.processes:
                return found
            found = self._read()
        return found._replace(torn=True)

    def _count_switches(self, last: dict[Name, Seen], seen: dict[Name, Seen]) -> bool:
        """Add what each live thread has had; whether others have ended, of which nothing is."""
        ended = bool(last.keys() - seen.keys())
        for name, each in seen.items():
            old = last.get(name)
            before = (old.switches if old is not None else None) or {}
            now = each.switches or {}
            self._switches += sum(count - before.get(thread, 0) for thread, count in now.items())
            ended |= bool(before.keys() - now.keys())
            ended |= old is not None and old.reaped_ns != each.reaped_ns
        return ended


class _Sum:
    """A quantity that processes hand to their parent when they end."""

    def __init__(self) -> None:
        self.value = 0
        self._owed = 0  # what a torn look was short of: the next one has it again

    def move(self, before: int, now: int, torn: bool) -> None:
        grown = now - before + self._owed
        self._owed = min(grown, 0) if torn else 0
        self.value += max(grown, 0)


def _cpu(seen: dict[Name, Seen], without: "set[Name] | tuple[()]") -> int:
    return sum(each.cpu_ns + each.reaped_ns for name, each in seen.items() if name not in without)


def _io(seen: dict[Name, Seen], field: int, without: set[Name]) -> int:
    return sum(
        each.io[field] for name, each in seen.items() if each.io is not None and name not in without
    )
