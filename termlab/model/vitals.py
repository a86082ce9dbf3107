"""What the lab dock shows of one pane: what was measured since the last look, as one frozen record.

Every figure is an amount or the reason why there is none (`metrics.Figure`). Rates are over
``interval_s``; the first look at a pane has none. Who measures and who draws are others; what a
panel shows over time it keeps itself.
"""

from typing import Final

from termlab.model.figure import Figure, Missing
from termlab.model.records import msgspec


class CallRate(msgspec.Struct, frozen=True, array_like=True):
    """One system call by its name. ``idle_per_s`` is over the time of silence, ``time_percent``
    the share of the interval that was spent in it, ``per_key`` how many a key had made; None where
    the tier can't tell."""

    name: str
    per_s: float
    idle_per_s: float | None = None
    time_percent: float | None = None
    errors_per_s: float | None = None
    per_key: float | None = None


class Syscalls(msgspec.Struct, frozen=True):
    """Read and write calls of the pane's processes, from the kernel's I/O accounting; and all calls
    by a better ``tier`` (a name of `calls.TIERS`), most first, where there is one."""

    reads_per_s: Figure
    writes_per_s: Figure
    read_bytes_per_s: Figure
    written_bytes_per_s: Figure
    tier: str = "accounting"
    accuracy: str = ""
    total_per_s: Figure = Missing("calls of all kinds are not counted")
    idle_per_s: Figure = Missing("calls of all kinds are not counted")
    per_key: Figure = Missing("calls of all kinds are not counted")
    calls: tuple[CallRate, ...] = ()


class Activity(msgspec.Struct, frozen=True):
    """CPU and wakeups of the pane's processes. The idle figures are over the time in which the
    pane's terminal was silent. ``waker`` is the thread that was woken most, "" if none was."""

    processes: Figure
    cpu_percent: Figure
    wakeups_per_s: Figure
    idle_cpu_percent: Figure
    idle_wakeups_per_s: Figure
    busy_cpu_percent: Figure = Missing("busy and idle time are not told apart")
    cpu_per_key_ms: Figure = Missing("no key was typed since the last look")
    cpu_per_mb_ms: Figure = Missing("there was no output since the last look")
    waker: str = ""


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
    pss_bytes: Figure = Missing("shared pages were not divided yet")
    peak_bytes: Figure = Missing("the peak was not looked at")
    growth_bytes_per_s: Figure = Missing("growth is told once it was looked at for a while")
    minor_faults_per_s: Figure = Missing("page faults were not looked at")
    major_faults_per_s: Figure = Missing("page faults were not looked at")
    pool_bytes: Figure = Missing("the pool was not looked at")


class Stage(msgspec.Struct, frozen=True):
    """One part of a key's way, over the keys of which it is known."""

    p50_ms: Figure
    p95_ms: Figure


class Latency(msgspec.Struct, frozen=True):
    """Key -> first output. ``bins`` counts keys by `LATENCY_EDGES_MS`: one more than the edges.
    The stages are key -> consumed by the program, consumed -> its answer, key -> drawn on the
    client's terminal; ``echoes`` are keys whose output was the kernel's echo, not in the others."""

    keys: Figure
    p50_ms: Figure
    p95_ms: Figure
    p99_ms: Figure
    max_ms: Figure
    bins: tuple[int, ...] = ()
    consumed: Stage | None = None
    answered: Stage | None = None
    drawn: Stage | None = None
    echoes: Figure = Missing("echo is not told from answers")


class Output(msgspec.Struct, frozen=True):
    """What the program sends to its terminal, and how much of it was for nothing. A burst is
    output without a pause; percentages are of the rows written and of the colours set."""

    bytes_per_s: Figure
    bursts_per_s: Figure
    burst_bytes: Figure
    rows_unchanged_percent: Figure
    full_clears_per_s: Figure
    unsynced_clears_per_s: Figure
    sync_frames_per_s: Figure
    scrolls_per_s: Figure
    cursor_moves_per_s: Figure
    redundant_colours_percent: Figure
    read_bytes: Figure


class Vitals(msgspec.Struct, frozen=True):
    """One look at one pane. ``server_cpu_percent``, ``sampling_ms`` and ``client_cpu_percent`` are
    termlab's own cost meanwhile; a panel that nobody shows is not measured."""

    pane: int
    interval_s: float
    syscalls: Syscalls
    activity: Activity
    storage: Storage
    latency: Latency
    server_cpu_percent: Figure
    sampling_ms: Figure
    output: Output | None = None
    client_cpu_percent: Figure = Missing("the cost of clients was not looked at")


# The upper edges of the histogram's bins, in milliseconds.
LATENCY_EDGES_MS: Final = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 33.0, 66.0, 133.0, 266.0)
