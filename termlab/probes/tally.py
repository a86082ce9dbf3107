"""What a tree of processes has done since somebody began to look: sums that only grow.

A `Tally` compares one look with the last. What a process did that went meanwhile is on the books of
the parent that waited for it, so calls, bytes, faults and CPU time are whole, however short the
lives of children. A process that its parent left behind is followed as long as it lives; what it
did between the last look and its end is lost, as is all of one that nobody waited for and no look
saw. Of context switches the kernel keeps no books for threads that have ended: the sum is of those
seen.
"""

import time
from collections.abc import Callable
from typing import Final, NamedTuple

from termlab.model.figure import Missing
from termlab.model.wakers import Waker
from termlab.probes.accounting import IoCounts
from termlab.probes.process_tree import Look, Name, Seen, lives
from termlab.probes.quick_look import QuickLook
from termlab.probes.woken import Woken

GONE: Final = Missing("the program in this pane has ended")
NO_IO: Final = Missing(
    "the kernel shows I/O accounts only of one's own processes, and this is another user's"
)
NO_SWITCHES: Final = Missing("the kernel does not show how often these processes were woken")
NO_FAULTS: Final = Missing("this system does not tell page faults from memory and from disk apart")
# Of a tree in which somebody goes all the time the last one has to do.
MAX_LOOKS: Final = 4
# A look at those left behind costs as one at the others.
MAX_FOLLOWED: Final = 8
# The kernel shows the CPU time of waited-for children in ticks, of user and of system time: what
# was seen of a child may come back so much later.
REAPED_NS: Final = 20_000_000


class Faults(NamedTuple):
    """Page faults: ``major`` are those that waited for a disk, ``minor`` the others."""

    minor: int
    major: int


class Sums(NamedTuple):
    """Since the first look, at ``at_s``. ``strangers`` are the processes whose I/O is not shown,
    ``ended`` whether some of whose switches nothing is known have ended, ``cut`` whether there are
    more processes than are read. ``peak_bytes`` is the most that one process ever had resident, 0
    if the kernel does not tell; ``lost`` counts those whose end nobody could account for, ``ever``
    those that looks have seen."""

    at_s: float
    processes: int
    cpu_s: float
    io: IoCounts | Missing
    switches: int | Missing
    rss_bytes: int
    strangers: int
    ended: bool
    cut: bool
    faults: Faults | Missing = NO_FAULTS
    peak_bytes: int = 0
    lost: int = 0
    ever: int = 0
    pids: tuple[int, ...] = ()


class Edge(NamedTuple):
    """What was done since the last look, by those seen then; read ``late_s`` behind the call."""

    cpu_s: float
    switches: int
    late_s: float = 0.0


class Tally:
    """Of one tree; ``read`` looks at it, ``alive`` says whether a process is still anywhere, and
    ``follow`` looks at one that was left behind by its parent."""

    def __init__(
        self,
        read: Callable[[], Look],
        alive: Callable[[Name], bool] = lives,
        follow: Callable[[int], Look] = lambda pid: Look({}),
    ) -> None:
        self._read = read
        self._alive = alive
        self._follow = follow
        self._followed: set[Name] = set()
        self._last: dict[Name, Seen] | None = None
        self._cpu_ns = _Sum(slack=REAPED_NS)
        self._io = tuple(_Sum() for _ in IoCounts._fields)
        self._faults = tuple(_Sum() for _ in Faults._fields)
        self._switches = 0
        self._peak_bytes = 0
        self._lost = 0
        self._ever = 0
        self._woken = Woken()
        self._quick: QuickLook | None = None

    def look(self, now: float, silent: bool = False) -> Sums | Missing:
        """The sums by now; `GONE` once nothing is there to look at. ``silent``: the terminal has
        been since the last look."""
        self.forget()
        began_at = time.monotonic()
        found = self._settled(self._last or {})
        seen = found.processes
        if not seen:
            return GONE
        last = seen if self._last is None else self._last
        self._ever += len(seen.keys() - last.keys()) if self._last is not None else len(seen)
        self._last = seen
        away = {name for name in last.keys() - seen.keys() if self._alive(name)}
        ended = self._followed - seen.keys()
        self._lost += len(ended - away)
        self._followed -= ended
        now += max(found.read_at - began_at, 0.0)
        return self._sums(now, last, found, away | ended, silent)

    def ready(self) -> None:
        """A call of `edge` may come soon, and must be quick."""
        if self._quick is None and self._last:
            self._quick = QuickLook(self._last)

    def edge(self) -> Edge | None:
        """What has been done since the last look, all of it in silence; None where that would
        take too long. The next look counts it again: it belongs to no sum but the caller's."""
        if self._quick is None or not self._quick.possible or not self._last:
            return None
        began_at = time.monotonic()
        now = self._quick.take()
        cpu_ns = switches = 0
        for name, each in now.items():
            old = self._last[name]
            cpu_ns += each.cpu_ns + each.reaped_ns - old.cpu_ns - old.reaped_ns
            switches += self._woken.add(name, old, each, counted=False, idle=True)
        return Edge(cpu_ns / 1e9, switches, max(self._quick.read_at - began_at, 0.0))

    def forget(self) -> None:
        """No `edge` will come before the next look; what was kept open for it is let go of."""
        if self._quick is not None:
            self._quick.close()
            self._quick = None

    def wakers(self) -> tuple[Waker, ...]:
        """How often each thread was woken since the first look, of those still in the books."""
        return self._woken.all()

    def _sums(
        self, now: float, last: dict[Name, Seen], found: Look, without: set[Name], silent: bool
    ) -> Sums:
        seen, torn = found.processes, found.torn or found.cut
        self._cpu_ns.move(_cpu(last, without), _cpu(seen, ()), torn)
        strangers = {name for name, each in seen.items() if each.io is None}
        was_strange = {name for name, each in last.items() if each.io is None}
        for i, total in enumerate(self._io):
            total.move(_io(last, i, without | strangers), _io(seen, i, was_strange), torn)
        faults = all(each.faults is not None for each in (*seen.values(), *last.values()))
        for i, total in enumerate(self._faults if faults else ()):
            total.move(_faults(last, i, without), _faults(seen, i, ()), torn)
        known = all(each.switches is not None for each in seen.values())
        ended = self._count_switches(last, seen, silent) if known else False
        most = max(max(each.peak_bytes, each.rss_bytes) for each in seen.values())
        self._peak_bytes = max(self._peak_bytes, most)
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
            faults=Faults(*(total.value for total in self._faults)) if faults else NO_FAULTS,
            peak_bytes=self._peak_bytes,
            lost=self._lost,
            ever=self._ever,
            pids=tuple(name[0] for name in seen),
        )

    def _settled(self, last: dict[Name, Seen]) -> Look:
        """A look at whose beginning all those were gone that it lacks: who goes in the middle of
        one is missing there, and may not be on its parent's books yet."""
        found = self._all(last)
        gone: set[Name] = set()
        for _ in range(MAX_LOOKS):
            before, gone = gone, last.keys() - found.processes.keys()
            if gone == before or not found.processes:
                return found
            found = self._all(last)
        return found._replace(torn=True)

    def _all(self, last: dict[Name, Seen]) -> Look:
        """The tree, and those that were left behind."""
        found = self._read()
        missing = self._followed | last.keys() - found.processes.keys() if found.processes else ()
        for name in missing:
            room = name in self._followed or len(self._followed) < MAX_FOLLOWED
            if name in found.processes or not room:
                continue
            extra = self._follow(name[0])
            if name in extra.processes:  # else it has ended, and its number may be another's
                self._followed.add(name)
                found = Look(
                    {**extra.processes, **found.processes},
                    found.torn or extra.torn,
                    found.cut or extra.cut,
                    found.read_at,
                )
        return found

    def _count_switches(self, last: dict[Name, Seen], seen: dict[Name, Seen], silent: bool) -> bool:
        """Add what each live thread has had; whether others have ended, of which nothing is."""
        ended = bool(last.keys() - seen.keys())
        for name, each in seen.items():
            old = last.get(name)
            self._switches += self._woken.add(name, old, each, counted=True, idle=silent)
            before = (old.switches if old is not None else None) or {}
            ended |= bool(before.keys() - (each.switches or {}).keys())
            ended |= old is not None and old.reaped_ns != each.reaped_ns
        return ended


class _Sum:
    """A quantity that processes hand to their parent when they end, up to ``slack`` of it late."""

    def __init__(self, slack: int = 0) -> None:
        self.value = 0
        self._slack = slack
        self._owed = 0  # what a look was short of: the next one has it again

    def move(self, before: int, now: int, torn: bool) -> None:
        grown = now - before + self._owed
        self._owed = min(grown, 0) if torn else max(min(grown, 0), -self._slack)
        self.value += max(grown, 0)


def _cpu(seen: dict[Name, Seen], without: "set[Name] | tuple[()]") -> int:
    return sum(each.cpu_ns + each.reaped_ns for name, each in seen.items() if name not in without)


def _io(seen: dict[Name, Seen], field: int, without: set[Name]) -> int:
    return sum(
        each.io[field] for name, each in seen.items() if each.io is not None and name not in without
    )


def _faults(seen: dict[Name, Seen], field: int, without: "set[Name] | tuple[()]") -> int:
    return sum(
        each.faults[field]
        for name, each in seen.items()
        if each.faults is not None and name not in without
    )
