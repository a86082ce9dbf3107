"""What other systems tell of calls: totals, of processes that live. Typed, and not tried there.

macOS counts each process's Unix and Mach calls (``proc_pidinfo``, `PROC_PIDTASKINFO`); Windows its
reads, writes and other I/O operations. Who ends between two looks takes the rest along.
"""

import ctypes
import struct
import sys
from collections.abc import Callable
from typing import Final

import psutil

from termlab.model.figure import Missing
from termlab.probes.call_source import CallSums
from termlab.probes.process_tree import MAX_PROCESSES

NOT_TRIED: Final = "what the system counts of live processes; never tried on this system"
GONE: Final = Missing("the program in this pane has ended")
_TASK_INFO: Final = 4
# struct proc_taskinfo of <sys/proc_info.h>: six 64-bit words, then twelve numbers.
_TASK: Final = struct.Struct("=6Q12i")
_MACH, _UNIX = 12, 13
_WRAPS: Final = 1 << 32

Count = Callable[[int], int]


class SystemCalls:
    """The tree below ``pid``; ``count`` tells one process's total, and raises ``OSError``."""

    def __init__(self, pid: int, count: Count) -> None:
        self._pid = pid
        self._count = count
        self._last: dict[int, int] = {}
        self._total = 0
        self.read()

    def read(self) -> CallSums | Missing:
        """By now."""
        try:
            root = psutil.Process(self._pid)
            found = [root, *root.children(recursive=True)][:MAX_PROCESSES]
        except psutil.Error:
            return GONE
        last, self._last = self._last, {}
        for pid in (each.pid for each in found):
            try:
                now = self._count(pid)
            except OSError:
                continue
            self._last[pid] = now
            # One that began since the last look has all of it new; the first look has none.
            self._total += (now - last.get(pid, 0)) % _WRAPS if last else 0
        return CallSums("system", NOT_TRIED, self._total, {})

    def close(self) -> None:
        """Nothing is held."""


def count_of_this_system() -> Count:
    """How one process is counted here. Raises ``LookupError`` where nothing counts."""
    if sys.platform == "darwin":
        return _darwin
    if hasattr(psutil.Process, "io_counters"):
        return _operations
    raise LookupError(f"{sys.platform} counts no calls of a process")


def parse_task(data: bytes) -> int:
    """The calls in a ``struct proc_taskinfo``: its counters wrap at 32 bits."""
    fields = _TASK.unpack(data)
    return int(fields[_MACH] % _WRAPS + fields[_UNIX] % _WRAPS) % _WRAPS


def _darwin(pid: int) -> int:
    library = ctypes.CDLL("/usr/lib/libproc.dylib", use_errno=True)
    buffer = ctypes.create_string_buffer(_TASK.size)
    got = library.proc_pidinfo(pid, _TASK_INFO, ctypes.c_uint64(0), buffer, _TASK.size)
    if got != _TASK.size:
        raise OSError(ctypes.get_errno(), f"process {pid} can't be asked")
    return parse_task(buffer.raw)


def _operations(pid: int) -> int:
    try:
        counts = psutil.Process(pid).io_counters()
    except psutil.Error as error:
        raise OSError(str(error)) from error
    return int(counts.read_count + counts.write_count + getattr(counts, "other_count", 0))
