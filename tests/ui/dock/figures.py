"""Records of the lab dock that were never measured: the same in every run."""

from typing import Final

import msgspec

from termlab.model.figure import Amount, Missing
from termlab.model.vitals import (
    LATENCY_EDGES_MS,
    Activity,
    ArenaUse,
    CallRate,
    Latency,
    Output,
    Stage,
    Storage,
    Syscalls,
    Vitals,
)

NO_COUNTERS: Final = Missing("the kernel keeps no I/O accounts here: CONFIG_TASK_IO_ACCOUNTING")
NOT_SILENT: Final = Missing("its terminal was never silent in this time")
FIRST_LOOK: Final = Missing("rates need two looks, and this is the first")
NO_ARENAS: Final = Missing('arenas = "off" in the configuration: the heap has what they would')
OFF: Final = ArenaUse(*(NO_ARENAS,) * 4)
NO_KEYS: Final = Missing("no key has been typed into this pane")
ENDED: Final = Missing("the pane's program has ended")


def vitals(
    pane: int = 0,
    reads: float = 1204.0,
    cpu: float = 12.3,
    rss: float = 42e6,
    ring_peak: float = 64_000.0,
    idle_wakeups: float = 2.4,
    slowest_ms: float = 41.0,
    idle_cpu: float = 0.4,
    frame: float = 11_000.0,
    fallbacks: float = 0.0,
) -> Vitals:
    """A pane at work; what a test is about it says."""
    return Vitals(
        pane,
        1.0,
        Syscalls(Amount(reads), Amount(310.0), Amount(reads * 4000), Amount(310 * 38.0)),
        Activity(Amount(3), Amount(cpu), Amount(120.0), Amount(idle_cpu), Amount(idle_wakeups)),
        Storage(
            Amount(rss),
            Amount(ring_peak),
            Amount(131_072.0),
            Amount(3.3e6),
            Amount(2e5),
            Amount(1204.0),
            Amount(196_608.0),
            ArenaUse(Amount(4_300.0), Amount(65_536.0), Amount(9_000.0), Amount(0.0)),
            ArenaUse(Amount(frame), Amount(131_072.0), Amount(48_000.0), Amount(fallbacks)),
        ),
        Latency(
            Amount(214.0),
            Amount(0.61),
            Amount(1.2 if slowest_ms < 100 else slowest_ms / 2),
            Amount(12.3 if slowest_ms < 100 else slowest_ms * 0.9),
            Amount(slowest_ms),
            (1, 20, 100, 50, 10, 5, 4, 3, 2, 1, 1, 0),
        ),
        Amount(0.4),
        Amount(0.83),
    )


def unknown(pane: int = 0) -> Vitals:
    """A pane of which nothing is known."""
    idle = Activity(ENDED, ENDED, ENDED, NOT_SILENT, NOT_SILENT)
    kept = Storage(ENDED, *(FIRST_LOOK,) * 5, NO_ARENAS, OFF, OFF)
    keys = Latency(*(NO_KEYS,) * 5, bins=(0,) * (len(LATENCY_EDGES_MS) + 1))
    written = Output(*(ENDED,) * 11)
    calls = Syscalls(*(NO_COUNTERS,) * 4)
    return Vitals(pane, 1.0, calls, idle, kept, keys, FIRST_LOOK, FIRST_LOOK, written)


def minute(pane: int = 0) -> list[Vitals]:
    """A look a second, for a minute: figures that rise, fall, and have a gap."""
    looks = []
    for second in range(60):
        part = (second * 7 % 23) / 23
        looks.append(
            vitals(pane, reads=400 + 800 * part, cpu=5 + 90 * part, rss=2e7 + 4e5 * second)
        )
    return [*looks[:40], unknown(pane), *looks[41:]]


# As a program makes them that reads its keys and draws: by name, with what each cost.
CALLS: Final = (
    CallRate("read", 804.0, 1.0, 1.2, 2.0, 3.1),
    CallRate("write", 310.0, 0.0, 0.4, 0.0, 1.0),
    CallRate("clock_nanosleep", 60.0, 60.0, 88.0, 0.0, None),
    CallRate("openat", 22.0, 0.0, 0.02, 14.0, 0.1),
    CallRate("futex", 9.0, 2.0, 0.3, 3.0, 0.0),
    CallRate("poll", 7.2, 1.0, 3.1, 0.0, 1.0),
    CallRate("mmap", 2.0, 0.0, 0.01, 0.0, 0.0),
    CallRate("rt_sigprocmask", 1.1, 0.0, 0.0, 0.0, 0.0),
    CallRate("ioctl", 0.4, 0.0, 0.0, 0.2, 0.0),
)
QUALITY: Final = Output(
    bytes_per_s=Amount(12_400.0),
    bursts_per_s=Amount(31.0),
    burst_bytes=Amount(400.0),
    rows_unchanged_percent=Amount(12.0),
    full_clears_per_s=Amount(0.2),
    unsynced_clears_per_s=Amount(0.0),
    sync_frames_per_s=Amount(24.0),
    scrolls_per_s=Amount(3.0),
    cursor_moves_per_s=Amount(140.0),
    redundant_colours_percent=Amount(18.0),
    read_bytes=Amount(310.0),
)


def everything(pane: int = 0, cpu: float = 12.3, rss: float = 42e6, reads: float = 804.0) -> Vitals:
    """A pane of which all is known, as the best of the probes tell it."""
    base = vitals(pane, reads, cpu, rss)
    calls = (msgspec.structs.replace(CALLS[0], per_s=reads), *CALLS[1:])
    total = sum(call.per_s for call in calls)
    change = msgspec.structs.replace
    return change(
        base,
        syscalls=change(
            base.syscalls,
            tier="ebpf",
            accuracy="every call, exact",
            total_per_s=Amount(total),
            idle_per_s=Amount(64.0),
            per_key=Amount(5.2),
            calls=calls,
        ),
        activity=change(
            base.activity,
            busy_cpu_percent=Amount(cpu * 1.2),
            cpu_per_key_ms=Amount(0.8),
            cpu_per_mb_ms=Amount(12.5),
            waker="python3: refresh",
        ),
        storage=change(
            base.storage,
            pss_bytes=Amount(rss * 0.7),
            peak_bytes=Amount(6.1e7),
            growth_bytes_per_s=Amount(4096.0),
            minor_faults_per_s=Amount(120.0),
            major_faults_per_s=Amount(0.0),
            pool_bytes=Amount(3.1e6),
        ),
        latency=change(
            base.latency,
            consumed=Stage(Amount(0.08), Amount(0.2)),
            answered=Stage(Amount(0.4), Amount(0.9)),
            drawn=Stage(Amount(1.1), Amount(2.2)),
            echoes=Amount(12.0),
        ),
        output=QUALITY,
        client_cpu_percent=Amount(0.3),
    )


def lively(pane: int = 0) -> list[Vitals]:
    """A look a second, for a minute, of which all is known."""
    looks = []
    for second in range(60):
        part = (second * 7 % 23) / 23
        looks.append(everything(pane, 5 + 90 * part, 2e7 + 4e5 * second, 400 + 800 * part))
    return looks
