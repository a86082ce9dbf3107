"""From which amounts on a figure of the dock is worth a look, and from which it is bad."""

from typing import Final, NamedTuple

from termlab.ui.dock.ink import Role


class Limits(NamedTuple):
    """``warn`` and ``bad`` are the first amounts that are."""

    warn: float
    bad: float


LIMITS: Final[dict[str, Limits]] = {
    # Of a core. A program that computes is meant to: only a full core is worth a colour.
    "cpu_percent": Limits(90.0, 400.0),
    # While its terminal is silent a program should sleep.
    "idle_cpu_percent": Limits(0.5, 5.0),
    # Once a second is a clock; from sixty on it is a frame loop.
    "idle_wakeups_per_s": Limits(2.0, 30.0),
    # Calls cost about a microsecond each: so many are a percent, and ten, of a core.
    "calls_per_s": Limits(10_000.0, 100_000.0),
    # The share of the ring: full means that the program is held up.
    "ring_share": Limits(0.5, 0.95),
    # A key's answer is felt as late from about 50 ms on.
    "latency_ms": Limits(33.0, 100.0),
    # A failed call was for nothing; some are how programs look for what may not be there.
    "failed_percent": Limits(25.0, 60.0),
    # With its terminal silent a clock makes a handful of calls; a frame loop makes hundreds.
    "idle_calls_per_s": Limits(20.0, 200.0),
    # So much is a gigabyte in four hours, and in a quarter of one: a leak, unless it ends.
    "growth_bytes_per_s": Limits(64 * 1024.0, 1024 * 1024.0),
    # Each waits for a disk, for milliseconds.
    "major_faults_per_s": Limits(1.0, 20.0),
    # Of the rows written: the cursor's is often written as it was, most should not be.
    "unchanged_percent": Limits(50.0, 80.0),
    # A clear that is shown before what follows is a flash, and a few a second are flicker.
    "unsynced_clears_per_s": Limits(0.5, 4.0),
    # Of the colours set: what sets what holds already is bytes for nothing.
    "redundant_percent": Limits(30.0, 60.0),
    # No display shows more pictures a second; each is a wake-up of all that is behind it.
    "bursts_per_s": Limits(120.0, 1000.0),
    # termlab's own share of a core.
    "own_percent": Limits(1.0, 5.0),
}


def judge(name: str, value: float) -> Role:
    """What colour an amount has."""
    limits = LIMITS[name]
    return "bad" if value >= limits.bad else "warn" if value >= limits.warn else "good"
