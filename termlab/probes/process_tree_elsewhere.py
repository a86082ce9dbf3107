"""A process tree where there is no /proc: as far as psutil tells. Typed for macOS and Windows, and
tried on Linux only.

Of children that have ended nothing is known there but their CPU time, and that not on Windows.
"""

from typing import Final

import psutil

from termlab.probes.accounting import IoCounts
from termlab.probes.process_tree import MAX_PROCESSES, Look, Name, Seen

_NS: Final = 1_000_000_000
_MICRO: Final = 1_000_000


def look(pid: int) -> Look:
    """The tree below ``pid``, which belongs to it."""
    try:
        root = psutil.Process(pid)
        found = [root, *root.children(recursive=True)]
    except psutil.Error:
        return Look({})
    processes: dict[Name, Seen] = {}
    torn = False
    for each in found[:MAX_PROCESSES]:
        try:
            processes[each.pid, int(each.create_time() * _MICRO)] = _seen(each)
        except psutil.Error:  # it has gone, or won't even say when it was started
            torn = True
    return Look(processes, torn, len(found) > MAX_PROCESSES)


def lives(name: Name) -> bool:
    """Whether a process is still there, wherever it hangs."""
    try:
        return int(psutil.Process(name[0]).create_time() * _MICRO) == name[1]
    except psutil.Error:
        return False


def _seen(process: psutil.Process) -> Seen:
    """One process. Raises ``psutil.NoSuchProcess``."""
    try:
        with process.oneshot():
            times = process.cpu_times()
            reaped = getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
            return Seen(
                int((times.user + times.system) * _NS),
                int(reaped * _NS),
                _io(process),
                _switches(process),
                (memory := process.memory_info()).rss,
                faults_of(memory),
                getattr(memory, "peak_wset", 0),
                ((0, process.name()),),
            )
    except psutil.AccessDenied:
        return Seen(0, 0, None, None, 0)


def _io(process: psutil.Process) -> IoCounts | None:
    """None where the platform keeps none, or not for us."""
    read = getattr(process, "io_counters", None)
    if read is None:
        return None
    try:
        counts = read()
    except psutil.AccessDenied:
        return None
    return IoCounts(counts.read_count, counts.read_bytes, counts.write_count, counts.write_bytes)


def faults_of(memory: object) -> tuple[int, int] | None:
    """macOS tells them apart, Windows does not; of children that have ended neither tells."""
    faults, from_disk = getattr(memory, "pfaults", None), getattr(memory, "pageins", None)
    if faults is None or from_disk is None:
        return None
    return max(faults - from_disk, 0), from_disk


def _switches(process: psutil.Process) -> dict[int, int] | None:
    """Of the whole process where the platform says so, as if it were one thread."""
    try:
        return {0: process.num_ctx_switches().voluntary}
    except (psutil.AccessDenied, NotImplementedError):
        return None
