"""What a session costs while nothing happens: context switches and time on a CPU.

``python -m benchmarks.idle [--quick]``: one client attached at a prompt, 10 s, all processes.
"""

import sys
from typing import Final

from benchmarks.contestants import contestant, present
from benchmarks.processes import run_ns, switches
from benchmarks.report import row, table

SECONDS: Final = 10.0
# Start-up work that was put off is done by then.
SETTLE_S: Final = 3.0


def measure(name: str, seconds: float) -> tuple[float, float, float]:
    """Switches, per mille of one CPU, and bytes to the terminal."""
    with contestant(name) as one:
        one.start()
        with one.attach() as terminal:
            terminal.settle()
            terminal.calm(SETTLE_S)
            pids = one.rest(terminal)
            before, cpu = switches(pids), run_ns(pids)
            count = terminal.read_for(seconds)
            return switches(pids) - before, (run_ns(pids) - cpu) / seconds / 1e6, count


def main(quick: bool = False) -> str:
    """The table."""
    seconds = 1.0 if quick else SECONDS
    values = {name: measure(name, seconds) for name in present() if name != "plain"}
    titles = ("context switches", "CPU, per mille of one", "bytes to the terminal")
    rows = [
        row(title, {name: each[i] for name, each in values.items()}, 4 if i == 1 else 0)
        for i, title in enumerate(titles)
    ]
    return table(f"Idle for {seconds:g} s, one client", rows, "Less is better.")


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
