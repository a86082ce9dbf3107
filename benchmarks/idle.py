"""What a session costs while nothing happens: context switches and time on a CPU.

``python -m benchmarks.idle [--quick]``: one client attached at a prompt, 10 s, all processes; and
again with termlab's lab dock shown, which looks at the pane once a second.
"""

import sys
from typing import Final

from benchmarks.contestants import contestant, present
from benchmarks.processes import run_ns, switches
from benchmarks.report import row, table

SECONDS: Final = 10.0
# Start-up work that was put off is done by then.
SETTLE_S: Final = 3.0


# The key that shows the dock, and who has one to show.
DOCK: Final = b"\x02P"
DOCKED: Final = ("termlab", "stand-alone")


def measure(name: str, seconds: float, dock: bool = False) -> tuple[float, float, float]:
    """Switches, per mille of one CPU, and bytes to the terminal; with the ``dock`` or without."""
    with contestant(name) as one:
        one.start()
        with one.attach() as terminal:
            terminal.settle()
            terminal.calm(SETTLE_S)
            pids = one.rest(terminal)
            if dock:
                terminal.write(DOCK)
                terminal.read_for(SETTLE_S)
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
    docked = {name: measure(name, seconds, dock=True) for name in DOCKED}
    rows += [
        row(f"lab dock shown: {title}", {name: each[i] for name, each in docked.items()}, i)
        for i, title in enumerate(titles[:2])
    ]
    return table(f"Idle for {seconds:g} s, one client", rows, "Less is better.")


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
