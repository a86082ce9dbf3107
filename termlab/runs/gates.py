"""What each figure is held to when two runs are compared: a table.

Counts are the same in each run of the same program on the same input: a small change in one run is
one. Memory, and the page faults that come of it, vary by 1 % where one process does the work, and
by up to 10 % where several do. Times vary by 3 to 8 %, and so does whatever time decides: those
are told apart by a test over ten runs a side. The rest says how a run went and is held against
nobody.
"""

from typing import Final, Literal, NamedTuple

Kind = Literal["count", "memory", "time", "context"]
# Which way is better.
Better = Literal["less", "more"]


class Gate(NamedTuple):
    """``floor``: a smaller difference is none, whatever its share (in the figure's unit)."""

    kind: Kind
    better: Better = "less"
    floor: float = 0.0


class Rule(NamedTuple):
    """What is a difference: ``change`` as a share, seen in ``runs`` a side or more."""

    change: float
    runs: int


RULES: Final[dict[Kind, Rule]] = {
    "count": Rule(0.02, 1),
    "memory": Rule(0.10, 3),
    "time": Rule(0.03, 10),
}
# The chance that of two equals one is called better or worse, over all figures together.
ALPHA: Final = 0.05
# Cliff's delta from which a difference is called large (Romano et al. 2006).
MIN_EFFECT: Final = 0.474
# Runs that were not made by turns are compared only where the machine was quiet: what else it does
# would be the difference. On one that was not, each fourth of such comparisons of two equals
# was a false alarm; within these bounds one of sixty.
MAX_VARIATION: Final = 0.10
MAX_PERSISTENCE: Final = 0.3
# What varies by half of the least difference may drift: it does not drift that far.
CALM: Final = RULES["time"].change / 2

_COUNT: Final = Gate("count")
# Where a read ends in the middle of a row, it is looked at twice.
_ROWS: Final = Gate("count", floor=5)
_TIME: Final = Gate("time")
# A clock's step, and what the machine adds to the way of a key.
_SECONDS: Final = Gate("time", floor=0.002)
_MILLISECONDS: Final = Gate("time", floor=0.05)
_PERCENT: Final = Gate("time", floor=0.5)
_CONTEXT: Final = Gate("context")

GATES: Final[dict[str, Gate]] = {
    "wall_s": _SECONDS,
    "cpu_s": _SECONDS,
    "cpu_user_s": _SECONDS,
    "cpu_system_s": _SECONDS,
    # Of a small program it is the kernel's batches of pages as much as the program's own.
    "memory_peak_bytes": Gate("memory", floor=1 << 20),
    "read_calls": _COUNT,
    "read_bytes": _COUNT,
    "write_calls": _COUNT,
    "write_bytes": _COUNT,
    "pty_bytes": _COUNT,
    "key_p50_ms": _MILLISECONDS,
    "key_p95_ms": _MILLISECONDS,
    "key_p99_ms": _MILLISECONDS,
    "calls": _COUNT,
    "call_time_s": _SECONDS,
    "call_errors": _COUNT,
    "small_reads": _COUNT,
    "small_writes": _COUNT,
    "calls_per_key": _COUNT,
    "idle_calls_per_s": Gate("time", floor=0.5),
    "busy_cpu_percent": _PERCENT,
    "idle_cpu_percent": _PERCENT,
    "wakeups": _TIME,
    "idle_wakeups_per_s": Gate("time", floor=0.5),
    "cpu_per_key_ms": _MILLISECONDS,
    "cpu_per_mb_ms": _TIME,
    "processes": _COUNT,
    # Looked at now and then: of a short run, by chance.
    "pss_peak_bytes": Gate("time", floor=1 << 18),
    "memory_slope_bytes_per_s": Gate("time", floor=4096),
    # Where a program is laid out in memory is drawn anew each time, which some pages depend on.
    "minor_faults": Gate("memory", floor=64),
    "consumed_p50_ms": _MILLISECONDS,
    "consumed_p95_ms": _MILLISECONDS,
    "answered_p50_ms": _MILLISECONDS,
    "answered_p95_ms": _MILLISECONDS,
    "drawn_p50_ms": _MILLISECONDS,
    "drawn_p95_ms": _MILLISECONDS,
    "drawn_p99_ms": _MILLISECONDS,
    "output_bytes_per_s": Gate("time", "more"),
    "full_clears": _COUNT,
    "full_clears_unsynced": _COUNT,
    "rows_touched": _ROWS,
    "rows_unchanged": _ROWS,
    "cursor_moves": _COUNT,
    "colour_changes": _COUNT,
    "colour_changes_redundant": _COUNT,
}


def gate_of(figure: str) -> Gate:
    """What a figure is held to."""
    return GATES.get(figure, _CONTEXT)
