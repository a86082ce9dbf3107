"""What the lab dock shows of one pane: what was measured since the last look, as one frozen record.

Every figure is an amount or the reason why there is none (`metrics.Figure`). Rates are over
``interval_s``; the first look at a pane has none. Who measures and who draws are others; what a
panel shows over time it keeps itself.
"""

from typing import Final

from termlab.model.metrics import Figure
from termlab.model.records import msgspec


class Syscalls(msgspec.Struct, frozen=True):
    """Read and write calls of the pane's processes, from the kernel's I/O accounting."""

    reads_per_s: Figure
    writes_per_s: Figure
    read_bytes_per_s: Figure
    written_bytes_per_s: Figure


class Activity(msgspec.Struct, frozen=True):
    """CPU and wakeups of the pane's processes. The idle figures are over the time in which the
    pane's terminal was silent."""

    processes: Figure
    cpu_percent: Figure
    wakeups_per_s: Figure
    idle_cpu_percent: Figure
    idle_wakeups_per_s: Figure


class ArenaUse(msgspec.Struct, frozen=True):
    """One arena of the pane. ``fallbacks`` counts what the heap had to give; ``resize`` is its last
    change of size in words, "" if there was none."""

    used_bytes: Figure
    capacity_bytes: Figure
    high_water_bytes: Figure
    fallbacks: Figure
    resize: str = ""


class Storage(msgspec.Struct, frozen=True):
    """The memory of the pane's processes and termlab's own for the pane, in bytes. The arenas are
    that of lines and names, and that of the frame made last; None: whoever looked knows none."""

    rss_bytes: Figure
    ring_peak_bytes: Figure
    ring_capacity_bytes: Figure
    emulator_bytes: Figure
    rows_bytes: Figure
    history_rows: Figure
    arena_bytes: Figure
    persistent: ArenaUse | None = None
    temporary: ArenaUse | None = None


class Latency(msgspec.Struct, frozen=True):
    """Key -> first output. ``bins`` counts keys by `LATENCY_EDGES_MS`: one more than the edges."""

    keys: Figure
    p50_ms: Figure
    p95_ms: Figure
    p99_ms: Figure
    max_ms: Figure
    bins: tuple[int, ...] = ()


class Vitals(msgspec.Struct, frozen=True):
    """One look at one pane. The last two are termlab's own cost meanwhile."""

    pane: int
    interval_s: float
    syscalls: Syscalls
    activity: Activity
    storage: Storage
    latency: Latency
    server_cpu_percent: Figure
    sampling_ms: Figure


# The upper edges of the histogram's bins, in milliseconds.
LATENCY_EDGES_MS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 33.0, 66.0, 133.0, 266.0)
