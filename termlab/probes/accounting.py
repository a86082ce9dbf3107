"""What the kernel has booked on a process: its read and write calls, the most memory it held.

Linux's files in /proc are read directly (30 µs); elsewhere psutil asks, as far as the platform
keeps such accounts. macOS and Windows are typed and untried. Processes of other users say nothing.
"""

import contextlib
import os
import sys
from typing import Final, NamedTuple

from termlab.model.figure import Missing
from termlab.probes.thread_tree import children

_KIB: Final = 1024
# A process tree that is larger is not walked to its end: a sample must stay cheap.
_MAX_PROCESSES: Final = 64


class IoCounts(NamedTuple):
    """Calls of the read and the write kind, and their bytes: files, pipes, terminals, sockets.

    Linux books the reads by which it loads a program as that program's: up to 5 for each."""

    read_calls: int
    read_bytes: int
    write_calls: int
    write_bytes: int


def io_counts(pid: int) -> IoCounts | Missing:
    """The accounts of ``pid`` with all its threads and the descendants waited for.

    On Linux also of a zombie, whose accounts are complete.
    """
    if sys.platform != "linux":
        return _io_elsewhere(pid)
    try:
        with open(f"/proc/{pid}/io", "rb", buffering=0) as file:
            return parse_io(file.read(1024))
    except FileNotFoundError:
        return Missing("this kernel keeps no I/O accounts of processes (/proc/PID/io)")
    except PermissionError:
        return Missing("the kernel shows I/O accounts only of one's own processes")
    except (OSError, ValueError, KeyError) as error:
        return Missing(f"the kernel's I/O accounts can't be read: {error!r}")


class IoAccount:
    """The accounts of a process, to be read as its last act as well: once it has ended the kernel
    opens them for root alone, but what was opened before stays readable until it is reaped."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._fd = -1
        if sys.platform == "linux":
            with contextlib.suppress(OSError):  # `read` will say why
                self._fd = os.open(f"/proc/{pid}/io", os.O_RDONLY | os.O_CLOEXEC)

    def read(self) -> IoCounts | Missing:
        """As `io_counts`."""
        if sys.platform != "win32" and self._fd >= 0:
            with contextlib.suppress(OSError, ValueError, KeyError):
                return parse_io(os.pread(self._fd, 1024, 0))
        return io_counts(self._pid)

    def close(self) -> None:
        """May be called twice."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


def parse_io(text: bytes) -> IoCounts:
    """The accounts as Linux writes them. Raises ``ValueError`` or ``KeyError`` on anything else."""
    fields = dict(line.split(b":") for line in text.splitlines())
    return IoCounts(*(int(fields[name]) for name in (b"syscr", b"rchar", b"syscw", b"wchar")))


def memory_peak(pid: int) -> int:
    """The most resident bytes that ``pid`` or a live descendant, each alone, has had; 0 unknown."""
    if sys.platform != "linux":
        return _memory_elsewhere(pid)
    waiting, most, left = [pid], 0, _MAX_PROCESSES
    while waiting and left:
        left -= 1
        each = waiting.pop()
        most = max(most, _high_water(each))
        waiting += children(each)
    return most


def _high_water(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/status", "rb", buffering=0) as file:
            text = file.read(8192)
    except OSError:
        return 0
    _, found, rest = text.partition(b"VmHWM:")
    return int(rest.split(maxsplit=1)[0]) * _KIB if found else 0  # a zombie has none


def _io_elsewhere(pid: int) -> IoCounts | Missing:
    import psutil

    read = getattr(psutil.Process, "io_counters", None)
    if read is None:
        return Missing(f"{sys.platform} keeps no I/O accounts of processes")
    try:
        counts = read(psutil.Process(pid))
    except psutil.Error as error:
        return Missing(f"the system's I/O accounts of the command can't be read: {error}")
    return IoCounts(counts.read_count, counts.read_bytes, counts.write_count, counts.write_bytes)


def _memory_elsewhere(pid: int) -> int:
    import psutil

    try:
        memory = psutil.Process(pid).memory_info()
    except psutil.Error:
        return 0
    return int(getattr(memory, "peak_wset", memory.rss))
