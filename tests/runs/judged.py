"""Runs made up to be judged: one in which nothing is wrong, and what to change of it."""

import msgspec

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.metrics import FIGURES, RunFigures
from termlab.model.run import Run
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail

MIB = 1 << 20
Given = dict[str, float | Figure]
NOT_HERE = Missing("this can't be measured here")
# An editor that was typed into for ten seconds, half of them silent.
FIGURES_OF_IT: Given = {
    "wall_s": 10.0,
    "idle_s": 5.0,
    "cpu_s": 0.5,
    "keys": 100,
    "key_p50_ms": 2,
    "key_p95_ms": 4,
    "consumed_p50_ms": 0.1,
    "consumed_p95_ms": 0.2,
    "answered_p50_ms": 1,
    "answered_p95_ms": 2,
    "cpu_per_key_ms": 0.9,
    "pty_bytes": 20_000,
    "bursts": 100,
    "burst_bytes": 200,
    "write_calls": 120,
    "write_bytes": 20_000,
    "read_calls": 300,
    "read_bytes": 90_000,
    "calls": 2000,
    "call_errors": 40,
    "small_reads": 100,
    "small_writes": 30,
    "rows_touched": 250,
    "rows_unchanged": 20,
    "cursor_moves": 400,
    "colour_changes": 300,
    "colour_changes_redundant": 20,
    "alternate_screens": 1,
    "processes": 1,
    "memory_peak_bytes": 20 * MIB,
    "minor_faults": 3000,
}
CALLS = (
    CallCount("read", 300, 9_000_000_000, 5, 0),
    CallCount("write", 120, 2_000_000, 0, 0),
    CallCount("poll", 200, 9_000_000_000, 0, 2),
    CallCount("mmap", 40, 1_000_000, 0, 0),
)


def figures(**given: float | Figure) -> RunFigures:
    """Those of it, but for those given; what is not named in either is 0."""
    values: dict[str, Figure] = {row.name: Amount(0) for row in FIGURES}
    for name, value in (FIGURES_OF_IT | given).items():
        values[name] = value if isinstance(value, Amount | Missing) else Amount(value)
    return RunFigures(**values)


def run(*calls: CallCount, **given: float | Figure) -> Run:
    """With ``calls`` in place of those of the same name."""
    named = {call.name: call for call in (*CALLS, *calls)}
    table = CallTable("ebpf", "exact", 0, tuple(named.values()))
    return Run(
        figures(**given),
        0,
        "",
        "exit code 0",
        table=table,
        trails=tuple(KeyTrail(at / 10, 1.5, 0.1, 1.0, 3.0) for at in range(100)),
        samples=samples(20 * MIB, 0),
    )


def unseen(run: Run) -> Run:
    """The same where system calls are not told by name."""
    return msgspec.structs.replace(run, table=NOT_HERE)


def blank() -> Run:
    """One of which nothing could be measured."""
    return Run(RunFigures(**{row.name: NOT_HERE for row in FIGURES}), 0, "", "exit code 0")


def samples(rss_bytes: int, bytes_per_s: int, seconds: int = 10) -> tuple[Sample, ...]:
    """Ten a second, growing evenly."""
    return tuple(
        Sample(at / 10, 1.0, rss_bytes + bytes_per_s * at // 10) for at in range(seconds * 10 + 1)
    )


def silence(wakeups_per_s: float | None, cpu_percent: float | None) -> tuple[Sample, ...]:
    """A second of work, then four seconds of silence, in which this went on."""
    work = tuple(Sample(at / 4, 90, 20 * MIB, wakeups_per_s=400) for at in range(4))
    return work + tuple(
        Sample(1 + at / 4, cpu_percent, 20 * MIB, wakeups_per_s=wakeups_per_s, idle=True)
        for at in range(16)
    )


def answered(took_ms: float, keys: int = 100) -> tuple[KeyTrail, ...]:
    """Keys that the program answered so long after it had them."""
    return tuple(
        KeyTrail(at / 10, took_ms + 0.5, 0.25, took_ms + 0.25, took_ms + 2) for at in range(keys)
    )


def unread(waited_ms: float, keys: int = 100) -> tuple[KeyTrail, ...]:
    """Keys that lay so long."""
    return tuple(
        KeyTrail(at / 10, waited_ms + 2, waited_ms, waited_ms + 1, waited_ms + 5)
        for at in range(keys)
    )
