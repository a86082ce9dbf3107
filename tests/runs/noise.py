"""Runs with noise as it was measured: times that vary by 5 % together, counts that hardly do."""

from random import Random

# Everything a run with keys on a terminal has that varies as times do.
TIMES = (
    *("wall_s", "cpu_s", "cpu_user_s", "cpu_system_s", "call_time_s", "busy_cpu_percent"),
    *("key_p50_ms", "key_p95_ms", "key_p99_ms", "cpu_per_key_ms", "cpu_per_mb_ms", "wakeups"),
    *("consumed_p50_ms", "consumed_p95_ms", "answered_p50_ms", "answered_p95_ms"),
    *("drawn_p50_ms", "drawn_p95_ms", "drawn_p99_ms", "idle_wakeups_per_s"),
)
RATES = ("output_bytes_per_s",)
# How far each varies from run to run, as a share: system calls, page faults, memory.
STEADY = {
    **dict.fromkeys(("calls", "read_calls", "write_calls", "read_bytes", "pty_bytes"), 0.00007),
    "minor_faults": 0.004,
    "memory_peak_bytes": 0.009,
}
CV = 0.05
# Of the noise of a run's times, what they have in common: the machine was slow.
SHARED = 0.8

Side = dict[str, tuple[float, ...]]


def side(chance: Random, runs: int, slower: float = 1.0, only: tuple[str, ...] = TIMES) -> Side:
    """The figures of so many runs; those of ``only`` are ``slower`` times as large."""
    found: dict[str, list[float]] = {name: [] for name in (*TIMES, *RATES, *STEADY)}
    for _ in range(runs):
        machine = chance.gauss(0, CV * SHARED)
        for name in (*TIMES, *RATES):
            own = chance.gauss(0, CV * (1 - SHARED**2) ** 0.5)
            value = 1000 * (1 + machine + own) * (slower if name in only else 1.0)
            found[name].append(1e9 / value if name in RATES else value)
        for name, cv in STEADY.items():
            found[name].append(round(10_000_000 * (1 + chance.gauss(0, cv))))
    return {name: tuple(values) for name, values in found.items()}
