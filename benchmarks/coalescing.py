"""What coalescing saves and costs: none, a fixed window, termlab's rules, those tuned, and polling.

``python -m benchmarks.coalescing [--quick]``, with what `overlapping` finds about reading ahead.
Real panes in this process (`panes`), the ways taking turns.

- *none*: each read goes to the engine and the screen at once.
- *window*: whatever comes first waits 5 ms or until there are 8 KiB, a key's echo too.
- *rules*: ``flush = "fixed"``: the same thresholds, but at once behind a silence or a key.
- *auto*: ``flush = "auto"``: the same again, the thresholds moved by what a wake-up brings.
- *polling*: the terminals are looked at every 5 ms, whether or not there is anything.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from statistics import median
from typing import Final, NamedTuple

from benchmarks import overlapping
from benchmarks.panes import Bench, Cost, CountedLoop, PollingLoop, grid
from benchmarks.report import percentile
from benchmarks.workloads import payload
from termlab.terminal.coalescer import Coalescer, Flush
from termlab.terminal.flushing import Thresholds

ROUNDS: Final = 2
KEYS: Final = 30
IDLE_S: Final = 1.5
SEED: Final = 11
PROSE: Final = "ASCII prose, 95 columns"
ECHO: Final = ("/bin/sh", "-c", "stty raw -echo; echo; exec cat")
# No program writes less at a time than one byte, nor is read slower by being flushed each line.
ONE_BYTE: Final = "one byte a write"
BY_LINE: Final = "a line a write"
BULK: Final = "cat"


class Window(Coalescer):
    """A byte waits for the window whatever was before it."""

    def check(self, waiting: int, full: bool, now: float) -> str | None:
        deadline = self.deadline()
        if deadline is None:
            return None
        if full or waiting >= self.thresholds.flush_bytes:
            return Flush.SIZE
        return Flush.TIME if now >= deadline else None


class Way(NamedTuple):
    """A contestant."""

    make_coalescer: Callable[[], Coalescer]
    make_loop: Callable[[], CountedLoop] = CountedLoop


AT_ONCE: Final = Thresholds(1, 0.0)
WAYS: Final = {
    "none": Way(lambda: Coalescer(AT_ONCE)),
    "window": Way(lambda: Window(Thresholds())),
    "rules": Way(lambda: Coalescer(Thresholds())),
    "auto": Way(lambda: Coalescer(Thresholds(auto=True))),
    "polling": Way(lambda: Coalescer(AT_ONCE), PollingLoop),
}


def programs(quick: bool) -> dict[str, Sequence[str]]:
    """What writes, by the way it does."""
    prose = str(payload(PROSE, quick))
    few, many, much = ("20000", "10000", "1M") if quick else ("150000", "100000", "20M")
    return {
        ONE_BYTE: ("dd", f"if={prose}", "bs=1", f"count={few}", "status=none"),
        BY_LINE: ("awk", f"NR > {many} {{exit}} {{print; fflush()}}", prose),
        BULK: ("head", "-c", much, prose),
    }


def show(way: Way, argv: Sequence[str]) -> Cost:
    """What it costs to show all that a program writes."""
    bench = Bench(way.make_loop())
    try:
        bench.start(argv, way.make_coalescer())
        return bench.until(lambda: bool(bench.shown.ended))
    finally:
        bench.close()


def echo(way: Way, keys: int, flood: Sequence[str] | None, seed: int) -> list[float]:
    """Milliseconds from each key to its echo, beside a pane that floods or alone."""
    bench, dice = Bench(way.make_loop()), random.Random(seed)
    try:
        pane = bench.start(ECHO, way.make_coalescer())
        bench.until(lambda: bool(bench.shown.frames))
        if flood is not None:
            bench.start(flood, way.make_coalescer())
        for number in range(keys):
            bench.lasts(dice.uniform(0.02, 0.04))
            bench.shown.type(pane, b"%d" % (number % 10))
            bench.until(lambda want=number: len(bench.shown.echoes_s) > want)  # type: ignore[misc]
        return [each * 1000 for each in bench.shown.echoes_s]
    finally:
        bench.close()


def idle(way: Way, seconds: float) -> Cost:
    """What a pane costs in which nothing happens."""
    bench = Bench(way.make_loop())
    try:
        bench.start(ECHO, way.make_coalescer())
        bench.until(lambda: bool(bench.shown.frames))
        bench.lasts(min(seconds, 0.3))  # its program is looked up behind output
        return bench.lasts(seconds)
    finally:
        bench.close()


class Figures(NamedTuple):
    """Of all ways, by name; costs by program too."""

    costs: dict[str, dict[str, Cost]]
    alone_ms: dict[str, list[float]]
    beside_ms: dict[str, list[float]]
    idles: dict[str, Cost]


def measure(quick: bool) -> Figures:
    """Everything, the ways taking turns."""
    rounds, keys, idle_s = (1, 5, 0.2) if quick else (ROUNDS, KEYS, IDLE_S)
    writers = programs(quick)
    flood = ("/bin/sh", "-c", f"while :; do cat {payload(PROSE, quick)}; done")
    costs: dict[str, dict[str, list[Cost]]] = defaultdict(lambda: defaultdict(list))
    alone: dict[str, list[float]] = defaultdict(list)
    beside: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds):
        for name, way in WAYS.items():
            for program, argv in writers.items():
                costs[program][name].append(show(way, argv))
            alone[name] += echo(way, keys, None, SEED + number)
            beside[name] += echo(way, keys, flood, SEED + number)
    middle = {
        program: {name: _middle(each) for name, each in of_all.items()}
        for program, of_all in costs.items()
    }
    idles = {name: idle(way, idle_s) for name, way in WAYS.items()}
    return Figures(middle, alone, beside, idles)


def _middle(costs: list[Cost]) -> Cost:
    return sorted(costs, key=lambda cost: cost.cpu_s)[len(costs) // 2]


def rows(figures: Figures) -> list[list[str]]:
    """The table's: a figure a row, a way a column."""
    found: list[list[str]] = []
    for program, of_all in figures.costs.items():
        costs = list(of_all.values())
        found += [
            [f"{program}: MB/s", *(f"{c.bytes / 1e6 / c.elapsed_s:.2f}" for c in costs)],
            [f"{program}: calls a KB", *(f"{c.calls / c.bytes * 1000:.2f}" for c in costs)],
            [f"{program}: CPU ms a MB", *(f"{c.cpu_s * 1e9 / c.bytes:.1f}" for c in costs)],
            [f"{program}: pictures shown", *(str(c.frames) for c in costs)],
        ]
    for title, all_ms in (("alone", figures.alone_ms), ("beside cat", figures.beside_ms)):
        for percent in (50, 95):
            values = (f"{percentile(all_ms[name], percent):.2f}" for name in WAYS)
            found.append([f"echo {title}, p{percent}, ms", *values])
    idles = figures.idles.values()
    # The end of the measuring itself is one wake-up.
    wakes = (f"{(c.waits - 1) / c.elapsed_s:.1f}" for c in idles)
    found.append(["idle: wake-ups a second", *wakes])
    found.append(["idle: CPU, per mille", *(f"{c.cpu_s / c.elapsed_s * 1000:.2f}" for c in idles)])
    return found


def conclusion(figures: Figures) -> str:
    """What follows, from the figures alone."""

    def saved(program: str, way: str, than: str) -> str:
        ours, theirs = figures.costs[program][way], figures.costs[program][than]
        calls = theirs.calls / theirs.bytes / (ours.calls / ours.bytes)
        cpu = theirs.cpu_s / theirs.bytes / (ours.cpu_s / ours.bytes)
        return f"{calls:.1f} times fewer calls and {cpu:.1f} times less CPU"

    alone = {name: median(each) for name, each in figures.alone_ms.items()}
    wakes = figures.idles["polling"].waits / figures.idles["polling"].elapsed_s
    kept = all(
        figures.costs[program]["auto"].cpu_s <= figures.costs[program]["rules"].cpu_s * 1.05
        for program in figures.costs
    )
    return (
        f"auto against none: {saved(ONE_BYTE, 'auto', 'none')} for one byte a write, "
        f"{saved(BULK, 'auto', 'none')} for cat; against the rules as configured "
        f"{saved(ONE_BYTE, 'auto', 'rules')} and {saved(BULK, 'auto', 'rules')}. "
        f"{'It costs nowhere more than those' if kept else 'Somewhere it costs more than those'}"
        f", {'so it is' if kept else 'yet for what it saves elsewhere it is'} the default. An echo "
        f"takes {alone['auto']:.2f} ms, {alone['window']:.2f} in a window without those rules, "
        f"{alone['polling']:.2f} by a timer, which also wakes up {wakes:.0f} times a second "
        "when nothing happens."
    )


def main(quick: bool = False) -> str:
    """The sections."""
    figures = measure(quick)
    return (
        grid("Coalescing", ("figure", *WAYS), rows(figures), conclusion(figures))
        + "\n"
        + overlapping.main(quick)
    )


if __name__ == "__main__":
    print(main("--quick" in sys.argv))
