"""What it costs to observe a pane's output and keys: a flood and an echo, with and without.

``python -m benchmarks.observing [--quick]``. Real panes in this process (`panes`), with nobody who
looks and with each part that looks at the terminal alone, the ways taking turns. System calls have
a benchmark of their own.
"""

import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from statistics import median
from typing import Final, NamedTuple

from benchmarks.coalescing import ECHO
from benchmarks.panes import Bench, Cost, CountedLoop, grid
from benchmarks.workloads import payload
from termlab.server.observing.observation import observe
from termlab.server.observing.output_watch import JUDGED_PER_S
from termlab.server.observing.parts import Part
from termlab.terminal.census import Census
from termlab.terminal.coalescer import Coalescer
from termlab.terminal.flushing import Thresholds
from termlab.terminal.written_rows import WrittenRows

ROUNDS: Final = 2
KEYS: Final = 40
SEED: Final = 12
PIECE: Final = 4096
FLOODS: Final = {
    "prose": "ASCII prose, 95 columns",
    "colours by word": "256 colours + attributes by word",
    "true colour by character": "true colour by character",
    "cursor motion": "cursor motion + words",
}
WAYS: Final[dict[str, frozenset[Part]]] = {
    "nobody": frozenset(),
    "output": frozenset(("output",)),
    "keys": frozenset(("latency",)),
    "both": frozenset(("output", "latency")),
}
# What a panel may take of a flood's speed before it would have to say so.
LITTLE: Final = 0.9


def flood(way: str, name: str, quick: bool) -> Cost:
    """All of a file through a pane."""
    bench = Bench(CountedLoop())
    try:
        argv = ("cat", str(payload(name, quick)))
        pane = bench.start(argv, Coalescer(Thresholds(auto=True)))
        if WAYS[way]:
            observe(pane, bench.loop, WAYS[way])
        return bench.until(lambda: bool(bench.shown.ended))
    finally:
        bench.close()


class Echo(NamedTuple):
    """Of a key: until it is shown, and this process's CPU for it."""

    ms: float
    cpu_us: float


def echo(way: str, keys: int, seed: int) -> list[Echo]:
    """Keys to a program that echoes them, in a quiet pane: each is looked at."""
    bench, dice = Bench(CountedLoop()), random.Random(seed)
    try:
        pane = bench.start(ECHO, Coalescer(Thresholds(auto=True)))
        bench.until(lambda: bool(bench.shown.frames))
        if WAYS[way]:
            observe(pane, bench.loop, WAYS[way])
        found = []
        for number in range(keys):
            bench.lasts(dice.uniform(0.06, 0.08))
            start = time.process_time()
            bench.shown.type(pane, b"%d" % (number % 10))
            bench.until(lambda want=number: len(bench.shown.echoes_s) > want)  # type: ignore[misc]
            cpu_us = (time.process_time() - start) * 1e6
            found.append(Echo(bench.shown.echoes_s[-1] * 1000, cpu_us))
        return found
    finally:
        bench.close()


def speed(take: Callable[[bytes], object], name: str, quick: bool) -> float:
    """MB a CPU second of an analyser alone."""
    data = payload(name, quick).read_bytes()
    pieces = [data[at : at + PIECE] for at in range(0, len(data), PIECE)]
    start = time.process_time()
    for piece in pieces:
        take(piece)
    return len(data) / 1e6 / (time.process_time() - start)


def _census_and_rows() -> Callable[[bytes], None]:
    census, rows = Census(), WrittenRows(40)
    return lambda piece: rows.take(census.take(piece))


def main(quick: bool = False) -> str:
    """The section."""
    rounds, keys = (1, 5) if quick else (ROUNDS, KEYS)
    speeds: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    echoes: dict[str, list[Echo]] = defaultdict(list)
    for number in range(rounds):
        for way in WAYS:
            for title, name in FLOODS.items():
                cost = flood(way, name, quick)
                speeds[title][way].append(cost.bytes / 1e6 / cost.cpu_s)
            echoes[way] += echo(way, keys, SEED + number)
    rows = []
    for title, of_all in speeds.items():
        values = [median(of_all[way]) for way in WAYS]
        rows.append([f"{title}: MB a CPU second", *(f"{value:.1f}" for value in values)])
        rows.append(["  of what it is unobserved", *(f"{v / values[0]:.2f}" for v in values)])
    for title, which in (("echo, p50, ms", 0), ("  CPU a key, µs", 1)):
        middle = (median(each[which] for each in echoes[way]) for way in WAYS)
        rows.append(
            [title, *(f"{value:.2f}" if which == 0 else f"{value:.0f}" for value in middle)]
        )
    return grid(
        "Observing output and keys",
        ("figure", *WAYS),
        rows,
        conclusion(
            speeds, echoes, {t: speed(_census_and_rows(), n, quick) for t, n in FLOODS.items()}
        ),
    )


def conclusion(
    speeds: dict[str, dict[str, list[float]]],
    echoes: dict[str, list[Echo]],
    alone: dict[str, float],
) -> str:
    """What follows, from the figures alone."""
    left = {title: median(of["output"]) / median(of["nobody"]) for title, of in speeds.items()}
    worst = min(left, key=left.__getitem__)
    dear = [f"{title} ({1 - share:.0%})" for title, share in left.items() if share < LITTLE]
    key_us = median(each.cpu_us for each in echoes["keys"]) - median(
        each.cpu_us for each in echoes["nobody"]
    )
    key_ms = median(each.ms for each in echoes["keys"]) - median(
        each.ms for each in echoes["nobody"]
    )
    slowest = min(alone, key=alone.__getitem__)
    dearest = (
        f"more than {1 - LITTLE:.0%} of a flood's speed for {', '.join(dear)}"
        if dear
        else f"less than {1 - LITTLE:.0%} of any flood's speed"
    )
    return (
        f"Observing output takes {dearest}; {worst} keeps {left[worst]:.0%}, by the CPU time of "
        "the server. It is paid while somebody looks, never else. The analyser by itself does "
        f"{alone[slowest]:.1f} MB a CPU second of {slowest} and {max(alone.values()):.0f} of what "
        f"it likes best; what comes faster than {JUDGED_PER_S >> 10} KiB/s is skimmed. A key that "
        f"is watched costs {key_us:+.0f} µs of CPU and its echo {key_ms:+.3f} ms."
    )


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
