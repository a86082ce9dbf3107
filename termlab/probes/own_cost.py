"""What this process itself has cost so far: termlab's own share of the machine.

CPU time, page faults and context switches from ``getrusage``, memory, threads and descriptors from
/proc. What a system does not tell is a reason, never a zero.
"""

import os
import sys
import threading
import time
from typing import NamedTuple

from termlab.model.figure import Missing

_PROC = "/proc/self"
_NO_PROC = Missing("this system has no /proc, where the kernel tells it")
_NO_USAGE = Missing("Windows keeps no such account of a process")


class OwnCost(NamedTuple):
    """``wakeups`` are voluntary context switches: how often it slept and was woken; ``preempted``
    the others. ``threads`` are Python's own, ``os_threads`` the kernel's."""

    cpu_s: float
    cpu_system_s: float | Missing
    wakeups: int | Missing
    preempted: int | Missing
    page_faults: int | Missing
    rss_bytes: int | Missing
    peak_rss_bytes: int | Missing
    threads: int
    os_threads: int | Missing
    descriptors: int | Missing


def own_cost(proc: str = _PROC) -> OwnCost:
    """By now. ``proc`` is where the kernel shows this process."""
    system, wakeups, preempted, faults, peak = _usage()
    rss = _rss_bytes(proc)
    if isinstance(rss, int) and isinstance(peak, int):
        peak = max(peak, rss)  # the kernel brings its peak up to date late
    return OwnCost(
        time.process_time(),
        system,
        wakeups,
        preempted,
        faults,
        rss,
        peak,
        threading.active_count(),
        _count(f"{proc}/task"),
        _count(f"{proc}/fd"),
    )


def _usage() -> (
    "tuple[float | Missing, int | Missing, int | Missing, int | Missing, int | Missing]"
):
    if sys.platform == "win32":
        return (_NO_USAGE,) * 5
    else:
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        # In KiB on Linux, in bytes on macOS.
        peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        faults = used.ru_minflt + used.ru_majflt
        return used.ru_stime, used.ru_nvcsw, used.ru_nivcsw, faults, peak


def _rss_bytes(proc: str) -> "int | Missing":
    if sys.platform == "win32":
        return _NO_PROC
    else:
        try:
            with open(f"{proc}/statm", "rb") as file:
                return int(file.read(128).split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError, ValueError):
            return _NO_PROC


def _count(directory: str) -> "int | Missing":
    try:
        return len(os.listdir(directory)) - directory.endswith("/fd")  # the listing's own
    except OSError:
        return _NO_PROC
