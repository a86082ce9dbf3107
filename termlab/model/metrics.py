"""What a run of `termlab profile` measured, as records: every figure is an amount or the reason why
there is none, never a zero in its place.

`FIGURES` names each figure once, with its unit and the words a person reads; a field of
`RunFigures` without a row, or a row without a field, is an error a test finds. Measuring and
printing are others'.
"""

from typing import Final, Literal, NamedTuple

from termlab.model.records import msgspec

Unit = Literal["s", "ms", "bytes", "count"]


class Amount(msgspec.Struct, frozen=True, tag="amount"):
    """A measured figure, in the unit of its row. ``note``: what it holds besides the obvious."""

    value: float
    note: str = ""


class Missing(msgspec.Struct, frozen=True, tag="missing"):
    """Why a figure is not there, in one sentence."""

    reason: str


Figure = Amount | Missing


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
    termlab_cpu_s: Figure


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
    FigureRow("termlab_cpu_s", "s", _OWN, "CPU time"),
)


class Run(msgspec.Struct, frozen=True):
    """One run. ``exit_code`` is None where there is none, and ``ending`` says how it ended then."""

    figures: RunFigures
    exit_code: int | None
    signal: str
    ending: str
    interrupted: bool = False


class Machine(msgspec.Struct, frozen=True):
    """Where it ran: what two runs must share to be compared."""

    host: str
    system: str
    kernel: str
    cpu: str
    cpus: int
    termlab: str


class Profile(msgspec.Struct, frozen=True):
    """A command, where it ran, on a terminal of which size, and its runs in order."""

    command: tuple[str, ...]
    machine: Machine
    cols: int
    rows: int
    runs: tuple[Run, ...]
    runs_asked: int = 1
