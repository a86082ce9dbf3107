"""One line of a budget: ``latency.p95 <= 110% of baseline``, ``memory.peak <= 100 MB``.

A figure, a comparison, an amount in a unit of the figure's kind or a share of the baseline's, and
behind a comma ``optional`` where it is to hold only if the figure could be measured. Figures have
the names that reports and JSON have; the ones that people set limits for have short names as well.
"""

import re
from difflib import get_close_matches
from typing import Final, NamedTuple

from termlab.errors import UsageError
from termlab.model.metrics import FIGURES, FigureRow
from termlab.runs.report import show

# Of termlab's own server, from its benchmarks, not of a run.
SERVER: Final = (
    FigureRow("connect_ms", "ms", "termlab's server", "a connection is made"),
    FigureRow(
        "memory_per_1000_connections", "bytes", "termlab's server", "memory of 1000 connections"
    ),
)
ALIASES: Final = {
    "throughput": "output_bytes_per_s",
    "wall": "wall_s",
    "cpu": "cpu_s",
    "cpu.user": "cpu_user_s",
    "cpu.system": "cpu_system_s",
    "cpu.busy_percent": "busy_cpu_percent",
    "cpu.per_key_ms": "cpu_per_key_ms",
    "cpu.per_mb_ms": "cpu_per_mb_ms",
    "idle.cpu_percent": "idle_cpu_percent",
    "idle.wakeups_per_s": "idle_wakeups_per_s",
    "idle.syscalls_per_s": "idle_calls_per_s",
    "latency.p50": "key_p50_ms",
    "latency.p95": "key_p95_ms",
    "latency.p99": "key_p99_ms",
    "latency.max": "key_max_ms",
    "consumed.p95": "consumed_p95_ms",
    "answered.p95": "answered_p95_ms",
    "drawn.p50": "drawn_p50_ms",
    "drawn.p95": "drawn_p95_ms",
    "drawn.p99": "drawn_p99_ms",
    "memory.peak": "memory_peak_bytes",
    "memory.pss": "pss_peak_bytes",
    "memory.growth_per_s": "memory_slope_bytes_per_s",
    "memory.faults": "minor_faults",
    "syscalls": "calls",
    "syscalls.errors": "call_errors",
    "syscalls.per_key": "calls_per_key",
    "syscalls.small_reads": "small_reads",
    "syscalls.small_writes": "small_writes",
    "reads": "read_calls",
    "writes": "write_calls",
    "output.bytes": "pty_bytes",
    "output.full_clears": "full_clears",
    "output.unsynced_clears": "full_clears_unsynced",
    "output.rows_unchanged": "rows_unchanged",
}
_UNITS: Final[dict[str, dict[str, float]]] = {
    "s": {"us": 1e-6, "ms": 1e-3, "s": 1, "min": 60},
    "ms": {"us": 1e-3, "ms": 1, "s": 1e3},
    "bytes": {
        **{"B": 1, "bytes": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9},
        **{"KiB": 2.0**10, "MiB": 2.0**20, "GiB": 2.0**30},
    },
    "count": {},
    "percent": {"%": 1},
    "per_s": {"/s": 1},
}
_UNITS["bytes_per_s"] = {f"{unit}/s": size for unit, size in _UNITS["bytes"].items()}
_LIMIT: Final = re.compile(
    r"(?P<figure>[\w.]+)\s*(?P<sign><=|>=|<|>)\s*(?P<number>-?\d[\d_]*(?:\.\d+)?)\s*"
    r"(?P<unit>%|/?[A-Za-z]+(?:/s)?)?(?P<base>\s+of\s+baseline)?\s*(?P<optional>,\s*optional)?",
    re.ASCII,
)
_HOW: Final = "write FIGURE <= AMOUNT or FIGURE >= 90% of baseline"
_MAX_CHARS: Final = 200


class Limit(NamedTuple):
    """One of them. ``amount`` is in the figure's unit; of a ``relative`` one a share of the
    baseline's value (1.1 for 110 %). ``line`` is where it stands in its file, 0 if in none."""

    text: str
    row: FigureRow
    sign: str
    amount: float
    relative: bool = False
    optional: bool = False
    line: int = 0

    @property
    def at_most(self) -> bool:
        return self.sign.startswith("<")

    def holds(self, value: float, bound: float) -> bool:
        """Whether ``value`` keeps to ``bound``, which is the amount or made of the baseline."""
        if self.sign in ("<", ">"):
            return value < bound if self.at_most else value > bound
        return value <= bound if self.at_most else value >= bound

    def target(self, bound: float) -> str:
        """What is to hold, in figures: ``<= 5.50 ms (110% of baseline)``."""
        share = f" ({self.amount * 100:g}% of baseline)" if self.relative else ""
        return f"{self.sign} {show(self.row.unit, bound)}{share}"


def parse_limit(text: str, line: int = 0) -> Limit:
    """The limit that ``text`` says. Raises ``UsageError`` with what is wrong in it."""
    text = " ".join(text.split())
    found = _LIMIT.fullmatch(text)
    if found is None or len(text) > _MAX_CHARS:
        raise UsageError(f"{text[:_MAX_CHARS]!r} is no limit: {_HOW}")
    row = _figure(found["figure"])
    number = float(found["number"].replace("_", ""))
    optional, relative = bool(found["optional"]), bool(found["base"])
    if relative:
        if found["unit"] != "%":
            raise UsageError(f"{text!r}: a share of the baseline is in percent, as 110%")
        return Limit(text, row, found["sign"], number / 100, True, optional, line)
    amount = number * _unit(text, row, found["unit"])
    return Limit(text, row, found["sign"], amount, False, optional, line)


def _figure(name: str) -> FigureRow:
    known = {row.name: row for row in (*FIGURES, *SERVER)}
    row = known.get(ALIASES.get(name, name))
    if row is None:
        near = get_close_matches(name, [*ALIASES, *known], 2)
        hint = f"did you mean {' or '.join(near)}?" if near else f"as {', '.join(ALIASES)}"
        raise UsageError(f"there is no figure {name[:_MAX_CHARS]!r}: {hint}")
    return row


def _unit(text: str, row: FigureRow, unit: str | None) -> float:
    units = _UNITS[row.unit]
    if unit is None:
        return 1.0
    if unit == "%" and "%" not in units:
        raise UsageError(f"{text!r}: percent of what? Write `% of baseline`")
    if unit not in units:
        known = f"write {', '.join(units)}" if units else "it is a number without one"
        raise UsageError(f"{text!r}: {row.name} has no unit {unit!r}: {known}")
    return units[unit]
