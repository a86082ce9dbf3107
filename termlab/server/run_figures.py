"""The figures of a run that come of the command's own accounts and of its pane: time, CPU, memory,
read and write calls, the way of its output. Pure, but for the pane that is asked; what the parts of
an observation tell beside these is theirs (`observing/seen_*`).
"""

import time
from typing import Final, NamedTuple

from termlab.backends.pty import ChildUsage
from termlab.model.figure import Amount, Figure, Missing
from termlab.probes.accounting import IoCounts
from termlab.server.meter import Meter
from termlab.server.pane import Pane
from termlab.terminal.coalescer import Flush

# What the copy of this process may still take between its own last look and the program's start.
_FLOOR_BYTES: Final = 256 * 1024
# User and system time are told apart by the kernel's ticks, of 1 to 10 ms.
_FEW_TICKS_S: Final = 0.1
SPLIT: Final = "told from the other by the kernel's ticks: a guess where there were few"
LEFT: Final = "the command was still running when its pane was closed"


class Accounts(NamedTuple):
    """What was read of a run at its end. ``status`` is None where the command still ran;
    ``own_cpu_s`` is this process's by then, ``cost`` whose that is."""

    wall_s: float
    status: int | None
    usage: ChildUsage | None
    io: IoCounts | Missing
    own_cpu_s: float
    cost: str


def command_figures(pane: Pane, meter: Meter, accounts: Accounts) -> dict[str, Figure]:
    """By the names of `RunFigures`."""
    usage, status = accounts.usage, accounts.status
    io = accounts.io if status is not None else Missing(LEFT)
    return {
        "wall_s": Amount(accounts.wall_s),
        "cpu_s": _cpu(usage, status, "cpu_s"),
        "cpu_user_s": _cpu(usage, status, "user_s"),
        "cpu_system_s": _cpu(usage, status, "system_s"),
        "memory_peak_bytes": _memory(usage, meter.memory_bytes),
        "read_calls": _account(io, "read_calls"),
        "read_bytes": _account(io, "read_bytes"),
        "write_calls": _account(io, "write_calls"),
        "write_bytes": _account(io, "write_bytes"),
        "termlab_cpu_s": Amount(time.process_time() - accounts.own_cpu_s, accounts.cost),
    }


def pane_figures(pane: Pane) -> dict[str, Figure]:
    """What the pane has counted of its output, whoever looks."""
    stats = pane.coalescer.stats()
    flushes = stats.flushes
    return {
        "pty_bytes": Amount(stats.bytes),
        "pty_reads": Amount(stats.reads),
        "frames": Amount(pane.frames, "sent, to all clients"),
        "flushes": Amount(sum(flushes.values())),
        "flushes_full": Amount(flushes[Flush.FULL]),
        "flushes_size": Amount(flushes[Flush.SIZE]),
        "flushes_key": Amount(flushes[Flush.KEY]),
        "flushes_quiet": Amount(flushes[Flush.QUIET]),
        "flushes_time": Amount(flushes[Flush.TIME]),
        "flushes_end": Amount(flushes[Flush.END]),
        "writes_saved": Amount(stats.saved, "reads less flushes"),
    }


def _cpu(usage: ChildUsage | None, status: int | None, field: str) -> Figure:
    if usage is not None:
        value: float = getattr(usage, field)
        guessed = field != "cpu_s" and usage.cpu_s < _FEW_TICKS_S
        return Amount(value, SPLIT if guessed else "")
    if status is None:
        return Missing(LEFT)
    return Missing("this way of starting programs gives no account of their CPU time")


def _memory(usage: ChildUsage | None, seen_bytes: int) -> Figure:
    """The kernel's figure where it is the program's, else the most that was seen of it."""
    if usage is not None and usage.peak_bytes > usage.floor_bytes + _FLOOR_BYTES:
        return Amount(usage.peak_bytes, "RSS of the largest process")
    if seen_bytes:
        return Amount(seen_bytes, "RSS of the largest process, as seen")
    if usage is not None:
        return Missing(
            f"it stayed under the {usage.floor_bytes / (1 << 20):.0f} MiB that the kernel "
            "books on it from its start in termlab, and ended before it was seen"
        )
    return Missing("nothing was seen of its memory while it ran")


def _account(io: IoCounts | Missing, field: str) -> Figure:
    if isinstance(io, Missing):
        return io
    return Amount(getattr(io, field))
