"""What the kernel knows of processes: CPU time, memory, context switches. Linux."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

MIB = 1024.0


def cpu_s(pids: Iterable[int]) -> float:
    """Seconds of CPU, user and system, that they have used so far."""
    if sys.platform == "win32":
        return 0.0
    else:
        ticks = os.sysconf("SC_CLK_TCK")
        return sum(_ticks(pid) for pid in pids) / ticks


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def run_ns(pids: Iterable[int]) -> int:
    """Nanoseconds on a CPU, all threads: finer than ticks, for what hardly runs."""
    return sum(
        int((task / "schedstat").read_text().split()[0])
        for pid in pids
        for task in Path(f"/proc/{pid}/task").iterdir()
    )


def switches(pids: Iterable[int]) -> int:
    """Context switches so far, of all their threads: each is a wake-up or an interruption."""
    count = 0
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if "ctxt_switches" in line:
                    count += int(line.split()[1])
    return count


def pss_mib(pids: Iterable[int]) -> float:
    """Memory in MiB, shared pages by their share: sums up over processes."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / MIB
