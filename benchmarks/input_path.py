"""From bytes of a terminal to the return of the callback that handles them, in one process.

``python -m benchmarks.input_path [--quick]``. A writer of its own sends 1,000 events a second into
a real PTY, at even distances: keys, the mouse, focus reports and short pastes, the same ones for
each way of handling them. What is timed begins when the bytes are there, which is when read
returns, and ends when the callback has returned; "with the read" begins when poll returns. The ways
take turns, two seconds each, and there is one for each step from a plain baseline to what the
client does.
"""

import os
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from benchmarks.report import percentile
from termlab.client.input_stats import Histogram
from termlab.client.sources import FOCUS, KEYBOARD, MOUSE, NAMES, PASTE

if sys.platform != "win32":
    import pty
    import tty

    from benchmarks.input_ways import (
        Bare,
        Baseline,
        Batches,
        Direct,
        Library,
        Remembering,
        Way,
        Whole,
    )

assert sys.platform != "win32"

PER_SECOND: Final = 1000
ROUND_S: Final = 2.0
ROUNDS: Final = 3
SEED: Final = 5
# What a person could be asked to bear, and what is aimed at: microseconds.
MEAN_US: Final = 50.0
FIRST_P95_US: Final = 100.0
P95_US: Final = 15.0
NICE: Final = -10
REALTIME: Final = 10
KEYS: Final = [
    *(bytes([byte]) for byte in b"abcdefghijklmnop \r\t\x7f\x03"),
    *(b"\x1b[A", b"\x1b[B", b"\x1b[1;5C", b"\x1bOP", b"\x1b[15~", b"\x1b[98;5u", "ß".encode()),
]
FLOOR: Final = "a callback for nothing"
NAIVE: Final = "baseline"
SHIPPED: Final = "the client's"
PINNED: Final = "affinity and priority"


def mix(count: int) -> Iterator[tuple[int, bytes]]:
    """Events as a terminal sends them, each with its source; runs of motion, as hands make them."""
    dice = random.Random(SEED)
    x = y = 10
    while count > 0:
        source = dice.choices((KEYBOARD, MOUSE, PASTE, FOCUS), (60, 6, 2, 2))[0]
        for _ in range(dice.randint(3, 15) if source == MOUSE else 1):
            count -= 1
            if source == KEYBOARD:
                yield source, dice.choice(KEYS)
            elif source == MOUSE:
                x, y = (x + dice.randint(-1, 1)) % 80, (y + dice.randint(-1, 1)) % 24
                yield source, b"\x1b[<35;%d;%dM" % (x + 1, y + 1)
            elif source == PASTE:
                yield source, b"\x1b[200~" + b"words " * dice.randint(1, 40) + b"\x1b[201~"
            else:
                yield source, dice.choice((b"\x1b[I", b"\x1b[O"))


def write(fd: int, seconds: float) -> None:
    """The writer: each event at its time, never faster to catch up with more than one."""
    os.sched_setaffinity(0, range(os.cpu_count() or 1))  # not where its reader was put
    count = int(seconds * PER_SECOND)
    events = [data for _, data in mix(count)][:count]
    due = time.monotonic()
    for data in events:
        due += 1 / PER_SECOND
        while (left := due - time.monotonic()) > 0:
            time.sleep(left)
        os.write(fd, data)


WAYS: Final[dict[str, type[Way]]] = {
    FLOOR: Bare,
    NAIVE: Baseline,
    "direct dispatch": Direct,
    "known reads": Remembering,
    "all in batches": Batches,
    SHIPPED: Library,
    PINNED: Library,
    "to the server's socket": Whole,
}


class Figures:
    """Microseconds of one way: of every event, by source, and its CPU time."""

    def __init__(self) -> None:
        self.took: list[float] = []
        self.with_read: list[float] = []
        self.by_source: dict[int, list[float]] = defaultdict(list)
        self.cpu_us = 0.0

    @property
    def cpu_per_event(self) -> float:
        return self.cpu_us / len(self.took)


def run(made: type[Way], seconds: float, figures: Figures) -> None:
    """One turn of a way, beside a writer of its own."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    marks: list[int] = []
    way = made(slave, marks)
    writer = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.input_path", "--write", str(master), str(seconds)],
        pass_fds=[master],
    )
    try:
        cpu = cpu_s()
        while (begin := way.turn(1000.0)) is not None or writer.poll() is None:
            if begin is None:
                cpu = cpu_s()  # the writer has only just begun
                continue
            over = time.perf_counter()
            took, whole = (over - way.came) * 1e6, (over - begin) * 1e6
            for source in marks:
                figures.took.append(took)
                figures.with_read.append(whole)
                figures.by_source[source].append(took)
            marks.clear()
            way.drain()
        figures.cpu_us += (cpu_s() - cpu) * 1e6
    finally:
        writer.wait()
        way.close()
        os.close(master)
        os.close(slave)


def cpu_s() -> float:
    """Of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def pinned() -> Iterator[str]:
    """This process on one CPU, before others; what of it was not permitted."""
    lacking = []
    cpus = os.sched_getaffinity(0)
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    policy, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    os.sched_setaffinity(0, {min(cpus)})
    fifo = os.SCHED_FIFO | os.SCHED_RESET_ON_FORK
    try:
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
    except OSError:
        lacking.append(f"nice {NICE}")
    try:
        os.sched_setscheduler(0, fifo, os.sched_param(REALTIME))
    except OSError:
        lacking.append(f"SCHED_FIFO {REALTIME}")
    try:
        yield ", ".join(lacking)
    finally:
        os.sched_setscheduler(0, policy, parameters)
        os.setpriority(os.PRIO_PROCESS, 0, niceness)
        os.sched_setaffinity(0, cpus)


def record_cost() -> float:
    """Microseconds of one event in the statistics."""
    dice = random.Random(SEED)
    histogram, values = Histogram(), [dice.randint(3000, 40_000) for _ in range(1000)]
    begin = time.perf_counter()
    for _ in range(20):
        for value in values:
            histogram.record(value)
    return (time.perf_counter() - begin) / 20_000 * 1e6


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["-", *["-:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def measured(values: Sequence[float]) -> list[str]:
    """Mean, median and the slow ones."""
    told = [sum(values) / len(values), *(percentile(values, p) for p in (50, 95, 99))]
    return [f"{value:.1f}" for value in told]


def verdict(all_: dict[str, Figures], lacking: str) -> str:
    """What the figures say."""
    ours = all_[SHIPPED]
    mean, p95 = sum(ours.took) / len(ours.took), percentile(ours.took, 95)
    goals = [
        f"mean at most {MEAN_US:g} us: {'met' if mean <= MEAN_US else 'missed'} ({mean:.1f})",
        f"p95 at most {FIRST_P95_US:g} us: {'met' if p95 <= FIRST_P95_US else 'missed'}",
        f"p95 at most {P95_US:g} us: {'met' if p95 <= P95_US else 'missed'} ({p95:.1f})",
    ]
    floor = percentile(all_[FLOOR].took, 95)
    baseline = percentile(all_[NAIVE].took, 95)
    batches = percentile(all_["all in batches"].took, 95)
    held = percentile(all_[PINNED].took, 95)
    said = [
        f"Goals of {SHIPPED} path: {'; '.join(goals)}. Its p95 is {p95 / baseline:.2f} of the "
        f"baseline's; {floor:.1f} us are what a callback takes that gets no event at all.",
        "Queueing every event is "
        + ("slower" if batches > p95 else "no slower")
        + f" (p95 {batches:.1f} us): the client queues only what comes together.",
        f"With a CPU of its own and priority p95 is {held:.1f} us"
        + (f"; not permitted here: {lacking}" if lacking else "")
        + (": worth nothing here" if held > 0.9 * p95 else "")
        + ". They are options, off unless asked for.",
        f"One event costs the statistics {record_cost():.2f} us: they stay on.",
    ]
    return " ".join(said)


def main(quick: bool = False) -> str:
    """Every way, and its figures by source."""
    seconds, rounds = (0.4, 1) if quick else (ROUND_S, ROUNDS)
    all_ = {name: Figures() for name in WAYS}
    lacking = ""
    for _ in range(rounds):
        for name, made in WAYS.items():
            if name == PINNED:
                with pinned() as lacking:
                    run(made, seconds, all_[name])
            else:
                run(made, seconds, all_[name])
    stages = [
        [
            name,
            *measured(each.took),
            f"{percentile(each.with_read, 95):.1f}",
            f"{each.cpu_per_event:.1f}",
            str(len(each.took)),
        ]
        for name, each in all_.items()
    ]
    head = ["us", "mean", "p50", "p95", "p99", "p95 with the read", "CPU an event", "events"]
    ours = all_[SHIPPED].by_source
    sources = [[NAMES[s], *measured(ours[s]), str(len(ours[s]))] for s in sorted(ours)]
    return "\n".join(
        [
            f"## Input in one process, {PER_SECOND} events a second, from bytes to callback\n",
            table(head, stages),
            f"{SHIPPED.capitalize()}, by source:\n",
            table(["us", "mean", "p50", "p95", "p99", "events"], sources),
            verdict(all_, lacking) + "\n",
        ]
    )


if __name__ == "__main__":
    if "--write" in sys.argv:
        write(int(sys.argv[2]), float(sys.argv[3]))
    else:
        print(main("--quick" in sys.argv))
