"""How fast output is shown: `cat` of each workload until what follows it reaches the terminal.

``python -m benchmarks.throughput [--quick]``: MB/s, and CPU seconds of all processes.
"""

import sys
import time
from collections import defaultdict
from statistics import median
from typing import Final

from benchmarks.contestants import contestant, present
from benchmarks.processes import cpu_s
from benchmarks.report import row, table
from benchmarks.terminal import MARKER, PRINT_MARKER
from benchmarks.workloads import WORKLOADS, payload

REPEATS: Final = 3


def measure(name: str, workload: str, quick: bool) -> tuple[float, float]:
    """MB/s and CPU seconds of one contestant for one workload."""
    path = payload(workload, quick)
    size = path.stat().st_size
    with contestant(name) as one:
        one.start()
        with one.attach() as terminal:
            terminal.settle()
            pids = one.rest(terminal)
            cpu = cpu_s(pids)
            start = time.perf_counter()
            terminal.write(f"cat {path}; {PRINT_MARKER}".encode())
            elapsed = terminal.until(MARKER) - start
            return size / 1e6 / elapsed, cpu_s(pids) - cpu


def main(quick: bool = False) -> str:
    """The two tables, the contestants taking turns."""
    speeds, cpus = [], []
    for workload in WORKLOADS:
        payload(workload, quick)
        rates: dict[str, list[float]] = defaultdict(list)
        costs: dict[str, list[float]] = defaultdict(list)
        for _ in range(1 if quick else REPEATS):
            for name in present():
                rate, cost = measure(name, workload, quick)
                rates[name].append(rate)
                costs[name].append(cost)
        speeds.append(row(workload, {name: median(all_) for name, all_ in rates.items()}, 1))
        del costs["plain"]
        cpus.append(row(workload, {name: median(all_) for name, all_ in costs.items()}))
    return table("Throughput, MB/s", speeds, "More is better.") + table(
        "CPU seconds of server, client and ui for it", cpus, "Less is better."
    )


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
