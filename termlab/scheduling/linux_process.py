"""This process as Linux runs it: each thing that was asked for done by its system call, and looked
up in the kernel afterwards.

All of it is the main thread's, which has the loop, and that of threads made from here on, but for
the real-time priority, which they don't get. `aside` starts the processes.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from termlab.errors import UsageError
from termlab.model.cpu_list import parse_cpus, spell_cpus
from termlab.model.schedule import NOTHING, Outcome, Schedule

if sys.platform == "linux":
    from termlab.scheduling.aside import Aside
    from termlab.scheduling.numa import node_cpus, prefer_memory_of
    from termlab.scheduling.permission import why_not_nice, why_not_realtime
    from termlab.scheduling.realtime import Realtime
    from termlab.scheduling.standing import standing_of

assert sys.platform == "linux"

T = TypeVar("T")

_ONLINE: Final = "/sys/devices/system/cpu/online"
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_AS_STARTED: Final = "as it was started"


class LinuxProcess:
    """See `dedicated.Process`; made before anything was asked for."""

    def __init__(self) -> None:
        self._started = standing_of()
        self._aside = Aside()
        self._realtime = Realtime()
        self._stack = threading.stack_size()  # which also sets it to 0
        threading.stack_size(self._stack)
        # What has been touched, and is therefore to be given back.
        self._pinned = self._reniced = False
        self._node: int | None = None

    @property
    def pauses(self) -> int:
        return self._realtime.pauses

    def apply(self, asked: Schedule) -> tuple[Outcome, ...]:
        steps = (self._place, self._nice, self._prioritise, self._size)
        return tuple(outcome for step in steps for outcome in step(asked))

    def apart(self, start: Callable[[], T]) -> T:
        with self._realtime.unbound():
            return self._aside.call(start)

    def close(self) -> None:
        self.apply(NOTHING)
        self._aside.close()

    def _place(self, asked: Schedule) -> Iterator[Outcome]:
        """On which CPUs, with memory of which node: of both, the CPUs that are in both."""
        cpus, node = set(asked.cpus), asked.numa_node
        if node is not None:
            try:
                of_node = set(node_cpus(node))
            except UsageError as error:
                node = None
                yield Outcome("numa_node", str(asked.numa_node), "any", str(error))
            else:
                if cpus and not cpus & of_node:
                    node, of_node = None, cpus
                    why = f"node {asked.numa_node} has none of the CPUs {spell_cpus(cpus)}"
                    yield Outcome("numa_node", str(asked.numa_node), "any", why)
                cpus = cpus & of_node if cpus else of_node
        yield from self._pin(cpus, asked)
        yield from self._remember(node)

    def _pin(self, cpus: set[int], asked: Schedule) -> Iterator[Outcome]:
        if not cpus and not self._pinned:
            return
        self._pinned = bool(cpus)
        online, why = _online(), ""
        if missing := spell_cpus(set(asked.cpus) - online):
            why = f"this machine has no CPU {missing}: it has {spell_cpus(online)}"
        elif outside := spell_cpus(set(asked.cpus) - cpus):
            why = f"{outside} is not of NUMA node {asked.numa_node}"
        wanted = cpus & online or set(self._started.cpus)
        try:
            os.sched_setaffinity(0, wanted)
        except OSError as error:
            why = why or f"the kernel refused ({error.strerror}): {_permitted(online)}"
        found = os.sched_getaffinity(0)
        if found != wanted:
            why = why or _permitted(online)
        if asked.cpus:
            yield Outcome("cpus", spell_cpus(asked.cpus), spell_cpus(found), why)
        elif why:
            yield Outcome("cpus", _AS_STARTED, spell_cpus(found), why)

    def _remember(self, node: int | None) -> Iterator[Outcome]:
        if node is None and self._node is None:
            return
        what = _AS_STARTED if node is None else str(node)
        try:
            prefer_memory_of(node)
        except OSError as error:
            why = f"its memory is not the node's: set_mempolicy: {error.strerror or error}"
            yield Outcome("numa_node", what, "its CPUs alone", why)
        else:
            self._node = node
            if node is not None:
                yield Outcome("numa_node", what, what)

    def _nice(self, asked: Schedule) -> Iterator[Outcome]:
        if not asked.nice and not self._reniced:
            return
        wanted, why = asked.nice or self._started.nice, ""
        if os.getpriority(os.PRIO_PROCESS, 0) != wanted:
            try:
                os.setpriority(os.PRIO_PROCESS, 0, wanted)
            except OSError as error:
                why = why_not_nice(wanted, error)
        self._reniced = bool(asked.nice or why)
        found = os.getpriority(os.PRIO_PROCESS, 0)
        if asked.nice or why:
            yield Outcome("nice", str(asked.nice or _AS_STARTED), str(found), why)

    def _prioritise(self, asked: Schedule) -> Iterator[Outcome]:
        if not asked.realtime:
            self._realtime.give_back()
            return
        why = ""
        try:
            self._realtime.take(asked.realtime)
        except OSError as error:
            why = why_not_realtime(asked.realtime, error)
        found = standing_of().realtime
        yield Outcome("realtime", str(asked.realtime), str(found or "off"), why)

    def _size(self, asked: Schedule) -> Iterator[Outcome]:
        """Of stacks: whole pages."""
        pages = -(-asked.thread_stack_bytes // _PAGE)
        wanted, why = pages * _PAGE or self._stack, ""
        try:
            threading.stack_size(wanted)
        except ValueError as error:
            why, wanted = f"the system takes no such stack: {error}", 0
        if asked.thread_stack_bytes:
            found = str(wanted or "the system's own")
            yield Outcome("thread_stack_bytes", str(asked.thread_stack_bytes), found, why)


def _online() -> set[int]:
    try:
        with open(_ONLINE, encoding="utf-8") as file:
            return set(parse_cpus(file.read()))
    except OSError:
        return set(range(os.cpu_count() or 1))


def _permitted(online: set[int]) -> str:
    """Which CPUs the control group of this process has: what is left when it asks for all."""
    now = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, online)
        left = os.sched_getaffinity(0)
        os.sched_setaffinity(0, now)
    except OSError:
        left = now
    return f"its control group permits {spell_cpus(left)}: `cpuset.cpus` there says so"
