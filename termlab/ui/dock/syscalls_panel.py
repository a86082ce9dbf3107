"""*syscalls*: the read and write calls of the pane's processes, how many, of how many bytes."""

from termlab.model.metrics import Amount, Figure, Missing
from termlab.model.vitals import Syscalls, Vitals
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Row
from termlab.ui.dock.missing import Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import judge
from termlab.ui.dock.units import amount, rate, size, throughput

# A call of fewer bytes costs more in the call than in the bytes.
SMALL_BYTES = 64.0
# So many small calls are worth a word.
MANY_PER_S = 1000.0


class SyscallsPanel(Panel):
    """Calls over time, reads and writes together."""

    heading = "syscalls"

    def sample(self, vitals: Vitals) -> Figure:
        return calls(vitals.syscalls)

    def aside(self, vitals: Vitals, top: float) -> str:
        return f"top {rate(top)}" if top else ""

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        return syscalls_rows(vitals.syscalls, trail, cols)


def syscalls_rows(seen: Syscalls, trail: Row, cols: int) -> list[Row]:
    """The panel beneath its title."""
    named: list[Named] = [
        ("reads", seen.reads_per_s),
        ("writes", seen.writes_per_s),
        ("bytes read", seen.read_bytes_per_s),
        ("bytes written", seen.written_bytes_per_s),
    ]
    if nothing_known(named):
        return reasons(named, cols)
    table = grid(
        [
            ("read", (_calls(seen.reads_per_s), _bytes(seen.read_bytes_per_s))),
            ("write", (_calls(seen.writes_per_s), _bytes(seen.written_bytes_per_s))),
        ],
        cols,
    )
    return [*table, trail, *foot(named, meant(seen), cols)]


def calls(seen: Syscalls) -> Figure:
    """Reads and writes together."""
    reads, writes = amount(seen.reads_per_s), amount(seen.writes_per_s)
    if reads is None or writes is None:
        return Missing("not both are known")
    return Amount(reads + writes)


def meant(seen: Syscalls) -> str:
    """What the figures say, in a sentence."""
    reads, writes = amount(seen.reads_per_s), amount(seen.writes_per_s)
    taken, given = amount(seen.read_bytes_per_s), amount(seen.written_bytes_per_s)
    if reads is None or writes is None or taken is None or given is None:
        return ""
    if not reads + writes:
        return "No calls: it waits, or computes."
    kind = "writes" if writes > reads else "reads"
    each = (taken + given) / (reads + writes)
    if each < SMALL_BYTES and reads + writes >= MANY_PER_S:
        return f"Mostly {kind} of only {size(each)}: a larger buffer would save calls."
    return f"Mostly {kind}, of {size(each)} each."


def _calls(figure: Figure) -> Part:
    value = amount(figure)
    if value is None:
        return cell(figure, "")
    role = judge("calls_per_s", value)
    return Part(rate(value), "plain" if role == "good" else role)


def _bytes(figure: Figure) -> Part:
    value = amount(figure)
    return cell(figure, "" if value is None else throughput(value))
