"""The calls of one tree, by eBPF: a slot of a `Tracer`, with names.

Time in calls that have not returned yet is counted up to now, so a program that waits shows it.
"""

import platform
import time
from collections.abc import Callable
from typing import Final

from termlab.model.figure import Missing
from termlab.probes.call_source import CallSource, CallSum, CallSums, Launch, Started
from termlab.probes.ebpf import map_layout as layout
from termlab.probes.ebpf.tracer import Stamp, Tracer
from termlab.probes.syscall_names import names
from termlab.probes.thread_tree import threads

EXACT: Final = "exact, counted in the kernel; time in calls includes waiting"
# All that has no number of this machine's.
OTHERS: Final = "32-bit or unknown calls"
FULL: Final = Missing("as many panes are observed as there is room for: close a dock elsewhere")


class EbpfCalls:
    """One pane's. ``slot`` is taken, and left by `close`; who made the tracer ends it."""

    def __init__(self, tracer: Tracer, slot: int) -> None:
        self._tracer = tracer
        self._slot = slot
        self._names = names(platform.machine())
        self._closed = False

    def read(self) -> CallSums:
        counted = self._tracer.read(self._slot)
        now = time.monotonic_ns()
        in_calls: dict[int, int] = {}
        for _, number, since in self._tracer.waiting(self._slot):
            in_calls[number] = in_calls.get(number, 0) + max(now - since, 0)
        by_name = {}
        for number, each in counted.items():
            name = OTHERS if number == layout.OTHERS else self._names.get(number, f"call {number}")
            spent = each.ns + in_calls.get(number, 0)
            by_name[name] = CallSum(each.calls, spent, each.errors, each.small)
        started = self._tracer.started(self._slot)
        accuracy = EXACT
        if started.lost:
            accuracy = (
                f"{started.lost} threads are missing, for too many ran at once; else counted in "
                "the kernel"
            )
        total = sum(each.calls for each in counted.values())
        return CallSums("ebpf", accuracy, total, by_name, started.processes)

    def stamps(self, since: int = 0) -> tuple[int, list[Stamp]]:
        """`Tracer.stamps` of the pane's terminal."""
        return self._tracer.stamps(self._slot, since)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._tracer.leave(self._slot)


class EbpfLaunch(Launch):
    """A start in a slot of its own: from the program's first instruction on."""

    def __init__(self, tracer: Tracer, slot: int) -> None:
        self._tracer = tracer
        self._slot = slot
        self._calls = EbpfCalls(tracer, slot)

    def run(self, start: Callable[[], Started]) -> Started:
        with self._tracer.start_gate(self._slot):
            return start()

    def source(self, pid: int, terminal: int = -1) -> CallSource:
        self._tracer.set_terminal(self._slot, terminal)
        return self._calls

    def cancel(self) -> None:
        self._calls.close()


def launched(tracer: Tracer) -> EbpfLaunch | Missing:
    """A start in a slot of its own."""
    slot = tracer.take()
    return FULL if slot is None else EbpfLaunch(tracer, slot)


def attached(tracer: Tracer, pid: int, terminal: int = -1) -> EbpfCalls | Missing:
    """The tree below ``pid``, which runs already, from here on."""
    slot = tracer.take()
    if slot is None:
        return FULL
    tracer.set_terminal(slot, terminal)
    tracer.follow(slot, lambda: threads(pid))
    return EbpfCalls(tracer, slot)
