"""All system calls of a tree as one number: a counter of the kernel's (perf), without names.

Whatever a counted thread begins inherits the counter, and what has ended stays counted. A program
that gains rights (su, sudo) is lost with all below it: the kernel takes the counter off.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Final

from termlab.probes.call_source import CallSource, CallSums, Launch, Started
from termlab.probes.thread_tree import threads

# The number of perf_event_open. On aarch64 it was not tried.
_CALLS: Final = {"x86_64": 298, "aarch64": 241}
_TRACEPOINT: Final = 2
_DISABLED, _INHERIT, _ON_EXEC = 1, 1 << 1, 1 << 12
_CLOSE_ON_EXEC: Final = 1 << 3
# perf_event_attr as of its version 5, which each kernel since has known (PERF_ATTR_SIZE_VER5).
_ATTRIBUTE: Final = struct.Struct("=IIQQQQQ64x")
_PLACES: Final = ("/sys/kernel/tracing", "/sys/kernel/debug/tracing")
_EVENT: Final = "events/raw_syscalls/sys_enter/id"
_MAX_SCANS: Final = 16
ACCURACY: Final = "the total is exact, without names; what gains rights (sudo) is not in it"


def event_id() -> int:
    """The tracepoint's number. Raises ``OSError``: only who may read tracefs knows it."""
    problem: OSError | None = None
    for place in _PLACES:
        try:
            with open(f"{place}/{_EVENT}", "rb") as file:
                return int(file.read(32))
        except OSError as error:
            # The first place says best why: the second is its old name.
            problem = problem or error
    assert problem is not None
    raise problem


def open_counter(event: int, tid: int = 0, on_exec: bool = False) -> int:
    """A counter of a thread's calls (0: the calling one's) and of those it begins later: its
    descriptor. ``on_exec``: from its next program on. Raises ``OSError``."""
    number = _CALLS.get(platform.machine())
    if number is None or sys.platform != "linux":
        raise OSError(errno.ENOSYS, "this system has no such counters")
    flags = _INHERIT | (_DISABLED | _ON_EXEC if on_exec else 0)
    packed = _ATTRIBUTE.pack(_TRACEPOINT, _ATTRIBUTE.size, event, 0, 0, 0, flags)
    attribute = ctypes.create_string_buffer(packed, _ATTRIBUTE.size)
    libc = ctypes.CDLL(None, use_errno=True)
    fd: int = libc.syscall(number, attribute, tid, -1, -1, ctypes.c_ulong(_CLOSE_ON_EXEC))
    if fd < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return fd


class PerfCalls:
    """The sum of counters, which it owns."""

    def __init__(self, counters: list[int]) -> None:
        self._counters = counters

    def read(self) -> CallSums:
        total = sum(struct.unpack("=Q", os.read(fd, 8))[0] for fd in self._counters)
        return CallSums("perf", ACCURACY, total, {})

    def close(self) -> None:
        for fd in self._counters:
            os.close(fd)
        self._counters = []


def attached(pid: int) -> PerfCalls:
    """The tree below ``pid``, which runs already, from here on. Raises ``OSError``."""
    event = event_id()
    known: dict[int, int] = {}
    with ExitStack() as made:
        for _ in range(_MAX_SCANS):
            new = [tid for tid in threads(pid) if tid not in known]
            if not new:
                break
            for tid in new:
                try:
                    known[tid] = open_counter(event, tid)
                except ProcessLookupError:
                    continue  # it has ended
                made.callback(os.close, known[tid])
        made.pop_all()
    return PerfCalls(list(known.values()))


class PerfLaunch(Launch):
    """A start with a counter that begins with the program. Raises ``OSError`` when made."""

    def __init__(self) -> None:
        self._event = event_id()
        os.close(open_counter(self._event))
        self._counter = -1

    def run(self, start: Callable[[], Started]) -> Started:
        """In a thread of its own, which has the counter: what it forks inherits it, and nothing
        that this process starts later does."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(self._run, start).result()

    def _run(self, start: Callable[[], Started]) -> Started:
        self._counter = open_counter(self._event, on_exec=True)
        return start()

    def source(self, pid: int, terminal: int = -1) -> CallSource:
        return PerfCalls([self._counter])

    def cancel(self) -> None:
        if self._counter >= 0:
            os.close(self._counter)
