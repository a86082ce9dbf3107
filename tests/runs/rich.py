"""A profile with everything in it, made up so that it looks like one: the same each time."""

import random

from termlab.model.calls import CallCount, CallTable
from termlab.model.figure import Amount, Figure, Missing
from termlab.model.finding import Finding
from termlab.model.run import Profile, Run
from termlab.model.timeline import Sample
from termlab.model.trails import KeyTrail
from termlab.model.wakers import Waker
from tests.runs.made import MACHINE, with_figures

NOON_S = 1_788_000_000.0
SECONDS = 8
_NAMES = ("read", "write", "poll", "epoll_wait", "futex", "openat", "close", "mmap", "stat")
FINDINGS = (
    Finding(
        "idle-wakeups",
        "warn",
        "It wakes 60 times a second while nothing happens.",
        "idle_wakeups_per_s 60.2 > 5; the thread 'spinner' had 96 % of them",
        "Stop the timer of the thread 'spinner' while there is nothing to animate.",
    ),
    Finding(
        "unsynced-clears",
        "bad",
        "31 full clears outside synchronised output: this flickers.",
        "full_clears_unsynced 31 > 3",
        "Redraw what changed, or wrap each frame in CSI ? 2026 h and CSI ? 2026 l.",
    ),
)


def rich_run(number: int = 0) -> Run:
    """One run; its figures and times differ from those of another number, its shape does not."""
    dice = random.Random(number)
    more = 1 + dice.uniform(-0.06, 0.06)
    figures: dict[str, Figure] = {
        "wall_s": Amount(SECONDS * more),
        "cpu_s": Amount(2.1 * more),
        "memory_peak_bytes": Amount(round(48e6 * more), "RSS of the largest process"),
        "pty_bytes": Amount(round(1.4e6 * more)),
        "calls": Amount(round(41_000 * more)),
        "idle_cpu_percent": Amount(1.8 * more),
        "idle_wakeups_per_s": Amount(60.2 * more),
        "key_p95_ms": Amount(6.4 * more, "the kernel's echo included"),
        "drawn_p95_ms": Amount(8.9 * more),
        "rows_touched": Amount(5200),
        "rows_unchanged": Amount(3100),
        "colour_changes": Amount(18_000),
        "colour_changes_redundant": Amount(4_500),
        "full_clears": Amount(34),
        "full_clears_unsynced": Amount(31),
        "major_faults": Missing("page faults from disk are not told here"),
        "termlab_cpu_s": Amount(0.31, "of this process: server and frames"),
        "probe_s": Amount(0.02),
    }
    made = with_figures(figures, 0)
    return Run(
        made.figures,
        0,
        "",
        "exit code 0",
        started_at_s=NOON_S + number * 10,
        table=_table(dice),
        wakers=(
            Waker("demo", "spinner", 4100, 4103, 480, 460),
            Waker("demo", "MainThread", 4100, 4100, 900, 20),
        ),
        trails=_trails(dice),
        samples=_samples(dice),
        findings=FINDINGS,
    )


def rich_profile(runs: int = 3, command: tuple[str, ...] = ("python", "-m", "demo")) -> Profile:
    """So many of them."""
    return Profile(
        command,
        MACHINE,
        80,
        24,
        tuple(rich_run(number) for number in range(runs)),
        runs,
        name="demo",
        tags=("nightly",),
        warmup=1,
        keys="demo.keys",
    )


def _table(dice: random.Random) -> CallTable:
    calls = []
    for place, name in enumerate(_NAMES):
        count = round(20_000 / (place + 1) ** 1.5 * dice.uniform(0.97, 1.03))
        calls.append(CallCount(name, count, count * 2100, count // 50, count // 4))
    return CallTable("ebpf", "every call is counted", sum(c.count for c in calls), tuple(calls))


def _trails(dice: random.Random) -> tuple[KeyTrail, ...]:
    trails = []
    for number in range(120):
        consumed = dice.lognormvariate(-1.2, 0.5)
        answered = consumed + dice.lognormvariate(0.4, 0.5)
        output = answered + 0.2
        drawn = output + dice.lognormvariate(0, 0.3)
        trails.append(KeyTrail(number / 40, output, consumed, answered, drawn))
    return tuple(trails)


def _samples(dice: random.Random) -> tuple[Sample, ...]:
    samples = []
    for number in range(SECONDS * 10):
        idle = number % 60 > 30
        samples.append(
            Sample(
                number / 10,
                dice.uniform(1, 3) if idle else dice.uniform(30, 70),
                30_000_000 + number * 200_000,
                24_000_000 + number * 180_000 if number % 5 == 0 else None,
                dice.uniform(50, 90) if idle else dice.uniform(4000, 9000),
                60.0 if idle else dice.uniform(200, 400),
                0.0 if idle else dice.uniform(1e5, 4e5),
                idle,
            )
        )
    return tuple(samples)
