"""Records of the lab dock that were never measured: the same in every run."""

from typing import Final

from termlab.model.metrics import Amount, Missing
from termlab.model.vitals import (
    LATENCY_EDGES_MS,
    Activity,
    ArenaUse,
    Latency,
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
    return Vitals(
        pane, 1.0, Syscalls(*(NO_COUNTERS,) * 4), idle, kept, keys, FIRST_LOOK, FIRST_LOOK
    )


def minute(pane: int = 0) -> list[Vitals]:
    """A look a second, for a minute: figures that rise, fall, and have a gap."""
    looks = []
    for second in range(60):
        part = (second * 7 % 23) / 23
        looks.append(
            vitals(pane, reads=400 + 800 * part, cpu=5 + 90 * part, rss=2e7 + 4e5 * second)
        )
    return [*looks[:40], unknown(pane), *looks[41:]]
