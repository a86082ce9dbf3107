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
    # termlab's own share of a core.
    "own_percent": Limits(1.0, 5.0),
}


def judge(name: str, value: float) -> Role:
    """What colour an amount has."""
    limits = LIMITS[name]
    return "bad" if value >= limits.bad else "warn" if value >= limits.warn else "good"
