"""The CPU time of a process and its descendants, and nothing else: 20 µs a process.

What one of them did that has gone is kept as it was seen last. For a tree of processes that live
long, such as a client and its ui; who must not lose what ends takes a `tally`.
"""

import sys
from collections.abc import Callable
from typing import Final

from termlab.probes.process_tree import cpu_ns
from termlab.probes.thread_tree import children

MAX_PROCESSES: Final = 16


class CpuTree:
    """Below ``pid``, from the first `read` on. ``cpu`` tells a process's time so far."""

    def __init__(self, pid: int, cpu: Callable[[int], int] = cpu_ns) -> None:
        self._pid = pid
        self._cpu = cpu if sys.platform == "linux" else _elsewhere
        self._first: dict[int, int] | None = None
        self._seen: dict[int, int] = {}

    def read(self) -> float | None:
        """The seconds by now; None once it is gone."""
        found: dict[int, int] = {}
        waiting = [self._pid]
        while waiting and len(found) < MAX_PROCESSES:
            pid = waiting.pop()
            try:
                found[pid] = self._cpu(pid)
            except OSError:
                continue
            waiting += children(pid)
        self._seen |= found
        if self._first is None:
            self._first = found
        total = sum(self._seen.values()) - sum(self._first.values())
        return total / 1e9 if self._pid in found else None


def _elsewhere(pid: int) -> int:
    import psutil

    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error as error:
        raise OSError(f"the CPU time of process {pid} can't be read: {error}") from error
    return int((times.user + times.system) * 1e9)
