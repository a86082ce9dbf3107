"""The figures of one run of `termlab profile`, each named once: with its unit and the words a
person reads. A field of `RunFigures` without a row in `FIGURES`, or a row without a field, is an
error a test finds. Measuring and printing are others'.
"""

from typing import Final, NamedTuple

from termlab.model.figure import Figure, Unit
from termlab.model.records import msgspec


class RunFigures(msgspec.Struct, frozen=True):
    """The figures of one run, in the units that their names end with; others are counts."""

    wall_s: Figure
    cpu_s: Figure
    cpu_user_s: Figure
    cpu_system_s: Figure
    memory_peak_bytes: Figure
    read_calls: Figure
    read_bytes: Figure
    write_calls: Figure
    write_bytes: Figure
    pty_bytes: Figure
    pty_reads: Figure
    frames: Figure
    flushes: Figure
    flushes_full: Figure
    flushes_size: Figure
    flushes_key: Figure
    flushes_quiet: Figure
    flushes_time: Figure
    flushes_end: Figure
    writes_saved: Figure
    keys: Figure
    key_p50_ms: Figure
    key_p95_ms: Figure
    key_p99_ms: Figure
    key_max_ms: Figure
    calls: Figure
    call_time_s: Figure
    call_errors: Figure
    small_reads: Figure
    small_writes: Figure
    calls_per_key: Figure
    idle_calls_per_s: Figure
    idle_s: Figure
    busy_cpu_percent: Figure
    idle_cpu_percent: Figure
    wakeups: Figure
    idle_wakeups_per_s: Figure
    cpu_per_key_ms: Figure
    cpu_per_mb_ms: Figure
    processes: Figure
    pss_peak_bytes: Figure
    memory_slope_bytes_per_s: Figure
    minor_faults: Figure
    major_faults: Figure
    emulator_bytes: Figure
    consumed_p50_ms: Figure
    consumed_p95_ms: Figure
    answered_p50_ms: Figure
    answered_p95_ms: Figure
    drawn_p50_ms: Figure
    drawn_p95_ms: Figure
    drawn_p99_ms: Figure
    echoes: Figure
    output_bytes_per_s: Figure
    bursts: Figure
    burst_bytes: Figure
    sync_frames: Figure
    full_clears: Figure
    full_clears_unsynced: Figure
    rows_touched: Figure
    rows_unchanged: Figure
    rows_scrolled: Figure
    cursor_moves: Figure
    colour_changes: Figure
    colour_changes_redundant: Figure
    pty_reads_small_percent: Figure
    alternate_screens: Figure
    termlab_cpu_s: Figure
    termlab_client_cpu_s: Figure
    probe_s: Figure


class FigureRow(NamedTuple):
    """One figure: the field, its unit, the group it is printed in and what it is called there."""

    name: str
    unit: Unit
    group: str
    label: str


_COMMAND: Final = "the command and all descendants it waited for"
_IO: Final = "their read and write system calls"
_OUTPUT: Final = "the output through termlab"
_KEYS: Final = "key -> first output"
_OWN: Final = "termlab's own cost"
_CALLS: Final = "their system calls"
_ACTIVITY: Final = "CPU and wakeups, busy and idle"
_MEMORY: Final = "memory over time"
_STAGES: Final = "the way of a key"
_QUALITY: Final = "output quality"

FIGURES: Final[tuple[FigureRow, ...]] = (
    FigureRow("wall_s", "s", _COMMAND, "wall time"),
    FigureRow("cpu_s", "s", _COMMAND, "CPU time"),
    FigureRow("cpu_user_s", "s", _COMMAND, "  user"),
    FigureRow("cpu_system_s", "s", _COMMAND, "  system"),
    FigureRow("memory_peak_bytes", "bytes", _COMMAND, "peak memory"),
    FigureRow("read_calls", "count", _IO, "read calls"),
    FigureRow("read_bytes", "bytes", _IO, "bytes read"),
    FigureRow("write_calls", "count", _IO, "write calls"),
    FigureRow("write_bytes", "bytes", _IO, "bytes written"),
    FigureRow("pty_bytes", "bytes", _OUTPUT, "bytes from the terminal"),
    FigureRow("pty_reads", "count", _OUTPUT, "reads"),
    FigureRow("frames", "count", _OUTPUT, "frames"),
    FigureRow("flushes", "count", _OUTPUT, "flushes"),
    FigureRow("flushes_full", "count", _OUTPUT, "  the buffer was full"),
    FigureRow("flushes_size", "count", _OUTPUT, "  enough bytes waited"),
    FigureRow("flushes_key", "count", _OUTPUT, "  a key had been typed"),
    FigureRow("flushes_quiet", "count", _OUTPUT, "  it had been quiet"),
    FigureRow("flushes_time", "count", _OUTPUT, "  bytes waited long enough"),
    FigureRow("flushes_end", "count", _OUTPUT, "  the output ended"),
    FigureRow("writes_saved", "count", _OUTPUT, "writes saved by coalescing"),
    FigureRow("keys", "count", _KEYS, "keys measured"),
    FigureRow("key_p50_ms", "ms", _KEYS, "p50"),
    FigureRow("key_p95_ms", "ms", _KEYS, "p95"),
    FigureRow("key_p99_ms", "ms", _KEYS, "p99"),
    FigureRow("key_max_ms", "ms", _KEYS, "max"),
    FigureRow("calls", "count", _CALLS, "calls"),
    FigureRow("call_time_s", "s", _CALLS, "  time in them"),
    FigureRow("call_errors", "count", _CALLS, "  that failed"),
    FigureRow("small_reads", "count", _CALLS, "reads under 16 bytes"),
    FigureRow("small_writes", "count", _CALLS, "writes under 16 bytes"),
    FigureRow("calls_per_key", "count", _CALLS, "calls a key"),
    FigureRow("idle_calls_per_s", "per_s", _CALLS, "calls a second, idle"),
    FigureRow("idle_s", "s", _ACTIVITY, "time idle"),
    FigureRow("busy_cpu_percent", "percent", _ACTIVITY, "CPU, busy"),
    FigureRow("idle_cpu_percent", "percent", _ACTIVITY, "CPU, idle"),
    FigureRow("wakeups", "count", _ACTIVITY, "wakeups"),
    FigureRow("idle_wakeups_per_s", "per_s", _ACTIVITY, "wakeups a second, idle"),
    FigureRow("cpu_per_key_ms", "ms", _ACTIVITY, "CPU a key"),
    FigureRow("cpu_per_mb_ms", "ms", _ACTIVITY, "CPU a megabyte of output"),
    FigureRow("processes", "count", _ACTIVITY, "processes"),
    FigureRow("pss_peak_bytes", "bytes", _MEMORY, "peak PSS"),
    FigureRow("memory_slope_bytes_per_s", "bytes_per_s", _MEMORY, "growth"),
    FigureRow("minor_faults", "count", _MEMORY, "page faults"),
    FigureRow("major_faults", "count", _MEMORY, "  from disk"),
    FigureRow("emulator_bytes", "bytes", _MEMORY, "screen and history"),
    FigureRow("consumed_p50_ms", "ms", _STAGES, "key -> consumed p50"),
    FigureRow("consumed_p95_ms", "ms", _STAGES, "  p95"),
    FigureRow("answered_p50_ms", "ms", _STAGES, "consumed -> answered p50"),
    FigureRow("answered_p95_ms", "ms", _STAGES, "  p95"),
    FigureRow("drawn_p50_ms", "ms", _STAGES, "key -> drawn p50"),
    FigureRow("drawn_p95_ms", "ms", _STAGES, "  p95"),
    FigureRow("drawn_p99_ms", "ms", _STAGES, "  p99"),
    FigureRow("echoes", "count", _STAGES, "keys the kernel echoed"),
    FigureRow("output_bytes_per_s", "bytes_per_s", _QUALITY, "throughput, busy"),
    FigureRow("bursts", "count", _QUALITY, "bursts of output"),
    FigureRow("burst_bytes", "bytes", _QUALITY, "bytes a burst"),
    FigureRow("sync_frames", "count", _QUALITY, "synchronised frames"),
    FigureRow("full_clears", "count", _QUALITY, "full clears"),
    FigureRow("full_clears_unsynced", "count", _QUALITY, "  not synchronised"),
    FigureRow("rows_touched", "count", _QUALITY, "rows written"),
    FigureRow("rows_unchanged", "count", _QUALITY, "  that changed nothing"),
    FigureRow("rows_scrolled", "count", _QUALITY, "rows scrolled"),
    FigureRow("cursor_moves", "count", _QUALITY, "cursor movements"),
    FigureRow("colour_changes", "count", _QUALITY, "colour changes"),
    FigureRow("colour_changes_redundant", "count", _QUALITY, "  that changed nothing"),
    FigureRow("pty_reads_small_percent", "percent", _QUALITY, "reads under 16 bytes"),
    FigureRow("alternate_screens", "count", _QUALITY, "times it took the whole screen"),
    FigureRow("termlab_cpu_s", "s", _OWN, "CPU time"),
    FigureRow("termlab_client_cpu_s", "s", _OWN, "  of clients"),
    FigureRow("probe_s", "s", _OWN, "time in probes"),
)
