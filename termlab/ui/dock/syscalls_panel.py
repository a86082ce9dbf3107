"""*syscalls*: the calls of the pane's processes by name, or the reads and writes that are booked.

A click on the row above the names lists them by something else, one on the totals tells something
else of each.
"""

from typing import Final

from termlab.model.figure import Amount, Figure, Missing
from termlab.model.lab import Lab
from termlab.model.vitals import Syscalls, Vitals
from termlab.ui.dock.call_list import call_rows
from termlab.ui.dock.grid import grid
from termlab.ui.dock.ink import Part, Row, cut, width, wrapped
from termlab.ui.dock.missing import NONE, Named, cell, foot, nothing_known, reasons
from termlab.ui.dock.panel import Panel
from termlab.ui.dock.thresholds import LIMITS, judge
from termlab.ui.dock.units import amount, count, rate, size, throughput

# A call of fewer bytes costs more in the call than in the bytes.
SMALL_BYTES: Final = 64.0
USUAL: Final = Lab()
# So many small calls are worth a word.
MANY_PER_S: Final = 1000.0


class SyscallsPanel(Panel):
    """Calls over time: all of them where they are known, else reads and writes together."""

    heading = "syscalls"
    part = "syscalls"

    def sample(self, vitals: Vitals) -> Figure:
        return calls(vitals.syscalls)

    def aside(self, vitals: Vitals, top: float) -> str:
        return f"top {rate(top)}" if top else ""

    def draw(self, vitals: Vitals, trail: Row, cols: int) -> list[Row]:
        return syscalls_rows(vitals.syscalls, trail, cols, self.lab)

    def pressed(self, row: int) -> tuple[str, ...]:
        if self._vitals is None or not self._vitals.syscalls.calls:
            return ()
        return {0: ("view-dock",), 1: ("sort-dock",)}.get(row, ())


def syscalls_rows(seen: Syscalls, trail: Row, cols: int, lab: Lab = USUAL) -> list[Row]:
    """The panel beneath its title."""
    return _named(seen, trail, cols, lab) if seen.calls else _booked(seen, trail, cols)


def _named(seen: Syscalls, trail: Row, cols: int, lab: Lab) -> list[Row]:
    """Where calls are known by name."""
    rows = [_totals(seen, cols), *call_rows(seen.calls, lab, cols), trail]
    return [*rows, *foot([], meant(seen), cols), *tier_rows(seen, cols)]


def _totals(seen: Syscalls, cols: int) -> Row:
    """Of all calls together, as much as has room."""
    key = amount(seen.per_key)
    told = (
        ("all", _calls(seen.total_per_s)),
        ("silent", _calls(seen.idle_per_s, "idle_calls_per_s")),
        ("key", NONE if key is None else Part(count(key))),
    )
    row: Row = ()
    for name, figure in told:
        longer = (*row, Part(f"{'  ' if row else ' '}{name} ", "dim"), figure)
        if row and width(longer) > cols:
            break
        row = longer
    return cut(row, cols)


def _booked(seen: Syscalls, trail: Row, cols: int) -> list[Row]:
    """Where only reads and writes are, or the sum of all."""
    named: list[Named] = [
        ("reads", seen.reads_per_s),
        ("writes", seen.writes_per_s),
        ("bytes read", seen.read_bytes_per_s),
        ("bytes written", seen.written_bytes_per_s),
    ]
    if nothing_known([*named, ("all", seen.total_per_s)]):
        return reasons(named, cols)
    lines = [
        ("read", (_calls(seen.reads_per_s), _bytes(seen.read_bytes_per_s))),
        ("write", (_calls(seen.writes_per_s), _bytes(seen.written_bytes_per_s))),
    ]
    if isinstance(seen.total_per_s, Amount):
        lines.insert(0, ("all calls", (_calls(seen.total_per_s), Part(""))))
    return [
        *grid(lines, cols),
        trail,
        *foot(named, meant(seen), cols),
        *tier_rows(seen, cols),
    ]


def tier_rows(seen: Syscalls, cols: int) -> list[Row]:
    """Who counted, and how exact that is; nothing where that is not known."""
    if not seen.accuracy:
        return []
    return wrapped(f"{seen.tier}: {seen.accuracy}", cols, "dim", indent=1)


def calls(seen: Syscalls) -> Figure:
    """All calls, or reads and writes together."""
    if isinstance(seen.total_per_s, Amount):
        return seen.total_per_s
    reads, writes = amount(seen.reads_per_s), amount(seen.writes_per_s)
    if reads is None or writes is None:
        return Missing("not both are known")
    return Amount(reads + writes)


def meant(seen: Syscalls) -> str:
    """What the figures say, in a sentence."""
    return _of_names(seen) if seen.calls else _of_books(seen)


def _of_names(seen: Syscalls) -> str:
    total = sum(call.per_s for call in seen.calls)
    if not total:
        return "No calls: it waits, or computes."
    idle = amount(seen.idle_per_s)
    if idle is not None and idle >= LIMITS["idle_calls_per_s"].warn:
        return f"With its terminal silent it still makes {count(idle)} calls a second."
    worst = max(seen.calls, key=lambda call: call.errors_per_s or 0.0)
    failed = (worst.errors_per_s or 0.0) / total * 100
    if failed >= LIMITS["failed_percent"].warn:
        return f"{failed:.0f} of 100 calls are {worst.name}, and fail."
    if small := _small(seen):
        return small
    first = max(seen.calls, key=lambda call: call.per_s)
    return f"{first.per_s / total * 100:.0f} of 100 calls are {first.name}."


def _small(seen: Syscalls) -> str:
    """That many calls move next to nothing; "" where they don't."""
    reads, writes = amount(seen.reads_per_s), amount(seen.writes_per_s)
    taken, given = amount(seen.read_bytes_per_s), amount(seen.written_bytes_per_s)
    if reads is None or writes is None or taken is None or given is None:
        return ""
    if reads + writes < MANY_PER_S or (taken + given) / (reads + writes) >= SMALL_BYTES:
        return ""
    kind = "writes" if writes > reads else "reads"
    each = (taken + given) / (reads + writes)
    return f"Mostly {kind} of only {size(each)}: a larger buffer would save calls."


def _of_books(seen: Syscalls) -> str:
    reads, writes = amount(seen.reads_per_s), amount(seen.writes_per_s)
    taken, given = amount(seen.read_bytes_per_s), amount(seen.written_bytes_per_s)
    if reads is None or writes is None or taken is None or given is None:
        return ""
    if not reads + writes:
        return "No calls: it waits, or computes."
    kind = "writes" if writes > reads else "reads"
    each = (taken + given) / (reads + writes)
    return _small(seen) or f"Mostly {kind}, of {size(each)} each."


def _calls(figure: Figure, limits: str = "calls_per_s") -> Part:
    value = amount(figure)
    if value is None:
        return cell(figure, "")
    role = judge(limits, value)
    return Part(rate(value), "plain" if role == "good" else role)


def _bytes(figure: Figure) -> Part:
    value = amount(figure)
    return cell(figure, "" if value is None else throughput(value))
