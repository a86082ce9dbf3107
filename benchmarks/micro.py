"""Micro-benchmarks of copy, ring, coalescer, arenas, pool and codec, by pyperf: ns each.

``python -m benchmarks.micro [--quick]``. pyperf (the extra ``bench``) runs every case in processes
of its own and finds how often to repeat it; where it is not installed, that is all this says.
"""

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

FULL: Final = ("--processes", "3", "--values", "5", "--warmups", "1", "--min-time", "0.03")
QUICK: Final = ("--processes", "1", "--values", "2", "--warmups", "0", "--min-time", "0.001")
TITLE: Final = "## Micro-benchmarks (pyperf)"


def measure(quick: bool) -> dict[str, tuple[float, float]]:
    """Nanoseconds of each case: the median of all values, and how far they spread, in per cent."""
    import pyperf

    effort = QUICK if quick else FULL
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, "micro.json")
        subprocess.run(
            [sys.executable, "-m", "benchmarks.micro_cases", *effort, "--quiet", "-o", str(file)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        suite = pyperf.BenchmarkSuite.load(str(file))
    found = {}
    for each in suite.get_benchmarks():
        values = [value * 1e9 for value in each.get_values()]
        middle = median(values)
        found[each.get_name()] = (middle, (max(values) - min(values)) / middle * 100)
    return found


def main(quick: bool = False) -> str:
    """The table."""
    if importlib.util.find_spec("pyperf") is None:
        return f"{TITLE}\n\nNot measured: pyperf is missing; `pip install 'termlab[bench]'`.\n"
    found = measure(quick)
    rows = [f"| {name} | {ns:,.0f} | {spread:.0f} % |" for name, (ns, spread) in found.items()]
    head = ["| case | ns | spread |", "|---|---:|---:|"]
    return "\n".join([TITLE, "", *head, *rows, "", _told(found), ""])


def _told(found: dict[str, tuple[float, float]]) -> str:
    """What the figures say of one another."""
    ns = {name: value for name, (value, _) in found.items()}
    ring = ns["ring: a read of 4 KiB in and out"] / ns["copy of 4 KiB"]
    pool = ns["no pool: 64 KiB mapped and unmapped"] / ns["pool: 64 KiB taken and given back"]
    saves = "the pool saves time" if pool > 1 else "the pool saves no time"
    return (
        f"A read passes the ring in the time of {ring:.1f} copies of 4 KiB. Memory mapped anew "
        f"takes {pool:.1f} times what it takes from the pool: {saves}. "
        "Spread: from the least to the most of all values, by the median."
    )


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
