"""How the kernel runs a process now, whatever was asked of it: read from the kernel."""

import os
import sys
from typing import NamedTuple


class Standing(NamedTuple):
    """Of a process's first thread. ``cpus`` is empty where the system does not tell, ``realtime`` 0
    without a real-time priority."""

    cpus: tuple[int, ...] = ()
    nice: int = 0
    realtime: int = 0


def standing_of(pid: int = 0) -> Standing:
    """A process's, or this thread's (0). Raises ``OSError`` where that can't be told."""
    if sys.platform == "win32":
        return Standing()
    elif sys.platform != "linux":
        return Standing((), os.getpriority(os.PRIO_PROCESS, pid))
    else:
        policy = os.sched_getscheduler(pid) & ~os.SCHED_RESET_ON_FORK
        ranked = policy in (os.SCHED_FIFO, os.SCHED_RR)
        return Standing(
            tuple(sorted(os.sched_getaffinity(pid))),
            os.getpriority(os.PRIO_PROCESS, pid),
            os.sched_getparam(pid).sched_priority if ranked else 0,
        )
